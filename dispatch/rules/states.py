"""How far something sent has come, and which news of it may follow which. Pure."""

from datetime import datetime, timedelta

from django.db import models

from core.workflow import Workflow


class Kind(models.TextChoices):
    """What is in the package."""

    LETTER = "letter", "Văn bản"
    STATUS = "status", "Thông báo trạng thái"


class State(models.TextChoices):
    """The states of QCVN 102:2016/BTTTT that matter to the sender, and those before the package has left."""

    QUEUED = "queued", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    ARRIVED = "arrived", "Đã đến"
    RECEIVED = "received", "Đã tiếp nhận"
    RETURNED = "returned", "Bị trả lại"
    FAILED = "failed", "Không gửi được"


TONES = {
    State.QUEUED: "warn",
    State.SENT: "info",
    State.ARRIVED: "info",
    State.RECEIVED: "ok",
    State.RETURNED: "bad",
    State.FAILED: "bad",
}

# News may come before we know that the package left (a worker killed before its commit), and after we gave up.
FLOW = Workflow(
    State,
    {
        State.QUEUED: frozenset({State.SENT, State.ARRIVED, State.RECEIVED, State.RETURNED, State.FAILED}),
        State.SENT: frozenset({State.ARRIVED, State.RECEIVED, State.RETURNED, State.QUEUED}),
        State.ARRIVED: frozenset({State.RECEIVED, State.RETURNED}),
        State.RECEIVED: frozenset({State.RETURNED}),
        State.FAILED: frozenset({State.QUEUED, State.ARRIVED, State.RECEIVED, State.RETURNED}),
    },
)
AGAIN = frozenset({State.QUEUED, State.FAILED, State.SENT})
"""Where the receiver hasn't said yet that it has it: the same package once more does no harm."""
SETTLED = frozenset({State.RECEIVED, State.RETURNED})
"""The receiver has said what it does with it."""


class Channel(models.TextChoices):
    """The way a package takes: an adapter to the document system, or this system itself."""

    APP = "app", "Trong phần mềm"
    FOLDER = "folder", "Thư mục trao đổi"
    SMTP = "smtp", "Thư điện tử"
    HTTP = "http", "Cổng kết nối HTTPS"


CHANNELS = frozenset(set(Channel) - {Channel.APP})
"""What DISPATCH_ADAPTER may name."""


class Direction(models.TextChoices):
    """Seen from the reader's own units."""

    OUT = "di", "Gửi đi"
    IN = "den", "Gửi đến"


STATUS_CODES = {State.ARRIVED: "01", State.RETURNED: "02", State.RECEIVED: "03"}
"""What we say to the sender's system; what others say to us is in data/edxml_statuses.csv."""

PAUSES = (1, 2, 5, 10, 30, 60, 180, 360)  # minutes until it is tried again: after the first failure, the second, …


def pause(attempts: int) -> timedelta:
    """How long a package waits after it failed so many times."""
    return timedelta(minutes=PAUSES[min(attempts, len(PAUSES)) - 1])


def follows(old: State, new: State, *, known_at: datetime, told_at: datetime) -> bool:
    """Whether news of `told_at` changes what is known since `known_at`: an older state never overwrites a newer one.

    Messages come late and out of order. What stands earlier on the way is news of the past; a return after a receipt
    counts only if it was said later.
    """
    if not FLOW.allows(old, new) or new == State.QUEUED:
        return False
    return old != State.RECEIVED or told_at > known_at
