"""What the handling unit owes on a request. The callers run elevated: it is another unit's than the asker's.

Each asking (the first one, one after it was answered, one that was passed on) is a message, and what is owed hangs on
that message: it has its own 48 hours and its own reminders, and being late with one isn't mended by the next.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.rules import Kind
from deadlines.rules import State as Owed
from orgs.models import OrgUnit
from support.models import SupportMessage, SupportRequest
from support.rules import ASKING, PAUSED


def begin(message: SupportMessage, *, handler: OrgUnit, until: datetime, by: Any) -> None:
    """`handler` owes an answer to the message, until the day of `until`."""
    deadlines.open_obligation(
        kind=Kind.SUPPORT,
        subject=message,
        unit=handler,
        start_date=timezone.localdate(until),
        label=message.request.number,
        by=by,
    )


def fulfil(request: SupportRequest, *, by: Any, reason: str = "") -> None:
    """It was answered today; nothing, where it needn't be any more."""
    owed = _owed(request)
    if owed is not None and owed.state == Owed.OPEN:
        deadlines.fulfil(kind=Kind.SUPPORT, subject=_asking(request), on=timezone.localdate(), by=by, reason=reason)


def excuse(request: SupportRequest, *, reason: str, by: Any) -> None:
    """No answer is owed any more, for `reason`; lateness that is there stays on record."""
    owed = _owed(request)
    if owed is None or owed.state != Owed.OPEN:
        return
    if owed.due_date < timezone.localdate():
        fulfil(request, by=by, reason=reason)
    else:
        deadlines.waive(kind=Kind.SUPPORT, subject=_asking(request), reason=reason, by=by)


def pause(request: SupportRequest, *, by: Any) -> None:
    """The asker has been asked back: nothing is owed until it comes back. Who is late by then stays so."""
    owed = _owed(request)
    if owed is not None and owed.state == Owed.OPEN and owed.due_date >= timezone.localdate():
        deadlines.waive(kind=Kind.SUPPORT, subject=_asking(request), reason=PAUSED, by=by)


def resume(request: SupportRequest, *, until: datetime, by: Any) -> bool:
    """The asker has come back: what was paused is owed again, until the day of `until`. False if nothing was."""
    owed = _owed(request)
    if owed is None or owed.state != Owed.WAIVED or owed.reason != PAUSED:
        return False
    deadlines.reopen(kind=Kind.SUPPORT, subject=_asking(request), by=by)
    begin(_asking(request), handler=request.partner, until=until, by=by)
    return True


def _asking(request: SupportRequest) -> SupportMessage:
    """The message to which the next answer is owed."""
    found: SupportMessage = request.messages.filter(kind__in=ASKING).select_related("request").latest("pk")
    return found


def _owed(request: SupportRequest) -> Obligation | None:
    found: Obligation | None = Obligation.objects.about(_asking(request)).filter(kind=Kind.SUPPORT).first()
    return found
