"""The tables of a report's figures on its page; each number of the unit's own books leads to the rows behind it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from equipment.queries.catalogue import Kind, kinds
from orgs.models import OrgUnit
from reports import links
from reports.building import Place
from reports.definition import Part, Sheet
from reports.pages import page_of
from reports.rules.annual import DECREASES, INCREASES, from_json
from ui.blocks import Section
from yearend.printing.annexes import of_categories
from yearend.printing.tree import placed
from yearend.rules.terms import DAY, closing_day

WHAT = ("quantity", "value")
SIDES = ("up", "down")


def tables(
    lines: Mapping[str, Any], *, notes: Mapping[str, str], title: str, year: int, own: OrgUnit | None = None
) -> Section:
    """Lines as they are stored, by category. `own`: whose books they are of, where they are of one unit's alone; sums
    of frozen figures have no rows behind them but the editions that were added."""
    listed = list(kinds().values())
    parts = of_categories({"total": lines, "notes": notes}, listed)
    if own is not None:
        parts = [_linked(part, lines, listed, own, year) for part in parts]
    sheet = Sheet(title, f"Năm {year}", [replace(part, title=f"{title}: {part.title}") for part in parts])
    return Section("reports/_sheet.html", {"page": page_of(sheet)})


def _linked(part: Part, lines: Mapping[str, Any], listed: list[Kind], unit: OrgUnit, year: int) -> Part:
    rows = placed(from_json(lines), listed)
    led = [
        replace(line, links=_links(Place(unit.code, below=False, category=row.code), year))
        for row, line in zip(rows, part.lines, strict=True)
    ]
    whole = replace(part.sum, links=_links(Place(unit.code, below=False), year)) if part.sum else None
    return replace(part, lines=led, sum=whole)


def _links(place: Place, year: int) -> dict[str, str]:
    """Where the numbers of one line lead: entries of the year, devices of its first and its last day."""
    first, last = date(year, 1, 1), closing_day(year)
    found = {
        f"{flow}_{what}": links.entries(place, first, last, flow)
        for flow in (*INCREASES, *DECREASES, *SIDES)
        for what in WHAT
    }
    for what in WHAT:
        found |= {f"opening_{what}": links.held(place, first - DAY), f"closing_{what}": links.held(place, last)}
    found |= {state: links.held(place, last, condition=state) for state in ("good", "fair", "poor")}
    found["past_life"] = links.held(place, last, life="past_in_use")
    found["in_repair"] = links.held(place, last, status="in_repair")
    return found | {name: links.norms(place, last) for name in ("norm_allowed", "norm_actual", "norm_difference")}
