"""Support requests as rules (art. 12, 13.4, 13.5, 14): topics, states, whose turn it is, the 48 hours."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import models

from core.errors import DomainError
from core.text import fold
from core.workflow import Workflow
from deadlines.rules import WorkingCalendar, due_date

PREFIX = "HT"
TERM = timedelta(hours=48)
"""How soon a request is answered, from the hour at which it was sent."""
PAUSED = "Chờ đơn vị hỏi bổ sung thông tin"
"""Why nothing is owed while the asker has been asked back."""


class Topic(models.TextChoices):
    """What is asked about, and the article under which it is."""

    USAGE = "usage", "Cách sử dụng"  # art. 14.1
    DATA = "data", "Sai lệch không tự xử lý được"  # art. 12
    DOSSIER = "dossier", "Lập, xử lý hồ sơ"
    IMPORT = "import", "Nhập, xuất tệp, in ấn"
    ACCOUNT = "account", "Tài khoản, quyền truy cập"  # art. 13.5
    FAULT = "fault", "Lỗi phần mềm"  # art. 14.5
    OTHER = "other", "Việc khác"


class Priority(models.TextChoices):
    """How soon the handler means to see to it; the term is the same for all."""

    HIGH = "1_high", "Gấp"
    NORMAL = "2_normal", "Bình thường"
    LOW = "3_low", "Khi thuận tiện"


PRIORITY_TONES = {Priority.HIGH: "bad", Priority.NORMAL: "muted", Priority.LOW: "muted"}


class State(models.TextChoices):
    """Whose turn it is."""

    OPEN = "open", "Chờ trả lời"
    WAITING = "waiting", "Chờ bổ sung thông tin"
    ANSWERED = "answered", "Đã trả lời"
    CLOSED = "closed", "Đã đóng"


TONES = {State.OPEN: "warn", State.WAITING: "info", State.ANSWERED: "ok", State.CLOSED: "muted"}
FLOW = Workflow(
    State,
    {
        State.OPEN: frozenset(State),
        State.WAITING: frozenset(State),
        State.ANSWERED: frozenset({State.OPEN, State.ANSWERED, State.WAITING, State.CLOSED}),
        State.CLOSED: frozenset({State.OPEN}),
    },
)


class MessageKind(models.TextChoices):
    """What a message of the conversation is."""

    QUESTION = "question", "Câu hỏi"
    REPLY = "reply", "Bổ sung thông tin"
    ANSWER = "answer", "Trả lời"
    ASK_BACK = "ask_back", "Đề nghị bổ sung thông tin"
    ESCALATION = "escalation", "Chuyển lên Trung tâm CNTT"
    CLOSING = "closing", "Đóng yêu cầu"
    NOTE = "note", "Ghi chú nội bộ"


ASKING = (MessageKind.QUESTION, MessageKind.ESCALATION)
"""Messages from which an answer is owed."""


def answer_by(asked_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Until when a request of that (local) time is to be answered: 48 hours, by the clock.

    Where they end on a day off, it is the same hour of the working day that follows, as the obligation's due day is.
    """
    end = asked_at + TERM
    return end + (due_date(end.date(), 0, calendar) - end.date())


def is_late(*, state: str, by: datetime, now: datetime) -> bool:
    """Whether an answer should have been there."""
    return state == State.OPEN and by < now


def may_reopen(*, settled_at: datetime | None, now: datetime, days: int) -> bool:
    """Whether what was answered or closed then may still be taken up again."""
    return settled_at is not None and now <= settled_at + timedelta(days=days)


_TELLING = re.compile(
    r"\b\d{2}(?:\.[0-9A-Z]{1,5})?-\d{6}\b"  # the code of a device
    r"|\b[A-Z]{2,3}-[0-9A-Z.]+-\d{4}-\d+\b"  # the number of a dossier
    r"|[\w.+-]+@[\w-]+\.\w"  # a mail address
    r"|(?<!\d)0\d{8,10}(?!\d)"  # a telephone number
)


def telling(text: str, names: Iterable[str]) -> Iterator[str]:
    """What in a text that everybody will read tells of somebody: codes, numbers, addresses, and any of `names`."""
    yield from _TELLING.findall(text)
    folded = fold(text)
    yield from (name for name in names if name and re.search(rf"\b{re.escape(fold(name))}\b", folded))


def check_impersonal(texts: dict[str, str], names: Iterable[str]) -> list[DomainError]:
    """A refusal for each field of a public answer that tells of somebody."""
    listed = list(names)
    return [
        DomainError(
            f"Nội dung công bố cho toàn ngành không được có “{found}”. Hãy viết lại không nêu tên, mã, số hồ sơ.",
            field=field,
            code="telling",
        )
        for field, text in texts.items()
        for found in dict.fromkeys(telling(text, listed))
    ]
