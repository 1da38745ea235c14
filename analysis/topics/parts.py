"""What a topic is made of: dimensions to part the rows by, measures to count of each part, the list behind it.

A measure is reckoned from components that add up (numbers and sums), so totals of averages and rates are those of all
rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

import django_filters
from django.db.models import Aggregate, QuerySet

from accounts.models import User
from equipment.models import Brand, Category
from orgs.models import OrgUnit
from orgs.policies import visible_units
from ui import formats

Raw = int | str | date | None
Number = int | Decimal
Parts = dict[str, int]
Asks = Mapping[str, Any] | None
"""Parameters of the list behind a number; None where no list can be asked for just that."""

UNKNOWN = "khac"


class Place(NamedTuple):
    """A unit, as far as a pivot tells of it."""

    pk: int
    code: str
    name: str
    kind: str
    path: str


class Kind(NamedTuple):
    """A category; `line` names those above it and itself."""

    pk: int
    code: str
    name: str
    parent: int | None
    life_years: int | None
    position: int
    line: str


class Within(NamedTuple):
    """A branch of a tree, as a list is asked for it: of two on one line the deeper one says both."""

    code: str
    line: str


class Days(NamedTuple):
    """Days from – to, both included; of two, what they have in common says both."""

    first: date | None
    last: date | None


class Frame:
    """What one person's pivot stands on: the units that they see, the catalogue; each read once, when it is needed."""

    def __init__(self, user: User, today: date) -> None:
        self.user, self.today = user, today

    @cached_property
    def units(self) -> dict[int, Place]:
        """The agencies that the person sees, in the order of the tree."""
        rows = visible_units(self.user).agencies().order_by("path").values_list(*Place._fields)
        return {row[0]: Place(*row) for row in rows}

    @cached_property
    def by_path(self) -> dict[str, Place]:
        return {unit.path: unit for unit in self.units.values()}

    @cached_property
    def by_code(self) -> dict[str, Place]:
        return {unit.code: unit for unit in self.units.values()}

    @cached_property
    def kinds(self) -> dict[int, Kind]:
        """The catalogue, in its order."""
        rows = list(
            Category.objects.order_by("position", "pk").values_list(
                "pk", "code", "name", "parent", "life_years", "position"
            )
        )
        parents = {row[0]: row[3] for row in rows}

        def line(pk: int | None) -> str:
            return "" if pk is None else f"{line(parents[pk])}/{pk}"

        return {row[0]: Kind(*row, f"{line(row[0])}/") for row in rows}

    @cached_property
    def parents(self) -> frozenset[int]:
        """Categories that have others below them."""
        return frozenset(kind.parent for kind in self.kinds.values() if kind.parent is not None)

    @cached_property
    def brands(self) -> dict[int, str]:
        return dict(Brand.objects.order_by("name").values_list("pk", "name"))

    def ancestor(self, unit: Place, depth: int) -> Place:
        """The unit at that depth of the tree above `unit`, or itself where the person doesn't see one."""
        return self.by_path.get(unit.path[: depth * OrgUnit.steplen], unit)

    def group_of(self, kind: Kind, depth: int) -> Kind:
        """The category at that depth above `kind`, or itself where it stands higher."""
        above = [int(pk) for pk in kind.line.split("/") if pk]
        return self.kinds[above[min(depth, len(above)) - 1]]


@dataclass(frozen=True)
class Member:
    """One value of a dimension: its name, its place among the others, and how a list is asked for it."""

    key: str
    label: str
    order: Any = 0
    asks: Asks = None


@dataclass(frozen=True)
class Dimension:
    """Something to part rows by. `by`: what the database groups by; `member`: what one of its values is.

    `rows`: it is known of devices one by one only, not of the tally. `time`: its members follow each other.
    """

    key: str
    label: str
    group: str
    by: Callable[[Frame], Any]
    member: Callable[[Frame, Any], Member]
    rows: bool = False
    time: bool = False


@dataclass(frozen=True)
class Measure:
    """A number of a part. `of` reckons it from the components called `parts`; None where there is nothing to reckon.

    `asks` narrows the list to what it counts; None: no list shows just that. `additive`: the parts make the whole.
    `signed`: it may be below zero.
    """

    key: str
    label: str
    kind: str  # number, money, percent, decimal
    parts: tuple[str, ...]
    of: Callable[[Parts], Number | None]
    additive: bool = True
    asks: Asks = field(default_factory=dict)
    signed: bool = False

    def text(self, value: Number | None) -> str:
        """As a table shows it; money without its sign, which the heading has."""
        if value is None:
            return formats.EMPTY
        if self.kind in {"number", "money"}:
            return formats.number(int(value))
        text = formats.number(Decimal(value).quantize(Decimal("0.1")))
        return f"{text} %" if self.kind == "percent" else text

    @property
    def heading(self) -> str:
        return f"{self.label} (đ)" if self.kind == "money" else self.label


@dataclass(frozen=True)
class Topic:
    """What can be analysed. `rows` gives what the person may see of it; `components` what is added up over them.

    `preset`: what holds of filters that nobody has touched. `day`: the list's parameter for a range of days.
    """

    key: str
    label: str
    about: str
    noun: str
    filterset: type[django_filters.FilterSet]
    dimensions: Sequence[Dimension]
    measures: Sequence[Measure]
    rows: Callable[[Frame, bool], QuerySet]
    components: Callable[[Frame, bool], Mapping[str, Aggregate]]
    needs_rows: Callable[[Mapping[str, Any]], bool]
    list_name: str
    list_asks: Mapping[str, Any]
    day: str
    usual_rows: Sequence[str]
    usual_columns: str
    preset: Mapping[str, str] = field(default_factory=dict)

    def dimension(self, key: str) -> Dimension | None:
        return next((one for one in self.dimensions if one.key == key), None)

    def measure(self, key: str) -> Measure | None:
        return next((one for one in self.measures if one.key == key), None)


def part(name: str) -> Callable[[Parts], Number | None]:
    """A measure that is a component itself."""
    return lambda parts: parts[name]


def ratio(above: str, below: str, times: int = 1) -> Callable[[Parts], Number | None]:
    """A measure that is one component by another, exact."""
    return lambda parts: Decimal(parts[above] * times) / parts[below] if parts[below] else None


def merged(asked: Iterable[Asks]) -> dict[str, Any] | None:
    """All conditions at once; None where one of them can't be asked for."""
    found: dict[str, Any] = {}
    for one in asked:
        if one is None:
            return None
        for name, value in one.items():
            found[name] = _both(found[name], value) if name in found else value
    return found


def _both(one: Any, other: Any) -> Any:
    """What both say: values of a cell lie inside those of the filters."""
    if isinstance(one, Within) and isinstance(other, Within):
        return one if len(one.line) > len(other.line) else other
    if isinstance(one, Days) and isinstance(other, Days):
        return Days(
            max(filter(None, (one.first, other.first)), default=None),
            min(filter(None, (one.last, other.last)), default=None),
        )
    return other


def parameters(asks: Mapping[str, Any]) -> list[tuple[str, str]]:
    """`asks` as a querystring has them."""
    pairs: list[tuple[str, str]] = []
    for name, value in asks.items():
        if isinstance(value, Within):
            pairs.append((name, value.code))
        elif isinstance(value, Days):
            if value.first:
                pairs.append((f"{name}_tu", formats.vndate(value.first)))
            if value.last:
                pairs.append((f"{name}_den", formats.vndate(value.last)))
        elif isinstance(value, list | tuple):
            pairs += [(name, str(one)) for one in value]
        else:
            pairs.append((name, str(value)))
    return pairs
