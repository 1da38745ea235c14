"""Columns of the lists of papers, signers, pictures and trusted authorities."""

from typing import ClassVar

from django.urls import reverse

from signing.rules import TONES, PaperState, Step
from ui.cells import Row
from ui.tables import Column, Table

ACTIVE = {True: "Đang dùng", False: "Đã ngừng dùng"}
ACTIVE_TONES = {True: "ok", False: "muted"}
ROOT = {True: "Gốc", False: "Cấp dưới"}


def _paper(row: Row) -> str:
    return reverse("signing:detail", args=[row["public_id"]])


def _signer(row: Row) -> str:
    return reverse("signers:detail", args=[row["public_id"]])


def _image(row: Row) -> str:
    return reverse("signatures:detail", args=[row["public_id"]])


def _authority(row: Row) -> str:
    return reverse("trust:detail", args=[row["public_id"]])


class PaperTable(Table):
    caption = "Văn bản ký số"
    card_title = "title"
    row_id = "public_id"
    order = ("-pk",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("title", "Văn bản", sort="title", link=_paper, also=("public_id",)),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("state", "Trạng thái", kind="status", choices=PaperState, tones=TONES, sort="state"),
        Column("created_at", "Trình ký lúc", kind="datetime", sort="created_at"),
        Column("completed_at", "Ký đủ lúc", kind="datetime", sort="completed_at"),
        Column("created_by", "Người trình ký", key="created_by__full_name", shown=False),
        Column("issued_sha256", "SHA-256 của tệp phát hành", kind="code", shown=False),
        Column("withdrawn_why", "Lý do thu hồi", shown=False),
    )


class SignerTable(Table):
    caption = "Người ký"
    card_title = "holder"
    row_id = "public_id"
    order = ("unit__path", "step", "holder", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("holder", "Chủ thể chứng thư", sort="holder", link=_signer, also=("public_id",)),
        Column("step", "Vai trò ký", kind="choice", choices=Step, sort="step"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("active", "Tình trạng", kind="status", choices=ACTIVE, tones=ACTIVE_TONES, sort="active"),
        Column("not_after", "Hết hạn", kind="datetime", sort="not_after"),
        Column("serial", "Số chứng thư", kind="code", sort="serial"),
        Column("issuer", "Nơi cấp", shown=False),
        Column("created_at", "Đăng ký lúc", kind="datetime", sort="created_at", shown=False),
    )


class ImageTable(Table):
    caption = "Hình chữ ký, con dấu"
    card_title = "name"
    row_id = "public_id"
    order = ("step", "name", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "Tên hình", sort="name", link=_image, also=("public_id",)),
        Column("step", "Dùng cho", kind="choice", choices=Step, sort="step"),
        Column("width_mm", "Chiều rộng thật (mm)", kind="number", sort="width_mm"),
        Column("unit", "Đơn vị", key="unit__name", sort="unit__path"),
        Column("active", "Tình trạng", kind="status", choices=ACTIVE, tones=ACTIVE_TONES, sort="active"),
        Column("created_at", "Tải lên lúc", kind="datetime", sort="created_at"),
    )


class AuthorityTable(Table):
    caption = "Tổ chức chứng thực tin cậy"
    card_title = "name"
    row_id = "public_id"
    order = ("-active", "-root", "name", "pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", "Tên gọi", sort="name", link=_authority, also=("public_id",)),
        Column("root", "Cấp", kind="choice", choices=ROOT, sort="root"),
        Column("active", "Tình trạng", kind="status", choices=ACTIVE, tones=ACTIVE_TONES, sort="active"),
        Column("not_before", "Có hiệu lực từ", kind="datetime", sort="not_before", shown=False),
        Column("not_after", "Đến", kind="datetime", sort="not_after"),
        Column("serial", "Số chứng thư", kind="code", sort="serial"),
        Column("fingerprint", "SHA-256", kind="code", shown=False),
        Column("issuer", "Nơi cấp", shown=False),
    )


class RevocationTable(Table):
    caption = "Danh sách thu hồi"
    card_title = "issued_at"
    row_id = "public_id"
    order = ("-issued_at", "-pk")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("issued_at", "Phát hành lúc", kind="datetime"),
        Column("next_at", "Bản kế tiếp chậm nhất", kind="datetime"),
        Column("entries", "Số chứng thư bị thu hồi", kind="number"),
        Column("created_at", "Tải lên lúc", kind="datetime"),
        Column("sha256", "SHA-256", kind="code"),
    )
