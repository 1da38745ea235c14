"""Figures side by side: those of now and last year's, two editions of one report."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from equipment.queries.catalogue import category_names
from reports.rules.annual import AnnualLine, Lines
from yearend.models import AnnualEdition, AnnualReport
from yearend.rules.comparing import Changed, ChangedPart, changed_lines, changed_parts
from yearend.rules.figures import lines_of


@dataclass(frozen=True)
class SideBySide:
    """A category: last year's frozen closing, this year's opening, what came and went, this year's closing."""

    name: str
    former: AnnualLine | None
    now: AnnualLine

    @property
    def breaks(self) -> bool:
        """Whether the opening isn't the closing that was frozen."""
        if self.former is None:
            return False
        closed = (self.former.closing_quantity, self.former.closing_value)
        return (self.now.opening_quantity, self.now.opening_value) != closed


def side_by_side(report: AnnualReport, former: AnnualReport | None) -> list[SideBySide]:
    """The unit's own figures as they were counted last, beside those frozen for the year before. One query."""
    before: Lines = lines_of(former.edition.figures, "own") if former and former.edition else {}
    now, names = lines_of(report.draft, "own"), category_names()
    empty = AnnualLine()
    codes = [code for code in names if code in before or code in now]
    return [
        SideBySide(names[code], before.get(code, empty) if former else None, now.get(code, empty)) for code in codes
    ]


@dataclass(frozen=True)
class Comparison:
    """Two editions, and what is different."""

    a: AnnualEdition
    b: AnnualEdition
    own: Sequence[tuple[str, Changed]]
    total: Sequence[tuple[str, Changed]]
    parts: Sequence[ChangedPart]


def numbers_of(report: AnnualReport) -> list[int]:
    """The editions of a report that came through its door, the oldest first. One query."""
    return list(report.editions.order_by("edition").values_list("edition", flat=True))


def compare(report: AnnualReport, a: int, b: int) -> Comparison:
    """What is different between two editions of a report that came through its door; Http404 for others."""
    rows = report.editions.filter(edition__in={a, b}).select_related("created_by")
    found = {edition.edition: edition for edition in rows}
    if not {a, b} <= found.keys():
        raise Http404
    one, two, names = found[a].figures, found[b].figures, category_names()
    whole = changed_lines(one, two, "total") if one.get("parts") or two.get("parts") else []
    own, total = (
        [(names.get(change.code, change.code), change) for change in changes]
        for changes in (changed_lines(one, two, "own"), whole)
    )
    return Comparison(found[a], found[b], own, total, changed_parts(one, two))
