"""The yearly report of a unit (art. 13.8): the dossier, the editions of its frozen figures, and opening it again."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanJSONField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import APPEND_ONLY, Wall
from orgs.models import OrgUnit
from yearend.querysets import ReportQuerySet
from yearend.rules import State, UnlockState


class AnnualReport(models.Model):
    """One unit's report of one year, from its draft to its acceptance.

    `draft` holds what was counted last before the books are closed. Frozen figures are in the editions: `edition` is
    the one that stands. `outdated_at`: what a subordinate sent has changed since that edition was made.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("số hồ sơ", max_length=40, unique=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm báo cáo")
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.DRAFT)
    draft = CleanJSONField("số liệu tạm tính", default=dict, blank=True)
    drafted_at = models.DateTimeField("tính lúc", null=True, blank=True)
    notes = CleanJSONField("ghi chú theo loại thiết bị", default=dict, blank=True)
    assessment = CleanTextField("đánh giá tình hình quản lý, sử dụng", blank=True, max_length=5000)
    proposal = CleanTextField("kiến nghị", blank=True, max_length=5000)
    edition = models.OneToOneField(
        "yearend.AnnualEdition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="current_of",
        verbose_name="bản đang dùng",
    )
    outdated_at = models.DateTimeField("số liệu cấp dưới thay đổi lúc", null=True, blank=True)
    outdated_why = CleanTextField("lý do cần tổng hợp lại", blank=True, max_length=500)
    # What stands on the paper: filled in when it is issued for signing.
    document_number = CleanCharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    place = CleanCharField("địa danh", max_length=100, blank=True)
    preparer = CleanCharField("người lập", max_length=100, blank=True)
    competence = CleanCharField("quyền hạn ký", max_length=20, blank=True)
    position = CleanCharField("chức vụ người ký", max_length=100, blank=True)
    signatory = CleanCharField("người ký", max_length=100, blank=True)
    recipients = CleanTextField("nơi nhận", blank=True, max_length=1000)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    return_reason = CleanTextField("lý do trả lại", blank=True, max_length=1000)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["draft"])
    wall = Wall()

    class Meta:
        verbose_name = "báo cáo năm"
        ordering = ["-year", "unit__path"]
        default_permissions = ()
        indexes = [models.Index(fields=["year", "state"], name="annualreport_progress")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="annualreport_once"),
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="annualreport_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFT) | models.Q(edition__isnull=False), name="annualreport_frozen"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AnnualEdition(models.Model):
    """Figures as they were frozen: of the unit itself and of everything that it reports for. Never changed (trigger).

    `sha256` is of the canonical bytes of `figures` (`reports.rules.annual.canonical`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="editions")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    edition = models.PositiveSmallIntegerField("lần")
    figures = models.JSONField("số liệu đã khóa")
    sha256 = models.CharField("SHA-256", max_length=64)
    missing = models.JSONField("đơn vị cấp dưới chưa khóa", default=list, blank=True)
    reason = CleanTextField("lý do", blank=True, max_length=2000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "bản số liệu đã khóa"
        ordering = ["-edition"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["report", "edition"], name="annualedition_once")]

    def __str__(self) -> str:
        return f"{self.report_id} lần {self.edition}"


class EditionPart(models.Model):
    """Which edition of a subordinate went into an edition of its superior (`unit` is the superior)."""

    edition = models.ForeignKey(AnnualEdition, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị tổng hợp")
    part = models.ForeignKey(AnnualEdition, on_delete=models.PROTECT, related_name="taken_into")

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "số liệu cấp dưới đã tổng hợp"
        ordering = ["id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "part"], name="editionpart_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} < {self.part_id}"


class UnlockRequest(models.Model):
    """A unit asks that its closed books be opened; a level-1 admin decides (design of the year end).

    The explanation minutes (biên bản giải trình) are documents of the request.
    """

    number = models.CharField("số đề nghị", max_length=40, unique=True)
    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="unlocks")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=20, choices=UnlockState, default=UnlockState.ASKED)
    reason = CleanTextField("lý do mở khóa", max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người đề nghị"
    )
    created_at = models.DateTimeField("đề nghị lúc", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết định",
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    answer = CleanTextField("ý kiến của quản trị cấp 1", blank=True, max_length=2000)
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "đề nghị mở khóa số liệu"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=UnlockState.values), name="unlockrequest_state_known"),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(state=UnlockState.ASKED), name="unlockrequest_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.number
