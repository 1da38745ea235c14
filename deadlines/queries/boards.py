"""How the obligations of many units stand: exact counts by the database, each with the list behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Count, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from deadlines.models import Obligation, Urging, UrgingReply
from deadlines.policies import own_units
from deadlines.querysets import ObligationQuerySet, standing_so
from deadlines.rules.periods import Period
from deadlines.rules.standings import Stand, Standing, ranks
from orgs.policies import visible_units


class Place(NamedTuple):
    """A unit, as far as a board tells of it."""

    pk: int
    code: str
    name: str
    depth: int
    path: str


@dataclass(frozen=True)
class Board:
    """How `here` and the units right below it stand in a period."""

    here: Place
    above: Sequence[Place]  # as far as the person sees them
    children: Sequence[Place]
    opening: frozenset[int]  # children that have units below themselves
    whole: Standing
    alone: Standing  # of `here` itself, without what is below
    below: Mapping[int, Standing]  # of each child with everything below it
    ranks: Mapping[int, int] = field(default_factory=dict)
    trend: Mapping[date, Standing] = field(default_factory=dict)  # by the first day of a month
    overdue: int = 0  # now, whatever the period


def board(user: User, code: str, period: Period, today: date) -> Board:
    """The board of the unit with that code, or of the topmost one that `user` sees: four queries.

    Http404 for units unseen and for those without units below. A superior ranks those below it; the unit of `user`
    itself never has a rank that `user` sees.
    """
    seen = [Place(*row) for row in visible_units(user).agencies().values_list(*Place._fields)]
    here = _here(seen, code)
    units = [unit for unit in seen if here is not None and unit.path.startswith(here.path)]
    if here is None or len(units) == 1:
        raise Http404
    rows = Obligation.objects.visible_to(user)
    if units != seen or not user.scope.nationwide:
        rows = rows.filter(unit__in=[unit.pk for unit in units])
    tallied = _Tallied(rows, period, today)
    children = [unit for unit in units if unit.depth == here.depth + 1]
    below, opening = {}, set()
    for child in children:
        inside = [unit for unit in units if unit.path.startswith(child.path)]
        below[child.pk] = sum((tallied.by_unit.get(unit.pk, Standing()) for unit in inside), Standing())
        if len(inside) > 1:
            opening.add(child.pk)
    ranked = {pk: one.rate for pk, one in below.items() if pk not in own_units(user)}
    return Board(
        here=here,
        above=[unit for unit in seen if here.path.startswith(unit.path) and unit != here],
        children=children,
        opening=frozenset(opening),
        whole=sum(tallied.by_unit.values(), Standing()),
        alone=tallied.by_unit.get(here.pk, Standing()),
        below=below,
        ranks=ranks(ranked),
        trend=tallied.by_month,
        overdue=rows.overdue(today).count(),
    )


def _here(seen: Sequence[Place], code: str) -> Place | None:
    """The unit with that code; without one the first on top that has units below."""
    if code:
        return next((unit for unit in seen if unit.code == code), None)
    return next((a for a, b in pairwise(seen) if b.path.startswith(a.path)), None)


class _Tallied:
    """How many of `rows` that are due in a period stand how, by unit and by month."""

    def __init__(self, rows: ObligationQuerySet, period: Period, today: date) -> None:
        self._rows, self._period = rows, period
        self._counts = {stand.name.lower(): Count("state", filter=standing_so(stand, today)) for stand in Stand}

    @cached_property
    def by_unit(self) -> dict[int, Standing]:
        return self._grouped(self._rows.filter(due_date__range=(self._period.first, self._period.last)), "unit")

    @cached_property
    def by_month(self) -> dict[date, Standing]:
        months = self._period.months()
        rows = self._rows.filter(due_date__range=(months[0].first, months[-1].last))
        return self._grouped(rows.annotate(month=TruncMonth("due_date")), "month")

    def _grouped(self, rows: QuerySet, key: str) -> dict[Any, Standing]:
        found = rows.order_by().values(key).annotate(**self._counts).values_list(key, *self._counts)
        return {one: Standing(*counts) for one, *counts in found}


@dataclass(frozen=True)
class Today:
    """What the units of a person owe now: counts, and the most urgent of it."""

    overdue: int
    today: int
    soon: int
    until: date
    rows: Sequence[Obligation]
    below: int  # overdue of all other units that the person sees
    unanswered: int


MOST = 60  # rows of the page of the day; the lists behind its counts have all


def due_now(user: User, today: date, *, until: date) -> Today:
    """What is overdue, due today, and due until that day, of the units of `user`: three queries."""
    rows = Obligation.objects.visible_to(user).open().filter(due_date__lte=until)
    own = Q(unit__in=own_units(user))
    late, on_time = own & standing_so(Stand.OVERDUE, today), own & standing_so(Stand.RUNNING, today)
    counts = rows.aggregate(
        overdue=Count("state", filter=late),
        today=Count("state", filter=on_time & Q(due_date=today)),
        soon=Count("state", filter=on_time & Q(due_date__gt=today)),
        below=Count("state", filter=~own & standing_so(Stand.OVERDUE, today)),
    )
    return Today(
        **counts,
        until=until,
        rows=list(rows.filter(own).select_related("unit").order_by("due_date", "pk")[:MOST]),
        unanswered=unanswered(user).count() if user.scope.write_units else 0,
    )


def overdue_of(user: User) -> ObligationQuerySet:
    """What the units for which `user` records should have done by now: the badge of the navigation."""
    rows = Obligation.objects.writable_by(user).overdue(timezone.localdate())
    return rows if user.scope.write_units else rows.none()


def unanswered(user: User) -> QuerySet[Urging]:
    """Notes to the units for which `user` records that nobody has answered."""
    return Urging.objects.visible_to(user).filter(target__in=user.scope.write_units, replies=None)


def urgings_for_list(user: User) -> QuerySet[Urging]:
    """Notes with how many obligations they are about and how many answers they got."""
    answers = UrgingReply.objects.filter(urging=OuterRef("pk")).order_by().values("urging")
    return Urging.objects.visible_to(user).annotate(
        many=Func("items", function="jsonb_array_length", output_field=IntegerField()),
        answers=Coalesce(Subquery(answers.annotate(n=Count("*")).values("n")), 0),
    )


def standing_now(user: User, urging: Urging) -> dict[str, Obligation]:
    """The obligations that the note is about, by their public names, as they are now."""
    names = [item["id"] for item in urging.items]
    return {str(one.public_id): one for one in Obligation.objects.visible_to(user).filter(public_id__in=names)}


def owing(rows: ObligationQuerySet) -> dict[str, tuple[str, int]]:
    """By its code, the name of each unit of `rows` and how many of them it has, in the order of the tree."""
    found = rows.order_by("unit__path").values_list("unit__code", "unit__name").annotate(many=Count("*"))
    return {code: (name, many) for code, name, many in found}
