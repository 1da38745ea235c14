"""What the law wants for each act, as data: laws change, and IT Center keeps the table (art. 14.3)."""

from datetime import date
from typing import Self

from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanTextField
from core.models import DocumentKind
from core.walls import NoWall
from disposals.rules.procedure import Procedure, Stage, When


class ProcedureRuleQuerySet(models.QuerySet):
    def in_force(self, procedure: str, day: date) -> Self:
        """The items of an act on a day, in their order."""
        open_end = models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        return self.filter(open_end, procedure=procedure, valid_from__lte=day).order_by("position", "id")


class ProcedureRule(models.Model):
    procedure = models.CharField("việc", max_length=20, choices=Procedure)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    item = CleanTextField("giấy tờ, việc cần có", max_length=500)
    document_kind = models.CharField(
        "loại tài liệu",
        max_length=20,
        choices=DocumentKind,
        blank=True,
        help_text="Để trống nếu chính danh sách thiết bị của hồ sơ là giấy tờ đó.",
    )
    when = models.CharField("khi nào", max_length=20, choices=When, default=When.ALWAYS)
    stage = models.CharField("cần trước bước", max_length=10, choices=Stage, default=Stage.SUBMIT)
    required = models.BooleanField("bắt buộc", default=False)
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    law = CleanTextField("căn cứ", max_length=500)
    source = CleanTextField("nguồn, độ tin cậy", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProcedureRuleQuerySet.as_manager()
    history = HistoricalRecords()
    wall = NoWall("catalogue shared by the whole sector (art. 14.3)", may=("INSERT", "UPDATE"))

    class Meta:
        verbose_name = "quy định thủ tục"
        ordering = ["procedure", "valid_from", "position", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(procedure__in=Procedure.values), name="procedurerule_act_known"),
            models.CheckConstraint(condition=models.Q(when__in=When.values), name="procedurerule_when_known"),
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="procedurerule_stage_known"),
            models.CheckConstraint(
                condition=models.Q(document_kind__in=["", *DocumentKind.values]), name="procedurerule_paper_known"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="procedurerule_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.item
