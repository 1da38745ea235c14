"""What a superior does about the obligations of a unit below it: waiving one, and asking for it again (art. 14)."""

from typing import Any

from django.db import transaction

from core import events
from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock, save_with_reason
from deadlines.actions.outdated import forget
from deadlines.models import Obligation
from deadlines.rules import FLOW, State

REASON_KEPT = 100  # characters that a row of history has room for; the obligation keeps the whole


@transaction.atomic
def excuse(obligation: Obligation, *, reason: str, by: Any) -> Obligation:
    """The unit needn't do it any more; its recorders are told why. The caller got it through the superior's door.

    Raises DomainError, saying who did what when, if it isn't open any more.
    """
    with elevated("deadlines.excuse: a superior waives what a unit below it owes"):
        owed = lock(obligation)
        if owed.state == State.WAIVED:
            raise DomainError(f"Việc này đã được miễn trước đó. {_last_act(owed)}", code="done")
        if owed.state != State.OPEN:
            message = f"Đơn vị đã thực hiện việc này ngày {owed.fulfilled_on:%d/%m/%Y}, không cần miễn nữa."
            raise DomainError(message, code="done")
        return _move(owed, State.WAIVED, reason=reason, waived_by=by, by=by, event="obligation.waived")


@transaction.atomic
def ask_again(obligation: Obligation, *, reason: str, by: Any) -> Obligation:
    """What a superior had waived is to be done after all, by the same day as before. Raises DomainError if it isn't."""
    with elevated("deadlines.ask_again: a superior asks a unit below it for what was waived"):
        owed = lock(obligation)
        if owed.waived_by_id is None:
            if owed.state == State.WAIVED:
                message = "Việc này hết phải làm vì hồ sơ đã hủy hoặc đổi, không phải do cấp trên miễn."
                raise DomainError(message, code="not_ours")
            raise DomainError(f"Việc này hiện không được miễn. {_last_act(owed)}", code="done")
        return _move(owed, State.OPEN, reason=reason, waived_by=None, by=by, event="obligation.asked_again")


def _move(owed: Obligation, state: State, *, reason: str, waived_by: Any, by: Any, event: str) -> Obligation:
    FLOW.check(owed.state, state)
    owed.state, owed.waived_by = state, waived_by
    owed.reason = reason if state == State.WAIVED else ""
    save_with_reason(owed, by=by, reason=reason[:REASON_KEPT])
    if state == State.WAIVED:
        forget(owed)
    events.record(event, owed, unit=owed.unit, by=by, reason=reason)
    return owed


def _last_act(owed: Obligation) -> str:
    """Who changed it last, and when."""
    last = owed.history.select_related("history_user").latest("history_id")
    who = last.history_user or "Hệ thống"
    return f"{who} ghi lúc {last.history_date.astimezone():%H:%M ngày %d/%m/%Y}."
