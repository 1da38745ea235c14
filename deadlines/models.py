from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.walls import NoWall, Wall
from deadlines.querysets import ObligationQuerySet
from deadlines.rules import Kind, State


class CalendarDay(models.Model):
    """A day on which work departs from the weekly rest and the public holidays that are known in advance."""

    date = models.DateField("ngày", unique=True)
    working = models.BooleanField("là ngày làm việc")
    reason = CleanCharField("lý do", max_length=200)
    source = CleanCharField("văn bản, nguồn", max_length=300, blank=True)

    history = HistoricalRecords()
    wall = NoWall("one calendar for the whole sector")

    class Meta:
        verbose_name = "ngày trong lịch làm việc"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {'làm việc' if self.working else 'nghỉ'}"


class Obligation(models.Model):
    """Something that a unit has to do by a day: one for each kind and dossier."""

    kind = models.CharField("việc phải làm", max_length=30, choices=Kind)
    unit = models.ForeignKey(
        "orgs.OrgUnit", on_delete=models.PROTECT, related_name="obligations", verbose_name="đơn vị"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_label = CleanCharField("hồ sơ", max_length=100)
    start_date = models.DateField("tính từ ngày")
    working_days = models.PositiveSmallIntegerField("số ngày làm việc")
    due_date = models.DateField("hạn")
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.OPEN)
    fulfilled_on = models.DateField("ngày thực hiện", null=True, blank=True)
    reason = CleanTextField("lý do trễ hạn hoặc được miễn", blank=True)
    legal_basis = CleanCharField("căn cứ", max_length=200, blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ObligationQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "nghĩa vụ có hạn"
        ordering = ["due_date", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_type", "subject_id"], name="obligation_once"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="obligation_kind_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.FULFILLED, State.FULFILLED_LATE], fulfilled_on__isnull=False)
                | models.Q(state__in=[State.OPEN, State.WAIVED], fulfilled_on=None),
                name="obligation_fulfilled_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_date"], condition=models.Q(state="open"), name="obligation_open_of_unit"),
            models.Index(fields=["due_date"], condition=models.Q(state="open"), name="obligation_open_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject_label}"
