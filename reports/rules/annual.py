"""The figures of a yearly report: lines by category, how they are added up, and the bytes that are frozen.

The form itself isn't published; its columns are composed from QĐ 375/QĐ-BHXH art. 13.8, form 08b-ĐK/TSC and BC02
(reports/data/report_columns.csv, marked as a proposal there). Pure: no database, no clock.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

SCHEMA = "qltb-bao-cao-nam-1"


@dataclass(frozen=True, slots=True)
class AnnualLine:
    """What one category of devices of one unit did in a year; values in whole đồng.

    Every figure is additive: over categories, and over units.
    """

    opening_quantity: int = 0
    opening_value: int = 0
    opening_residual: int = 0
    bought_quantity: int = 0
    bought_value: int = 0
    received_quantity: int = 0
    received_value: int = 0
    found_quantity: int = 0
    found_value: int = 0
    other_in_quantity: int = 0
    other_in_value: int = 0
    moved_quantity: int = 0
    moved_value: int = 0
    liquidated_quantity: int = 0
    liquidated_value: int = 0
    destroyed_quantity: int = 0
    destroyed_value: int = 0
    lost_quantity: int = 0
    lost_value: int = 0
    other_out_quantity: int = 0
    other_out_value: int = 0
    closing_quantity: int = 0
    closing_value: int = 0
    closing_wear: int = 0
    closing_residual: int = 0
    good: int = 0
    fair: int = 0
    poor: int = 0
    norm_allowed: int = 0
    norm_actual: int = 0
    norm_difference: int = 0
    past_life: int = 0
    in_repair: int = 0

    def __add__(self, other: "AnnualLine") -> "AnnualLine":
        return AnnualLine(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    def faults(self) -> list[str]:
        """What doesn't add up; empty when opening + increases - decreases = closing and the closing is parted whole."""
        found = []
        for what in ("quantity", "value"):
            opening, closing = getattr(self, f"opening_{what}"), getattr(self, f"closing_{what}")
            up = sum(getattr(self, f"{name}_{what}") for name in INCREASES)
            down = sum(getattr(self, f"{name}_{what}") for name in DECREASES)
            if opening + up - down != closing:
                found.append(f"{what}: {opening} + {up} - {down} != {closing}")
        if self.good + self.fair + self.poor != self.closing_quantity:
            found.append(f"condition: {self.good} + {self.fair} + {self.poor} != {self.closing_quantity}")
        if self.closing_value - self.closing_wear != self.closing_residual:
            found.append(f"residual: {self.closing_value} - {self.closing_wear} != {self.closing_residual}")
        return found


NAMES = tuple(field.name for field in fields(AnnualLine))
INCREASES = ("bought", "received", "found", "other_in")
DECREASES = ("moved", "liquidated", "destroyed", "lost", "other_out")
FLOWS = {
    "bought": "Mua mới",
    "received": "Nhận điều chuyển",
    "found": "Kiểm kê thừa, tìm thấy",
    "other_in": "Tăng khác",
    "moved": "Điều chuyển",
    "liquidated": "Thanh lý",
    "destroyed": "Tiêu hủy",
    "lost": "Mất",
    "other_out": "Giảm khác",
}
"""How the columns of AnnualLine are headed."""

Lines = Mapping[str, AnnualLine]
"""By the code of the category."""


def total(lines: Iterable[AnnualLine]) -> AnnualLine:
    """What all lines add up to."""
    found = AnnualLine()
    for line in lines:
        found += line
    return found


def added(several: Iterable[Lines]) -> dict[str, AnnualLine]:
    """Lines of several units, category by category."""
    found: dict[str, AnnualLine] = {}
    for lines in several:
        for code, line in lines.items():
            found[code] = found[code] + line if code in found else line
    return found


def as_json(lines: Lines) -> dict[str, dict[str, int]]:
    """Lines as they are frozen: figures that are nothing are left out."""
    return {code: {k: v for k, v in asdict(line).items() if v} for code, line in sorted(lines.items())}


def from_json(stored: Mapping[str, Mapping[str, int]]) -> dict[str, AnnualLine]:
    """Frozen lines as lines. Raises TypeError for a figure that this schema doesn't know."""
    return {code: AnnualLine(**figures) for code, figures in stored.items()}


def canonical(figures: Mapping[str, Any]) -> bytes:
    """The bytes that stand for frozen figures: the same for the same figures, whichever way they were stored."""
    return json.dumps(figures, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(figures: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(figures)).hexdigest()
