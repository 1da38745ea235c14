"""What a device brings along when it moves to another unit."""

from django.db import models

from core.scope import ScopedQuerySet
from core.walls import APPEND_ONLY, Wall
from equipment.models.equipment import Equipment
from orgs.models import OrgUnit


class EquipmentPast(models.Model):
    """The part of a device's record that belongs to the device itself, frozen when `unit` received it.

    The rows of its history, books and events stay with the unit in which they came about, and with those above it;
    people, rooms and notes of that unit are not in here.
    """

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="past", verbose_name="thiết bị")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị nhận")
    former = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị giao")
    dossier = models.CharField("hồ sơ điều chuyển", max_length=40)
    entries = models.JSONField("diễn biến", default=list)
    ledger = models.JSONField("bút toán", default=list)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "hồ sơ nhận kèm thiết bị"
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.dossier}: {self.equipment_id}"
