"""The working calendar as it stands now."""

from datetime import date
from functools import lru_cache

from django.utils import timezone
from holidays.countries import Vietnam

from core.memo import once_a_page
from deadlines.models import CalendarDay
from deadlines.rules import WorkingCalendar

FIRST_YEAR = 2010
YEARS_AHEAD = 5


@once_a_page
def calendar() -> WorkingCalendar:
    """Public holidays as the `holidays` package knows them, with CalendarDay's rows over them.

    One query for a page, and one each time elsewhere: an edited day counts at once, in every process. Before 2010 and
    further ahead than five years only the weekly rest is known.
    """
    rows = tuple(CalendarDay.objects.order_by("date").values_list("date", "working"))
    return _merged(timezone.localdate().year + YEARS_AHEAD, rows)


@lru_cache(maxsize=4)
def _merged(last_year: int, rows: tuple[tuple[date, bool], ...]) -> WorkingCalendar:
    return known_in_advance(last_year).changed(rows)


@lru_cache(maxsize=4)
def known_in_advance(last_year: int) -> WorkingCalendar:
    """What the `holidays` package knows up to the end of `last_year`, swapped days included."""
    package = Vietnam(years=range(FIRST_YEAR, last_year + 1))
    return WorkingCalendar(
        days_off=frozenset(package) - package.weekend_workdays, working_days=frozenset(package.weekend_workdays)
    )
