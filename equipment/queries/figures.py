"""How many devices a person sees, from every side: the sums of the tally, read in two queries."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet
from django.db.models import Sum as Total
from django.http import Http404

from accounts.models import User
from equipment.models import Category, Tally
from equipment.rules.figures import ON_THE_BOOKS
from orgs.models import OrgUnit
from orgs.policies import visible_units
from orgs.rules import UnitKind

Key = TypeVar("Key", bound=Hashable)


class Sum(NamedTuple):
    """So many devices, worth so many đồng when they came."""

    quantity: int = 0
    value: int = 0


class Line(NamedTuple):
    """The devices of one category, status, condition and year of receipt."""

    category: int
    status: str
    condition: str
    year: int
    sum: Sum


class Place(NamedTuple):
    """A unit, as far as its figures are told: some hundreds of them are read for each page."""

    pk: int
    code: str
    name: str
    kind: str
    depth: int
    path: str

    @property
    def level(self) -> str:
        """What kind of unit it is, in words."""
        return UnitKind(self.kind).label


def parted(pairs: Iterable[tuple[Key, Sum]]) -> dict[Key, Sum]:
    """What each key adds up to."""
    sums: dict[Key, list[int]] = {}
    for key, (quantity, value) in pairs:
        if found := sums.get(key):
            found[0] += quantity
            found[1] += value
        else:
            sums[key] = [quantity, value]
    return {key: Sum(*found) for key, found in sums.items()}


def added(sums: Iterable[Sum]) -> Sum:
    """What all add up to."""
    return parted((None, one) for one in sums).get(None, Sum())


@dataclass(frozen=True)
class Figures:
    """What `here` holds with everything below it; all that the person sees when there is no single unit on top."""

    seen: list[Place]  # all that the person sees, in the order of the tree
    tops: list[Place]
    here: Place | None
    units: list[Place]  # here and below, in the order of the tree
    lines: list[Line]
    held: dict[int, Sum]  # by unit, on the books
    categories: list[Category]

    @property
    def whole(self) -> bool:
        """Whether this is all that the person sees."""
        return self.here is None or self.tops == [self.here]

    @cached_property
    def on_the_books(self) -> list[Line]:
        """The lines that most figures count: neither disposed of nor lost."""
        return [line for line in self.lines if line.status in ON_THE_BOOKS]

    @cached_property
    def total(self) -> Sum:
        """On the books."""
        return added(line.sum for line in self.on_the_books)

    @cached_property
    def by_own_category(self) -> dict[int, Sum]:
        """On the books, by the very category."""
        return parted((line.category, line.sum) for line in self.on_the_books)

    @cached_property
    def by_category(self) -> dict[int, Sum]:
        """On the books, each category with those below it."""
        parents = {category.pk: category.parent_id for category in self.categories}

        def up(category: int | None) -> Iterator[int]:
            while category is not None:
                yield category
                category = parents[category]

        return parted((above, one) for category, one in self.by_own_category.items() for above in up(category))

    def children(self) -> list[Place]:
        """The units right below `here`, or those on top."""
        if self.here is None:
            return self.tops
        return [unit for unit in self.units if unit.depth == self.here.depth + 1]

    def below(self, unit: Place) -> Sum:
        """What `unit` holds with everything below it."""
        return self._by_path.get(unit.path, Sum())

    @cached_property
    def _by_path(self) -> dict[str, Sum]:
        step = OrgUnit.steplen
        return parted(
            (unit.path[:end], self.held[unit.pk])
            for unit in self.units
            if unit.pk in self.held
            for end in range(step, len(unit.path) + 1, step)
        )


def figures(user: User, code: str = "") -> Figures:
    """The figures of the unit with that code, or of all that `user` sees: four queries. Http404 for units unseen."""
    seen, tops = _seen(user)
    here, units = _shown(seen, tops, code)
    lines = Tally.objects.visible_to(user)
    if here and tops != [here]:
        lines = lines.filter(unit__in=[unit.pk for unit in units])
    return Figures(
        seen, tops, here, units, _lines(lines), _held(lines), list(Category.objects.order_by("position", "pk"))
    )


def shown_units(user: User, code: str = "") -> tuple[Place | None, list[Place]]:
    """The unit with that code (without one the single one on top, if there is one), and it with what is below it: one
    query. Http404 for units unseen."""
    return _shown(*_seen(user), code)


def _seen(user: User) -> tuple[list[Place], list[Place]]:
    """All units that `user` sees, in the order of the tree, and those on top."""
    seen = [Place(*row) for row in visible_units(user).agencies().values_list(*Place._fields)]
    tops: list[Place] = []
    for unit in seen:
        if not tops or not unit.path.startswith(tops[-1].path):
            tops.append(unit)
    return seen, tops


def _shown(seen: list[Place], tops: list[Place], code: str) -> tuple[Place | None, list[Place]]:
    here = next((unit for unit in seen if unit.code == code), None) if code else None
    if code and here is None:
        raise Http404
    if not code and len(tops) == 1:
        here = tops[0]
    return here, seen if here is None else [unit for unit in seen if unit.path.startswith(here.path)]


def _lines(rows: QuerySet[Tally]) -> list[Line]:
    found = (
        rows.order_by()
        .values_list("category", "status", "condition", "received_on")
        .annotate(n=Total("quantity"), worth=Total("value"))
    )
    return [
        Line(category, status, condition, year.year, Sum(n, int(worth)))
        for category, status, condition, year, n, worth in found
        if n
    ]


def _held(rows: QuerySet[Tally]) -> dict[int, Sum]:
    found = rows.filter(status__in=ON_THE_BOOKS).order_by().values_list("unit")
    return {unit: Sum(n, int(v)) for unit, n, v in found.annotate(n=Total("quantity"), v=Total("value")) if n}
