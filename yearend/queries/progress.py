"""How far the units below one are with their reports of a year: as much of it as the person sees (art. 13.8, 14.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404

from accounts.models import User
from orgs.models import OrgUnit
from orgs.policies import visible_units
from orgs.queries import superiors
from yearend.models import AnnualReport
from yearend.queries.reports import with_duty
from yearend.rules import State
from yearend.rules.progress import Counts, Standing, counted
from yearend.rules.terms import closing_day


@dataclass(frozen=True)
class Row:
    """A unit: its own report, and how far it is together with everything that reports to it."""

    unit: OrgUnit
    own: Standing
    whole: Counts


@dataclass(frozen=True)
class Progress:
    """The unit `here`, whoever reports to it, and those of all of them that have no report (`missing`)."""

    here: OrgUnit
    year: int
    rows: Sequence[Row]
    own: Standing
    whole: Counts
    missing: Sequence[OrgUnit]
    above: OrgUnit | None
    standings: dict[int, Standing]
    units: Sequence[OrgUnit]

    @cached_property
    def nested(self) -> bool:
        """Whether units report to some of the rows."""
        return any(row.whole.total > 1 for row in self.rows)


def progress(user: User, code: str, year: int, today: date) -> Progress:
    """The progress of who reports to the unit with that code; by default to the unit of `user`, or to the topmost one
    that it sees. Three queries. Http404 for units unseen, and for those to whom nobody reports.
    """
    above = superiors()
    seen = list(visible_units(user).agencies().in_force(closing_day(year)))
    children: dict[int, list[OrgUnit]] = {}
    for unit in seen:
        if unit.pk in above:
            children.setdefault(above[unit.pk].pk, []).append(unit)
    here = _here(user, seen, children, code)
    found = _standings(user, year)
    rows = []
    for unit in children[here.pk]:
        group = [unit, *children.get(unit.pk, [])]
        whole = counted((found.get(one.pk, Standing()) for one in group), today)
        rows.append(Row(unit, found.get(unit.pk, Standing()), whole))
    units = [here, *(one for row in rows for one in [row.unit, *children.get(row.unit.pk, [])])]
    superior = above.get(here.pk)
    return Progress(
        here=here,
        year=year,
        rows=rows,
        own=found.get(here.pk, Standing()),
        whole=counted((found.get(unit.pk, Standing()) for unit in units), today),
        missing=[unit for unit in units if unit.pk not in found],
        above=superior if superior is not None and user.scope.reads(superior.path) else None,
        standings=found,
        units=units,
    )


def _here(user: User, seen: Sequence[OrgUnit], children: dict[int, list[OrgUnit]], code: str) -> OrgUnit:
    """The unit asked for; else that of the person, else the one on top of those to whom somebody reports."""
    possible = [unit for unit in seen if unit.pk in children]
    if code:
        possible = [unit for unit in possible if unit.code == code]
    own = [unit for unit in possible if unit.pk == user.scope.home]
    top = [unit for unit in possible if unit.nationwide]
    for unit in (*own, *top, *possible):
        return unit
    raise Http404


def _standings(user: User, year: int) -> dict[int, Standing]:
    """By unit, its report of the year. One query."""
    rows = with_duty(AnnualReport.objects.visible_to(user).filter(year=year), user)
    names = ("number", "state", "outdated_at", "due", "duty", "edition__created_at", "sent_at", "accepted_at")
    found = rows.order_by().values("unit", *names)
    return {row["unit"]: _standing(row) for row in found}


def _standing(row: Mapping[str, Any]) -> Standing:
    frozen = row["state"] != State.DRAFT
    return Standing(
        number=row["number"],
        state=row["state"],
        outdated=frozen and row["outdated_at"] is not None,
        due=row["due"],
        duty=row["duty"] or "",
        locked_at=row["edition__created_at"] if frozen else None,
        sent_at=row["sent_at"],
        accepted_at=row["accepted_at"],
    )
