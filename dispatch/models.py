"""What is sent to the document system: the outbox with its packages, the trail of each, and who is called how there."""

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import SharedQuerySet
from core.walls import APPEND_ONLY, NoWall, Wall
from dispatch.rules import Channel, Kind, State
from orgs.models import OrgUnit


class AgencyIdentifier(models.Model):
    """An agency's identifier in the exchange of documents (mã định danh), as IT Center enters it.

    None is shipped: they are given by other authorities. Without one the unit goes by its code in the sector.
    """

    unit = models.OneToOneField(OrgUnit, on_delete=models.PROTECT, related_name="identifier", verbose_name="đơn vị")
    organ_id = CleanCharField("mã định danh", max_length=35, unique=True)
    in_charge = CleanCharField("cơ quan chủ quản", max_length=200, blank=True)
    source = CleanTextField("văn bản cấp mã", blank=True, max_length=300)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()
    wall = NoWall("under which code a unit is written to is shared catalogue, like its name (art. 4.4)")

    class Meta:
        verbose_name = "mã định danh cơ quan"
        ordering = ["unit__path"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.organ_id


class Dispatch(models.Model):
    """One sending: from `unit` to `partner`, of a subject that another app owns.

    It is the row of the outbox, written in the transaction of the step that sends, and afterwards what is known of the
    package. `document_id` names it to the receiver for good, so that a package delivered twice is filed once. A status
    message (`kind`) goes the other way: it `answers` what its receiver had sent.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField("số lần gửi", max_length=40, unique=True)
    kind = models.CharField("loại gói", max_length=10, choices=Kind, default=Kind.LETTER)
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị gửi"
    )
    partner = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị nhận"
    )
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_label = models.CharField("hồ sơ", max_length=40)
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name="trả lời cho"
    )
    document_id = models.CharField("mã văn bản", max_length=250, unique=True)
    title = CleanTextField("trích yếu", max_length=500)
    code = CleanCharField("số, ký hiệu", max_length=60, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.QUEUED)
    known_at = models.DateTimeField("trạng thái từ lúc")
    channel = models.CharField("đường gửi", max_length=10, choices=Channel)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    reason = CleanTextField("lý do trả lại", max_length=1000, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("thử lại lúc", null=True, blank=True)
    give_up_at = models.DateTimeField("thôi thử lúc", null=True, blank=True)
    problem = CleanTextField("lỗi gần nhất", max_length=500, blank=True)
    sha256 = models.CharField("SHA-256 của gói", max_length=64)
    size = models.PositiveIntegerField("dung lượng gói (byte)")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gửi"
    )
    created_at = models.DateTimeField("lập lúc")

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner")

    class Meta:
        verbose_name = "lần gửi văn bản"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "-id"], name="dispatch_of_sender"),
            models.Index(fields=["partner", "-id"], name="dispatch_of_receiver"),
            models.Index(fields=["subject_type", "subject_id"], name="dispatch_of_subject"),
            models.Index(fields=["next_try_at"], condition=models.Q(state="queued"), name="dispatch_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="dispatch_state_known"),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="dispatch_kind_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="dispatch_channel_known"),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.LETTER, answers=None) | models.Q(kind=Kind.STATUS, answers__isnull=False),
                name="dispatch_status_answers",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Package(models.Model):
    """The bytes that are sent, made once: every attempt sends the same. In the database, behind both walls."""

    dispatch = models.OneToOneField(Dispatch, on_delete=models.PROTECT, related_name="package")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị gửi")
    partner = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị nhận")
    content = models.BinaryField()

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=APPEND_ONLY)

    class Meta:
        verbose_name = "gói văn bản"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.dispatch_id}"


class DispatchEvent(models.Model):
    """One thing that became known of a sending. Never changed (trigger); `key` keeps a message from counting twice."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="trail")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị gửi")
    partner = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị nhận")
    state = models.CharField("trạng thái", max_length=10, choices=State)
    counted = models.BooleanField("đổi trạng thái", default=True)
    happened_at = models.DateTimeField("xảy ra lúc")
    channel = models.CharField("nguồn tin", max_length=10, choices=Channel)
    text = CleanTextField("nội dung", max_length=1000, blank=True)
    key = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - NULL: no message, hence never the same
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=APPEND_ONLY)

    class Meta:
        verbose_name = "diễn biến gửi nhận"
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="dispatchevent_state_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="dispatchevent_channel_known"),
            models.UniqueConstraint(fields=["dispatch", "key"], name="dispatchevent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.happened_at:%d/%m/%Y}"
