"""What is watched, counted: for one account, or for every unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import User
from deadlines.watches import Part, Watch, watches


@dataclass(frozen=True)
class Standing:
    """How a watch stands: how many there are, how many of them of the account's own unit, and the earliest day."""

    watch: Watch
    many: int
    own: int
    first: date | None


def watched(user: User, today: date) -> list[Standing]:
    """What the account sees of everything that is watched and has any. One query."""
    own = Q(unit=user.unit_id)
    asked = [
        _counted(watch, part, own=own)
        for watch in watches()
        if watch.shown_to(user)
        for part in watch.parts(today, user)
    ]
    found = _added((key, row) for key, *row in _together(asked, "watch"))
    return [Standing(watch, *found[watch.key]) for watch in watches() if watch.key in found and found[watch.key][0]]


def watched_by_unit(today: date) -> dict[int, list[Standing]]:
    """By unit, everything that is watched there and has any. One query over all units, so the caller is elevated."""
    asked = [_counted(watch, part, own=Q()) for watch in watches() for part in watch.parts(today, None)]
    found = _added(((unit, key), row) for unit, key, *row in _together(asked, "unit_id", "watch"))
    by_unit = defaultdict(list)
    for watch in watches():
        for (unit, key), sums in found.items():
            if key == watch.key and sums[0]:
                by_unit[unit].append(Standing(watch, *sums))
    return dict(by_unit)


def _counted(watch: Watch, part: Part, *, own: Q) -> tuple[QuerySet, dict[str, Any]]:
    """The rows of a part that bear their watch's name, and the sums that are asked of them."""
    first = Min(part.day) if part.day else Cast(Value(None), DateField())
    return (
        part.rows.order_by().annotate(watch=Value(watch.key)),
        {"many": part.many(), "own_many": part.many(own) if own else part.many(), "first": first},
    )


def _together(asked: Iterable[tuple[QuerySet, dict[str, Any]]], *group: str) -> Iterable[tuple[Any, ...]]:
    """The sums of all, by `group`, in one query."""
    sums = [
        rows.values(*group).annotate(**wanted).values_list(*group, *wanted)
        for rows, wanted in asked
        if not rows.query.is_empty()
    ]
    return sums[0].union(*sums[1:], all=True) if sums else ()


def _added(rows: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[int, int, date | None]]:
    """The parts of each watch added up."""
    found: dict[Any, tuple[int, int, date | None]] = {}
    for key, (many, own, first) in rows:
        before_many, before_own, before = found.get(key, (0, 0, None))
        days = [day for day in (before, first) if day]
        found[key] = (before_many + (many or 0), before_own + (own or 0), min(days, default=None))
    return found
