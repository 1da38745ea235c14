"""What people are told, how urgently, and whether by mail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models


class Topic(models.TextChoices):
    """What a notice is about: each account says for each of them how it wants its mail."""

    DEADLINE = "deadline", "Nhắc hạn của đơn vị tôi"
    ESCALATION = "escalation", "Đơn vị cấp dưới quá hạn"
    URGING = "urging", "Đôn đốc và phản hồi"
    SUPPORT = "support", "Yêu cầu hỗ trợ"
    WATCH = "watch", "Sắp hết hạn bảo hành, bản quyền, bảo trì"


class Tone(models.TextChoices):
    """How urgent it is."""

    INFO = "info", "Thông tin"
    WARNING = "warning", "Cần chú ý"
    DANGER = "danger", "Quá hạn"


class MailChoice(models.TextChoices):
    """How a person wants the mail of a topic. What was read on the page by then isn't sent."""

    SOON = "soon", "Gửi ngay"
    DAILY = "daily", "Gộp một thư mỗi ngày"
    NEVER = "never", "Không gửi thư"


@dataclass(frozen=True)
class Message:
    """What somebody is to be told: the thing, the law, the day and the action.

    `key` names it: whoever was told under this key isn't told again. `address` is a path of this site.
    """

    key: str
    topic: Topic
    title: str
    text: str
    address: str
    tone: Tone = Tone.INFO
    law: str = ""
    due: date | None = None


def mail_time(choice: MailChoice, now: datetime, *, quiet: timedelta, digest_hour: int) -> datetime | None:
    """When a notice of `now` (local time) is mailed: after a while in which it may be read, or with the day's mail."""
    if choice == MailChoice.NEVER:
        return None
    if choice == MailChoice.SOON:
        return now + quiet
    today = now.replace(hour=digest_hour, minute=0, second=0, microsecond=0)
    return today if now <= today else today + timedelta(days=1)
