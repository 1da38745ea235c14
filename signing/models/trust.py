"""Whom the system trusts: authorities that issue certificates, and their lists of what they revoked."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField
from core.walls import NoWall

_WHY = "what every unit trusts is the same; only elevated code behind the door of level-1 admins writes it"


class TrustedAuthority(models.Model):
    """A certificate of an authority. A root is trusted by itself, one in between only through its root.

    It is switched off, never deleted: what was signed under it can still be explained.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = CleanCharField("tên gọi", max_length=200)
    root = models.BooleanField("gốc tin cậy")
    subject = CleanCharField("chủ thể", max_length=1000)
    issuer = CleanCharField("nơi cấp", max_length=1000)
    serial = models.CharField("số chứng thư", max_length=60)
    fingerprint = models.CharField("SHA-256", max_length=64, unique=True)
    not_before = models.DateTimeField("có hiệu lực từ")
    not_after = models.DateTimeField("đến")
    content = models.BinaryField()
    active = models.BooleanField("đang tin cậy", default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thêm"
    )
    created_at = models.DateTimeField("thêm lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords(excluded_fields=["content"])
    wall = NoWall(_WHY, may=())

    class Meta:
        verbose_name = "tổ chức chứng thực tin cậy"
        ordering = ["-active", "-root", "name", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class RevocationList(models.Model):
    """A list of revoked certificates (CRL), signed by an authority that is kept here. The newest of each counts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    authority = models.ForeignKey(
        TrustedAuthority, on_delete=models.PROTECT, related_name="lists", verbose_name="nơi cấp"
    )
    issued_at = models.DateTimeField("phát hành lúc")
    next_at = models.DateTimeField("bản kế tiếp chậm nhất", null=True, blank=True)
    entries = models.PositiveIntegerField("số chứng thư bị thu hồi")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người tải lên"
    )
    created_at = models.DateTimeField("tải lên lúc", auto_now_add=True)

    wall = NoWall(_WHY, may=())

    class Meta:
        verbose_name = "danh sách chứng thư bị thu hồi"
        ordering = ["-issued_at", "-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.authority_id} {self.issued_at:%d/%m/%Y}"
