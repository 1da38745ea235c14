"""Reports at the end of a year, made by the product's own steps."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from core import events
from core.models import Event
from core.transitions import lock, transition
from orgs.models import OrgUnit
from yearend.actions.drafting import draft_year
from yearend.actions.editions import freeze
from yearend.models import AnnualReport
from yearend.rules import FLOW, State


def last_year() -> int:
    """The year that is reported."""
    return timezone.localdate().year - 1


def in_year(month: int, day: int) -> date:
    """A day of that year."""
    return date(last_year(), month, day)


def drafted() -> dict[str, AnnualReport]:
    """Everybody's report of last year, by the unit's code."""
    draft_year(last_year())
    rows = AnnualReport.objects.filter(year=last_year()).select_related("unit")
    return {report.unit.code: report for report in rows}


@transaction.atomic
def frozen(unit: OrgUnit, *, by, reason: str = "") -> AnnualReport:
    """The unit's report with its figures frozen, without closing the books."""
    report = lock(AnnualReport.objects.get(unit=unit, year=last_year()))
    freeze(report, by=by, reason=reason)
    report = AnnualReport.objects.get(pk=report.pk)
    if report.state == State.DRAFT:
        report = transition(report, State.LOCKED, flow=FLOW, by=by, reason="Khóa số liệu", event="annual.locked")
    return AnnualReport.objects.select_related("unit", "edition").get(pk=report.pk)


def deliver(kind: str) -> None:
    """Hand the facts of that kind to their handlers, as a worker would."""
    for event in Event.objects.filter(kind=kind, delivered_at=None).order_by("pk"):
        assert events.deliver(event.pk)
