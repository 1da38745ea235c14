"""Days of the year end (art. 13.8). Pure: no database, no clock."""

from datetime import date, timedelta

from deadlines.rules import WorkingCalendar

DAY = timedelta(days=1)


def closing_day(year: int) -> date:
    """The last day of the books of a year."""
    return date(year, 12, 31)


def due_day(year: int, calendar: WorkingCalendar) -> date:
    """The last working day before 15 January of the following year: reports go "before 15 January" (art. 13.8)."""
    day = date(year + 1, 1, 14)
    while not calendar.is_working(day):
        day -= DAY
    return day


def last_year(today: date) -> int:
    """The year whose reports are due, or were due last."""
    return today.year - 1
