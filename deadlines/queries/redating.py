"""Which due days a calendar moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from deadlines.querysets import ObligationQuerySet
from deadlines.rules import WorkingCalendar, due_date


@dataclass(frozen=True)
class Move:
    """A due day that isn't what the calendar says."""

    pk: int
    kind: str
    unit: int
    unit_kind: str
    before: date
    after: date


def moves(rows: ObligationQuerySet, under: WorkingCalendar, *, lock: bool = False) -> Sequence[Move]:
    """What moves of `rows` under that calendar, by key; with `lock` these rows are locked.

    Two queries whatever the rows: terms repeat, a due day is computed once for each.
    """

    @cache
    def due(start: date, days: int) -> date:
        return due_date(start, days, under)

    standing = rows.order_by().values_list("start_date", "working_days", "due_date").distinct()
    starts = {start for start, days, now in standing if due(start, days) != now}
    if not starts:
        return ()
    found = rows.filter(start_date__in=starts).order_by("pk")
    if lock:
        found = found.select_for_update(of=("self",))
    terms = found.values_list("pk", "kind", "unit", "unit__kind", "due_date", "start_date", "working_days")
    judged = (
        Move(pk, kind, unit, unit_kind, now, due(start, days)) for pk, kind, unit, unit_kind, now, start, days in terms
    )
    return tuple(move for move in judged if move.before != move.after)
