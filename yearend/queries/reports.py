"""Which reports there are, how their terms stand, and which wait for somebody."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from deadlines.models import Obligation
from deadlines.rules import Kind
from yearend.models import AnnualReport
from yearend.querysets import GONE, ReportQuerySet
from yearend.rules import State
from yearend.tree import below


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


def waiting_for(user: Any) -> QuerySet:
    """What waits for this person: reports of the units for which it records that aren't sent yet (the IT Center's own
    is done when it is signed), and those that subordinates have sent to its unit."""
    rows: QuerySet = AnnualReport.objects.all()
    mine = Q(unit__in=user.scope.write_units) & ~Q(state__in=GONE)
    mine &= ~Q(unit__nationwide=True, state=State.SIGNED)
    return rows.filter(mine | Q(below(user), state=State.SENT)).scoped()  # type: ignore[attr-defined]  # of our manager
