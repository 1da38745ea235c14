"""What the page of a day of the working calendar shows."""

from datetime import date

from core.history import changes_of
from deadlines.models import CalendarDay
from deadlines.queries import known_in_advance
from deadlines.queries.years import holiday_name, known_years
from ui.blocks import Entry, Fact, Timeline

TITLES = {"+": "Thêm vào lịch", "~": "Sửa", "-": "Gỡ khỏi lịch"}


def day_facts(day: date, row: CalendarDay | None) -> list[Fact]:
    """Why the day is as it is, and what it would be without the override."""
    known = known_in_advance(known_years()[-1])
    usual = "Ngày làm việc" if known.is_working(day) else "Ngày nghỉ"
    name = holiday_name(day)
    facts = [Fact("Khi không có thay đổi", f"{usual} ({name})" if name else usual)]
    return [Fact("Lý do", row.reason), Fact("Văn bản, nguồn", row.source or "—"), *facts] if row else facts


def day_timeline(day: date) -> Timeline:
    """Everything that was done to the day, also under an earlier override."""
    rows = list(CalendarDay.history.filter(date=day).select_related("history_user").order_by("history_id"))
    entries = [
        Entry(
            when=row.history_date,
            who=str(row.history_user or "Hệ thống"),
            title=TITLES[row.history_type] + _as_what(row),
            text=row.history_change_reason or "",
            changes=changes if row.history_type == "~" else (),
        )
        for row, changes in zip(rows, changes_of(CalendarDay, rows), strict=True)
    ]
    return Timeline(entries[::-1])


def _as_what(row: CalendarDay) -> str:
    what = "ngày làm việc" if row.working else "ngày nghỉ"
    return f" là {what}: {row.reason} ({row.source or 'không ghi nguồn'})" if row.history_type == "+" else ""  # type: ignore[attr-defined]  # a row of the history
