"""Set reports by the clock: their days are those that are usual at that moment, the rest is as it was asked."""

from datetime import date
from typing import IO

from django.http import QueryDict

from accounts.models import User
from analysis.models import Schedule
from analysis.rules.schedules import FileKind
from core.errors import DomainError
from reports.definition import Asked, Report, report_of
from reports.forms.parameters import Asking
from reports.printing.sheets import sheet_pdf
from reports.workbook import workbook_of
from ui.exports import file_name

GONE = "Báo cáo này không còn trong hệ thống."
FORBIDDEN = "Bạn không còn xem được đơn vị của báo cáo, hoặc tham số của báo cáo không còn hợp lệ."
KINDS = (FileKind.XLSX, FileKind.PDF)


def asked_report(key: str) -> Report | None:
    """The set report of that key."""
    return report_of(key) if key else None


def kinds_of(_report: Report | None) -> tuple[FileKind, ...]:
    """What files a set report can be."""
    return KINDS


def parameters_of(report: Report, given: QueryDict, user: User) -> str:
    """What is kept of the parameters: all but the days, which go with the clock. Raises DomainError for wrong ones."""
    asking = Asking(report, given, by=user, unit=user.unit.code)
    if not asking.valid:
        raise DomainError(FORBIDDEN, code="question")
    kept = QueryDict(mutable=True)
    days = {name for name, value in asking.own.cleaned_data.items() if isinstance(value, date)}
    for name, values in asking.data.lists():
        if name not in days:
            kept.setlist(name, values)
    return kept.urlencode()


def report_obstacle(schedule: Schedule, owner: User) -> str:
    """Why the report can't be made for `owner` as things are; empty where it can."""
    report = report_of(schedule.report)
    if report is None:
        return GONE
    asking = Asking(report, QueryDict(schedule.query), by=owner, unit=owner.unit.code)
    return "" if asking.valid else FORBIDDEN


def produce_report(schedule: Schedule, owner: User, file: IO[bytes]) -> str:
    """Write the report; returns the file's name. Raises DomainError where it can't be made."""
    report = report_of(schedule.report)
    if report is None:
        raise DomainError(GONE, code="gone")
    asking = Asking(report, QueryDict(schedule.query), by=owner, unit=owner.unit.code)
    if not asking.valid:
        raise DomainError(FORBIDDEN, code="forbidden")
    given = asking.unit.cleaned_data
    sheet = report.build(Asked(owner, given["unit"], given["below"] == "1", asking.own.cleaned_data))
    file.write(sheet_pdf(sheet, by=owner) if schedule.file_kind == FileKind.PDF else workbook_of(sheet))
    return file_name(report.key, schedule.file_kind)
