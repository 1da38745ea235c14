"""Tables of software and of its installations."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils import timezone

from equipment.rules.licences import Origin, Term, term_of
from ui.cells import Row, status_html
from ui.formats import number
from ui.tables import Column, Table

UNSTATED, ENDLESS = "Chưa khai báo", "Không giới hạn"


def _software(row: Row) -> str:
    return reverse("software:detail", args=[row["code"]])


def _seats(row: Row) -> str:
    if row["licence__pk"] is None:
        return UNSTATED
    seats: int | None = row["licence__seats"]
    return ENDLESS if seats is None else number(seats)


def _over(row: Row) -> str:
    return status_html(f"vượt {number(row['over'])}", "bad") if row["over"] else ""


def _term(row: Row) -> str:
    expires_on: date | None = row["licence__expires_on"]
    term = term_of(expires_on, timezone.localdate())
    if expires_on is None or term == Term.ENDLESS:
        return ""
    tone = {Term.EXPIRED: "bad", Term.SOON: "warn"}.get(term, "ok")
    return status_html(f"{expires_on:%d/%m/%Y}", tone)


class SoftwareTable(Table):
    caption = "Phần mềm"
    card_title = "name"
    row_id = "code"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "Tên phần mềm", sort="name", link=_software, also=("code",)),
        Column("code", "Mã", kind="code", sort="code", link=_software),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("category", "Loại", key="category__name", sort="category__position"),
        Column(
            "seats",
            "Số máy được cài",
            key="licence__seats",
            kind="number",
            sort="licence__seats",
            also=("licence__pk",),
            render=_seats,
        ),
        Column("used", "Đã cài", kind="number", sort="used"),
        Column("over", "Vượt", kind="number", sort="over", render=_over),
        Column(
            "expires_on",
            "Hết hạn bản quyền",
            key="licence__expires_on",
            kind="date",
            sort="licence__expires_on",
            render=_term,
        ),
        Column("current_version", "Phiên bản đang dùng", key="licence__current_version"),
        Column("original_version", "Phiên bản gốc", key="licence__original_version", shown=False),
        Column("software_code", "Mã phần mềm", key="licence__software_code", shown=False),
        Column("origin", "Nguồn gốc", key="licence__origin", kind="choice", choices=Origin, shown=False),
        Column("terms", "Bản quyền", key="licence__terms", shown=False),
        Column("platform", "Ngôn ngữ, CSDL", key="licence__platform", shown=False),
        Column("starts_on", "Bắt đầu sử dụng", key="licence__starts_on", kind="date", shown=False),
        Column("deployed_at", "Bộ phận triển khai", key="licence__deployed_at", shown=False),
        Column("stability", "Độ ổn định", key="licence__stability", shown=False),
        Column("friendliness", "Tính thân thiện", key="licence__friendliness", shown=False),
        Column("note", "Ghi chú", key="licence__note", shown=False),
    )


class OwnSoftwareTable(SoftwareTable):
    """For whoever sees one unit only."""

    columns = tuple(replace(column, shown=column.shown and column.name != "unit") for column in SoftwareTable.columns)


def _computer(row: Row) -> str:
    """To the page of a computer that the reader still sees."""
    return reverse("equipment:detail", args=[row["computer_code"]]) if row["seen"] else ""


def _item(row: Row) -> str:
    return reverse("software:detail", args=[row["software_code"]]) if row["seen"] else ""


class InstallationTable(Table):
    """On which computers a software item runs."""

    caption = "Máy đã cài"
    card_title = "computer"
    order = ("-installed_on", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("computer", "Mã máy", key="computer_code", kind="code", link=_computer, also=("seen",)),
        Column("name", "Tên máy", key="computer_name"),
        Column("holder", "Người sử dụng", key="computer__holder_name"),
        Column("room", "Phòng, tổ", key="computer__room__name"),
        Column("installed_on", "Cài ngày", kind="date"),
        Column("removed_on", "Gỡ ngày", kind="date", shown=False),
        Column("over_use", "Vượt bản quyền", kind="bool"),
        Column("reason", "Lý do vượt"),
        Column("removal_reason", "Lý do gỡ", shown=False),
        Column("by", "Người ghi", key="installed_by__full_name"),
    )


class RemovedTable(InstallationTable):
    """On which computers it ran. Who has one of them now, and where, isn't told: it may be with another unit."""

    caption = "Máy đã gỡ"
    order = ("-removed_on", "-pk")
    columns = tuple(
        replace(column, shown=column.name not in {"over_use", "reason"})
        for column in InstallationTable.columns
        if column.name not in {"holder", "room"}
    )


class OnComputerTable(Table):
    """What runs and ran on a computer."""

    caption = "Phần mềm trên máy"
    card_title = "software"
    order = ("removed_on", "-installed_on", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "software",
            "Phần mềm",
            key="software_name",
            also=("software_code", "seen"),
            link=_item,
        ),
        Column("version", "Phiên bản"),
        Column("installed_on", "Cài ngày", kind="date"),
        Column("removed_on", "Gỡ ngày", kind="date"),
        Column("over_use", "Vượt bản quyền", kind="bool"),
        Column("by", "Người ghi", key="installed_by__full_name"),
    )
