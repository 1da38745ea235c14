"""Read-only questions about people."""

from django.db.models import QuerySet

from orgs.models import OrgUnit
from personnel.models import Employee
from personnel.rules import Source


def is_fed(unit: OrgUnit) -> bool:
    """Whether the HR system tells of the people of `unit`."""
    return Employee.objects.of_unit(unit).filter(source=Source.HR).exists()


def working_at(unit: OrgUnit) -> QuerySet[Employee]:
    """Who works at `unit`, which the caller got through a door of its own."""
    return Employee.objects.of_unit(unit).working().select_related("title", "room")
