"""The sweep: what is open is looked at, people are told, and that they were told is written down, all at once."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Exists, Max, Min, OuterRef, Value
from django.utils import timezone

from accounts.models import User
from core.bulk import insert_from
from core.database import take
from core.scope import elevated
from deadlines import texts
from deadlines.actions.audience import Audience
from deadlines.actions.outdated import forget_outdated
from deadlines.models import Obligation, Reminder
from deadlines.queries import calendar
from deadlines.rules import Kind, Step, WorkingCalendar
from deadlines.rules.steps import due_until
from notices.actions import tell
from notices.rules import Message, Topic

logger = logging.getLogger("qltb.deadlines")
LOCK = 375_0014  # of PostgreSQL's advisory locks: one sweep at a time
SINGLY = 5
"""So many things of one topic are told one by one; more are one notice."""

Item = tuple[int, texts.Item]
"""An obligation's key, and what a digest says of it."""


@dataclass(frozen=True)
class Swept:
    """What a sweep did. `busy`: nothing, for another one was at it."""

    reminders: int = 0
    notices: int = 0
    busy: bool = False


def sweep() -> Swept:
    """Give every step that has come, each once, and tell people. One transaction: all of it happens or none.

    Steps missed while nothing ran are given together, and each person hears of each thing once. Who enters something
    today isn't told of it today, however old it is. Days off are left alone.
    """
    with elevated("deadlines.sweep: people of every unit are told of what is open"):
        if not take(LOCK):
            return Swept(busy=True)
        forget_outdated()
        now, by_calendar = timezone.localtime(), calendar()
        if not by_calendar.is_working(now.date()):
            return Swept()
        last = Reminder.objects.aggregate(last=Max("pk"))["last"] or 0
        given = sum(_give(step, now, by_calendar) for step in Step)
        told = _tell_of(last, now, by_calendar) if given else 0
    swept = Swept(given, told)
    logger.info("deadlines swept", extra={"reminders": given, "notices": told})
    return swept


def _give(step: Step, now: datetime, by_calendar: WorkingCalendar) -> int:
    """Write the reminders of one step for everything that has come to it and lacks it. Returns how many."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = (
        Obligation.objects.open()
        .filter(due_date__lte=due_until(step, now.date(), by_calendar), created_at__lt=midnight)
        .exclude(Exists(Reminder.objects.filter(obligation=OuterRef("pk"), step=step)))
    )
    values = {
        "obligation": "pk",
        "unit": "unit_id",
        "step": Value(step.value),
        "due_date": "due_date",
        "day": Value(now.date()),
        "created_at": Value(now),
    }
    return insert_from(Reminder, rows, values)


def _tell_of(last: int, now: datetime, by_calendar: WorkingCalendar) -> int:
    """Tell of the reminders written after the one with the key `last`. Returns how many notices."""
    rows = Reminder.objects.filter(pk__gt=last).values_list("obligation", "unit", "obligation__kind")
    given = list(rows.annotate(first=Min("step"), last=Max("step")).order_by("obligation"))
    audience = Audience(
        units={unit for _, unit, *_ in given}, helping={unit for _, unit, kind, *_ in given if kind == Kind.SUPPORT}
    )
    heard: dict[tuple[User, Topic], list[Item]] = defaultdict(list)
    deaf = set()
    for pk, unit, kind, first, latest in given:
        people = audience.of(unit, kind, Step(first), Step(latest))
        for user, topic, step in people:
            heard[user, topic].append((pk, (kind, unit, step)))
        if not people and latest >= Step.OVERDUE:
            deaf.add(unit)
    if deaf:
        logger.warning("nobody to tell of what is overdue", extra={"units": sorted(deaf)})
    return tell(_messages(heard, audience, now, by_calendar))


def _messages(
    heard: Mapping[tuple[User, Topic], list[Item]], audience: Audience, now: datetime, by_calendar: WorkingCalendar
) -> Iterator[tuple[User, Message]]:
    singly = {pk for items in heard.values() if len(items) <= SINGLY for pk, _ in items}
    owed = Obligation.objects.select_related("unit").in_bulk(singly)

    @cache  # the same to all who hear of it for the same reason
    def say(pk: int, step: Step, topic: Topic) -> Message:
        one = owed[pk]
        above = audience.center if step == Step.CENTRE else audience.above(one.unit_id)
        superior = above.name if above and above.pk != one.unit_id else ""
        nobody = not audience.doers(one.unit_id, one.kind)
        late = texts.late_by(one, now.date(), by_calendar)
        if topic == Topic.ESCALATION:
            return texts.escalation(one, step, nobody=nobody, late=late)
        return texts.reminder(one, step, superior=superior, late=late)

    for (user, topic), items in heard.items():
        if len(items) > SINGLY:
            yield user, texts.digest(topic, [said for _, said in items], now=now)
        else:
            for pk, (_, _, step) in items:
                yield user, say(pk, step, topic)
