"""Closing a unit's books of a year (art. 13.8): figures are counted once more and frozen, nothing comes in after."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.transitions import lock as locked
from core.transitions import transition
from equipment.actions.periods import hold_books, hold_rules
from equipment.models import PeriodLock
from ui.formats import vndate, vndatetime
from yearend.actions.editions import freeze
from yearend.models import AnnualReport
from yearend.queries.warnings import warnings_of, year_before
from yearend.rules import FLOW, State
from yearend.rules.terms import DAY, closing_day


@transaction.atomic
def lock(report: AnnualReport, *, by: User, version: int, reason: str = "") -> AnnualReport:
    """Close the books of the report's unit up to the end of its year, with the figures as they are at this moment.

    Whoever is writing into these books is waited for; whoever comes later is refused. Where something should have been
    set right before (`warnings_of`), `reason` says why not. Raises StaleError, DomainError while the year isn't over or
    when the books are closed already (by whom, when), SeveralProblemsError with what needs a reason.
    """
    report = locked(report)
    if report.state != State.DRAFT:
        raise _already(report)
    FLOW.check(report.state, State.LOCKED)
    require_version(report, version)
    if told := too_early(report):
        raise DomainError(told, code="too_early")
    hold_rules()
    hold_books([report.unit], alone=True)
    edition = freeze(report, by=by, reason=reason)
    report.draft = {"own": edition.figures["own"]}
    _require_reason(report, reason, by)
    PeriodLock.objects.create(
        unit=report.unit, year=report.year, closed_until=closing_day(report.year), locked_by=by, reason=reason
    )
    done = transition(
        report, State.LOCKED, flow=FLOW, by=by, reason=f"Khóa số liệu lần {edition.edition}", event="annual.locked"
    )
    done.refresh_from_db()
    return done


def too_early(report: AnnualReport) -> str:
    """From which day the books can be closed, as long as the year isn't over; else empty."""
    last = closing_day(report.year)
    if timezone.localdate() > last:
        return ""
    return f"Năm {report.year} chưa hết. Chỉ khóa số liệu từ ngày {vndate(last + DAY)}, khi không còn biến động."


def _require_reason(report: AnnualReport, reason: str, by: User) -> None:
    """By the figures that were counted just now."""
    blocking = [one for one in warnings_of(report, by, year_before(report)) if one.blocks]
    if not blocking or reason:
        return
    needed = DomainError(
        "Còn việc phải xử lý trước khi khóa. Hãy xử lý, hoặc ghi rõ lý do vẫn khóa.", field="reason", code="required"
    )
    found = [DomainError(f"{one.title}: {one.count}.", code="blocks") for one in blocking]
    raise SeveralProblemsError([*found, needed])


def _already(report: AnnualReport) -> DomainError:
    """Who closed them, and when: a second press, or two people at once."""
    standing = PeriodLock.objects.of_unit(report.unit).filter(year=report.year, unlocked_at=None)
    found = standing.select_related("locked_by").first()
    told = f" {found.locked_by} khóa lúc {vndatetime(found.locked_at)}." if found else ""
    message = f"Số liệu năm {report.year} của {report.unit.name} đã khóa, không cần khóa lại.{told}"
    return DomainError(message, code="workflow")
