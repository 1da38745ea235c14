"""Read-only questions about people."""

from django.db.models import QuerySet

from orgs.models import OrgUnit
from personnel.models import Employee, FeedRun
from personnel.rules import RunState, Source


def is_fed(unit: OrgUnit) -> bool:
    """Whether the HR system tells of the people of `unit`."""
    return Employee.objects.of_unit(unit).filter(source=Source.HR).exists()


def working_at(unit: OrgUnit) -> QuerySet[Employee]:
    """Who works at `unit`, which the caller got through a door of its own."""
    return Employee.objects.of_unit(unit).working().select_related("title", "room")


def last_good_run(source: str) -> FeedRun | None:
    """The last run of `source` that read it to its end."""
    ended = (RunState.OK, RunState.PARTLY, RunState.UNCHANGED)
    return FeedRun.objects.filter(source=source, state__in=ended).order_by("-pk").first()
