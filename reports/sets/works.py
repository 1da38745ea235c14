"""How the reports on repairs, transfers and disposals are put together: by levels of the books, or their own way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from reports.building import Builder, Figures, Level, Place, added, catalogue, heads
from reports.definition import Asked, Col, Line, Part, Report, Sheet
from reports.queries.works import Work
from reports.sets.basis import note_of, scope_of, subtitle_of_period
from ui.formats import vndate


@dataclass(frozen=True)
class Grouping:
    """A way of one report alone: what the lines are called, and which filters lead to the rows of one."""

    label: str
    key: Callable[[Mapping[str, Any]], Any]
    name: Callable[[Any], str]
    narrowed: Callable[[Any], Mapping[str, str]]


Lead = Callable[[Mapping[str, str], Figures], Mapping[str, str]]
"""Addresses by column, of the rows that the filters let through."""


@dataclass(frozen=True)
class Works:
    """What a report of this kind is made of. `whole`: figures of the last line that aren't the sum of the others."""

    columns: Sequence[Col]
    lead: Lead
    groupings: Mapping[str, Grouping]
    derive: Callable[[Figures], Mapping[str, Any]] = lambda _figures: {}
    note: str = ""
    whole: Figures = field(default_factory=dict)


def sheet_of_works(
    asked: Asked,
    report: Report,
    works: Works,
    found: Sequence[Work],
    *,
    further: Mapping[int, Figures] | None = None,
) -> Sheet:
    """The report, by the level that was asked for. `further`: figures of a unit that no category has."""
    units, whose = scope_of(asked)
    level = asked.parameters["level"]
    if level in works.groupings:
        part = _grouped(asked, works, works.groupings[level], found)
    else:
        cells: dict[tuple[int, str], Figures] = {}
        for one in found:
            key = (one.unit, one.category)
            cells[key] = added([cells.get(key, {}), one.figures])
        cells |= {(unit, ""): figures for unit, figures in (further or {}).items()}
        builder = Builder(units, catalogue(), asked.unit, asked.below, _by_place(works.lead), works.derive)
        part = Part(
            "",
            [*heads(unit=level == Level.UNIT), *works.columns],
            builder.lines(level, cells),
            note=note_of(level, works.note),
            sum=builder.total(cells),
        )
    return Sheet(
        report.title,
        subtitle_of_period(asked, whose),
        [part],
        unit=asked.unit,
        legal_basis=report.legal_basis,
        landscape=report.landscape,
    )


def _by_place(lead: Lead) -> Callable[[Place, Figures], Mapping[str, str]]:
    def lead_from(place: Place, figures: Figures) -> Mapping[str, str]:
        asked = {"unit" if place.below else "own": place.unit}
        return lead(asked | ({"category": place.category} if place.category else {}), figures)

    return lead_from


def _grouped(asked: Asked, works: Works, grouping: Grouping, found: Iterable[Work]) -> Part:
    whole = {"unit" if asked.below else "own": asked.unit.code}
    several: dict[Any, list[Figures]] = {}
    for one in found:
        several.setdefault(grouping.key(one.facts), []).append(one.figures)
    lines = []
    for number, key in enumerate(sorted(several, key=_last_if_none), start=1):
        figures = added(several[key])
        lines.append(_line(str(number), grouping.name(key), figures, works, {**whole, **grouping.narrowed(key)}))
    figures = {**added(one.figures for one in found), **works.whole}
    total = _line("", "Tổng cộng", figures, works, whole, level=0, strong=True)
    first = [Col("tt", "STT", mark="A", width=5), Col("name", grouping.label, mark="B", width=26)]
    return Part("", [*first, *works.columns], lines, note=works.note, sum=total)


def _last_if_none(key: Any) -> tuple[bool, str]:
    return not key, str(key)


def _line(
    number: str,
    name: str,
    figures: Figures,
    works: Works,
    narrowed: Mapping[str, str],
    *,
    level: int = 1,
    strong: bool = False,
) -> Line:
    values = {"tt": number, "name": name, **figures, **works.derive(figures)}
    links = {column: url for column, url in works.lead(narrowed, figures).items() if values.get(column) and url}
    return Line(values, level=level, strong=strong, links=links)


def listed(name: str, narrowed: Mapping[str, str], asked: Asked, days: str, **more: str | list[str]) -> str:
    """The list at that address with these filters, between the days of the report (the filter `days`) if they don't
    name other ones.
    """
    first, last = asked.parameters["first"], asked.parameters["last"]
    given = {f"{days}_tu": vndate(first), f"{days}_den": vndate(last), **narrowed, **more}
    return f"{reverse(name)}?{urlencode(given, doseq=True)}"
