"""A year of the working calendar as its page shows it."""

import calendar as weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, groupby

from django.utils import timezone
from holidays.countries import Vietnam

from deadlines.models import CalendarDay
from deadlines.queries import FIRST_YEAR, YEARS_AHEAD, known_in_advance
from deadlines.rules import WorkingCalendar
from deadlines.rules.overrides import WEEKDAYS, WORDS

LAW = "Bộ luật Lao động 2019, Điều 111, 112"


@dataclass(frozen=True)
class Day:
    """A day of the drawn calendar; `special` if work departs from the weekly rest, or somebody wrote it down."""

    date: date
    working: bool
    rests: bool
    today: bool
    special: bool = False
    written: bool = False  # there is an override, and a page of it
    reason: str = ""
    source: str = ""

    @property
    def name(self) -> str:
        return f"{WEEKDAYS[self.date.weekday()]} {self.date:%d/%m}"

    @property
    def word(self) -> str:
        """What a special day says besides its colour."""
        return "làm" if self.working else "nghỉ"

    @property
    def what(self) -> str:
        return WORDS[self.working]


@dataclass(frozen=True)
class Month:
    """The weeks of a month, Monday first; None where another month stands."""

    first: date
    weeks: Sequence[Sequence[Day | None]]

    @property
    def days(self) -> list[Day]:
        return [day for day in chain.from_iterable(self.weeks) if day]

    @property
    def worked(self) -> int:
        """How many days are worked."""
        return sum(day.working for day in self.days)

    @property
    def special(self) -> list[list[Day]]:
        """The special days, those of one reason and one paper together."""
        days = (day for day in self.days if day.special)
        return [list(alike) for _, alike in groupby(days, key=lambda day: (day.working, day.reason, day.source))]


def known_years() -> range:
    """The years of which the calendar knows more than the weekly rest."""
    return range(FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD + 1)


def months(year: int) -> list[Month]:
    """The twelve months. One query."""
    rows = {row.date: row for row in CalendarDay.objects.filter(date__year=year)}
    known = known_in_advance(known_years()[-1])
    now = known.changed((row.date, row.working) for row in rows.values())
    drawn = weeks.Calendar()
    return [
        Month(
            date(year, month, 1),
            [
                [_day(day, rows, now) if day.month == month else None for day in week]
                for week in drawn.monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def _day(day: date, rows: Mapping[date, CalendarDay], now: WorkingCalendar) -> Day:
    row, working, rests = rows.get(day), now.is_working(day), day.weekday() in now.weekly_rest
    today = day == timezone.localdate()
    if row is None and working != rests:
        return Day(day, working, rests, today)
    reason, source = (row.reason, row.source) if row else (holiday_name(day), f"{LAW} (dự kiến)")
    return Day(day, working, rests, today, special=True, written=bool(row), reason=reason, source=source)


def holiday_name(day: date) -> str:
    """What is celebrated or made up for on that day, as far as it is known in advance."""
    package = _names(day.year)
    if day in package:
        return str(package[day])
    return "Làm bù" if day in package.weekend_workdays else ""


@lru_cache(maxsize=20)
def _names(year: int) -> Vietnam:
    return Vietnam(years=[year], language="vi", expand=False)
