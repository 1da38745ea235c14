"""Columns of the list of requests to open closed books, and of the closings of a unit's books."""

from typing import ClassVar

from django.urls import reverse

from ui.tables import Column, Table
from yearend.rules import UnlockState
from yearend.rules.unlocks import UNLOCK_TONES


class UnlockTable(Table):
    caption = "Đề nghị mở khóa số liệu"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "number",
            "Số đề nghị",
            kind="code",
            sort="number",
            link=lambda row: reverse("yearend:unlocks:detail", args=[row["number"]]),
        ),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("year", "Năm", key="report__year", sort="report__year"),
        Column("state", "Trạng thái", kind="status", choices=UnlockState, tones=UNLOCK_TONES, sort="state"),
        Column("reason", "Lý do"),
        Column("asked_by", "Người đề nghị", key="asked_by__full_name"),
        Column("created_at", "Đề nghị lúc", kind="datetime", sort="created_at"),
        Column("decided_by", "Người quyết định", key="decided_by__full_name"),
        Column("decided_at", "Quyết định lúc", kind="datetime", sort="decided_at", shown=False),
        Column("answer", "Ý kiến của quản trị cấp 1", shown=False),
        Column("report", "Báo cáo", key="report__number", kind="code", shown=False),
    )


class ReportUnlockTable(UnlockTable):
    """Those of one report, on its page."""

    columns: ClassVar[tuple[Column, ...]] = tuple(
        column for column in UnlockTable.columns if column.name not in {"unit", "year", "report", "decided_at"}
    )


class ClosingTable(Table):
    caption = "Các lần khóa, mở khóa sổ"
    card_title = "locked_at"
    row_id = "locked_at"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("locked_at", "Khóa lúc", kind="datetime"),
        Column("locked_by", "Người khóa", key="locked_by__full_name"),
        Column("reason", "Lý do khóa khi còn cảnh báo"),
        Column("unlocked_at", "Mở khóa lúc", kind="datetime"),
        Column("unlocked_by", "Người mở khóa", key="unlocked_by__full_name"),
        Column("unlock_reason", "Lý do mở khóa"),
    )
