"""On which day people are told of an open obligation. Pure: no database, no clock."""

from datetime import date

from deadlines.rules import DAY, Step, WorkingCalendar, due_date

AFTER = {Step.BEFORE: -1, Step.ON_DAY: 0, Step.OVERDUE: 1, Step.SUPERIOR: 3, Step.CENTRE: 7}
"""When each step is taken, in working days from the due day."""


def step_days(due: date, calendar: WorkingCalendar) -> dict[Step, date]:
    """The working day of each step. A due day that is off by now counts as the working day that follows it."""
    due = due_date(due, 0, calendar)
    return {step: _moved(due, days, calendar) for step, days in AFTER.items()}


def step_reached(due: date, day: date, calendar: WorkingCalendar) -> Step | None:
    """The last step whose day has come by `day`; None while there is time."""
    return max((step for step, comes in step_days(due, calendar).items() if comes <= day), default=None)


def due_until(step: Step, day: date, calendar: WorkingCalendar) -> date:
    """The latest due date for which `step` has come by `day`: all earlier ones have come to it too."""
    worked = day if calendar.is_working(day) else _moved(day, -1, calendar)
    return _moved(worked, -AFTER[step], calendar)


def _moved(day: date, days: int, calendar: WorkingCalendar) -> date:
    """So many working days after `day`, or before it; the working day `day` itself for none."""
    if days >= 0:
        return due_date(day, days, calendar)
    while days:
        day -= DAY
        days += calendar.is_working(day)
    return day
