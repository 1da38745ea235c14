"""The lists of this app."""

from collections.abc import Callable
from typing import ClassVar

from django.urls import reverse

from analysis.rules.alerts import TONES, Compare, Standing
from analysis.rules.schedules import Every, FileKind
from analysis.rules.topics import TopicKey
from jobs.rules import State
from ui import formats
from ui.cells import Row
from ui.tables import Column, Table


class AnalysisTable(Table):
    caption = "Phân tích đã lưu"
    card_title = "name"
    row_id = "public_id"
    order = ("name", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "Tên", sort="name", link=lambda row: reverse("analysis:detail", args=[row["public_id"]]),
               also=("public_id",)),
        Column("description", "Mô tả"),
        Column("topic", "Chủ đề", kind="choice", choices=TopicKey, sort="topic"),
        Column("shared", "Dùng chung", kind="bool", sort="shared"),
        Column("owner", "Người lưu", key="owner__full_name", sort="owner__full_name"),
        Column("updated_at", "Sửa lúc", kind="datetime", sort="updated_at"),
    )  # fmt: skip


def _state(row: Row) -> str:
    if row["stopped_at"]:
        return "Đã dừng"
    return "Tạm dừng" if row["paused_at"] else "Đang chạy"


class ScheduleTable(Table):
    caption = "Lịch gửi"
    card_title = "name"
    row_id = "public_id"
    order = ("name", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "Tên", sort="name", link=lambda row: reverse("analysis:schedule", args=[row["public_id"]]),
               also=("public_id",)),
        Column("every", "Gửi", kind="choice", choices=Every, sort="every"),
        Column("file_kind", "Dạng tệp", kind="choice", choices=FileKind),
        Column("next_at", "Lần tới", kind="datetime", sort="next_at"),
        Column("state", "Tình trạng", key="", render=_state, export_value=_state, also=("stopped_at", "paused_at")),
        Column("stopped_why", "Lý do dừng", shown=False),
    )  # fmt: skip


def _plain(name: str) -> Callable[[Row], str]:
    """The number without decimals that say nothing."""
    return lambda row: formats.EMPTY if row[name] is None else formats.number(row[name].normalize() + 0)


class AlertTable(Table):
    caption = "Cảnh báo"
    card_title = "name"
    row_id = "public_id"
    order = ("name", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "Tên", sort="name", link=lambda row: reverse("analysis:alert", args=[row["public_id"]]),
               also=("public_id",)),
        Column("analysis", "Phân tích", key="analysis__name"),
        Column("standing", "Số liệu", kind="status", choices=Standing, tones=TONES, sort="standing"),
        Column("last_value", "Giá trị gần nhất", kind="number", sort="last_value", render=_plain("last_value")),
        Column("compare", "Điều kiện", kind="choice", choices=Compare),
        Column("threshold", "Ngưỡng", kind="number", render=_plain("threshold")),
        Column("checked_at", "Kiểm tra lúc", kind="datetime", sort="checked_at"),
        Column("state", "Tình trạng", key="", render=_state, export_value=_state, also=("stopped_at", "paused_at")),
        Column("next_at", "Lần tới", kind="datetime", sort="next_at", shown=False),
    )  # fmt: skip


def _job(row: Row) -> str:
    return reverse("jobs:detail", args=[row["job__public_id"]]) if row["job__public_id"] else ""


def _run_state(row: Row) -> str:
    return State(row["job__state"]).label if row["job__state"] else "Đã hết thời gian lưu"


class RunTable(Table):
    caption = "Các lần gửi"
    card_title = "slot"
    row_id = "slot"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("slot", "Kỳ gửi", kind="datetime"),
        Column("created_at", "Chạy lúc", kind="datetime"),
        Column("by_hand", "Gửi ngay", kind="bool"),
        Column("state", "Kết quả", key="job__state", render=_run_state, link=_job,
               also=("job__public_id", "job__state")),
        Column("message", "Chi tiết", key="job__message"),
    )  # fmt: skip


def _told(row: Row) -> str:
    return {"": "", Standing.CROSSED.value: "Đã báo: chạm ngưỡng", Standing.CALM.value: "Đã báo: trở lại"}[row["told"]]


class ReadingTable(Table):
    caption = "Các lần đọc số"
    card_title = "read_at"
    row_id = "read_at"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("read_at", "Lúc", kind="datetime"),
        Column("value", "Giá trị", kind="number", render=_plain("value")),
        Column("told", "Đã báo", render=_told),
    )
