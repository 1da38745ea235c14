"""Reports of the year that ended: made for every agency on 1 January, or by the unit itself (art. 13.8).

Units are counted many at a time, so that the books are asked seldom; each is written in a transaction of its own.
Whatever is killed, the next run makes what is missing and nothing twice.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.queries import recorders
from core import counters, events
from core.database import hold
from core.errors import DomainError
from core.scope import elevated
from core.transitions import lock, save_with_reason
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import Kind
from deadlines.rules import State as DutyState
from notices.actions import tell
from notices.rules import Message, Topic
from orgs.models import OrgUnit
from orgs.queries import superiors
from reports.definition import Step, unheard
from reports.queries.annual import TOGETHER, lines_by_unit
from reports.rules.annual import AnnualLine, as_json
from ui.formats import vndate
from yearend.actions.duties import owe
from yearend.models import AnnualReport
from yearend.rules.terms import closing_day, due_day
from yearend.tree import reporting, superior_of

logger = logging.getLogger("qltb.yearend")
LOCKS = 375_0018
"""The class of advisory locks by unit: held by whoever makes a report of it."""


@dataclass(frozen=True)
class Drafted:
    """What a run did: how many reports it made, how many it couldn't, how many were there before."""

    made: int
    failed: int
    there: int


def draft_year(year: int, *, step: Step = unheard) -> Drafted:
    """A report of the year for every agency that has none, with its figures as they are now and its term.

    Raises DomainError before the year is over. A unit that fails is logged and left to the next run; a database that
    is away ends the run.
    """
    _require_over(year)
    with elevated("yearend.draft_year: which agencies have no report of the year yet"):
        there = set(AnnualReport.objects.filter(year=year).values_list("unit", flat=True))
        missing = [unit for unit in reporting(year) if unit.pk not in there]
    made = 0
    for start in range(0, len(missing), TOGETHER):
        step(start, len(missing), "Đang lập báo cáo năm")
        made += _draft(missing[start : start + TOGETHER], year)
        told = {"year": year, "made": made, "tried": min(start + TOGETHER, len(missing)), "of": len(missing)}
        logger.info("yearly reports drafted", extra=told)
    return Drafted(made, len(missing) - made, len(there))


def _draft(units: Sequence[OrgUnit], year: int) -> int:
    """How many of these got their report."""
    with elevated("yearend.draft: counts the books of many units"):
        lines, clerks = lines_by_unit(units, year), recorders([unit.pk for unit in units])
        above, due = superiors(), due_day(year, calendar())
    made = 0
    for unit in units:
        try:
            with elevated("yearend.draft: the system makes the report of a unit"):
                report = _make(unit, year, lines.get(unit.pk, {}), by=None, owes=unit.pk in above)
                if report is not None:
                    _tell(report, clerks.get(unit.pk, []), due)
            made += 1
        except (OperationalError, InterfaceError):
            raise
        except Exception:  # one unit's trouble is no reason to leave the others without their reports
            logger.exception("yearly report not drafted", extra={"unit": unit.code, "year": year})
    return made


@transaction.atomic
def start_report(unit: OrgUnit, year: int, *, by: User) -> AnnualReport:
    """A unit makes its own report, where the system hasn't: it came too late, or the unit is a new one.

    Called again it gives the report that is there. Raises DomainError before the year is over, and for a unit that
    kept no books at its end.
    """
    _require_over(year)
    if unit.pk not in {one.pk for one in reporting(year)}:
        message = (
            f"{unit.name} không có sổ thiết bị vào ngày {vndate(closing_day(year))} nên không lập báo cáo năm {year}."
        )
        raise DomainError(message, field="unit", code="no_books")
    lines = lines_by_unit([unit], year).get(unit.pk, {})
    report = _make(unit, year, lines, by=by, owes=superior_of(unit) is not None)
    return report or AnnualReport.objects.of_unit(unit).get(year=year)


def _require_over(year: int) -> None:
    if timezone.localdate() <= closing_day(year):
        raise DomainError(f"Năm {year} chưa kết thúc nên chưa lập báo cáo năm được.", field="year", code="not_over")


def _make(unit: OrgUnit, year: int, lines: Mapping[str, AnnualLine], *, by: Any, owes: bool) -> AnnualReport | None:
    """The report, its number and, where it `owes` it to somebody, its term; None where it has been made meanwhile."""
    hold(LOCKS, unit.pk)
    if AnnualReport.objects.of_unit(unit).filter(year=year).exists():
        return None
    (number,) = counters.take(unit, f"BC-{year}")
    report = AnnualReport(
        number=f"BC-{unit.code}-{year}-{number:04d}",
        unit=unit,
        year=year,
        draft={"own": as_json(lines)},
        drafted_at=timezone.now(),
    )
    save_with_reason(report, by=by, reason="Lập báo cáo năm")
    if owes:
        owe(report, by=by)
    events.record("annual.drafted", report, unit=unit, by=by)
    return report


def _tell(report: AnnualReport, clerks: Sequence[User], due: date) -> None:
    message = Message(
        key=f"annual-drafted:{report.pk}",
        topic=Topic.REPORT,
        title=f"Đã lập báo cáo năm {report.year} của {report.unit}, hạn gửi {vndate(due)}",
        text="Số liệu tạm tính đã có. Hãy rà soát, khóa số liệu, ban hành, ký số và gửi cấp trên trước ngày 15/01.",
        law="Điều 13.8 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH",
        due=due,
        address=f"/bao-cao-nam/{report.number}/",
    )
    tell((clerk, message) for clerk in clerks)


def follow_calendar(year: int) -> int:
    """Terms of reports that aren't sent yet, moved to the last working day before 15 January as the calendar is now.

    A changed calendar by itself moves a due day onwards, past the day that the regulation gives. Returns how many.
    """
    with elevated("yearend.follow_calendar: terms of every unit's report"):
        known = calendar()
        day, kind = due_day(year, known), ContentType.objects.get_for_model(AnnualReport)
        astray = Obligation.objects.filter(kind=Kind.ANNUAL_REPORT, subject_type=kind, state=DutyState.OPEN)
        reports = AnnualReport.objects.filter(
            year=year, pk__in=astray.exclude(due_date=day).order_by().values("subject_id")
        )
        moved = list(reports.select_related("unit").order_by("pk"))
        for report in moved:
            owe(lock(report), by=None, known=known)
    return len(moved)
