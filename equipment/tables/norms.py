"""Columns of the norms."""

from typing import ClassVar

from django.urls import reverse

from equipment.rules.norms import Scope
from ui.cells import Row
from ui.tables import Column, Table


class NormSetTable(Table):
    caption = "Bộ định mức"
    card_title = "name"
    order = ("-valid_from", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "name", "Văn bản", sort="name", link=lambda row: reverse("norms:detail", args=[row["code"]]), also=("code",)
        ),
        Column("code", "Mã", kind="code", sort="code"),
        Column("valid_from", "Hiệu lực từ", kind="date", sort="valid_from"),
        Column("valid_to", "Hiệu lực đến", kind="date", sort="valid_to"),
        Column("source", "Nguồn", shown=False),
    )


def _norm(row: Row) -> str:
    return reverse("norms:norm", args=[row["norm_set__code"], row["pk"]])


class NormTable(Table):
    caption = "Định mức"
    card_title = "category"
    order = ("pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("group", "Nhóm"),
        Column("scope", "Tính theo", kind="choice", choices=Scope),
        Column("category", "Loại thiết bị", key="category__name", link=_norm, also=("norm_set__code", "pk")),
        Column("quantity", "Số lượng", kind="number"),
        Column("per", "Cho mỗi (người)", kind="number"),
        Column("ceiling", "Mức giá tối đa", kind="money"),
        Column("confidence", "Độ tin cậy"),
        Column("note", "Ghi chú"),
    )


class TitleGroupTable(Table):
    caption = "Nhóm chức danh"
    card_title = "title"
    order = ("title__position", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", "Chức danh", key="title__name"),
        Column("group", "Nhóm"),
        Column("confidence", "Độ tin cậy"),
    )
