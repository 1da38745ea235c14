"""The steps of a request, of both sides. Each begins with the request as it is now, locked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError, StaleError
from core.history import require_version
from core.scope import elevated
from core.transitions import lock, save_with_reason, transition
from deadlines.queries import calendar
from orgs.queries import it_center
from support.actions import duty
from support.actions.asking import say
from support.actions.attachments import checked
from support.models import SupportMessage, SupportRequest
from support.policies import SUPPORT_CHECKS
from support.rules import FLOW, MessageKind, Priority, State, answer_by

A_MOMENT = timedelta(minutes=1)


@contextmanager
def _step(request: SupportRequest, action: str, *, by: User, version: int | None = None) -> Iterator[SupportRequest]:
    """The request as it is now, locked, if `by` may (still) do that with it.

    Raises StaleError if somebody was quicker, DomainError if the step is over or passed to another unit.
    """
    # The request belongs to the asker's unit, what is owed on it to the handler's: each step writes both.
    with transaction.atomic(), elevated("support: either side's step writes the request and what is owed on it"):
        locked = lock(request)
        if version is not None:
            _require_version(locked, version, by=by)
        if not SUPPORT_CHECKS[action](by, locked):
            raise _too_late(locked)
        yield locked


def _require_version(request: SupportRequest, version: int, *, by: User) -> None:
    """Raises StaleError as `require_version` does; who of the other unit changed something isn't named."""
    try:
        require_version(request, version)
    except StaleError as stale:
        same = by.unit_id == request.partner_id
        changes = stale.changes if same else [replace(change, who="") for change in stale.changes]
        raise StaleError(changes, version=stale.version) from stale


def _too_late(request: SupportRequest) -> DomainError:
    message = f"Yêu cầu {request.number} đang ở trạng thái “{request.get_state_display()}”"
    last = request.history.order_by("-history_id").first()
    if last is not None:
        message += f", cập nhật lúc {timezone.localtime(last.history_date):%H:%M ngày %d/%m/%Y}"
    return DomainError(f"{message}. Bước này không làm được nữa; hãy mở lại trang để xem.", code="workflow")


def answer(request: SupportRequest, *, text: str, by: User, version: int, files: Sequence[File] = ()) -> SupportRequest:
    """The handler answers; the first answer to an asking is what was owed. A further one may follow."""
    with _step(request, "answer", by=by, version=version) as locked:
        say(locked, MessageKind.ANSWER, text, by=by, files=checked(files))
        now = timezone.now()
        facts: dict[str, Any] = {"settled_at": now}
        if locked.first_answered_at is None:
            in_time = now <= locked.answer_by if locked.first_in_time is None else locked.first_in_time
            facts |= {"first_answered_at": now, "first_in_time": in_time}
        if locked.state != State.ANSWERED:
            duty.fulfil(locked, by=by)
        return _moved(locked, State.ANSWERED, by=by, reason="Trả lời", event="support.answered", **facts)


def ask_back(
    request: SupportRequest, *, text: str, by: User, version: int, files: Sequence[File] = ()
) -> SupportRequest:
    """The handler needs to know more. The 48 hours stand still until the asker comes back, unless they are over."""
    with _step(request, "ask_back", by=by, version=version) as locked:
        say(locked, MessageKind.ASK_BACK, text, by=by, files=checked(files))
        duty.pause(locked, by=by)
        reason = "Đề nghị bổ sung thông tin"
        return _moved(locked, State.WAITING, by=by, reason=reason, event="support.asked_back", settled_at=None)


def reply(request: SupportRequest, *, text: str, by: User, version: int, files: Sequence[File] = ()) -> SupportRequest:
    """The asker adds something, asked back or not; after having been asked back the 48 hours begin anew."""
    with _step(request, "reply", by=by, version=version) as locked:
        say(locked, MessageKind.REPLY, text, by=by, files=checked(files))
        facts = {}
        if locked.state == State.WAITING:
            until = answer_by(timezone.localtime(), calendar())
            if duty.resume(locked, until=until, by=by):
                facts["answer_by"] = until
        return _moved(locked, State.OPEN, by=by, reason="Bổ sung thông tin", event="support.replied", **facts)


