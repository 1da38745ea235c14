"""Trying again what couldn't be handed over."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock
from dispatch.actions.sending import put_on_its_way
from dispatch.actions.trail import move, note
from dispatch.adapters import channel
from dispatch.models import Dispatch
from dispatch.rules import AGAIN, State


@transaction.atomic
def retry(dispatch: Dispatch, *, by: Any) -> Dispatch:
    """Send the same package again, now and for some days. The caller got it through its door.

    Raises DomainError when the receiver has it already.
    """
    row = lock(dispatch)
    if row.state not in AGAIN:
        state = State(row.state).label
        raise DomainError(f"Lần gửi {row.number} đang ở trạng thái “{state}” nên không cần gửi lại.", code="done")
    _again(row, by=by, at=timezone.now())
    return row


@transaction.atomic
def retry_failed(*, by: Any) -> int:
    """Everything that was given up, of all units: after the way was mended. Returns how many."""
    with elevated("dispatch.retry_failed: IT Center mended the way for every unit"):
        rows = list(Dispatch.objects.filter(state=State.FAILED).select_for_update(of=("self",)).order_by("pk"))
        now = timezone.now()
        for row in rows:
            _again(row, by=by, at=now)
    return len(rows)


def _again(row: Dispatch, *, by: Any, at: datetime) -> None:
    """Into the queue, by the way that is configured now."""
    row.channel = channel()
    give_up_at = at + timedelta(days=settings.DISPATCH_GIVE_UP_DAYS)
    move(row, State.QUEUED, at=at, attempts=0, problem="", channel=row.channel, next_try_at=at, give_up_at=give_up_at)
    note(row, State.QUEUED, at=at, channel=row.channel, text="Gửi lại", by=by)
    put_on_its_way(row, at=at)
