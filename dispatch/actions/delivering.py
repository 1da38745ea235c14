"""Handing packages over to the document system: each at least once, under one document id."""

import logging
import time
from datetime import datetime
from enum import Enum, auto

from django.urls import reverse
from django.utils import timezone

from accounts.queries import recorders, staff
from core.scope import elevated
from dispatch.actions.sending import put_on_its_way
from dispatch.actions.trail import move, note
from dispatch.adapters import DeliveryError, Parcel, adapter_of, channel
from dispatch.models import Dispatch
from dispatch.rules import Channel, Kind, State, legible, pause
from notices.actions import tell
from notices.rules import Message, Tone, Topic
from orgs.queries import it_center
from orgs.rules import Grant

logger = logging.getLogger("qltb.dispatch")
RUN_SECONDS = 50  # then the next run of the scheduler goes on


class Outcome(Enum):
    """What became of one attempt."""

    SENT = auto()
    FAILED = auto()  # this package's own fault
    CUT_OFF = auto()  # the way is closed: the next package would fare the same
    NOTHING = auto()  # none is waiting


def deliver_waiting() -> int:
    """Hand over what waits until nothing does or the way is closed. Returns how many went."""
    until, sent = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < until:
        outcome = deliver()
        if outcome in {Outcome.NOTHING, Outcome.CUT_OFF}:
            break
        sent += outcome == Outcome.SENT
    return sent


def deliver(pk: int | None = None) -> Outcome:
    """The package that waits longest (or that one) and that no other worker is at.

    Its row is locked until what became of it is kept. A worker that is killed in between leaves it waiting: it is
    handed over again, the same bytes under the same name and id.
    """
    with elevated("dispatch.deliver: packages of any unit go out"):
        now = timezone.now()
        waiting = Dispatch.objects.filter(state=State.QUEUED, next_try_at__lte=now)
        waiting = waiting.filter(pk=pk) if pk else waiting
        free = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("package", "unit", "partner")
        row = free.order_by("next_try_at", "pk").first()
        return _deliver(row, now) if row else Outcome.NOTHING


def _deliver(row: Dispatch, now: datetime) -> Outcome:
    way = channel()
    if row.channel != way:  # the operator chose another way while it waited
        row.channel = way
        row.save(update_fields=["channel"])
    if way == Channel.APP:
        put_on_its_way(row, at=now)
        return Outcome.SENT
    try:
        adapter_of(way).deliver(_parcel(row))
    except DeliveryError as failure:
        return _failed(row, str(failure), now, for_good=failure.for_good)
    except OSError as failure:
        return _failed(row, f"{type(failure).__name__}: {failure}", now, for_good=False)
    except Exception as failure:  # whatever it is, the package stays in the queue and the others go on
        logger.exception("package not delivered", extra={"dispatch": row.pk})
        _failed(row, type(failure).__name__, now, for_good=False)
        return Outcome.FAILED
    move(row, State.SENT, at=now, sent_at=now, attempts=row.attempts + 1, problem="")
    note(row, State.SENT, at=now, channel=row.channel)
    return Outcome.SENT


def _parcel(row: Dispatch) -> Parcel:
    key = row.public_id.hex
    return Parcel(
        document_id=row.document_id,
        key=key,
        name=f"{row.number}-{key[:8]}.edxml",
        title=f"{row.title} ({row.code})" if row.code else row.title,
        sha256=row.sha256,
        content=bytes(row.package.content),
    )


def _failed(row: Dispatch, problem: str, now: datetime, *, for_good: bool) -> Outcome:
    """Keep what went wrong and when to try again, if at all."""
    over = for_good or (row.give_up_at is not None and now >= row.give_up_at)
    attempts = min(row.attempts + 1, 1000)
    state = State.FAILED if over else State.QUEUED
    next_try_at = None if over else now + pause(attempts)
    at = now if over else row.known_at
    move(row, state, at=at, attempts=attempts, problem=legible(problem, 500), next_try_at=next_try_at)
    if over:
        note(row, State.FAILED, at=now, channel=row.channel, text="Không chuyển được gói đến hệ thống quản lý văn bản.")
        _tell_of_failure(row)
    logger.log(
        logging.ERROR if over else logging.WARNING,
        "package given up" if over else "package not delivered",
        extra={"dispatch": row.pk, "attempts": attempts, "channel": row.channel},
    )
    return Outcome.FAILED if for_good else Outcome.CUT_OFF


def _tell_of_failure(row: Dispatch) -> None:
    """Those who record for the sender, and IT Center, which looks after the way."""
    center = it_center()
    watching = staff([center.pk], Grant.MANAGE_UNITS).get(center.pk, []) if center else []
    what = "Thông báo trạng thái" if row.kind == Kind.STATUS else "Văn bản"
    message = Message(
        key=f"dispatch-failed:{row.pk}:{row.attempts}",
        topic=Topic.REPORT,
        title=f"Không gửi được: {row.title}",
        text=f"{what} {row.code or row.number} gửi {row.partner.name} không chuyển được đến hệ thống quản lý văn bản. "
        "Hãy mở lần gửi này, xem lý do rồi bấm “Gửi lại”.",
        address=reverse("dispatch:detail", args=[row.number]),
        tone=Tone.DANGER,
    )
    people = {user.pk: user for user in (*recorders([row.unit_id]).get(row.unit_id, []), *watching)}
    tell((user, message) for user in people.values())
