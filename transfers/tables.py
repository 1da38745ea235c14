"""Columns of the list of transfers, and of the devices of one."""

from typing import ClassVar

from django.urls import reverse

from transfers.rules import TONES, State
from ui.cells import Row
from ui.tables import Column, Table


def _transfer(row: Row) -> str:
    return reverse("transfers:detail", args=[row["number"]])


class TransferTable(Table):
    caption = "Hồ sơ điều chuyển"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số hồ sơ", kind="code", sort="number", link=_transfer),
        Column("unit", "Bên giao", key="unit__name", sort="unit__path"),
        Column("receiver", "Bên nhận", key="receiver__name", sort="receiver__path"),
        Column("devices", "Số thiết bị", kind="number", sort="devices"),
        Column("value", "Nguyên giá", kind="money", sort="value", shown=False),
        Column("state", "Trạng thái", kind="status", choices=State, tones=TONES, sort="state"),
        Column("decision_number", "Số quyết định", sort="decision_number"),
        Column("decision_date", "Ngày quyết định", kind="date", sort="decision_date", shown=False),
        Column("handed_over_on", "Ngày bàn giao", kind="date", sort="handed_over_on"),
        Column("received_on", "Ngày nhận", kind="date", sort="received_on"),
        Column("reason", "Lý do", shown=False),
        Column("created_by", "Người lập", key="created_by__full_name", shown=False),
        Column("received_by", "Người nhận", key="received_by__full_name", shown=False),
    )
