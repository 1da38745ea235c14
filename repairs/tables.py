"""Columns of the lists of repairs."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from django.urls import reverse

from equipment.rules.lifecycle import STATUS_TONES, Status
from repairs.rules.flow import RESULT_TONES, STATE_TONES, Place, RepairKind, RepairState, Result, months_after
from ui.cells import Row
from ui.formats import vndate
from ui.tables import Column, Table


def _repair(row: Row) -> str:
    return reverse("repairs:detail", args=[row["number"]])


class RepairTable(Table):
    caption = "Hồ sơ sửa chữa"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_repair),
        Column("kind", "Loại việc", kind="choice", choices=RepairKind, sort="kind"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("devices", "Số thiết bị", kind="number", sort="devices"),
        Column("supplier", "Nơi sửa chữa", sort="supplier"),
        Column("opened_on", "Ngày đánh giá", kind="date", sort="opened_on"),
        Column("sent_on", "Ngày gửi", kind="date", sort="sent_on", shown=False),
        Column("expected_on", "Hẹn trả", kind="date", sort="expected_on"),
        Column("returned_on", "Nhận lại", kind="date", sort="returned_on", shown=False),
        Column("cost", "Chi phí", kind="money", sort="cost"),
        Column("state", "Trạng thái", kind="status", choices=RepairState, tones=STATE_TONES, sort="state"),
        Column("sent_to", "Nơi thực hiện", kind="choice", choices=Place, sort="sent_to", shown=False),
        Column("assessment", "Kết quả đánh giá", shown=False),
        Column("created_by", "Người lập", key="created_by__full_name", shown=False),
    )


class OwnRepairTable(RepairTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in RepairTable.columns)


def _dossier(row: Row) -> str:
    return reverse("repairs:detail", args=[row["repair__number"]])


class CostTable(Table):
    """What each device's repairs have cost."""

    caption = "Chi phí sửa chữa"
    card_title = "name"
    row_id = "repair__number"
    order = ("-repair__returned_on", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", "Mã thiết bị", kind="code", sort="code"),
        Column("name", "Tên thiết bị", sort="name"),
        Column("serial", "Số máy", kind="code", shown=False),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("kind", "Loại việc", key="repair__kind", kind="choice", choices=RepairKind, sort="repair__kind"),
        Column("number", "Hồ sơ", key="repair__number", kind="code", sort="repair__number", link=_dossier),
        Column("returned_on", "Nhận lại", key="repair__returned_on", kind="date", sort="repair__returned_on"),
        Column("result", "Kết quả", kind="status", choices=Result, tones=RESULT_TONES, sort="result"),
        Column("estimate", "Giá dự toán", kind="money", sort="estimate", shown=False),
        Column("cost", "Chi phí", kind="money", sort="cost", total=True),
        Column("supplier", "Nơi sửa chữa", key="repair__supplier", sort="repair__supplier", shown=False),
        Column("work_done", "Việc đã làm", shown=False),
    )


class OwnCostTable(CostTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in CostTable.columns)


class DeviceRepairTable(Table):
    """The repairs of one device."""

    caption = "Các lần sửa chữa của thiết bị"
    card_title = "number"
    row_id = "repair__number"
    order = ("-repair__opened_on", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Hồ sơ", key="repair__number", kind="code", link=_dossier),
        Column("kind", "Loại việc", key="repair__kind", kind="choice", choices=RepairKind),
        Column("state", "Trạng thái", key="repair__state", kind="status", choices=RepairState, tones=STATE_TONES),
        Column("fault", "Hiện tượng"),
        Column("sent_on", "Ngày gửi", key="repair__sent_on", kind="date"),
        Column("returned_on", "Nhận lại", key="repair__returned_on", kind="date"),
        Column("result", "Kết quả", kind="status", choices=Result, tones=RESULT_TONES),
        Column("cost", "Chi phí", kind="money"),
    )


def _next(row: Row) -> date | None:
    months = row["category__maintenance_months"]
    return months_after(row["last_upkeep"] or row["received_on"], months) if months else None


def _next_shown(row: Row) -> str:
    return vndate(_next(row))


def _device(row: Row) -> str:
    return reverse("equipment:detail", args=[row["code"]])


def _interval(row: Row) -> str:
    return f"{row['category__maintenance_months']} tháng"


_DAYS: tuple[str, ...] = ("last_upkeep", "received_on", "category__maintenance_months")


class UpkeepTable(Table):
    """Devices whose planned maintenance is due."""

    caption = "Thiết bị đến kỳ bảo trì"
    card_title = "name"
    row_id = "code"
    order = ("received_on",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", "Mã thiết bị", kind="code", sort="code", link=_device),
        Column("name", "Tên thiết bị", sort="name"),
        Column("serial", "Số máy", kind="code", sort="serial", shown=False),
        Column("category", "Loại", key="category__name", sort="category__position"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("room", "Phòng, tổ", key="room__name", sort="room__name"),
        Column("holder_name", "Người sử dụng", sort="holder_name", shown=False),
        Column("received_on", "Ngày tiếp nhận", kind="date", sort="received_on"),
        Column("last_upkeep", "Bảo trì gần nhất", kind="date"),
        Column(
            "interval",
            "Chu kỳ",
            key="",
            render=_interval,
            also=("category__maintenance_months",),
            export_value=_interval,
        ),
        Column("next", "Đến kỳ", key="", kind="date", render=_next_shown, also=_DAYS, export_value=_next),
        Column("status", "Trạng thái", kind="status", choices=Status, tones=STATUS_TONES, shown=False),
    )


class OwnUpkeepTable(UpkeepTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in UpkeepTable.columns)
