"""When something is done by the clock: at the beginning of a working day, the first of its period. Pure."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import models

HOUR, MINUTE = 7, 30
"""The working day begins; the sweep of deadlines has told of what is due by then."""
DAY = timedelta(days=1)


class Every(models.TextChoices):
    """How often. Each on the first working day of its period."""

    DAY = "day", "Mỗi ngày làm việc"
    WEEK = "week", "Mỗi tuần (ngày làm việc đầu tuần)"
    MONTH = "month", "Mỗi tháng (ngày làm việc đầu tháng)"
    QUARTER = "quarter", "Mỗi quý (ngày làm việc đầu quý)"


class FileKind(models.TextChoices):
    """What file is made."""

    XLSX = "xlsx", "Excel (XLSX)"
    CSV = "csv", "CSV"
    PDF = "pdf", "PDF"


def next_slot(every: Every, after: datetime, is_working: Callable[[date], bool]) -> datetime:
    """The first moment later than `after` (local time) on which it is to be done."""
    start = period_of(every, after.date())
    while True:
        day = start
        while not is_working(day):
            day += DAY
        slot = datetime(day.year, day.month, day.day, HOUR, MINUTE, tzinfo=after.tzinfo)
        following = following_period(every, start)
        # A period without a working day (a week of Tết) has none of its own: it isn't made up in the next one.
        if slot > after and day < following:
            return slot
        start = following


def period_of(every: Every, day: date) -> date:
    """The first day of the period in which `day` lies."""
    if every == Every.DAY:
        return day
    if every == Every.WEEK:
        return day - timedelta(days=day.weekday())
    month = day.month if every == Every.MONTH else day.month - (day.month - 1) % 3
    return date(day.year, month, 1)


def following_period(every: Every, start: date) -> date:
    """The first day of the period after the one that begins on `start`."""
    if every == Every.DAY:
        return start + DAY
    if every == Every.WEEK:
        return start + 7 * DAY
    months = start.year * 12 + start.month - 1 + (1 if every == Every.MONTH else 3)
    return date(months // 12, months % 12 + 1, 1)
