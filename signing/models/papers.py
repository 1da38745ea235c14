"""A paper to be signed, what each signature added to its file, and the one-time links to sign it outside."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet
from core.walls import APPEND_ONLY, NoWall, Wall
from orgs.models import OrgUnit
from signing.rules import PaperState, Step, Way

STANDING = [PaperState.OPEN, PaperState.COMPLETE]


class Paper(models.Model):
    """A PDF that a unit issued to be signed, for something else (`subject`) of which this app knows nothing.

    `boxes`: for each step the page (from 0) and the rectangle in points where its signature is shown.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    title = CleanCharField("tên văn bản", max_length=200)
    state = models.CharField("trạng thái", max_length=20, choices=PaperState, default=PaperState.OPEN)
    boxes = models.JSONField("ô chữ ký")
    issued_sha256 = models.CharField("SHA-256 của tệp phát hành", max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người trình ký"
    )
    created_at = models.DateTimeField("trình ký lúc", auto_now_add=True)
    completed_at = models.DateTimeField("ký đủ lúc", null=True, blank=True)
    withdrawn_why = CleanTextField("lý do thu hồi", blank=True, max_length=1000)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall()

    class Meta:
        verbose_name = "văn bản ký số"
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=PaperState.values), name="paper_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=PaperState.COMPLETE) | models.Q(completed_at__isnull=False),
                name="paper_completed_whole",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state__in=STANDING),
                name="paper_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> models.Model:
        """Its subject, which nobody deletes while papers of it are kept."""
        if self.subject is None:
            message = f"paper {self.pk} without its subject"
            raise LookupError(message)
        return self.subject


class Revision(models.Model):
    """What one step added to the file: number 0 is the paper as it was issued, each further one a signature.

    `content` holds only the bytes that were added; a revision's file is all contents up to it, one after the other.
    `size` and `sha256` are of that whole file. Never changed (trigger): an earlier signature stays what it was.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="revisions")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    number = models.PositiveSmallIntegerField("lần")
    step = models.CharField("bước ký", max_length=20, choices=Step, blank=True)
    way = models.CharField("cách ký", max_length=20, choices=Way, blank=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = models.CharField("SHA-256", max_length=64)
    certificate = models.ForeignKey(
        "signing.SignerCertificate",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="chứng thư số",
    )
    claimed_at = models.DateTimeField("thời điểm ghi trên chữ ký", null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="tài khoản"
    )
    created_at = models.DateTimeField("nhận lúc", auto_now_add=True)

    objects = ScopedQuerySet.as_manager()
    wall = Wall(may=APPEND_ONLY)

    class Meta:
        verbose_name = "bản ký"
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="revision_once"),
            models.UniqueConstraint(
                fields=["paper", "step"], condition=~models.Q(step=""), name="revision_one_for_each_step"
            ),
            models.CheckConstraint(
                condition=models.Q(number=0, step="", way="", certificate=None)
                | models.Q(number__gt=0, step__in=Step.values, way__in=Way.values, certificate__isnull=False),
                name="revision_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.number}"


class UploadToken(models.Model):
    """A link by which one step of a paper is signed outside: one account's, once, for a short time; kept as a hash."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="tokens")
    step = models.CharField("bước ký", max_length=20, choices=Step)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="tài khoản"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("cấp lúc", auto_now_add=True)
    expires_at = models.DateTimeField("hết hạn lúc")
    ended_at = models.DateTimeField("đã dùng hoặc thu hồi lúc", null=True, blank=True)

    wall = NoWall(
        "read to find the account before there is a scope; the hash of a secret can't be guessed",
        may=("INSERT", "UPDATE"),
    )

    class Meta:
        verbose_name = "liên kết ký một lần"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(step__in=Step.values), name="uploadtoken_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.step}"
