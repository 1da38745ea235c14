"""What each unit owes at the end of a year: its report, before 15 January of the next (art. 13.8)."""

from typing import Any

from django.utils import timezone

from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import Kind, WorkingCalendar
from deadlines.rules import State as DutyState
from yearend.models import AnnualReport
from yearend.rules.terms import due_day


def owe(report: AnnualReport, *, by: Any, known: WorkingCalendar | None = None) -> Obligation:
    """The unit has to send the report; called again it follows the calendar. The caller holds the report's row."""
    return deadlines.open_obligation(
        kind=Kind.ANNUAL_REPORT,
        subject=report,
        unit=report.unit,
        start_date=due_day(report.year, known or calendar()),
        label=report.number,
        by=by,
    )


def fulfilled(report: AnnualReport, by: Any, reason: str = "") -> None:
    """The report has been sent, in time or late (`reason` then says why).

    Once: what is returned and sent again was sent on the first day. The IT Center sends to nobody and owes nothing.
    The caller holds the report's row.
    """
    owed = Obligation.objects.about(report).filter(kind=Kind.ANNUAL_REPORT, state=DutyState.OPEN)
    if owed.exists():
        deadlines.fulfil(kind=Kind.ANNUAL_REPORT, subject=report, on=timezone.localdate(), by=by, reason=reason)