def reopen(request: SupportRequest, *, text: str, by: User, version: int, files: Sequence[File] = ()) -> SupportRequest:
    """The answer didn't do, or the trouble is back: the handler owes another answer, within another 48 hours.

    Raises DomainError when it was settled too long ago.
    """
    with _step(request, "reopen", by=by, version=version) as locked:
        message = say(locked, MessageKind.QUESTION, text, by=by, files=checked(files))
        until = answer_by(timezone.localtime(), calendar())
        duty.begin(message, handler=locked.partner, until=until, by=by)
        facts = {"settled_at": None, "answer_by": until}
        return _moved(locked, State.OPEN, by=by, reason="Hỏi tiếp", event="support.reopened", **facts)


def escalate(request: SupportRequest, *, reason: str, by: User, version: int) -> SupportRequest:
    """Pass it on to IT Center, which owes an answer within 48 hours from now; who was late by then stays so."""
    with _step(request, "escalate", by=by, version=version) as locked:
        center, former, now = it_center(), locked.partner, timezone.now()
        if center is None:  # the check has found one; for the type checker
            raise _too_late(locked)
        duty.excuse(locked, reason=f"Đã chuyển lên {center.name}", by=by)
        late = locked.first_answered_at is None and locked.answer_by < now and locked.state == State.OPEN
        locked.partner = center
        message = say(locked, MessageKind.ESCALATION, reason, by=by)
        until = answer_by(timezone.localtime(), calendar())
        duty.begin(message, handler=center, until=until, by=by)
        facts: dict[str, Any] = {"partner": center, "escalated_at": now, "answer_by": until}
        if late:
            facts["first_in_time"] = False
        elif locked.first_answered_at is None:
            facts["first_handler"] = center
        done = transition(locked, State.OPEN, flow=FLOW, by=by, reason=reason, event="support.escalated", **facts)
        events.record("support.passed_on", done, unit=former, partner=None, by=by)
        return done


def close(request: SupportRequest, *, text: str, by: User, version: int) -> SupportRequest:
    """It is settled, or not asked any more (`withdrawn`): then nothing is owed."""
    with _step(request, "close", by=by, version=version) as locked:
        withdrawn = locked.state != State.ANSWERED
        reason = text or ("Rút yêu cầu" if withdrawn else "Đóng yêu cầu")
        if text:
            say(locked, MessageKind.CLOSING, text, by=by)
        duty.excuse(locked, reason=reason, by=by)
        event = "support.withdrawn" if withdrawn else "support.closed"
        return _moved(locked, State.CLOSED, by=by, reason=reason, event=event, settled_at=timezone.now())


def prioritise(request: SupportRequest, *, priority: str, by: User, version: int) -> SupportRequest:
    """How soon the handler means to see to it; the 48 hours stay what they are."""
    with _step(request, "prioritise", by=by, version=version) as locked:
        if locked.priority == priority:
            return locked
        locked.priority = priority
        locked.version += 1
        save_with_reason(locked, by=by, reason="Đổi mức ưu tiên", fields=["priority", "version"])
        detail = Priority(priority).label
        events.record("support.prioritised", locked, unit=locked.unit, partner=locked.partner, by=by, detail=detail)
        return locked


def note(request: SupportRequest, *, text: str, by: User, files: Sequence[File] = ()) -> SupportMessage:
    """Something for the handler's own people. Nothing about it, not even that it is there, reaches the asker.

    So it changes neither the request nor its history; the same note again within a minute is the first one.
    """
    with _step(request, "note", by=by) as locked:
        attached = checked(files)
        since = timezone.now() - A_MOMENT
        same = locked.messages.filter(kind=MessageKind.NOTE, written_by=by, text=text, created_at__gt=since).first()
        return same or say(locked, MessageKind.NOTE, text, by=by, files=attached)


def _moved(request: SupportRequest, to: State, *, by: User, reason: str, event: str, **facts: Any) -> SupportRequest:
    return transition(request, to, flow=FLOW, by=by, reason=reason, event=event, **facts)
