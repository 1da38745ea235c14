"""Columns of hand-overs, of who held a device, of what has to be got back, and of the norms."""

from dataclasses import replace
from typing import ClassVar

from django.urls import reverse

from equipment.rules.assignment import ASSIGNMENT_TONES, AssignmentKind, RecoveryReason
from equipment.rules.lifecycle import CONDITION_TONES, STATUS_TONES, Condition, Status
from ui.cells import Row
from ui.tables import Column, Table


def _dossier(row: Row) -> str:
    return reverse("assignments:detail", args=[row["number"]])


class AssignmentTable(Table):
    caption = "Hồ sơ bàn giao sử dụng"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_dossier),
        Column("kind", "Loại", kind="status", choices=AssignmentKind, tones=ASSIGNMENT_TONES, sort="kind"),
        Column("on", "Ngày", kind="date", sort="on"),
        Column("person_name", "Người nhận, người trả", sort="person_name"),
        Column("room_name", "Phòng, tổ", sort="room_name"),
        Column("devices", "Số thiết bị", kind="number", sort="devices"),
        Column("above_norm", "Vượt định mức", kind="bool", sort="above_norm"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("created_by", "Người lập", key="created_by__full_name", shown=False),
        Column("norm_reason", "Lý do vượt định mức", shown=False),
        Column("note", "Ghi chú", shown=False),
    )


class OwnAssignmentTable(AssignmentTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in AssignmentTable.columns)


def _device(row: Row) -> str:
    """To the page of a device that the reader still sees."""
    return reverse("equipment:detail", args=[row["code"]]) if row["seen"] else ""


class AssignmentLineTable(Table):
    caption = "Thiết bị của hồ sơ"
    card_title = "name"
    order = ("pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", "Mã thiết bị", kind="code", link=_device, also=("seen",)),
        Column("name", "Tên thiết bị"),
        Column("serial", "Số máy", kind="code"),
        Column("condition", "Tình trạng", kind="status", choices=Condition, tones=CONDITION_TONES),
        Column("former_name", "Người giữ trước"),
        Column("former_room", "Nơi đặt trước"),
        Column("finding", "So với định mức"),
    )


def _given(name: str) -> Column:
    def link(row: Row) -> str:
        number = row[name]
        return reverse("assignments:detail", args=[number]) if number.startswith("BG-") else ""

    label = "Bàn giao theo" if name == "given_by" else "Kết thúc theo"
    return Column(name, label, kind="code", link=link)


class HoldingTable(Table):
    """The stretches of one device."""

    caption = "Những người đã giữ thiết bị"
    card_title = "holder_name"
    order = ("-since", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("since", "Từ ngày", kind="date"),
        Column("until", "Đến ngày", kind="date"),
        Column("holder_name", "Người sử dụng"),
        Column("room", "Phòng, tổ", key="room__name"),
        _given("given_by"),
        _given("ended_by"),
    )


class HeldTable(Table):
    """What a person holds now."""

    caption = "Thiết bị đang giữ"
    card_title = "name"
    row_id = "code"
    order = ("code",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "code",
            "Mã thiết bị",
            kind="code",
            sort="code",
            link=lambda row: reverse("equipment:detail", args=[row["code"]]),
        ),
        Column("name", "Tên thiết bị", sort="name"),
        Column("serial", "Số máy", kind="code", sort="serial"),
        Column("category", "Loại", key="category__name", sort="category__position"),
        Column("room", "Phòng, tổ", key="room__name", sort="room__name"),
        Column("status", "Trạng thái", kind="status", choices=Status, tones=STATUS_TONES, sort="status"),
        Column("since", "Giữ từ ngày", kind="date", sort="since"),
    )


class RecoveryTable(Table):
    caption = "Thiết bị cần thu hồi, bàn giao lại"
    card_title = "employee_name"
    order = ("closed_on", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "employee_name",
            "Cán bộ",
            sort="employee_name",
            link=lambda row: reverse("assignments:recovery", args=[row["pk"]]),
            also=("pk",),
        ),
        Column("employee_code", "Mã cán bộ", kind="code"),
        Column("reason", "Lý do", kind="choice", choices=RecoveryReason, sort="reason"),
        Column("opened_on", "Từ ngày", kind="date", sort="opened_on"),
        Column("due_date", "Hạn", kind="date", sort="due_date"),
        Column("held", "Còn giữ", kind="number", sort="held"),
        Column("closed_on", "Xong ngày", kind="date", sort="closed_on"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
    )


class StandingTable(Table):
    """Excess and shortage as a file."""

    caption = "Thừa, thiếu so với định mức"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("scope", "Tính theo"),
        Column("whose", "Cán bộ, phòng, đơn vị"),
        Column("group", "Nhóm chức danh"),
        Column("items", "Loại thiết bị"),
        Column("allowed", "Định mức", kind="number"),
        Column("has", "Đang có", kind="number"),
        Column("excess", "Thừa", kind="number"),
        Column("kept", "Vượt, được dùng tiếp", kind="number"),
        Column("shortage", "Thiếu", kind="number"),
        Column("rule", "Văn bản"),
    )
