"""Columns of the lists behind the figures."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from equipment.rules.lifecycle import CONDITION_TONES, STATUS_TONES, Condition, EntryKind, Status
from reports.queries.asof import told
from ui.cells import Row
from ui.tables import Column, Table

WHICH = ("equipment", "unit")


def _device(row: Row) -> str:
    return reverse("equipment:detail", args=[row["code"]]) if row.get("opens") else ""


def _told(name: str, label: str, kind: Any = "text", *, shown: bool = True) -> Column:
    """A column that `prepare` fills: the device may be out of the reader's sight by now."""
    return Column(
        name,
        label,
        key="",
        kind=kind,
        also=WHICH,
        shown=shown,
        link=_device,
        render=lambda row: row[name],
        export_value=lambda row: row[name],
    )


NAMED = (
    _told("code", "Mã thiết bị", "code"),
    _told("name", "Tên thiết bị"),
    _told("serial", "Số máy", "code", shown=False),
    Column("category", "Loại", key="category__name", sort="category__position"),
    Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
)
"""Which device it is."""


class _Told(Table):
    @classmethod
    def prepare(cls, rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> None:
        """Names of the devices, as the unit knew them."""
        del columns
        told(rows)


class EntryTable(_Told):
    caption = "Sổ biến động"
    card_title = "code"
    order = ("-effective_date", "-pk")
    columns = (
        *NAMED,
        Column("kind", "Bút toán", kind="choice", choices=EntryKind, sort="kind"),
        Column("effective_date", "Ngày hiệu lực", kind="date", sort="effective_date"),
        Column("quantity", "Số lượng", kind="number", total=True),
        Column("value", "Giá trị", kind="money", sort="value", total=True),
        Column("dossier", "Hồ sơ", kind="code", sort="dossier"),
        Column("recorded_at", "Ghi lúc", kind="datetime", sort="recorded_at", shown=False),
        Column("recorded_by", "Người ghi", key="recorded_by__full_name", shown=False),
    )


class HeldTable(_Told):
    caption = "Thiết bị trên sổ tại một ngày"
    card_title = "code"
    order = ("-effective_date", "-pk")
    columns = (
        *NAMED,
        Column("status", "Trạng thái", key="then_status", kind="status", choices=Status, tones=STATUS_TONES),
        Column(
            "condition", "Tình trạng", key="then_condition", kind="status", choices=Condition, tones=CONDITION_TONES
        ),
        Column("received_on", "Ngày tiếp nhận", key="then_received", kind="date"),
        Column("effective_date", "Vào sổ ngày", kind="date", sort="effective_date"),
        Column("dossier", "Theo hồ sơ", kind="code"),
    )
