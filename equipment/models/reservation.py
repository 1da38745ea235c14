"""Which open dossier a device is in. One at most: the database sees to it."""

from django.db import models

from core.scope import ScopedQuerySet
from core.walls import EVERYTHING, Wall
from equipment.models.equipment import Equipment
from orgs.models import OrgUnit


class Reservation(models.Model):
    """A device on an open dossier, drafts included. The row goes when the dossier lets the device go."""

    equipment = models.OneToOneField(
        Equipment, on_delete=models.PROTECT, related_name="reservation", verbose_name="thiết bị"
    )
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("loại hồ sơ", max_length=20)
    number = models.CharField("số hồ sơ", max_length=40, db_index=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=EVERYTHING)

    class Meta:
        verbose_name = "thiết bị trong hồ sơ đang xử lý"
        default_permissions = ()

    def __str__(self) -> str:
        return self.number


def open_dossier(device: Equipment) -> str:
    """The number of the open dossier in which the device is; empty when it is free."""
    reservation = getattr(device, "reservation", None)
    return reservation.number if reservation else ""
