"""What a change of the calendar would do, before it is done."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.models import User
from deadlines.models import CalendarDay, Obligation
from deadlines.queries import YEARS_AHEAD, known_in_advance
from deadlines.queries.redating import Move, moves
from deadlines.rules import WorkingCalendar
from deadlines.rules.overrides import Override, Wanted, Writes, writes_of
from orgs.rules import UnitKind
from ui.formats import vndatetime

SHOWN = 20


@dataclass(frozen=True)
class Plan:
    """The days that would be written, the calendar that this makes, and the due days that it moves."""

    wanted: Wanted
    writes: Writes
    under: WorkingCalendar
    moves: Sequence[Move]
    fingerprint: str
    today: date

    @cached_property
    def by_kind(self) -> list[tuple[str, int]]:
        """How many move, by the kind of their unit, in the order of the tree."""
        counts = Counter(move.unit_kind for move in self.moves)
        return [(kind.label, counts[kind]) for kind in UnitKind if counts[kind]]

    @cached_property
    def made_overdue(self) -> int:
        """How many, not overdue as the calendar is, would be so at once."""
        return sum(move.after < self.today <= move.before for move in self.moves)

    @cached_property
    def made_due_today(self) -> int:
        """How many of a later day would be due today."""
        return sum(move.after == self.today < move.before for move in self.moves)

    @property
    def past(self) -> bool:
        """Whether all days to be written are over."""
        return max(self.writes.days) < self.today


def plan_of(wanted: Wanted, *, by: User) -> Plan:
    """What the change would do now. Raises DomainError when it would change nothing."""
    today = timezone.localdate()
    rows = dict(CalendarDay.objects.order_by("date").values_list("date", "working"))
    known = known_in_advance(today.year + YEARS_AHEAD)
    standing = _standing(wanted)
    writes = writes_of(wanted, standing, known)
    if wanted.working is None:
        after = {day: working for day, working in rows.items() if day not in writes.days}
    else:
        after = rows | dict.fromkeys(writes.days, wanted.working)
    under = known.changed(after.items())
    moving = moves(Obligation.objects.visible_to(by).open(), under)
    return Plan(wanted, writes, under, moving, _fingerprint(rows, standing, moving), today)


def first_moves(plan: Plan, *, by: User) -> list[dict[str, Any]]:
    """The first due days that would move, the earliest first: whose, of what, from when to when."""
    chosen = {move.pk: move for move in sorted(plan.moves, key=lambda move: (move.before, move.pk))[:SHOWN]}
    rows = Obligation.objects.visible_to(by).filter(pk__in=chosen).select_related("unit")
    found = {owed.pk: owed for owed in rows}
    return [{"owed": found[pk], "move": move} for pk, move in chosen.items() if pk in found]


def _standing(wanted: Wanted) -> dict[date, Override]:
    """The overrides that the days have, with who wrote them last."""
    rows = {row.date: row for row in CalendarDay.objects.filter(date__range=(wanted.first, wanted.last))}
    last = {
        written.date: f"{written.history_user or 'dữ liệu của phần mềm'}, {vndatetime(written.history_date)}"
        for written in CalendarDay.history.filter(date__in=rows).select_related("history_user").order_by("history_id")
    }
    return {
        day: Override(row.working, row.reason, row.source, last.get(day, "không rõ ai nhập"))
        for day, row in rows.items()
    }


def _fingerprint(rows: Mapping[date, bool], standing: Mapping[date, Override], moving: Sequence[Move]) -> str:
    """Names the calendar and everything that moves: where any of it is another, so is the name."""
    digest = hashlib.sha256(repr((sorted(rows.items()), sorted(standing.items()))).encode())
    for move in moving:
        digest.update(f"{move.pk} {move.before} {move.after};".encode())
    return digest.hexdigest()
