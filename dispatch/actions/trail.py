"""What becomes known of a sending: a row of its trail, and the state if that changes it."""

from datetime import datetime
from typing import Any

from dispatch.models import Dispatch, DispatchEvent
from dispatch.rules import State


def note(
    row: Dispatch,
    state: State,
    *,
    at: datetime,
    channel: str,
    text: str = "",
    by: Any = None,
    key: str | None = None,
    counted: bool = True,
) -> DispatchEvent:
    """Write what became known. The caller holds the row of the sending."""
    return DispatchEvent.objects.create(
        dispatch=row,
        unit_id=row.unit_id,
        partner_id=row.partner_id,
        state=state,
        counted=counted,
        happened_at=at,
        channel=channel,
        text=text[:1000],
        key=key,
        actor=by,
    )


def move(row: Dispatch, state: State, *, at: datetime, **changes: Any) -> None:
    """The state and what goes with it. Nothing is tried any more once it has left the queue."""
    row.state, row.known_at = state, at
    if state != State.QUEUED:
        changes.setdefault("next_try_at", None)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "known_at", *changes])
