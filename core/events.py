"""Events: written with the fact, delivered after the commit, redelivered until a handler has taken them."""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import repeat
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Value
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.bulk import insert_from
from core.fields import clean_json
from core.models import Event
from core.scope import elevated

logger = logging.getLogger("qltb.events")
Handler = Callable[[Event], None]
_handlers: dict[str, list[Handler]] = defaultdict(list)
RETRY_AFTER = timedelta(minutes=1)
GRACE = timedelta(seconds=30)
BATCH = 2000


def on(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler: it runs elevated, once for each event, in the transaction that marks it delivered."""

    def register(handler: Handler) -> Handler:
        _handlers[kind].append(handler)
        return handler

    return register


def record(kind: str, subject: models.Model, *, unit: Any, by: Any, partner: Any = None, **payload: Any) -> Event:
    """Write the fact. Delivery is asked for when the transaction commits; the sweep covers a crash before that.

    `partner` is the unit that the subject is shared with, if any: it reads the fact too.
    """
    event = Event.objects.create(kind=kind, subject=subject, unit=unit, partner=partner, actor=by, payload=payload)
    transaction.on_commit(partial(_ask_for_delivery, event.pk), robust=True)
    return event


def record_many(
    kind: str, subjects: Sequence[models.Model], *, unit: Any, by: Any, payloads: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Write the same fact about many subjects of one kind of record. `payloads` are theirs, in their order.

    Delivery isn't asked for one by one: the sweep brings the facts to their handlers. Where no handler listens there is
    nothing to deliver, and the fact is written as delivered.
    """
    if not subjects:
        return
    subject_type = ContentType.objects.get_for_model(subjects[0])
    delivered = None if _handlers.get(kind) else timezone.now()
    Event.objects.bulk_create(
        (
            Event(
                kind=kind,
                subject_type=subject_type,
                subject_id=subject.pk,
                unit=unit,
                actor=by,
                payload=dict(payload),
                delivered_at=delivered,
            )
            for subject, payload in zip(subjects, payloads or repeat({}), strict=False)
        ),
        batch_size=BATCH,
    )


def record_rows(kind: str, rows: models.QuerySet, *, unit: Any, by: Any, payload: Mapping[str, Any]) -> None:
    """Write the same fact about thousands of rows, made within the database; for kinds that nobody handles."""
    if _handlers.get(kind):
        message = f"{kind} has a handler: record_many leaves its facts to the sweep"
        raise ValueError(message)
    now = timezone.now()
    values = {
        "kind": Value(kind),
        "unit": Value(unit.pk),
        "subject_type": Value(ContentType.objects.get_for_model(rows.model).pk),
        "subject_id": "pk",
        "actor": Value(by.pk),
        "payload": Value(clean_json(dict(payload)), output_field=models.JSONField()),
        "created_at": Value(now),
        "delivered_at": Value(now),
        "attempts": Value(0),
    }
    insert_from(Event, rows, values)


def _ask_for_delivery(pk: int) -> None:
    from core.tasks import deliver_event  # noqa: PLC0415 - tasks import this module

    try:
        deliver_event.delay(pk)
    except OperationalError:
        # The broker is away: the fact is stored, the sweep delivers it when the broker is back.
        logger.warning("broker away, event left to the sweep", extra={"event": pk})


def deliver(pk: int) -> bool:
    """Hand one event to its handlers. True if this call delivered it; False if it was done, taken or failed."""
    with elevated("events.deliver: handlers act for the system on any unit"):
        event = Event.objects.select_for_update(skip_locked=True).filter(pk=pk, delivered_at=None).first()
        if event is None:
            return False
        try:
            with transaction.atomic():
                for handler in _handlers[event.kind]:
                    handler(event)
        except Exception:  # whatever a handler raises, the event stays in the outbox
            logger.exception("event handler failed", extra={"event": pk, "kind": event.kind})
            event.attempts = min(event.attempts + 1, 1000)
            event.next_try_at = timezone.now() + RETRY_AFTER * min(event.attempts, 60)
            event.save(update_fields=["attempts", "next_try_at"])
            return False
        event.delivered_at = timezone.now()
        event.save(update_fields=["delivered_at"])
        return True


def deliver_pending(*, limit: int = 1000) -> int:
    """Deliver what is still in the outbox, oldest first; returns how many were delivered."""
    now = timezone.now()
    with elevated("events.deliver_pending: the sweep looks at every unit's outbox"):
        waiting = list(
            Event.objects.filter(delivered_at=None, created_at__lt=now - GRACE)
            .exclude(next_try_at__gt=now)
            .order_by("id")
            .values_list("pk", flat=True)[:limit]
        )
    return sum(deliver(pk) for pk in waiting)
