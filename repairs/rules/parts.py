"""Spare parts of one device: as people type them, as they are stored."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.errors import DomainError
from core.text import clean_text
from ui.fields import MONEY_DIGITS
from ui.formats import number

Part = dict[str, Any]
MAX_PARTS = 30
MAX_NAME = 200
MAX_QUANTITY = 9999
MAX_PRICE = 10**12
EXAMPLE = "RAM DDR4 8 GB; 1; 650.000"
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[.\s]\d{3})+", re.ASCII)


def parse_parts(text: str) -> list[Part]:
    """A part a line: its name, how many, the price of one. Raises DomainError that names the line.

    Fields are parted by semicolons or tabs (a column pasted from a spreadsheet).
    """
    parts = []
    for at, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        cells = [clean_text(cell) for cell in re.split(r"[;\t]", line)]
        name, quantity, price = (*cells, "", "")[:3] if len(cells) <= 3 else ("", "", "")  # noqa: PLR2004 - name, quantity, price
        if not name or len(name) > MAX_NAME:
            raise DomainError(f"Dòng {at}: nhập tên linh kiện; số lượng; đơn giá. Ví dụ: {EXAMPLE}.")
        parts.append(
            {
                "name": name,
                "quantity": _whole(quantity or "1", MAX_QUANTITY, f"Dòng {at}: số lượng") or 1,
                "price": _whole(price or "0", MAX_PRICE, f"Dòng {at}: đơn giá"),
            }
        )
    if len(parts) > MAX_PARTS:
        raise DomainError(f"Mỗi thiết bị ghi nhiều nhất {MAX_PARTS} linh kiện, ở đây có {len(parts)}.")
    if (cost := cost_of_parts(parts)) >= 10**MONEY_DIGITS:
        raise DomainError(
            f"Tiền linh kiện cộng lại là {number(cost)} đồng, nhiều nhất ghi được {MONEY_DIGITS} chữ số. "
            "Hãy kiểm tra số lượng, đơn giá."
        )
    return parts


def _whole(text: str, most: int, what: str) -> int:
    text = text.lower().removesuffix("đồng").removesuffix("đ").strip()
    digits = re.sub(r"\D", "", text) if _WHOLE.fullmatch(text) else ""
    if not digits or int(digits) > most:
        raise DomainError(f"{what} “{text}” không hợp lệ, cần số nguyên từ 0 đến {number(most)}.")
    return int(digits)


def format_parts(parts: Sequence[Mapping[str, Any]]) -> str:
    """The parts as they are typed."""
    return "\n".join(f"{part['name']}; {part['quantity']}; {number(part['price'])}" for part in parts)


def cost_of_parts(parts: Sequence[Mapping[str, Any]]) -> Decimal:
    """What the parts cost together."""
    return sum((Decimal(part["quantity"]) * Decimal(part["price"]) for part in parts), Decimal(0))
