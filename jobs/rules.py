"""States of a job, and how far it is."""

from dataclasses import dataclass

from django.db import models

from core.workflow import Workflow

MAX_ATTEMPTS = 3  # a job that took its worker with it so often would do so again
MAX_ACTIVE = 5  # of one account: the queue is everybody's


class State(models.TextChoices):
    """Where a job is."""

    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không hoàn thành"
    CANCELLED = "cancelled", "Đã hủy"


ACTIVE = frozenset({State.QUEUED, State.RUNNING})
FLOW = Workflow(
    State,
    {
        State.QUEUED: frozenset({State.RUNNING, State.CANCELLED, State.FAILED}),
        State.RUNNING: frozenset({State.QUEUED, State.DONE, State.FAILED, State.CANCELLED}),
    },
)
TONES = {
    State.QUEUED: "info",
    State.RUNNING: "info",
    State.DONE: "ok",
    State.FAILED: "bad",
    State.CANCELLED: "muted",
}


@dataclass(frozen=True)
class Standing:
    """How far a job is: `total` 0 while nobody knows how much there is."""

    done: int = 0
    total: int = 0
    phase: str = ""

    @property
    def percent(self) -> int | None:
        """Whole per cent, or None while the total isn't known."""
        return min(100, self.done * 100 // self.total) if self.total else None
