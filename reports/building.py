"""Rows of a report out of additive figures by unit and category: headings with their sums, levels of detail, links."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from equipment.queries.catalogue import Kind, kinds
from orgs.models import OrgUnit
from reports.definition import Col, Line, Value

Figures = Mapping[str, int]
Cells = Mapping[tuple[int, str], Figures]
"""By unit and code of the category; every figure is additive."""


class Level(models.TextChoices):
    """What a line stands for."""

    CATEGORY = "category", "Theo loại thiết bị"
    UNIT = "unit", "Theo đơn vị"
    BOTH = "both", "Từng đơn vị, chi tiết theo loại"


@dataclass(frozen=True)
class Place:
    """What a line is about: a unit, with everything below it or alone, and a category or group ("": all)."""

    unit: str
    below: bool
    category: str = ""


LinkOf = Callable[[Place, Figures], Mapping[str, str]]
"""Addresses behind the figures of a line, by column."""


def catalogue() -> dict[str, Kind]:
    """The categories by their codes, in the order of the catalogue."""
    return {kind.code: kind for kind in kinds().values()}


def added(several: Iterable[Figures]) -> dict[str, int]:
    """What figures add up to."""
    found: dict[str, int] = {}
    for one in several:
        for name, figure in one.items():
            found[name] = found.get(name, 0) + figure
    return found


@dataclass(frozen=True)
class Builder:
    """Makes the lines of one part. `derive` may add figures of a line that aren't additive: percentages, say."""

    units: Sequence[OrgUnit]
    kinds: Mapping[str, Kind]
    unit: OrgUnit
    below: bool
    links: LinkOf = lambda _place, _figures: {}
    derive: Callable[[Figures], Mapping[str, Value]] = lambda _figures: {}

    def lines(self, level: str, cells: Cells) -> list[Line]:
        """The lines on that level of detail."""
        if level == Level.CATEGORY:
            whole = Place(self.unit.code, self.below)
            return self._by_category(cells.items(), whole)
        return list(self._by_unit(cells, detailed=level == Level.BOTH))

    def total(self, cells: Cells) -> Line:
        """The last line."""
        place = Place(self.unit.code, self.below)
        return self._line("", "Tổng cộng", "", added(cells.values()), place, level=0, strong=True)

    def _by_unit(self, cells: Cells, *, detailed: bool) -> Iterator[Line]:
        own: dict[int, list[tuple[tuple[int, str], Figures]]] = {}
        for key, figures in cells.items():
            own.setdefault(key[0], []).append((key, figures))
        number = 0
        for unit in self.units:
            if unit.pk not in own:
                continue
            number += 1
            place, figures = Place(unit.code, below=False), added(one for _, one in own[unit.pk])
            level = 0 if detailed else unit.depth - self.units[0].depth
            yield self._line(str(number), unit.name, "", figures, place, level=level, strong=detailed)
            if detailed:
                yield from self._by_category(own[unit.pk], place, deeper=1, before=f"{number}.")

    def _by_category(
        self, items: Iterable[tuple[tuple[int, str], Figures]], place: Place, *, deeper: int = 0, before: str = ""
    ) -> list[Line]:
        by_code: dict[str, list[Figures]] = {}
        for (_, code), figures in items:
            at = code
            while at:
                by_code.setdefault(at, []).append(figures)
                at = self.kinds[at].above
        own = {code for (_, code), _ in items}
        found: list[Line] = []
        counters: dict[str, int] = {}
        numbers: dict[str, str] = {}
        for code in _in_tree(self.kinds, by_code):
            kind = self.kinds[code]
            counters[kind.above] = counters.get(kind.above, 0) + 1
            upper = numbers.get(kind.above)
            numbers[code] = f"{upper}.{counters[kind.above]}" if upper else f"{before}{counters[kind.above]}"
            depth = deeper + numbers[code].removeprefix(before).count(".")
            at_place = Place(place.unit, place.below, code)
            group = code not in own or any(k.above == code for k in self.kinds.values() if k.code in by_code)
            figures = added(by_code[code])
            found.append(
                self._line(numbers[code], kind.name, kind.measure, figures, at_place, level=depth, strong=group)
            )
        return found

    def _line(
        self, number: str, name: str, measure: str, figures: Figures, place: Place, *, level: int, strong: bool
    ) -> Line:
        values: dict[str, Value] = {"tt": number, "name": name, "measure": measure, **figures, **self.derive(figures)}
        links = {column: url for column, url in self.links(place, figures).items() if values.get(column) and url}
        return Line(values, level=level, strong=strong, links=links)


def _in_tree(kinds: Mapping[str, Kind], wanted: Mapping[str, object]) -> Iterator[str]:
    """The wanted codes, those below each right after it, in the order of the catalogue."""
    below: dict[str, list[str]] = {}
    for code, kind in kinds.items():
        if code in wanted:
            below.setdefault(kind.above, []).append(code)

    def walk(above: str) -> Iterator[str]:
        for code in below.get(above, ()):
            yield code
            yield from walk(code)

    return walk("")


def heads(*, unit: bool = False) -> list[Col]:
    """The first columns of a part: what a line is about."""
    first = [
        Col("tt", "STT", mark="A", width=5),
        Col("name", "Đơn vị" if unit else "Loại thiết bị", mark="B", width=24),
    ]
    return first if unit else [*first, Col("measure", "ĐVT", mark="C", width=6)]


def figure(name: str, label: str, mark: int, *, group: str = "", kind: str = "number") -> Col:
    """A column of figures that is added up."""
    return Col(name, label, kind=kind, group=group, mark=str(mark), total=kind != "percent")
