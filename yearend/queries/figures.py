"""What the figures of a report are made of besides the books and what the unit entered."""

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
    today = timezone.localdate()
    counts = {stand.value: Count("state", filter=standing_so(stand, today)) for stand in Stand}
    due = Obligation.objects.of_unit(unit).filter(due_date__range=(date(year, 1, 1), closing_day(year)))
    rows = due.order_by().values("kind").annotate(**counts)
    return {row["kind"]: {stand: row[stand] for stand in counts if row[stand]} for row in rows}
