"""Counting large books anew in the background."""

from accounts.models import User
from core.errors import DomainError
from jobs import actions as jobs
from jobs.models import Job
from yearend.models import AnnualReport
from yearend.rules import State

KIND = "yearend.recount"


def ask_recount(report: AnnualReport, *, by: User) -> Job:
    """A job that counts the report's draft anew. Raises DomainError once the books are closed."""
    if report.state != State.DRAFT:
        raise DomainError(f"Số liệu của báo cáo {report.number} đã khóa nên không tính lại được nữa.", code="locked")
    title = f"Tính lại số liệu báo cáo {report.number}"
    return jobs.start(kind=KIND, title=title, by=by, params={"report": report.number})
