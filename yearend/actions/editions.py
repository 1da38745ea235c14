"""Freezing a report's figures, and what becomes of the reports above when they change (art. 13.8, 14.6)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import events
from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock, save_with_reason
from equipment.models import Category
from orgs.models import OrgUnit
from reports.queries.annual import lines_by_unit
from reports.queries.surveys import survey_of
from reports.rules.annual import Lines, digest
from yearend.models import AnnualEdition, AnnualReport, EditionPart
from yearend.queries.figures import deadlines_of
from yearend.rules.figures import PartFigures, Words, composed, faults_of
from yearend.tree import subordinates, superior_of

REASON_KEPT = 100  # characters that a row of history has room for; the edition keeps the whole


@transaction.atomic
def freeze(report: AnnualReport, *, by: Any, reason: str = "") -> AnnualEdition:
    """A new edition of the report's figures, counted anew from the books as of 31 December.

    Its parts are the editions of the subordinates that stand now: their totals are added, never counted again. The
    caller holds the report's row, and the lock of the unit's books where these are being closed. What is above and
    took an earlier edition in is marked as outdated. Raises DomainError when the books don't balance.
    """
    report = AnnualReport.objects.of_unit(report.unit).select_related("unit").get(pk=report.pk)
    own = lines_by_unit([report.unit], report.year).get(report.unit_id, {})
    _require_balance(own)
    standing, missing = _parts(report)
    figures = composed(
        year=report.year,
        code=report.unit.code,
        name=report.unit.name,
        own=own,
        parts=[_figures(part) for part in standing],
        missing=[unit.code for unit in missing],
        survey=survey_of(report.unit, report.year),
        deadlines=deadlines_of(report.unit, report.year),
        words=Words(report.notes, report.assessment, report.proposal),
    )
    former = report.editions.order_by("-edition").values_list("edition", flat=True).first() or 0
    edition = AnnualEdition.objects.create(
        report=report,
        unit=report.unit,
        year=report.year,
        edition=former + 1,
        figures=figures,
        sha256=digest(figures),
        missing=figures["missing"],
        reason=reason,
        created_by=by,
    )
    EditionPart.objects.bulk_create(EditionPart(edition=edition, unit=report.unit, part=part) for part in standing)
    _stand(report, edition, by=by, reason=reason)
    outdate_above(report, why=f"{report.unit.name} đã khóa số liệu năm {report.year} lần {edition.edition}.")
    return edition


def _require_balance(own: Lines) -> None:
    """Refuse figures that don't add up: the books are to be looked at first."""
    if not (faults := faults_of(own)):
        return
    names = dict(Category.objects.filter(code__in=faults).values_list("code", "name"))
    listed = ", ".join(sorted(names.get(code, code) for code in faults))
    raise DomainError(
        f"Số liệu chưa khóa được vì sổ không cân đối ở loại thiết bị: {listed} (đầu kỳ + tăng - giảm khác cuối kỳ). "
        "Hãy gửi yêu cầu hỗ trợ để kiểm tra sổ biến động của các loại này.",
        code="unbalanced",
    )


def _parts(report: AnnualReport) -> tuple[list[AnnualEdition], list[OrgUnit]]:
    """The editions of the subordinates that stand, in the order of the tree, and who has none."""
    units = subordinates(report.unit, report.year)
    reports = AnnualReport.objects.filter(unit__in=[unit.pk for unit in units], year=report.year).frozen().scoped()
    chosen = reports.order_by().values("edition")
    found = AnnualEdition.objects.filter(pk__in=chosen).scoped().select_related("unit", "report")
    by_unit = {edition.unit_id: edition for edition in found}
    standing = [by_unit[unit.pk] for unit in units if unit.pk in by_unit]
    return standing, [unit for unit in units if unit.pk not in by_unit]


def _figures(part: AnnualEdition) -> PartFigures:
    return PartFigures(
        unit=part.unit.code,
        name=part.unit.name,
        edition=str(part.public_id),
        number=part.report.number,
        sha256=part.sha256,
        total=part.figures["total"],
        survey=part.figures["survey"],
        deadlines=part.figures["deadlines"]["total"],
    )


def _stand(report: AnnualReport, edition: AnnualEdition, *, by: Any, reason: str) -> None:
    """From now on this edition is the one that stands."""
    report.edition, report.outdated_at, report.outdated_why = edition, None, ""
    report.version += 1
    why = f"Khóa số liệu lần {edition.edition}{': ' + reason if reason else ''}"
    fields = ["edition", "outdated_at", "outdated_why", "version"]
    save_with_reason(report, by=by, reason=why[:REASON_KEPT], fields=fields)


@transaction.atomic
def outdate_above(report: AnnualReport, *, why: str) -> list[AnnualReport]:
    """What this report's figures went into (or were missing from) has to be consolidated anew, all the way up.

    Called when its books are opened or its edition is replaced; the caller holds its row, and the rows above are
    locked from below upwards. Returns the reports that are outdated now and weren't before.
    """
    marked: list[AnnualReport] = []
    with elevated("yearend.outdate_above: figures of a unit change, the reports above it took them in"):
        lower = AnnualReport.objects.select_related("unit").get(pk=report.pk)
        while (unit := superior_of(lower.unit)) is not None:
            upper = AnnualReport.objects.filter(unit=unit, year=lower.year).frozen().first()
            if upper is None:
                break
            upper = lock(upper)
            if upper.edition is None or not _stands_on(upper.edition, lower):
                break
            if _mark(upper, why):
                marked.append(upper)
            lower = upper
    return marked


def _stands_on(edition: AnnualEdition, lower: AnnualReport) -> bool:
    return lower.unit.code in edition.missing or edition.parts.filter(part__report=lower).exists()


def _mark(upper: AnnualReport, why: str) -> bool:
    """Whether the report is outdated only now."""
    fresh = upper.outdated_at is None
    if upper.outdated_why == why:
        return False
    upper.outdated_at = upper.outdated_at or timezone.now()
    upper.outdated_why = why
    upper.version += 1
    save_with_reason(upper, by=None, reason=why[:REASON_KEPT], fields=["outdated_at", "outdated_why", "version"])
    events.record("annual.outdated", upper, unit=upper.unit, by=None, detail=why)
    return fresh
