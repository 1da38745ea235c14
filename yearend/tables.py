"""Columns of the list of yearly reports and of the editions of one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils import timezone

from deadlines.queries import calendar
from deadlines.rules import State as DutyState
from deadlines.rules import clock_text
from deadlines.rules.standings import TONES as STAND_TONES
from deadlines.rules.standings import stand_of
from ui.cells import Row, status_html
from ui.tables import Column, Table
from yearend.rules import TONES, State

STAND, CLOCK = "stand_now", "clock_now"  # where a prepared row keeps what isn't in the database


def _report(row: Row) -> str:
    return reverse("yearend:detail", args=[row["number"]])


def _stand(row: Row) -> str:
    stand = row[STAND]
    return status_html(stand.label, STAND_TONES[stand]) if stand else ""


class ReportTable(Table):
    caption = "Báo cáo năm"
    card_title = "number"
    row_id = "number"
    order = ("-year", "unit__path")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_report),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("year", "Năm", sort="year"),
        Column("state", "Trạng thái", kind="status", choices=State, tones=TONES, sort="state"),
        Column("due", "Hạn gửi", kind="date", sort="due"),
        Column(
            "stand",
            "Thời hạn",
            key="duty",
            kind="status",
            also=("due",),
            render=_stand,
            export_value=lambda row: row[STAND].label if row[STAND] else "",
        ),
        Column(
            "clock",
            "Thời gian",
            key="",
            also=("due", "duty"),
            render=lambda row: row[CLOCK],
            export_value=lambda row: row[CLOCK],
        ),
        Column("edition", "Lần khóa", key="edition__edition", kind="number"),
        Column("locked_at", "Khóa lúc", key="edition__created_at", kind="datetime", shown=False),
        Column("outdated_at", "Cần tổng hợp lại từ", kind="datetime", sort="outdated_at", shown=False),
        Column("document_number", "Số văn bản", shown=False),
        Column("document_date", "Ngày văn bản", kind="date", shown=False),
        Column("sent_at", "Gửi lúc", kind="datetime", sort="sent_at", shown=False),
        Column("accepted_at", "Tiếp nhận lúc", kind="datetime", sort="accepted_at", shown=False),
    )

    @classmethod
    def prepare(cls, rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> None:
        """How the terms of all rows stand: one query for the calendar."""
        if not any(column.name in {"clock", "stand"} for column in columns):
            return
        today, known = timezone.localdate(), calendar()
        for row in rows:
            owed = row["due"] is not None
            row[STAND] = stand_of(state=row["duty"], due=row["due"], today=today) if owed and row.get("duty") else None
            row[CLOCK] = clock_text(row["due"], today, known) if owed and row.get("duty") == DutyState.OPEN else ""


class EditionTable(Table):
    caption = "Các lần khóa số liệu"
    card_title = "edition"
    row_id = "public_id"
    order = ("-edition",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "edition",
            "Lần",
            also=("public_id",),
            link=lambda row: reverse("yearend:edition", args=[row["public_id"]]),
        ),
        Column("created_at", "Khóa lúc", kind="datetime"),
        Column("created_by", "Người khóa", key="created_by__full_name"),
        Column("reason", "Lý do"),
        Column("sha256", "SHA-256", kind="code"),
    )


class PartTable(Table):
    caption = "Số liệu cấp dưới đã tổng hợp"
    card_title = "unit"
    row_id = "part__public_id"
    order = ("part__unit__path",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit", "Đơn vị", key="part__unit__name"),
        Column("number", "Số hồ sơ", key="part__report__number", kind="code"),
        Column(
            "edition",
            "Lần khóa",
            key="part__edition",
            also=("part__public_id",),
            link=lambda row: reverse("yearend:edition", args=[row["part__public_id"]]),
        ),
        Column("created_at", "Khóa lúc", key="part__created_at", kind="datetime"),
        Column("sha256", "SHA-256", key="part__sha256", kind="code"),
    )


class ProgressTable(Table):
    """What the file of a board holds."""

    caption = "Tiến độ báo cáo năm"
    card_title = "unit"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", "Mã đơn vị", kind="code"),
        Column("unit", "Đơn vị"),
        Column("year", "Năm"),
        Column("number", "Số hồ sơ", kind="code"),
        Column("state", "Trạng thái"),
        Column("due", "Hạn gửi", kind="date"),
        Column("stand", "Thời hạn"),
        Column("locked_at", "Khóa lúc", kind="datetime"),
        Column("sent_at", "Gửi lúc", kind="datetime"),
        Column("accepted_at", "Tiếp nhận lúc", kind="datetime"),
        Column("outdated", "Cần tổng hợp lại", kind="bool"),
    )


class InboxTable(Table):
    caption = "Báo cáo năm của các đơn vị trực tiếp"
    card_title = "unit"
    row_id = "number"
    order = ("-year", "unit__path")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path", link=_report, also=("number",)),
        Column("year", "Năm", sort="year"),
        Column("state", "Trạng thái", kind="status", choices=State, tones=TONES, sort="state"),
        Column("sent_at", "Gửi lúc", kind="datetime", sort="sent_at"),
        Column("document_number", "Số văn bản", kind="code"),
        Column("document_date", "Ngày văn bản", kind="date", sort="document_date"),
        Column("accepted_at", "Tiếp nhận lúc", kind="datetime", sort="accepted_at"),
        Column("outdated_at", "Cần tổng hợp lại từ", kind="datetime", sort="outdated_at"),
        Column("number", "Số hồ sơ", kind="code", sort="number", shown=False),
        Column("return_reason", "Lý do trả lại", shown=False),
        Column("signatory", "Người ký", shown=False),
        Column("edition", "Lần khóa", key="edition__edition", kind="number", shown=False),
    )
