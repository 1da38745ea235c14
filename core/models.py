"""What every app stands on: events, documents, running numbers."""

import secrets
import uuid
from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import FileSystemStorage
from django.db import models

from core.fields import CleanCharField, CleanJSONField
from core.scope import ScopedQuerySet, SharedQuerySet
from core.walls import EVERYTHING, Wall


class Event(models.Model):
    """One business fact, written in the transaction that made it true.

    It is both the timeline that people read and the outbox that handlers are fed from, so nothing can be
    announced that did not happen, and a crash between commit and announcement loses nothing.
    """

    kind = models.CharField("loại", max_length=60)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    # Read through the subject or the unit, never by the other side alone: no index.
    partner = models.ForeignKey(
        "orgs.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="đơn vị cùng xem",
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    payload = CleanJSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=("INSERT",))

    class Meta:
        verbose_name = "sự kiện"
        indexes = [
            models.Index(fields=["id"], condition=models.Q(delivered_at=None), name="core_event_undelivered"),
            models.Index(fields=["subject_type", "subject_id", "id"], name="core_event_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.subject_id}"


def document_storage() -> FileSystemStorage:
    """Outside the web root: only `documents:download` reads it."""
    return FileSystemStorage(location=settings.DOCUMENTS_ROOT, base_url=None, file_permissions_mode=0o600)


def random_name(_document: "Document", _filename: str) -> str:
    """A name that tells nothing and can't be guessed; two levels of folders keep them small."""
    name = secrets.token_hex(20)
    return str(PurePath(name[:2], name[2:4], f"{name}.pdf"))


class DocumentKind(models.TextChoices):
    """Kinds of paper, as the procedures name them."""

    MINUTES = "minutes", "Biên bản bàn giao, nghiệm thu"
    CONTRACT = "contract", "Hợp đồng"
    LICENCE = "licence", "Bản quyền, giấy phép"
    OTHER = "other", "Tài liệu khác"
    FORM_C50 = "form_c50", "Biên bản giao nhận (C50-HD)"
    SIGNED_FORM = "signed_form", "Biên bản đã ký (bản quét)"
    ASSESSMENT = "assessment", "Biên bản đánh giá tình trạng kỹ thuật"
    INVOICE = "invoice", "Hóa đơn, chứng từ chi phí"
    REPAIR_MINUTES = "repair_minutes", "Biên bản nghiệm thu sửa chữa"
    VALUE_MINUTES = "value_minutes", "Biên bản thay đổi nguyên giá"
    DECISION = "decision", "Quyết định"
    PROPOSAL = "proposal", "Văn bản đề nghị"
    ACCEPTANCE = "acceptance", "Văn bản đề nghị tiếp nhận"
    SUPERIOR_OPINION = "superior_opinion", "Văn bản đề nghị của cấp trên"
    EXPERT_OPINION = "expert_opinion", "Ý kiến của cơ quan chuyên môn"
    COUNCIL_MINUTES = "council_minutes", "Biên bản của hội đồng thanh lý, hủy"
    DATA_WIPE = "data_wipe", "Biên bản xóa dữ liệu"
    DIFFERENCE = "difference", "Biên bản chênh lệch khi nhận"
    LOSS_MINUTES = "loss_minutes", "Biên bản xác định mất, hủy hoại"
    FOUND_MINUTES = "found_minutes", "Biên bản tìm thấy"
    EXPLANATION = "explanation", "Biên bản giải trình"
    SERVER_LOG = "server_log", "Nhật ký phòng máy chủ (bản chụp)"
    NETWORK_PLAN = "network_plan", "Hồ sơ, sơ đồ mạng (bản chụp)"
    FORM_C51 = "form_c51", "Biên bản thanh lý (C51-HD)"
    FORM_C54 = "form_c54", "Biên bản giao nhận sửa chữa hoàn thành (C54-HD)"
    FORM_HANDOVER = "form_handover", "Biên bản bàn giao, tiếp nhận tài sản (01/TSC-BBGN)"
    FORM_USE = "form_use", "Biên bản bàn giao sử dụng"
    ANNUAL_REPORT = "annual_report", "Báo cáo năm (bản phát hành)"


class Document(models.Model):
    """A PDF of a dossier: attached by people (scans) or issued by the system (printed forms, then frozen)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    # Read through the subject or the unit, never by the other side alone: no index.
    partner = models.ForeignKey(
        "orgs.OrgUnit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="đơn vị cùng xem",
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.CharField("loại tài liệu", max_length=20, choices=DocumentKind)
    title = CleanCharField("tên tệp", max_length=200)
    file = models.FileField("tệp", storage=document_storage, upload_to=random_name, max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("dung lượng (byte)")
    pages = models.PositiveIntegerField("số trang")
    issued = models.BooleanField("do hệ thống phát hành", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người tải lên"
    )
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=("INSERT", "DELETE"))

    class Meta:
        verbose_name = "tài liệu"
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="core_document_subject")]

    def __str__(self) -> str:
        return self.title


class Counter(models.Model):
    """The last running number given out in a unit for one purpose (asset codes, dossiers of a year)."""

    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    value = models.PositiveBigIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=EVERYTHING)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "key"], name="core_counter_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"
