"""Columns of the list of sendings, and of the identifiers."""

from typing import ClassVar

from django.urls import reverse

from dispatch.rules import TONES, Channel, Kind, State
from dispatch.subjects import address_of
from ui.cells import Row
from ui.tables import Column, Table


def _page(row: Row) -> str:
    return reverse("dispatch:detail", args=[row["number"]])


def _subject(row: Row) -> str:
    return address_of(row["subject_type"], row["subject_label"], row["subject_id"])


class DispatchTable(Table):
    caption = "Văn bản gửi, nhận"
    card_title = "number"
    row_id = "number"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "Số lần gửi", kind="code", sort="number", link=_page),
        Column("title", "Trích yếu"),
        Column("code", "Số, ký hiệu", kind="code", sort="code"),
        Column("unit", "Đơn vị gửi", key="unit__name", sort="unit__path"),
        Column("partner", "Đơn vị nhận", key="partner__name", sort="partner__path"),
        Column("state", "Trạng thái", kind="status", choices=State, tones=TONES, sort="state"),
        Column("known_at", "Từ lúc", kind="datetime", sort="known_at"),
        Column("reason", "Lý do trả lại", shown=False),
        Column("kind", "Loại gói", kind="choice", choices=Kind, shown=False),
        Column(
            "subject",
            "Hồ sơ",
            key="subject_label",
            kind="code",
            link=_subject,
            also=("subject_type", "subject_id"),
            shown=False,
        ),
        Column("document_date", "Ngày văn bản", kind="date", sort="document_date", shown=False),
        Column("created_at", "Lập lúc", kind="datetime", sort="created_at", shown=False),
        Column("sent_at", "Gửi lúc", kind="datetime", sort="sent_at", shown=False),
        Column("channel", "Đường gửi", kind="choice", choices=Channel, shown=False),
        Column("attempts", "Số lần thử", kind="number", shown=False),
        Column("created_by", "Người gửi", key="created_by__full_name", shown=False),
        Column("document_id", "Mã văn bản", kind="code", shown=False),
    )


def _code_used(row: Row) -> str:
    return str(row["identifier__organ_id"] or row["sector_code"] or row["code"])


class AgencyTable(Table):
    caption = "Mã định danh cơ quan"
    card_title = "name"
    row_id = "code"
    order = ("path",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "name",
            "Đơn vị",
            sort="path",
            also=("code",),
            link=lambda row: reverse("dispatch:identifier", args=[row["code"]]),
        ),
        Column("code", "Mã đơn vị", kind="code", sort="code"),
        Column("organ_id", "Mã định danh", key="identifier__organ_id", kind="code"),
        Column(
            "used",
            "Mã đang dùng khi gửi",
            key="",
            kind="code",
            also=("identifier__organ_id", "sector_code", "code"),
            render=_code_used,
            export_value=_code_used,
        ),
        Column("in_charge", "Cơ quan chủ quản", key="identifier__in_charge"),
        Column("source", "Văn bản cấp mã", key="identifier__source"),
    )
