"""Columns of the lists."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from django.urls import reverse

from equipment.rules.imports import IMPORT_TONES, ImportState
from equipment.rules.lifecycle import (
    CONDITION_TONES,
    INTAKE_TONES,
    STATUS_TONES,
    Condition,
    EntryKind,
    FundSource,
    IntakeState,
    Status,
)
from equipment.tables.wear import WEAR_COLUMNS, WearMixin
from ui.cells import Row
from ui.tables import Column, Table


def _device(row: Row) -> str:
    return reverse("equipment:detail", args=[row["code"]])


class EquipmentTable(WearMixin):
    caption = "Thiết bị"
    card_title = "name"
    row_id = "code"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("code", "Mã thiết bị", kind="code", sort="code", link=_device),
        Column("name", "Tên thiết bị", sort="name", link=_device, also=("code",)),
        Column("serial", "Số máy", kind="code", sort="serial"),
        Column("category", "Loại", key="category__name", sort="category__position", shown=False),
        Column("model", "Mẫu", key="model__name", sort="model__name", shown=False),
        Column("brand", "Hãng", key="model__brand__name", sort="model__brand__name", shown=False),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("room", "Phòng, tổ", key="room__name", sort="room__name", shown=False),
        Column("holder_name", "Người sử dụng", sort="holder_name"),
        Column("status", "Trạng thái", kind="status", choices=Status, tones=STATUS_TONES, sort="status"),
        Column(
            "condition",
            "Tình trạng",
            kind="status",
            choices=Condition,
            tones=CONDITION_TONES,
            sort="condition",
            shown=False,
        ),
        Column("received_on", "Ngày tiếp nhận", kind="date", sort="received_on"),
        Column("original_price", "Nguyên giá", kind="money", sort="original_price", shown=False),
        *WEAR_COLUMNS,
        Column("warranty_until", "Bảo hành đến", kind="date", sort="warranty_until", shown=False),
        Column("end_of_support", "Hết hỗ trợ", kind="date", sort="end_of_support", shown=False),
        Column("inventory_number", "Số thẻ tài sản", sort="inventory_number", shown=False),
        Column("made_year", "Năm sản xuất", sort="made_year", shown=False),
        Column("made_in", "Nước sản xuất", sort="made_in", shown=False),
        Column("intake", "Hồ sơ tiếp nhận", key="intake__number", kind="code", shown=False),
        Column("batch", "Đợt nhập", key="batch__number", kind="code", shown=False),
        Column("note", "Ghi chú", shown=False),
    )


class OwnEquipmentTable(EquipmentTable):
    """For whoever sees one unit only: its name in every row would tell nothing."""

    columns = tuple(
        replace(column, shown=column.name == "room" or (column.shown and column.name != "unit"))
        for column in EquipmentTable.columns
    )


def _intake(row: Row) -> str:
    return reverse("intakes:detail", args=[row["number"]])


class IntakeTable(Table):
    caption = "Hồ sơ tiếp nhận"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_intake),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("supplier", "Bên giao", sort="supplier"),
        Column("handover_date", "Ngày bàn giao", kind="date", sort="handover_date"),
        Column("devices", "Số thiết bị", kind="number", sort="devices"),
        Column("value", "Giá trị", kind="money", sort="value"),
        Column("state", "Trạng thái", kind="status", choices=IntakeState, tones=INTAKE_TONES, sort="state"),
        Column("due_date", "Hạn cập nhật", kind="date", sort="due_date"),
        Column("late", "Muộn hạn", kind="bool", sort="late", shown=False),
        Column("contract_number", "Số hợp đồng", sort="contract_number", shown=False),
        Column("fund_source", "Nguồn kinh phí", kind="choice", choices=FundSource, sort="fund_source", shown=False),
        Column("confirmed_at", "Tiếp nhận lúc", kind="datetime", sort="confirmed_at", shown=False),
        Column("confirmed_by", "Người tiếp nhận", key="confirmed_by__full_name", shown=False),
        Column("created_by", "Người lập", key="created_by__full_name", shown=False),
    )


class OwnIntakeTable(IntakeTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in IntakeTable.columns)


def _import(row: Row) -> str:
    return reverse("imports:detail", args=[row["number"]])


class ImportTable(Table):
    caption = "Đợt nhập thiết bị"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số đợt nhập", kind="code", sort="number", link=_import),
        Column("file_name", "Tệp", sort="file_name"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("state", "Trạng thái", kind="status", choices=ImportState, tones=IMPORT_TONES, sort="state"),
        Column("fresh", "Thiết bị mới", kind="number"),
        Column("changed", "Có thay đổi", kind="number"),
        Column("faulty", "Dòng lỗi", kind="number"),
        Column("created_by", "Người nhập", key="created_by__full_name"),
        Column("created_at", "Tải lên lúc", kind="datetime", sort="created_at"),
        Column("finished_at", "Xong lúc", kind="datetime", sort="finished_at", shown=False),
    )


class OwnImportTable(ImportTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in ImportTable.columns)


class IntakeEquipmentTable(EquipmentTable):
    """Devices of one intake: without what is the same for all of them."""

    caption = "Thiết bị của hồ sơ"
    order = ("code",)
    columns = tuple(
        replace(column, shown=True)
        for column in EquipmentTable.columns
        if column.name in {"code", "name", "serial", "status", "original_price", "holder_name"}
    )


class LedgerTable(Table):
    caption = "Bút toán biến động"
    card_title = "kind"
    order = ("-effective_date", "-pk")
    columns = (
        Column("effective_date", "Ngày hiệu lực", kind="date"),
        Column("kind", "Biến động", kind="choice", choices=EntryKind),
        Column("unit", "Đơn vị", key="unit__name"),
        Column("quantity", "Số lượng", kind="number"),
        Column("value", "Giá trị", kind="money"),
        Column("dossier", "Hồ sơ", kind="code"),
        Column("recorded_at", "Ghi lúc", kind="datetime"),
        Column("recorded_by", "Người ghi", key="recorded_by__full_name"),
    )


def _closed(row: Row) -> str:
    day: date | None = row["closed_on"]
    return f"Ngừng dùng từ {day:%d/%m/%Y}" if day else "Đang dùng"


class CategoryTable(Table):
    caption = "Loại thiết bị"
    card_title = "name"
    row_id = "code"
    order = ("position",)
    columns = (
        Column(
            "name",
            "Loại thiết bị",
            sort="name",
            also=("code",),
            link=lambda row: reverse("catalogue:category", args=[row["code"]]),
        ),
        Column("code", "Mã", kind="code", sort="code"),
        Column("parent", "Nhóm", key="parent__name", sort="parent__position"),
        Column("measure", "Đơn vị tính"),
        Column("software", "Phần mềm", kind="bool", sort="software"),
        Column("serial_required", "Cần số máy", kind="bool"),
        Column("life_years", "Số năm sử dụng", kind="number", sort="life_years"),
        Column("closed_on", "Tình trạng", render=_closed, sort="closed_on", also=("closed_on",)),
        Column("source", "Nguồn", shown=False),
    )


class BrandTable(Table):
    caption = "Hãng sản xuất"
    card_title = "name"
    order = ("name",)
    columns = (
        Column("name", "Hãng", sort="name", link=lambda row: reverse("catalogue:brand", args=[row["pk"]])),
        Column("country", "Nước", sort="country"),
        Column("model_count", "Số mẫu", kind="number", sort="model_count"),
        Column("closed_on", "Tình trạng", render=_closed, sort="closed_on", also=("closed_on",)),
    )


class ModelTable(Table):
    caption = "Mẫu thiết bị"
    card_title = "name"
    order = ("brand__name", "name")
    columns = (
        Column("name", "Mẫu", sort="name", link=lambda row: reverse("catalogue:model", args=[row["pk"]])),
        Column("brand", "Hãng", key="brand__name", sort="brand__name"),
        Column("category", "Loại", key="category__name", sort="category__position"),
        Column("typical_price", "Giá tham khảo", kind="money", sort="typical_price"),
        Column("end_of_support", "Hết hỗ trợ", kind="date", sort="end_of_support"),
        Column("closed_on", "Tình trạng", render=_closed, sort="closed_on", also=("closed_on",)),
        Column("source", "Nguồn", shown=False),
    )


class ClashTable(Table):
    caption = "Số máy trùng giữa các đơn vị"
    card_title = "serial"
    order = ("-pk",)
    columns = (
        Column("serial", "Số máy", kind="code", sort="serial"),
        Column(
            "equipment",
            "Thiết bị mới",
            key="equipment__code",
            kind="code",
            link=lambda row: reverse("equipment:detail", args=[row["equipment__code"]]),
        ),
        Column("equipment_unit", "Đơn vị", key="equipment__unit__name"),
        Column(
            "other",
            "Thiết bị đã có",
            key="other__code",
            kind="code",
            link=lambda row: reverse("equipment:detail", args=[row["other__code"]]),
        ),
        Column("other_unit", "Đơn vị đã có", key="other__unit__name"),
        Column("created_at", "Phát hiện lúc", kind="datetime", sort="created_at"),
    )


class FigureTable(Table):
    """The figures of the overview as a file."""

    caption = "Số liệu thiết bị"
    columns = (
        Column("chart", "Chỉ tiêu"),
        Column("label", "Mục"),
        Column("quantity", "Số lượng", kind="number"),
        Column("value", "Nguyên giá", kind="money"),
    )
