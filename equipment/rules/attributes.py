"""What each category records beyond the common fields: CPU, RAM, MAC, static IP, end of support, licence…"""

import ipaddress
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.errors import DomainError
from core.text import clean_text


class AttributeKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MAC = "mac"
    IP = "ip"
    CHOICE = "choice"


@dataclass(frozen=True)
class Attribute:
    """One attribute. `each` tells that every device has its own value (a MAC), not the whole line (RAM)."""

    key: str
    label: str
    kind: AttributeKind = AttributeKind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    each: bool = False
    help: str = ""


LICENCE_KINDS = (
    ("OEM", "OEM theo máy"),
    ("volume", "Bản quyền số lượng lớn"),
    ("subscription", "Thuê bao theo thời hạn"),
    ("mien_phi", "Miễn phí"),
)

ATTRIBUTES = {
    a.key: a
    for a in (
        Attribute("MAC", "Địa chỉ MAC", AttributeKind.MAC, each=True),
        Attribute("IP", "Địa chỉ IP tĩnh", AttributeKind.IP, each=True),
        Attribute("CPU", "Bộ xử lý (CPU)"),
        Attribute("vCPU", "Số vCPU", AttributeKind.NUMBER),
        Attribute("RAM", "Bộ nhớ (RAM)"),
        Attribute("o_cung", "Ổ cứng"),
        Attribute("man_hinh", "Màn hình"),
        Attribute("OS", "Hệ điều hành"),
        Attribute("cau_hinh", "Cấu hình"),
        Attribute("vai_tro", "Vai trò (DC, File, Web, CSDL)"),
        Attribute("rack/U", "Vị trí tủ rack/U"),
        Attribute("host", "Máy chủ vật lý"),
        Attribute("dung_luong", "Dung lượng"),
        Attribute("cong_suat", "Công suất"),
        Attribute("vi_tri", "Vị trí lắp đặt"),
        Attribute("RAID", "RAID"),
        Attribute("so_cong", "Số cổng", AttributeKind.NUMBER),
        Attribute("firmware", "Phiên bản firmware"),
        Attribute("ngay_het_ho_tro", "Ngày nhà sản xuất hết hỗ trợ", AttributeKind.DATE),
        Attribute("license_het_han", "Ngày hết hạn giấy phép", AttributeKind.DATE),
        Attribute("kho_giay", "Khổ giấy"),
        Attribute("toc_do", "Tốc độ in"),
        Attribute("ma_muc", "Mã mực"),
        Attribute("toc_do_quet", "Tốc độ quét"),
        Attribute("phien_ban", "Phiên bản"),
        Attribute("so_ban_quyen", "Số bản quyền (số máy được cài)", AttributeKind.NUMBER),
        Attribute("loai_bq", "Loại bản quyền", AttributeKind.CHOICE, choices=LICENCE_KINDS),
        Attribute("han_BQ", "Ngày hết hạn bản quyền", AttributeKind.DATE),
        Attribute("key_ref", "Nơi giữ khóa bản quyền", help="Không ghi khóa; ghi nơi cất giữ."),
        Attribute("cai_tren", "Cài trên"),
        Attribute("ngon_ngu_CSDL", "Ngôn ngữ, cơ sở dữ liệu"),
        Attribute("nguon_goc", "Nguồn gốc"),
        Attribute("ngay_bat_dau", "Ngày bắt đầu sử dụng", AttributeKind.DATE),
        Attribute("don_vi_su_dung", "Bộ phận sử dụng"),
        Attribute("do_on_dinh", "Độ ổn định"),
    )
}

OF_THE_PLACE = frozenset(
    {"IP", "rack/U", "host", "vai_tro", "vi_tri", "key_ref", "cai_tren", "don_vi_su_dung", "do_on_dinh"}
)
"""What a unit says of a device's place and use there; it stays behind when the device moves to another unit."""

_MAC = re.compile(r"[0-9A-F]{12}")


def attributes_of(keys: list[str] | tuple[str, ...]) -> list[Attribute]:
    """The known attributes of a category, in its order; other words of the list make a plain text attribute."""
    return [ATTRIBUTES.get(key) or Attribute(key, key.replace("_", " ")) for key in keys]


def clean_attribute(attribute: Attribute, raw: Any) -> str:
    """The value as it is stored (ISO dates, MAC as AA:BB:…), or "" for none.

    Raises DomainError naming the attribute.
    """
    text = clean_text(str(raw or ""))
    if not text:
        return ""
    try:
        return _CLEAN[attribute.kind](attribute, text)
    except ValueError as fault:
        message = f"{attribute.label}: {fault}"
        raise DomainError(message, field=attribute.key, code="attribute") from fault


def _text(_: Attribute, text: str) -> str:
    if len(text) > 200:  # noqa: PLR2004 - as long as a name
        raise ValueError("dài quá 200 ký tự.")
    return text


def _number(_: Attribute, text: str) -> str:
    digits = text.replace(".", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:  # noqa: PLR2004 - nobody has a billion seats
        raise ValueError("cần một số nguyên không âm, ví dụ 24.")
    return str(int(digits))


def _date(_: Attribute, text: str) -> str:
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = map(int, match.groups())
    elif match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = map(int, match.groups())
    else:
        raise ValueError("cần một ngày dạng 31/12/2025.")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValueError("không có ngày này trong lịch.") from None


def _mac(_: Attribute, text: str) -> str:
    plain = re.sub(r"[:\-. ]", "", text).upper()
    if not _MAC.fullmatch(plain):
        raise ValueError("cần 12 chữ số hệ 16, ví dụ 00:1A:2B:3C:4D:5E.")
    return ":".join(plain[i : i + 2] for i in range(0, 12, 2))


def _ip(_: Attribute, text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError("không phải địa chỉ IP, ví dụ đúng: 10.1.2.30.") from None


def _choice(attribute: Attribute, text: str) -> str:
    if text not in dict(attribute.choices):
        raise ValueError("không có trong danh sách.")
    return text


_CLEAN = {
    AttributeKind.TEXT: _text,
    AttributeKind.NUMBER: _number,
    AttributeKind.DATE: _date,
    AttributeKind.MAC: _mac,
    AttributeKind.IP: _ip,
    AttributeKind.CHOICE: _choice,
}


def display(attribute: Attribute, stored: str) -> str:
    """The value as people read it."""
    if attribute.kind is AttributeKind.DATE and stored:
        return date.fromisoformat(stored).strftime("%d/%m/%Y")
    return dict(attribute.choices).get(stored, stored)
