"""Which books are closed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from equipment.models import PeriodLock
from orgs.models import OrgUnit


def closed_until(unit: OrgUnit) -> date | None:
    """The last day of the unit's closed books, None while nothing is closed. The caller got the unit by a door."""
    return closed_days([unit.pk]).get(unit.pk)


def closed_days(units: Iterable[int]) -> dict[int, date]:
    """By unit, the last day of its closed books; units of which nothing is closed are left out. One query."""
    standing = PeriodLock.objects.filter(unit__in=set(units), unlocked_at=None).scoped().order_by()
    return dict(standing.values_list("unit").annotate(until=Max("closed_until")))


def newest_closed() -> date | None:
    """The last day of closed books of any unit that the caller's scope reads; IT Center reads all of them."""
    newest: date | None = PeriodLock.objects.filter(unlocked_at=None).scoped().aggregate(day=Max("closed_until"))["day"]
    return newest
