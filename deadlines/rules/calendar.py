"""Working days: the calendar, due dates, and how far one is. Pure: no database, no clock."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

SATURDAY, SUNDAY = 5, 6
DAY = timedelta(days=1)
WEEK = 7


@dataclass(frozen=True)
class WorkingCalendar:
    """The weekly rest, and the days on which work departs from it."""

    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    weekly_rest: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        if self.days_off & self.working_days:
            message = "A day is either off or worked."
            raise ValueError(message)
        if self.weekly_rest >= set(range(WEEK)):
            message = "A week without a working day has no due dates."
            raise ValueError(message)

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked."""
        if self._rests(day):
            return day in self.working_days
        return day not in self.days_off

    def changed(self, days: "Iterable[tuple[date, bool]]") -> "WorkingCalendar":
        """This calendar with other facts for some days: (day, whether it is worked)."""
        given = dict(days)
        worked = {day for day, working in given.items() if working}
        return WorkingCalendar(
            days_off=frozenset(self.days_off - given.keys() | given.keys() - worked),
            working_days=frozenset(self.working_days - given.keys() | worked),
            weekly_rest=self.weekly_rest,
        )

    def count(self, first: date, last: date) -> int:
        """How many days from `first` to `last` (both included) are worked; 0 if `last` is before `first`."""
        days = (last - first).days + 1
        if days <= 0:
            return 0
        weeks, rest = divmod(days, WEEK)
        worked = weeks * (WEEK - len(self.weekly_rest))
        worked += sum(not self._rests(last - n * DAY) for n in range(rest))
        return worked - _within(self._weekdays_off, first, last) + _within(self._rest_days_worked, first, last)

    def _rests(self, day: date) -> bool:
        return day.weekday() in self.weekly_rest

    @cached_property
    def _weekdays_off(self) -> list[date]:
        return sorted(day for day in self.days_off if not self._rests(day))

    @cached_property
    def _rest_days_worked(self) -> list[date]:
        return sorted(day for day in self.working_days if self._rests(day))


def _within(days: list[date], first: date, last: date) -> int:
    """How many of the sorted `days` lie between `first` and `last`, both included."""
    return bisect_right(days, last) - bisect_right(days, first - DAY)


def due_date(event_date: date, working_days: int, calendar: WorkingCalendar) -> date:
    """The last day of a term of so many working days, counted from the day after the event.

    A term without days, or one that ends on a day off, ends on the working day that follows
    (Civil Code 2015, art. 148.5). Raises ValueError for a negative term.
    """
    if working_days < 0:
        message = "A term has no fewer than 0 working days."
        raise ValueError(message)
    day, left = (event_date, working_days) if working_days else (event_date - DAY, 1)
    while left:
        day += DAY
        left -= calendar.is_working(day)
    return day


def working_days_between(a: date, b: date, calendar: WorkingCalendar) -> int:
    """How many working days lie after `a` up to and including `b`; negative when `b` is the earlier one."""
    return -calendar.count(b + DAY, a) if b < a else calendar.count(a + DAY, b)


def clock_text(due: date, today: date, calendar: WorkingCalendar) -> str:
    """What a list shows beside an open obligation. The due day counts until its end."""
    if due == today:
        return "hạn hôm nay"
    days = abs(working_days_between(today, due, calendar))
    if due < today:
        return f"quá hạn {days} ngày làm việc" if days else "vừa quá hạn"
    return f"còn {days} ngày làm việc" if days else f"hạn {due:%d/%m/%Y}"
