"""Who signs for a unit: the register of certificates, and the pictures of signatures and seals."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField
from core.scope import ScopedQuerySet
from core.walls import Wall
from orgs.models import OrgUnit
from signing.rules import Step


class SignerCertificate(models.Model):
    """A certificate with which a step may be signed for a unit; kept by the admin who manages the unit's accounts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    step = models.CharField("vai trò ký", max_length=20, choices=Step)
    holder = CleanCharField("chủ thể", max_length=200)
    subject = CleanCharField("tên đầy đủ của chủ thể", max_length=1000)
    issuer = CleanCharField("nơi cấp", max_length=1000)
    serial = models.CharField("số chứng thư", max_length=60)
    fingerprint = models.CharField("SHA-256 của chứng thư", max_length=64)
    not_before = models.DateTimeField("có hiệu lực từ")
    not_after = models.DateTimeField("đến")
    content = models.BinaryField()
    active = models.BooleanField("đang dùng", default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người đăng ký"
    )
    created_at = models.DateTimeField("đăng ký lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["content"])
    wall = Wall()

    class Meta:
        verbose_name = "chứng thư số của người ký"
        ordering = ["unit__path", "step", "holder", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(step__in=Step.values), name="signercertificate_step_known"),
            models.UniqueConstraint(fields=["unit", "step", "fingerprint"], name="signercertificate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} ({self.serial})"


class SignatureImage(models.Model):
    """The picture that a signature shows: of a hand (blue) or of the seal (red, in its real size)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    step = models.CharField("dùng cho", max_length=20, choices=Step)
    name = CleanCharField("tên hình", max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField("dung lượng (byte)")
    width_mm = models.PositiveSmallIntegerField("chiều rộng thật (mm)")
    active = models.BooleanField("đang dùng", default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người tải lên"
    )
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["content"])
    wall = Wall()

    class Meta:
        verbose_name = "hình chữ ký, con dấu"
        ordering = ["step", "name", "id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(step__in=Step.values), name="signatureimage_step_known"),
            models.CheckConstraint(condition=models.Q(width_mm__range=(5, 100)), name="signatureimage_width"),
            models.UniqueConstraint(
                fields=["unit", "step", "name"], condition=models.Q(active=True), name="signatureimage_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
