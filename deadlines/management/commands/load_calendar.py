import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from deadlines.actions import redate_open
from deadlines.models import CalendarDay

DATA = Path(__file__).resolve().parents[2] / "data" / "calendar.csv"
NO_PAPER = "Theo lịch nghỉ hằng năm (chưa có số văn bản)"
REASON = "Nạp lịch làm việc từ dữ liệu của phần mềm"


class Command(BaseCommand):
    """Bring the calendar's rows up to the project's data, but for the days that people have edited."""

    help = "Load the days off and the working Saturdays that deadlines/data/calendar.csv lists."

    @transaction.atomic
    def handle(self, **_: Any) -> None:
        """Insert and update; a row that a person made, changed or removed is theirs and stays as it is."""
        edited = set(CalendarDay.history.exclude(history_user=None).values_list("date", flat=True))
        standing = {day.date: day for day in CalendarDay.objects.select_for_update()}
        count = dict.fromkeys(("created", "updated", "unchanged", "left as edited"), 0)
        for row in rows():
            day = standing.get(row["date"])
            if row["date"] in edited:
                count["left as edited"] += 1
            elif day is None:
                _save(CalendarDay(**row))
                count["created"] += 1
            elif any(getattr(day, name) != value for name, value in row.items()):
                vars(day).update(row)
                _save(day)
                count["updated"] += 1
            else:
                count["unchanged"] += 1
        moved = redate_open(reason=REASON, by=None) if count["created"] or count["updated"] else 0
        self.stdout.write("Calendar days: " + ", ".join(f"{n} {what}" for what, n in count.items()))
        self.stdout.write(f"Due dates moved: {moved}")


def rows() -> list[dict[str, Any]]:
    """The days of the data as fields of CalendarDay."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            {
                "date": date.fromisoformat(row["date"]),
                "working": row["kind"] == "work",
                "reason": row["reason"],
                "source": _in_words(row["source"], verified=row["confidence"] == "verified"),
            }
            for row in csv.DictReader(file)
        ]


def _in_words(source: str, *, verified: bool) -> str:
    """A source as people read it: the paper, without where it was found; in the data it stands as it is."""
    return re.sub(r" \([^()]*\)$", "", source) if verified else NO_PAPER


def _save(day: CalendarDay) -> None:
    vars(day).update(_history_user=None, _change_reason=REASON)
    day.save()
