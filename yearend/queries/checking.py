"""Whether closed years still say what was frozen: the books counted anew, editions against their digest."""

from collections.abc import Iterator
from dataclasses import dataclass

from equipment.models import PeriodLock
from orgs.models import OrgUnit
from reports.definition import Step, unheard
from reports.queries.annual import lines_by_unit
from reports.rules.annual import as_json, digest
from yearend.models import AnnualReport
from yearend.rules.comparing import Changed, changed_lines


@dataclass(frozen=True)
class Fault:
    """A closed year of a unit whose books, or whose edition, say something else than was frozen."""

    unit: str
    year: int
    edition: int
    text: str


def closed_years() -> list[int]:
    """Years that some unit has closed. The caller is elevated, or a command."""
    standing = PeriodLock.objects.filter(unlocked_at=None).order_by("year").distinct("year")
    return list(standing.values_list("year", flat=True))


def faults_of(year: int, *, step: Step = unheard) -> list[Fault]:
    """What is wrong with the closed books of the year; empty when nothing is. The caller is elevated, or a command."""
    locks = PeriodLock.objects.filter(year=year, unlocked_at=None).values("unit")
    rows = AnnualReport.objects.frozen().filter(year=year, unit__in=locks, edition__isnull=False)
    reports = list(rows.select_related("unit", "edition").order_by("unit__path"))
    units: list[OrgUnit] = [report.unit for report in reports]
    now = lines_by_unit(units, year, step=step)
    return [
        Fault(f"{report.unit.code} {report.unit.name}", year, report.edition.edition, text)
        for report in reports
        if report.edition is not None
        for text in _faults(report, {"own": as_json(now.get(report.unit_id, {}))})
    ]


def _faults(report: AnnualReport, now: dict[str, object]) -> Iterator[str]:
    edition = report.edition
    if edition is None:
        return
    if digest(edition.figures) != edition.sha256:
        yield "the edition's figures don't have its SHA-256"
    for change in changed_lines(edition.figures, now, "own"):
        yield _told(change)


def _told(change: Changed) -> str:
    return f"{change.code}: {change.label}: frozen {change.before}, the books say {change.after}"
