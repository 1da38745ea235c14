"""A large report is made by a worker, within the scope of whoever asked for it."""

from uuid import UUID

from django.http import QueryDict

from accounts.models import User
from jobs import actions as jobs
from jobs.models import Job
from orgs.models import OrgUnit
from reports.definition import Report

SHEET = "reports.sheet"


def start(report: Report, asked: QueryDict, *, unit: OrgUnit, by: User, submission: str) -> Job:
    """The job that makes the report; the same `submission` gives the same job. Raises DomainError as jobs do."""
    try:
        key = UUID(submission)
    except ValueError:
        key = None
    return jobs.start(
        kind=SHEET,
        title=f"{report.title}: {unit.name}",
        by=by,
        params={"key": report.key, "unit": unit.code, "asked": dict(asked.lists())},
        submission=key,
    )
