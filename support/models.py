"""Requests for support, their conversations and files; ready answers; answers made public."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.fields import CleanCharField, CleanTextField
from core.scope import ScopedQuerySet, SharedQuerySet
from core.walls import APPEND_ONLY, EVERYTHING, NoWall, Wall
from orgs.models import OrgUnit
from support.querysets import RequestQuerySet
from support.rules import MessageKind, Priority, State, Topic


class SupportRequest(models.Model):
    """What a unit asks (`unit`), and the unit that answers it (`partner`): its superior, or IT Center."""

    number = models.CharField("số yêu cầu", max_length=40, unique=True)
    unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị hỏi"
    )
    partner = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="đơn vị trả lời"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi"
    )
    topic = models.CharField("chủ đề", max_length=20, choices=Topic)
    priority = models.CharField("mức ưu tiên", max_length=10, choices=Priority, default=Priority.NORMAL)
    subject = CleanCharField("tiêu đề", max_length=150)
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.OPEN)
    # Where it was asked: a path of this site, the title of that page, what it was looked at with.
    page = models.CharField("trang", max_length=300, blank=True)
    page_title = CleanCharField("tiêu đề trang", max_length=200, blank=True)
    app_version = models.CharField("phiên bản phần mềm", max_length=20, blank=True)
    browser = CleanCharField("trình duyệt", max_length=300, blank=True)
    answer_by = models.DateTimeField("hạn trả lời")
    # Who gives, or failed to give, the first answer: it stays so when the request is passed on afterwards.
    first_handler = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị phải trả lời lần đầu"
    )
    first_answered_at = models.DateTimeField("trả lời lần đầu lúc", null=True, blank=True)
    # None until the first answer is there or its time is over without one.
    first_in_time = models.BooleanField("trả lời lần đầu đúng hạn", null=True, blank=True)
    settled_at = models.DateTimeField("trả lời, đóng lúc", null=True, blank=True)
    escalated_at = models.DateTimeField("chuyển lên Trung tâm CNTT lúc", null=True, blank=True)
    created_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    # Names one filled form, so that a second press of the button finds the request that the first one made.
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = RequestQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["page", "browser"])
    wall = Wall(partner="partner", by_home=True)

    class Meta:
        verbose_name = "yêu cầu hỗ trợ"
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["unit", "-id"], name="supportrequest_of_unit"),
            models.Index(fields=["partner", "state", "-id"], name="supportrequest_of_handler"),
            models.Index(fields=["asked_by"], condition=models.Q(state="waiting"), name="supportrequest_asked_back"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="supportrequest_state_known"),
            models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="supportrequest_topic_known"),
            models.CheckConstraint(
                condition=models.Q(priority__in=Priority.values), name="supportrequest_priority_known"
            ),
            models.CheckConstraint(
                condition=models.Q(first_answered_at=None) | models.Q(first_in_time__isnull=False),
                name="supportrequest_answered_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.OPEN, State.WAITING], settled_at=None)
                | models.Q(state__in=[State.ANSWERED, State.CLOSED], settled_at__isnull=False),
                name="supportrequest_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SupportMessage(models.Model):
    """One message: of the author's unit, read by the other side too, unless it is internal. Never changed."""

    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="messages")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị viết")
    partner = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị cùng xem"
    )
    kind = models.CharField("loại", max_length=20, choices=MessageKind)
    text = CleanTextField("nội dung", max_length=5000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người viết"
    )
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=APPEND_ONLY, by_home=True)

    class Meta:
        verbose_name = "trao đổi hỗ trợ"
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=MessageKind.values), name="supportmessage_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind=MessageKind.NOTE, partner=None)
                | (~models.Q(kind=MessageKind.NOTE) & models.Q(partner__isnull=False)),
                name="supportmessage_notes_are_internal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%d/%m/%Y}"


class SupportFile(models.Model):
    """A PDF or a picture that came with a message; kept in the database, so that both walls stand before it too."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(SupportMessage, on_delete=models.PROTECT, related_name="files")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    partner = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị cùng xem"
    )
    title = CleanCharField("tên tệp", max_length=200)
    content_type = models.CharField(
        "loại tệp", max_length=20, choices=[("application/pdf", "PDF"), ("image/png", "PNG"), ("image/jpeg", "JPEG")]
    )
    size = models.PositiveIntegerField("dung lượng (byte)")
    content = models.BinaryField()
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = SharedQuerySet.as_manager()
    wall = Wall(partner="partner", may=APPEND_ONLY, by_home=True)

    class Meta:
        verbose_name = "tệp kèm yêu cầu hỗ trợ"
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title


class CannedAnswer(models.Model):
    """An answer that a unit gives often, ready to be put into the form."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    title = CleanCharField("tên câu mẫu", max_length=100)
    text = CleanTextField("nội dung", max_length=5000)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()
    wall = Wall(may=EVERYTHING, by_home=True)

    class Meta:
        verbose_name = "câu trả lời mẫu"
        ordering = ["title", "id"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="cannedanswer_once")]

    def __str__(self) -> str:
        return self.title


class HelpArticle(models.Model):
    """A question with its answer that IT Center has made public, rewritten without names."""

    topic = models.CharField("chủ đề", max_length=20, choices=Topic)
    question = CleanCharField("câu hỏi", max_length=200)
    answer = CleanTextField("câu trả lời", max_length=10_000)
    published = models.BooleanField("đang công bố", default=True)
    updated_at = models.DateTimeField("cập nhật lúc", auto_now=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()
    wall = NoWall("answers that IT Center made public to every account of the sector", may=("INSERT", "UPDATE"))

    class Meta:
        verbose_name = "câu hỏi thường gặp"
        ordering = ["topic", "question", "id"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="helparticle_topic")]

    def __str__(self) -> str:
        return self.question
