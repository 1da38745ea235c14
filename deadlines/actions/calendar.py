"""Changes of the working calendar (art. 14: IT Center): the days, the due days that follow, the log, all or nothing."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from core import events
from core.errors import DomainError
from core.scope import elevated
from core.transitions import save_with_reason
from deadlines.actions.obligations import hold_calendar, redate_open
from deadlines.models import CalendarDay
from deadlines.queries.changes import Plan, plan_of
from deadlines.rules.overrides import Wanted

EVENT = "calendar.changed"
MAX_REASON = 100  # of the history's column


class CalendarChangedError(DomainError):
    """The calendar or what moves isn't as it was when the person agreed."""

    def __init__(self) -> None:
        super().__init__(
            "Lịch hoặc các hạn xử lý vừa thay đổi nên chưa ghi gì. Hãy xem lại rồi xác nhận lần nữa.",
            code="changed_meanwhile",
        )


@dataclass(frozen=True)
class Outcome:
    """How many days were written and how many due days moved."""

    days: int
    moved: int


@transaction.atomic
def change_calendar(wanted: Wanted, *, seen: str, by: User) -> Outcome:
    """Write the override, or take it back, and move what is open by it.

    `seen` is the fingerprint of the plan to which `by` agreed: with another one CalendarChangedError is raised and
    nothing written. Each day and each due day that moves gets its row of history; one event tells of it all.
    """
    hold_calendar()
    plan = plan_of(wanted, by=by)
    if plan.fingerprint != seen:
        raise CalendarChangedError
    with elevated("calendar.change: due days of every unit follow the calendar"):
        why = f"Lịch làm việc thay đổi: {wanted.what} ({wanted.reason}"
        moved = redate_open(reason=f"{why[: MAX_REASON - 1]})", by=by, under=plan.under)
        days = _write(plan, moved=moved, by=by)
        events.record(
            EVENT,
            days[0],
            unit=by.unit,
            by=by,
            days=[f"{day:%Y-%m-%d}" for day in plan.writes.days],
            working=wanted.working,
            reason=wanted.reason,
            source=wanted.source,
            moved=moved,
        )
        if wanted.working is None:
            for day in days:
                day.delete()
    return Outcome(len(days), moved)


def _write(plan: Plan, *, moved: int, by: User) -> list[CalendarDay]:
    """The rows of the days, saved; those to be taken back are only marked with who does it and why."""
    wanted = plan.wanted
    note = f"{moved} hạn xử lý chuyển ngày"
    rows = {row.date: row for row in CalendarDay.objects.select_for_update().filter(date__in=plan.writes.days)}
    for day in plan.writes.days:
        row = rows.setdefault(day, CalendarDay(date=day))
        if wanted.working is None:
            vars(row).update(_history_user=by, _change_reason=f"{wanted.reason[: MAX_REASON - len(note) - 2]}: {note}")
            continue
        row.working, row.reason, row.source = wanted.working, wanted.reason, wanted.source
        save_with_reason(row, by=by, reason=note)
    return [rows[day] for day in plan.writes.days]
