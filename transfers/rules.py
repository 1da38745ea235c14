"""A transfer between two units, as rules (art. 9): states, what a step needs, what comes of the lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from core.errors import DomainError
from core.workflow import Workflow
from equipment.rules.lifecycle import Status

PREFIX = "DC"
MOVABLE = frozenset({Status.IN_STOCK, Status.IN_USE})
"""States of a device that may be put into a transfer."""


class State(models.TextChoices):
    """How far a transfer has come. Nobody but the sender's side knows of a draft."""

    DRAFT = "draft", "Bản nháp"
    DECIDED = "decided", "Đã có quyết định"
    HANDED_OVER = "handed_over", "Đã giao, chờ nhận"
    DIFFERENCE = "difference", "Có chênh lệch"
    RECEIVED = "received", "Đã nhận đủ"
    PARTLY_RECEIVED = "partly_received", "Đã nhận một phần"
    REFUSED = "refused", "Không nhận"
    CANCELLED = "cancelled", "Đã hủy"


_ENDS = frozenset({State.RECEIVED, State.PARTLY_RECEIVED, State.REFUSED})
FLOW = Workflow(
    State,
    {
        State.DRAFT: frozenset({State.DECIDED, State.CANCELLED}),
        State.DECIDED: frozenset({State.HANDED_OVER, State.CANCELLED}),
        State.HANDED_OVER: frozenset({State.RECEIVED, State.DIFFERENCE}),
        # It stays as it is while some differences are settled and others aren't.
        State.DIFFERENCE: _ENDS | {State.DIFFERENCE},
        State.CANCELLED: frozenset({State.DRAFT}),
    },
)
TONES = {
    State.DRAFT: "warn",
    State.DECIDED: "info",
    State.HANDED_OVER: "warn",
    State.DIFFERENCE: "bad",
    State.RECEIVED: "ok",
    State.PARTLY_RECEIVED: "ok",
    State.REFUSED: "muted",
    State.CANCELLED: "muted",
}


class Licences(models.TextChoices):
    """What becomes of software that runs on this computer alone."""

    GO = "go", "Đi cùng máy"
    FREE = "free", "Gỡ khỏi máy, đơn vị giao giữ lại"


class Result(models.TextChoices):
    """What the receiver says of one device."""

    PENDING = "pending", "Chưa kiểm nhận"
    RECEIVED = "received", "Đã nhận"
    REFUSED = "refused", "Từ chối nhận"
    MISSING = "missing", "Không thấy khi nhận"


RESULT_TONES = {Result.PENDING: "muted", Result.RECEIVED: "ok", Result.REFUSED: "warn", Result.MISSING: "bad"}
DIFFERENCES = frozenset({Result.REFUSED, Result.MISSING})


class Outcome(models.TextChoices):
    """What the sender says of a device that didn't arrive."""

    OPEN = "", "Chưa xử lý"
    RETURNED = "returned", "Đã nhận lại về kho"
    LOST = "lost", "Mất trên đường"


def state_after(lines: Iterable[tuple[str, str]]) -> State:
    """Where a transfer stands whose lines have these (result, outcome). A difference is open until it is settled."""
    listed = list(lines)
    if any(result in DIFFERENCES and outcome == Outcome.OPEN for result, outcome in listed):
        return State.DIFFERENCE
    received = sum(result == Result.RECEIVED for result, _ in listed)
    if received == len(listed):
        return State.RECEIVED
    return State.PARTLY_RECEIVED if received else State.REFUSED


@dataclass(frozen=True)
class Arrival:
    """What the receiver says of the device with this code, and why."""

    result: Result
    note: str = ""


def check_day(day: date | None, *, earliest: date | None, today: date, field: str, what: str) -> list[DomainError]:
    """A day of an act: stated, not ahead, not before what it follows."""
    if day is None:
        return [DomainError(f"Cần {what}.", field=field, code="required")]
    if day > today:
        return [DomainError(f"Không ghi {what} {day:%d/%m/%Y} ở tương lai.", field=field, code="future")]
    if earliest is not None and day < earliest:
        message = f"Không ghi {what} {day:%d/%m/%Y} trước ngày {earliest:%d/%m/%Y} của bước trước."
        return [DomainError(message, field=field, code="order")]
    return []


def check_late(due: date, *, today: date, reason: str) -> list[DomainError]:
    """Past the term of art. 9 the step needs a reason."""
    if today <= due or reason:
        return []
    message = f"Đã quá hạn cập nhật ({due:%d/%m/%Y}, Điều 9). Hãy ghi lý do cập nhật muộn."
    return [DomainError(message, field="late_reason", code="late")]


def check_wiped(lines: Iterable[Any], *, day: date | None) -> Iterator[DomainError]:
    """A device that stores data leaves only when it is stated that, when, by whom and how its data were wiped."""
    for line in lines:
        if not line.category.stores_data:
            continue
        if not line.data_wiped:
            yield DomainError(
                f"Chưa ghi việc xóa dữ liệu của {line.code}. Hãy ghi ở bước “Xóa dữ liệu, phần mềm”.", code="data_wipe"
            )
        elif day is not None and line.data_wiped_on > day:
            yield DomainError(
                f"Dữ liệu của {line.code} được ghi xóa ngày {line.data_wiped_on:%d/%m/%Y}, sau ngày bàn giao.",
                code="data_wipe",
            )


def check_arrivals(arrivals: Sequence[tuple[Any, Arrival]], *, paper: bool) -> Iterator[DomainError]:
    """Each device is confirmed or a difference; a difference is explained, in words or by minutes."""
    for line, arrival in arrivals:
        if arrival.result == Result.PENDING:
            yield DomainError(f"Hãy xác nhận {line.code}.", field=field_of("result", line), code="pending")
        elif arrival.result in DIFFERENCES and not arrival.note and not paper:
            yield DomainError(
                f"Hãy ghi rõ chênh lệch của {line.code}, hoặc tải lên biên bản chênh lệch.",
                field=field_of("note", line),
                code="difference",
            )


def field_of(name: str, line: Any) -> str:
    """The field of a form that asks `name` of one line."""
    return f"{name}_{line.position}"
