"""Analyses that people keep, what is sent to them by the clock, and numbers that are watched for them."""

import uuid

from django.conf import settings
from django.db import models

from analysis.rules.alerts import Compare, Standing
from analysis.rules.schedules import Every, FileKind
from analysis.rules.topics import TopicKey
from core.fields import CleanCharField, CleanTextField
from core.scope import OwnedQuerySet
from core.walls import Own
from jobs.models import Job

NAME_LENGTH, QUERY_LENGTH = 80, 2000


class Analysis(models.Model):
    """A question under a name. A shared one is offered to the accounts of its unit; only its owner changes it.

    It holds the question, never numbers: each person gets their own numbers to it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="người lưu"
    )
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    name = CleanCharField("tên phân tích", max_length=NAME_LENGTH)
    description = CleanTextField("mô tả", blank=True, max_length=1000)
    topic = models.CharField("chủ đề", max_length=20, choices=TopicKey)
    query = CleanTextField("câu hỏi")
    shared = models.BooleanField("dùng chung trong đơn vị", default=False)
    created_at = models.DateTimeField("lưu lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own(shared="shared")

    class Meta:
        verbose_name = "phân tích đã lưu"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "unit", "name"], name="analysis_name_once"),
            models.CheckConstraint(condition=models.Q(topic__in=TopicKey.values), name="analysis_topic_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Clocked(models.Model):
    """What is done for one person by the clock, within what they may see at that moment.

    `stopped_at`: the system stopped it, and why.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhận"
    )
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    next_at = models.DateTimeField("lần tới", null=True, blank=True)
    paused_at = models.DateTimeField("tạm dừng lúc", null=True, blank=True)
    stopped_at = models.DateTimeField("dừng lúc", null=True, blank=True)
    stopped_why = CleanTextField("lý do dừng", blank=True)
    created_at = models.DateTimeField("đặt lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own()

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return str(self.name)  # type: ignore[attr-defined]  # each has one, under a label of its own


class Schedule(Clocked):
    """What one person has sent to themselves by the clock: a saved analysis, or a set report with its parameters.

    Every run is made within what the owner may see at that moment.
    """

    name = CleanCharField("tên lịch gửi", max_length=NAME_LENGTH)
    analysis = models.ForeignKey(
        Analysis, on_delete=models.PROTECT, null=True, blank=True, related_name="schedules", verbose_name="phân tích"
    )
    report = CleanCharField("báo cáo", max_length=60, blank=True)
    query = CleanTextField("tham số của báo cáo", blank=True)
    every = models.CharField("gửi", max_length=10, choices=Every)
    file_kind = models.CharField("dạng tệp", max_length=10, choices=FileKind, default=FileKind.XLSX)

    class Meta(Clocked.Meta):
        verbose_name = "lịch gửi"
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="schedule_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(every__in=Every.values), name="schedule_every_known"),
            models.CheckConstraint(condition=models.Q(file_kind__in=FileKind.values), name="schedule_file_known"),
            models.CheckConstraint(
                condition=models.Q(analysis__isnull=False, report="")
                | (models.Q(analysis=None) & ~models.Q(report="")),
                name="schedule_one_source",
            ),
            models.CheckConstraint(
                condition=models.Q(next_at=None) | models.Q(paused_at=None, stopped_at=None),
                name="schedule_runs_or_rests",
            ),
        ]


class ScheduleRun(models.Model):
    """One sending: for which moment of the clock, by which job. A moment is sent for once."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.DateTimeField("kỳ gửi")
    by_hand = models.BooleanField("gửi ngay theo yêu cầu", default=False)
    # Jobs go after some weeks with their files; that there was a run stays.
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField("chạy lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own()

    class Meta:
        verbose_name = "lần gửi"
        default_permissions = ()
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["schedule", "slot"], name="schedulerun_once")]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.slot:%Y-%m-%d %H:%M}"


class Alert(Clocked):
    """A number of a saved analysis that is watched for its owner: the total of a measure, or one cell."""

    name = CleanCharField("tên cảnh báo", max_length=NAME_LENGTH)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="alerts", verbose_name="phân tích")
    measure = CleanCharField("số đo", max_length=20)
    row = CleanCharField("hàng", max_length=60, blank=True)  # key of a member of the first dimension; empty: all
    column = CleanCharField("cột", max_length=60, blank=True)
    compare = models.CharField("điều kiện", max_length=10, choices=Compare)
    threshold = models.DecimalField("ngưỡng", max_digits=20, decimal_places=2)
    every = models.CharField("kiểm tra", max_length=10, choices=Every)
    standing = models.CharField("tình trạng", max_length=10, choices=Standing, default=Standing.CALM)
    last_value = models.DecimalField("giá trị gần nhất", max_digits=24, decimal_places=2, null=True, blank=True)
    # What a change is reckoned from: the number when it was last told of.
    reference = models.DecimalField("giá trị mốc", max_digits=24, decimal_places=2, null=True, blank=True)
    checked_at = models.DateTimeField("kiểm tra lúc", null=True, blank=True)

    class Meta(Clocked.Meta):
        verbose_name = "cảnh báo"
        indexes = [models.Index(fields=["next_at"], condition=models.Q(next_at__isnull=False), name="alert_due")]
        constraints = [
            models.CheckConstraint(condition=models.Q(compare__in=Compare.values), name="alert_compare_known"),
            models.CheckConstraint(condition=models.Q(every__in=Every.values), name="alert_every_known"),
            models.CheckConstraint(condition=models.Q(standing__in=Standing.values), name="alert_standing_known"),
            models.CheckConstraint(
                condition=models.Q(next_at=None) | models.Q(paused_at=None, stopped_at=None), name="alert_runs_or_rests"
            ),
        ]


class AlertReading(models.Model):
    """What the number was at one look, and whether the owner was told."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="readings")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", db_index=False)
    value = models.DecimalField("giá trị", max_digits=24, decimal_places=2, null=True)
    told = models.CharField("đã báo", max_length=10, choices=Standing, blank=True)
    read_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own()

    class Meta:
        verbose_name = "lần đọc số"
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(told__in=["", *Standing.values]), name="reading_told_known")
        ]

    def __str__(self) -> str:
        return f"{self.value}"
