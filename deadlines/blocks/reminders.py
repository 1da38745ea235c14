"""What the page of an obligation tells of reminders."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from accounts.models import User
from deadlines.models import Obligation, Reminder
from deadlines.rules import Step
from ui.blocks import Entry
from ui.formats import vndate

MISSED = "không nhắc được đúng ngày (hệ thống tạm ngừng hoặc việc được ghi muộn), gộp vào lần nhắc này"


def reminded(user: User, owed: Obligation) -> list[Entry]:
    """When people were reminded, and of what."""
    told = Reminder.objects.visible_to(user).filter(obligation=owed).order_by("day", "step")
    by_day = groupby(told, key=lambda one: one.day)
    return [entry for _, given in by_day for entry in _of_a_day(list(given))]


def _of_a_day(given: Sequence[Reminder]) -> Iterator[Entry]:
    """Of several steps given on one day only the last was said; the earlier ones had been missed.

    A superior, though, hears of its own step even where the IT Center hears on the same day.
    """
    *before, last = given
    missed = [one.get_step_display() for one in before if one.step < Step.SUPERIOR]
    note = f". Các bước trước ({', '.join(missed)}) {MISSED}." if missed else ""
    yield _entry(last, note)
    for one in before:
        if one.step >= Step.SUPERIOR:
            yield _entry(one)


def _entry(one: Reminder, note: str = "") -> Entry:
    return Entry(one.created_at, "Hệ thống", one.get_step_display(), f"Hạn lúc nhắc: {vndate(one.due_date)}{note}")
