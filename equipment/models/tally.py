"""How many devices there are, kept counted: what lists and figures read instead of counting a million rows."""

from django.db import models

from core.walls import Wall
from equipment.models.catalogue import Category
from equipment.querysets import TallyQuerySet
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit


class Tally(models.Model):
    """A signed change of the number of devices that are alike, and of their original value.

    Triggers on the devices' table append a line in the transaction of each change, however it is written, and nobody
    else writes here; a task folds lines of the same kind together. So the sum over the lines is exact at every commit
    and no two writers wait for each other (docs/adr/0007-figures-by-tally.md).
    """

    # Names are those of Equipment's fields, so that the filters of its lists narrow these lines too. Keys without
    # constraints: they are copied from devices, which have them, and a line must not keep what no device refers to.
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name="đơn vị"
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name="loại thiết bị",
    )
    status = models.CharField("trạng thái", max_length=20, choices=Status)
    condition = models.CharField("tình trạng", max_length=10, choices=Condition)
    received_on = models.DateField("năm tiếp nhận (ngày đầu năm)")
    quantity = models.IntegerField("số lượng (+/−)")
    value = models.DecimalField("nguyên giá (+/−)", max_digits=24, decimal_places=0)  # of many devices

    objects = TallyQuerySet.as_manager()
    wall = Wall(may=())

    class Meta:
        verbose_name = "số đếm thiết bị"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.quantity:+d}"
