"""Columns of the lists."""

from dataclasses import replace
from typing import ClassVar

from django.urls import reverse

from core.models import DocumentKind
from disposals.rules.flow import DISPOSAL_TONES, LOSS_TONES, Act, DisposalState, LossState, Method
from disposals.rules.procedure import Procedure, Stage, When
from equipment.tables import EquipmentTable
from ui.cells import Row
from ui.tables import Column, Table


def _disposal(row: Row) -> str:
    return reverse("disposals:detail", args=[row["number"]])


class DisposalTable(Table):
    caption = "Hồ sơ thanh lý, hủy"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_disposal),
        Column("act", "Việc", kind="choice", choices=Act, sort="act"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("devices", "Số thiết bị", kind="number", sort="devices"),
        Column("value", "Nguyên giá", kind="money", sort="value"),
        Column("minutes_date", "Ngày họp", kind="date", sort="minutes_date"),
        Column("decision_number", "Số quyết định", sort="decision_number"),
        Column("state", "Trạng thái", kind="status", choices=DisposalState, tones=DISPOSAL_TONES, sort="state"),
        Column("due_date", "Hạn xử lý", kind="date", sort="due_date"),
        Column("method", "Hình thức", kind="choice", choices=Method, sort="method", shown=False),
        Column("minutes_number", "Số biên bản", shown=False),
        Column("decision_date", "Ngày quyết định", kind="date", sort="decision_date", shown=False),
        Column("decision_signer", "Người ký", shown=False),
        Column("closed_on", "Ngày thực hiện xong", kind="date", sort="closed_on", shown=False),
        Column("costs", "Chi phí", kind="money", sort="costs", shown=False),
        Column("proceeds", "Giá trị thu hồi", kind="money", sort="proceeds", shown=False),
        Column("created_by", "Người lập", key="created_by__full_name", shown=False),
    )


class OwnDisposalTable(DisposalTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in DisposalTable.columns)


def _loss(row: Row) -> str:
    return reverse("losses:detail", args=[row["number"]])


class LossTable(Table):
    caption = "Hồ sơ mất, tìm thấy"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_loss),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("happened_on", "Ngày phát hiện", kind="date", sort="happened_on"),
        Column("devices", "Số thiết bị", kind="number", sort="devices"),
        Column("value", "Nguyên giá", kind="money", sort="value"),
        Column("responsible", "Chịu trách nhiệm", sort="responsible"),
        Column("state", "Trạng thái", kind="status", choices=LossState, tones=LOSS_TONES, sort="state"),
        Column("minutes_number", "Số biên bản", shown=False),
        Column("created_by", "Người lập", key="created_by__full_name", shown=False),
    )


class OwnLossTable(LossTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in LossTable.columns)


class SuggestionTable(EquipmentTable):
    """Devices that are due to go."""

    caption = "Thiết bị nên thanh lý"
    order = ("received_on",)
    columns = tuple(
        replace(column, shown=column.name in {"code", "name", "category", "unit", "status", "condition", "received_on"})
        for column in EquipmentTable.columns
    )


class OwnSuggestionTable(SuggestionTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in SuggestionTable.columns)


class ProcedureTable(Table):
    caption = "Quy định thủ tục thanh lý, hủy, mất"
    card_title = "item"
    order = ("procedure", "valid_from", "position")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "item",
            "Giấy tờ, việc cần có",
            sort="item",
            link=lambda row: reverse("procedures:detail", args=[row["pk"]]),
        ),
        Column("procedure", "Việc", kind="choice", choices=Procedure, sort="procedure"),
        Column("stage", "Cần trước bước", kind="choice", choices=Stage),
        Column("when", "Khi nào", kind="choice", choices=When),
        Column("required", "Bắt buộc", kind="bool"),
        Column("valid_from", "Áp dụng từ", kind="date", sort="valid_from"),
        Column("valid_to", "Đến hết ngày", kind="date", sort="valid_to"),
        Column("document_kind", "Loại tài liệu", kind="choice", choices=DocumentKind, shown=False),
        Column("law", "Căn cứ", shown=False),
        Column("source", "Nguồn", shown=False),
    )
