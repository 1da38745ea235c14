"""Which reports there are, how their terms stand, and which wait for somebody."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from deadlines.models import Obligation
from deadlines.rules import Kind
from equipment.models import Equipment
from orgs.models import OrgUnit
from orgs.policies import recordable_units
from yearend.models import AnnualReport
from yearend.querysets import GONE, ReportQuerySet
from yearend.rules import State
from yearend.rules.terms import closing_day
from yearend.tree import below

LARGE = 20_000
"""Devices of a unit."""


def reports_for_list(user: User) -> QuerySet:
    """Reports with the day by which each is to be sent (`due`) and what became of that (`duty`)."""
    rows: ReportQuerySet = AnnualReport.objects.visible_to(user)
    return with_duty(rows, user)


def with_duty(rows: QuerySet, user: User) -> QuerySet:
    """The same rows with `due` and `duty`."""
    owed = Obligation.objects.visible_to(user).filter(
        kind=Kind.ANNUAL_REPORT,
        subject_type=ContentType.objects.get_for_model(AnnualReport),
        subject_id=OuterRef("pk"),
    )
    return rows.annotate(due=Subquery(owed.values("due_date")[:1]), duty=Subquery(owed.values("state")[:1]))


def unreported(user: User, year: int) -> list[OrgUnit]:
    """The units for which `user` records that kept books at the end of the year and have no report of it."""
    if not user.scope.write_units:
        return []
    there = AnnualReport.objects.writable_by(user).filter(year=year).order_by().values("unit")
    return list(recordable_units(user).agencies().in_force(closing_day(year)).exclude(pk__in=there))


def is_large(unit: OrgUnit) -> bool:
    """Whether counting the unit's books takes longer than a person waits for a page."""
    return Equipment.objects.of_unit(unit).order_by()[LARGE : LARGE + 1].exists()


def waiting_for(user: Any) -> QuerySet:
    """What waits for this person: reports of the units for which it records that aren't sent yet (the IT Center's own
    is done when it is signed), and those that subordinates have sent to its unit."""
    rows: QuerySet = AnnualReport.objects.all()
    mine = Q(unit__in=user.scope.write_units) & ~Q(state__in=GONE)
    mine &= ~Q(unit__nationwide=True, state=State.SIGNED)
    return rows.filter(mine | Q(below(user), state=State.SENT)).scoped()  # type: ignore[attr-defined]  # of our manager
