import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField
from core.scope import ScopedQuerySet, SharedQuerySet
from core.walls import APPEND_ONLY, NoWall, Wall
from deadlines.querysets import ObligationQuerySet
from deadlines.rules import Kind, State, Step


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
    """Something that a unit has to do by a day: one for each kind and dossier.

    `waived_by` is the superior that waived it (art. 14); empty where the dossier itself made it needless.
    """

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
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
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="người cho miễn",
    )
    legal_basis = CleanCharField("căn cứ", max_length=200, blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ObligationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["public_id"])
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
            models.CheckConstraint(
                condition=models.Q(waived_by=None) | models.Q(state=State.WAIVED), name="obligation_waived_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_date"], condition=models.Q(state="open"), name="obligation_open_of_unit"),
            models.Index(fields=["due_date"], condition=models.Q(state="open"), name="obligation_open_by_date"),
            models.Index(fields=["due_date", "unit"], include=["state"], name="obligation_of_period"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject_label}"


class Reminder(models.Model):
    """That people were told of an open obligation: each step once, whatever becomes of its date."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    step = models.PositiveSmallIntegerField("bước", choices=Step)
    due_date = models.DateField("hạn khi nhắc")
    day = models.DateField("ngày nhắc")
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=())

    class Meta:
        verbose_name = "lần nhắc hạn"
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "step"], name="reminder_once"),
            models.CheckConstraint(condition=models.Q(step__in=Step.values), name="reminder_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.day:%d/%m/%Y}"


class Urging(models.Model):
    """A superior's note to a unit about what it owes, with what that was at the time (art. 14.4). Never changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị đôn đốc")
    target = models.ForeignKey(
        "orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị được đôn đốc"
    )
    text = CleanTextField("nội dung")
    items = CleanJSONField("việc quá hạn", default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người đôn đốc"
    )
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="target", may=APPEND_ONLY, by_home=True)

    class Meta:
        verbose_name = "đôn đốc"
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Đôn đốc {self.target} ngày {self.created_at:%d/%m/%Y}"


class UrgingReply(models.Model):
    """What the unit says to it. Never changed."""

    urging = models.ForeignKey(Urging, on_delete=models.PROTECT, related_name="replies")
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    partner = models.ForeignKey(
        "orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị đôn đốc"
    )
    text = CleanTextField("phản hồi")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người phản hồi"
    )
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=APPEND_ONLY, by_home=True)

    class Meta:
        verbose_name = "phản hồi đôn đốc"
        default_permissions = ()
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class FeedToken(models.Model):
    """The secret part of the address of a person's calendar of deadlines, kept as a hash."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feed_token", verbose_name="tài khoản"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("cấp lúc", auto_now_add=True)
    used_on = models.DateField("dùng gần nhất", null=True, blank=True)

    wall = NoWall("read to find the account before there is a scope; the hash of a secret can't be guessed")

    class Meta:
        verbose_name = "địa chỉ lịch hạn"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.owner_id}"
