"""Columns of the lists of obligations, of boards, and of notes about them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from deadlines.queries import calendar
from deadlines.rules import Kind, State, clock_text
from deadlines.rules.standings import TONES, Stand, Standing, percent, stand_of
from deadlines.subjects import address_of
from ui.cells import Row, status_html
from ui.tables import Column, Table

TODAY, CLOCK = "today", "clock"  # where a prepared row keeps what isn't in the database


def _page(row: Row) -> str:
    return reverse("deadlines:detail", args=[row["public_id"]])


def _subject(row: Row) -> str:
    return address_of(row["subject_type"], row["subject_label"], row["subject_id"])


def _stand(row: Row) -> Stand:
    return stand_of(state=row["state"], due=row["due_date"], today=row.get(TODAY) or timezone.localdate())


class ObligationTable(Table):
    caption = "Nghĩa vụ có hạn"
    card_title = "what"
    row_id = "public_id"
    order = ("-due_date",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("what", "Việc phải làm", key="kind", kind="choice", choices=Kind, link=_page, also=("public_id",)),
        Column(
            "subject",
            "Hồ sơ",
            key="subject_label",
            kind="code",
            sort="subject_label",
            link=_subject,
            also=("subject_type", "subject_id"),
        ),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("due_date", "Hạn", kind="date", sort="due_date"),
        Column(
            "stand",
            "Trạng thái",
            key="state",
            kind="status",
            also=("due_date",),
            render=lambda row: status_html(_stand(row).label, TONES[_stand(row)]),
            export_value=lambda row: _stand(row).label,
        ),
        Column(
            "clock",
            "Thời gian",
            key="",
            also=("state", "due_date"),
            render=lambda row: row[CLOCK],
            export_value=lambda row: row[CLOCK],
        ),
        Column("start_date", "Tính từ ngày", kind="date", shown=False),
        Column("working_days", "Số ngày làm việc", kind="number", shown=False),
        Column("fulfilled_on", "Ngày thực hiện", kind="date"),
        Column("reason", "Lý do", shown=False),
        Column("legal_basis", "Căn cứ", shown=False),
    )

    @classmethod
    def prepare(cls, rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> None:
        """The clocks of all rows: one query for the calendar."""
        if not any(column.name in {"clock", "stand"} for column in columns):
            return
        today, known = timezone.localdate(), calendar()
        for row in rows:
            row[TODAY] = today
            row[CLOCK] = clock_text(row["due_date"], today, known) if row["state"] == State.OPEN else ""


class UrgingTable(Table):
    caption = "Đôn đốc"
    card_title = "created_at"
    row_id = "public_id"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "created_at",
            "Lúc",
            kind="datetime",
            also=("public_id",),
            link=lambda row: reverse("deadlines:urging", args=[row["public_id"]]),
        ),
        Column("unit", "Đơn vị đôn đốc", key="unit__name", sort="unit__path"),
        Column("target", "Đơn vị được đôn đốc", key="target__name", sort="target__path"),
        Column("many", "Số việc", kind="number"),
        Column("text", "Nội dung"),
        Column("answers", "Phản hồi", kind="number"),
    )


def _rate(row: Row) -> float | None:
    rate = row["standing"].rate
    return None if rate is None else float(percent(rate))


def _count(stand: Stand) -> Column:
    return Column(stand.value, stand.label, key="", kind="number", export_value=lambda row: row["standing"].of(stand))


def _total(row: Row) -> int:
    standing: Standing = row["standing"]
    return standing.total


class RankingTable(Table):
    """What the file of a board holds."""

    caption = "Xếp hạng"
    card_title = "unit"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("period", "Kỳ"),
        Column("rank", "Hạng", kind="number"),
        Column("code", "Mã đơn vị", kind="code"),
        Column("unit", "Đơn vị"),
        Column("total", "Số việc đến hạn trong kỳ", key="", kind="number", export_value=_total),
        *(_count(stand) for stand in (Stand.IN_TIME, Stand.LATE, Stand.OVERDUE, Stand.RUNNING, Stand.WAIVED)),
        Column("rate", "Tỷ lệ đúng hạn (%)", key="", kind="number", export_value=_rate),
    )
