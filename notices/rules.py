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
    REPORT = "report", "Báo cáo năm, gửi nhận văn bản"
    ANALYSIS = "analysis", "Lịch gửi phân tích, cảnh báo số liệu"


class Tone(models.TextChoices):
    """How urgent it is."""

    INFO = "info", "Thông tin"
    WARNING = "warning", "Cần chú ý"
    DANGER = "danger", "Quá hạn"


TONES = {Tone.INFO: "info", Tone.WARNING: "warn", Tone.DANGER: "bad"}


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


PAUSES = (1, 2, 5, 10, 20, 30, 60)  # minutes until a mail is tried again: after the first failure, the second, …


def pause(attempts: int) -> timedelta:
    """How long a mail waits after it failed so many times."""
    return timedelta(minutes=PAUSES[min(attempts, len(PAUSES)) - 1])


_LOG_IN_FIRST = frozenset({530, 534, 535, 538})


def refused_for_good(code: int, answer: bytes) -> bool:
    """Whether a mail server's answer means that it will never take this mail (RFC 5321: 5yz).

    Not so where it refuses us rather than the mail: it wants a login, or (RFC 3463: 5.7) its rules are against it. That
    ends when its settings or ours are mended.
    """
    return code // 100 == 5 and code not in _LOG_IN_FIRST and not answer.startswith(b"5.7.")  # noqa: PLR2004 - the class
