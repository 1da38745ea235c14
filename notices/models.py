"""What people are told in the system and by mail."""

import uuid

from django.conf import settings
from django.db import models

from core.fields import CleanCharField, CleanTextField
from core.scope import OwnedQuerySet
from core.walls import Own
from notices.querysets import NoticeQuerySet
from notices.rules import MailChoice, Tone, Topic


class Notice(models.Model):
    """One thing that one person is told, once. The system writes it; its reader only marks it as read."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhận"
    )
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    topic = models.CharField("nội dung", max_length=20, choices=Topic)
    tone = models.CharField("mức độ", max_length=10, choices=Tone, default=Tone.INFO)
    key = models.CharField(max_length=120)
    title = CleanCharField("tiêu đề", max_length=200)
    text = CleanTextField("thông báo")
    law = CleanCharField("căn cứ", max_length=200, blank=True)
    due_date = models.DateField("hạn", null=True, blank=True)
    address = models.CharField("liên kết", max_length=300)
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)
    # When it goes by mail unless it is read before; never where this is empty.
    mail_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey("Mail", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()
    wall = Own(may=("UPDATE",))

    class Meta:
        verbose_name = "thông báo"
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="notice_once"),
            models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="notice_topic_known"),
            models.CheckConstraint(condition=models.Q(tone__in=Tone.values), name="notice_tone_known"),
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="notice_by_owner"),
            models.Index(fields=["owner"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["key"], condition=models.Q(read_at=None), name="notice_unread_by_key"),
            models.Index(
                fields=["mail_at"],
                condition=models.Q(mail=None, read_at=None, mail_at__isnull=False),
                name="notice_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How one account wants the mail of one topic; without a row: soon."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="tài khoản"
    )
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    topic = models.CharField("nội dung", max_length=20, choices=Topic)
    mail = models.CharField("gửi thư", max_length=10, choices=MailChoice, default=MailChoice.SOON)

    objects = OwnedQuerySet.as_manager()
    wall = Own()

    class Meta:
        verbose_name = "lựa chọn nhận thư"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["owner", "unit", "topic"], name="preference_once"),
            models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="preference_topic_known"),
            models.CheckConstraint(condition=models.Q(mail__in=MailChoice.values), name="preference_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_mail_display()}"


class Mail(models.Model):
    """A mail that waits to be sent or was sent. Only the system reads it: the app's role may do nothing with it.

    It carries its own Message-ID from the start, so that one sent twice by a crash is the same mail to its reader.
    """

    message_id = models.CharField(max_length=120, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhận"
    )
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    to = models.EmailField("địa chỉ")
    subject = CleanCharField("tiêu đề", max_length=250)
    text = CleanTextField("nội dung")
    html = CleanTextField("nội dung HTML")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    given_up_at = models.DateTimeField("thôi gửi lúc", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("thử lại lúc", null=True, blank=True)
    problem = CleanTextField("lỗi gần nhất", blank=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own(may=())

    class Meta:
        verbose_name = "thư"
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(sent_at=None, given_up_at=None), name="mail_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.subject
