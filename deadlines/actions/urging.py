"""Notes of a superior to units about what they owe, and what the units say to them (art. 14.4)."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError
from core.scope import elevated
from core.text import clean_text
from deadlines.models import Obligation, Urging, UrgingReply
from deadlines.queries import calendar
from deadlines.querysets import ObligationQuerySet
from deadlines.rules import WorkingCalendar, working_days_between

A_SECOND_PRESS = timedelta(minutes=1)


@transaction.atomic
def urge(rows: ObligationQuerySet, *, text: str, by: User) -> list[Urging]:
    """One note for each unit of `rows`, with its overdue obligations as they are now; the units' recorders are told.

    `rows` are narrowed to what `by` supervises. A unit that got the same words from the same person within the minute
    isn't written to again: the button was pressed twice. Raises DomainError when nothing is overdue any more.
    """
    _one_press(by)
    today = timezone.localdate()
    owed = list(rows.overdue(today).select_related("unit").order_by("unit__path", "due_date", "pk"))
    if not owed:
        raise DomainError("Các việc này không còn quá hạn, nên không cần đôn đốc nữa.", code="nothing_overdue")
    text, now = clean_text(text, multiline=True), timezone.now()
    just_sent = Urging.objects.visible_to(by).filter(created_by=by, text=text, created_at__gt=now - A_SECOND_PRESS)
    sent, known, made = {one.target_id: one for one in just_sent}, calendar(), []
    for unit, items in groupby(owed, key=lambda one: one.unit):
        if unit.pk not in sent:
            frozen = [_frozen(one, today, known) for one in items]
            sent[unit.pk] = Urging.objects.create(unit=by.unit, target=unit, text=text, items=frozen, created_by=by)
            made.append(sent[unit.pk])
    with elevated("deadlines.urge: the fact is the superior's, whoever of its accounts writes it"):
        for urging in made:
            events.record("urging.sent", urging, unit=urging.unit, partner=urging.target, by=by)
    return [sent[unit] for unit in dict.fromkeys(one.unit_id for one in owed)]


def _one_press(by: User) -> None:
    """A second press of the same person waits here for the commit of the first one."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)


def _frozen(owed: Obligation, today: date, known: WorkingCalendar) -> dict[str, Any]:
    return {
        "id": str(owed.public_id),
        "kind": owed.kind,
        "label": owed.subject_label,
        "subject_type": owed.subject_type_id,
        "subject": owed.subject_id,
        "due": owed.due_date.isoformat(),
        "late": working_days_between(owed.due_date, today, known),
        "law": owed.legal_basis,
    }


@transaction.atomic
def answer(urging: Urging, *, text: str, by: User) -> UrgingReply:
    """What the unit says to the note; the urging side is told. The caller got it through the unit's door."""
    _one_press(by)
    text, now = clean_text(text, multiline=True), timezone.now()
    same = urging.replies.filter(created_by=by, text=text, created_at__gt=now - A_SECOND_PRESS)
    if said := same.first():
        return said
    reply = UrgingReply.objects.create(urging=urging, unit=urging.target, partner=urging.unit, text=text, created_by=by)
    with elevated("deadlines.answer: the fact is the unit's, whoever of its accounts writes it"):
        events.record("urging.answered", reply, unit=reply.unit, partner=reply.partner, by=by)
    return reply
