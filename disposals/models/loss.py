"""Devices that are lost or destroyed by accident, and those that are found again: one dossier for each report."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField, MoneyField
from core.scope import ScopedQuerySet
from core.walls import EVERYTHING, Wall
from disposals.models.snapshot import DeviceSnapshot
from disposals.querysets import LossQuerySet
from disposals.rules.flow import Happening, LossState
from equipment.models import Equipment
from equipment.rules.lifecycle import Condition
from orgs.models import OrgUnit


class LossReport(models.Model):
    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    kind = models.CharField("việc", max_length=10, choices=Happening)
    state = models.CharField("trạng thái", max_length=20, choices=LossState, default=LossState.DRAFT)
    happened_on = models.DateField("ngày phát hiện")
    minutes_number = CleanCharField("số biên bản", max_length=60, blank=True)
    circumstances = CleanTextField("hoàn cảnh", max_length=2000)
    responsible = CleanCharField("người, bộ phận chịu trách nhiệm", max_length=200, blank=True)
    condition = models.CharField("tình trạng khi tìm thấy", max_length=10, choices=Condition, blank=True)
    cancel_reason = CleanTextField("lý do hủy", blank=True, max_length=500)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    # Names one filled form, so that a second press of the button finds the draft that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = LossQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "hồ sơ mất, tìm thấy"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["unit", "kind", "-id"], name="lossreport_unit_kind")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=LossState.values), name="lossreport_state_known"),
            models.CheckConstraint(
                condition=models.Q(kind=Happening.LOST, condition="")
                | models.Q(kind=Happening.FOUND, condition__in=Condition.values),
                name="lossreport_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LossLine(DeviceSnapshot):
    """One device of the report, with the value that leaves or enters the books."""

    report = models.ForeignKey(LossReport, on_delete=models.PROTECT, related_name="lines", verbose_name="hồ sơ")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    equipment = models.ForeignKey(
        Equipment, on_delete=models.PROTECT, related_name="loss_lines", verbose_name="thiết bị"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    original_value = MoneyField("nguyên giá", default=0)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING)  # a line of a draft can be taken out again; its history stays

    class Meta:
        verbose_name = "thiết bị mất, tìm thấy"
        ordering = ["position", "id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "equipment"], name="lossline_once")]

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"
