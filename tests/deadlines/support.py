"""Open obligations for the tests of the sweep."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from time_machine import travel

from core.models import Event
from deadlines.actions import open_obligation
from deadlines.actions.sweep import sweep
from deadlines.models import Obligation, Reminder
from deadlines.rules import Kind, Step
from notices.models import Notice
from orgs.models import OrgUnit

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
HANDED_OVER = date(2026, 2, 11)  # the Wednesday before Tết; 16 to 20 February are off
STORY = {
    date(2026, 2, 13): Step.BEFORE,
    date(2026, 2, 23): Step.ON_DAY,
    date(2026, 2, 24): Step.OVERDUE,
    date(2026, 2, 26): Step.SUPERIOR,
    date(2026, 3, 4): Step.CENTRE,
}
BEFORE, ON_DAY, OVERDUE, SUPERIOR, CENTRE = STORY
"""What happens to an intake of that day that nobody completes, by the calendar as it was decided."""


def at(day: date, hour: int = 7, minute: int = 0) -> datetime:
    """A moment in Vietnam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE)


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def owe(unit: OrgUnit, *, start: date = HANDED_OVER, kind: Kind = Kind.INTAKE, label: str = "") -> Obligation:
    """Something that `unit` owes, about a thing that no page shows."""
    subject = Event.objects.create(kind="test.dossier", unit=unit, subject=unit)
    label = label or f"TN-{unit.code}-2026-{subject.pk}"
    return open_obligation(kind=kind, subject=subject, unit=unit, start_date=start, label=label, by=None)


def steps_given() -> dict[date, list[Step]]:
    """Which steps were given on which day."""
    found: dict[date, list[Step]] = {}
    for day, step in Reminder.objects.order_by("step", "obligation").values_list("day", "step"):
        found.setdefault(day, []).append(Step(step))
    return found


def told() -> dict[str, list[str]]:
    """The titles of what each account was told, in their order."""
    found: dict[str, list[str]] = {}
    for name, title in Notice.objects.order_by("pk").values_list("owner__username", "title"):
        found.setdefault(name, []).append(title)
    return found


def owed(unit, **more):
    """Something that was handed over, and is owed, since the Wednesday before Tết."""
    with travel(at(HANDED_OVER, 10)):
        return owe(unit, **more)


def swept(day, hour=7, minute=0):
    with travel(at(day, hour, minute)):
        return sweep()
