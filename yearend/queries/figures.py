"""What the figures of a report are made of besides the books and what the unit entered."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.utils import timezone

from deadlines.models import Obligation
from deadlines.querysets import standing_so
from deadlines.rules.standings import Stand
from orgs.models import OrgUnit
from yearend.rules.figures import Counts
from yearend.rules.terms import closing_day


def deadlines_of(unit: OrgUnit, year: int) -> Counts:
    """How the unit kept the terms that ended in the year: by what had to be done, how many stand how. One query."""
    return deadlines_by_unit([unit], year)[unit.pk]


def deadlines_by_unit(units: Sequence[OrgUnit], year: int) -> dict[int, Counts]:
    """The same of many units. The caller got them through a door, or is elevated. One query."""
    today = timezone.localdate()
    counts = {stand.value: Count("state", filter=standing_so(stand, today)) for stand in Stand}
    keys = [unit.pk for unit in units]
    due = Obligation.objects.filter(unit__in=keys, due_date__range=(date(year, 1, 1), closing_day(year))).scoped()
    found: dict[int, dict[str, dict[str, int]]] = {pk: {} for pk in keys}
    rows = due.order_by().values_list("unit", "kind").annotate(**counts)
    for unit, kind, *many in rows:
        found[unit][kind] = {stand: number for stand, number in zip(counts, many, strict=True) if number}
    return dict(found)
