"""What is different between two frozen sets of figures of one report. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.rules.annual import NAMES, AnnualLine
from yearend.rules.figures import lines_of

_GROUPS = {
    "opening": "Đầu kỳ",
    "bought": "Tăng do mua sắm, tiếp nhận",
    "received": "Tăng do điều chuyển đến",
    "found": "Tăng do tìm thấy, phát hiện thừa",
    "other_in": "Tăng khác",
    "moved": "Giảm do điều chuyển đi",
    "liquidated": "Giảm do thanh lý",
    "destroyed": "Giảm do hủy",
    "lost": "Giảm do mất",
    "other_out": "Giảm khác",
    "closing": "Cuối kỳ",
}
_PARTS = {"quantity": "số lượng", "value": "nguyên giá", "wear": "hao mòn lũy kế", "residual": "giá trị còn lại"}
_OTHERS = {
    "good": "Tình trạng tốt",
    "fair": "Tình trạng trung bình",
    "poor": "Tình trạng kém",
    "norm_allowed": "Định mức",
    "norm_actual": "Đang có theo định mức",
    "norm_difference": "Thừa (+), thiếu (-) so với định mức",
    "past_life": "Hết thời gian sử dụng, còn dùng",
    "in_repair": "Đang sửa chữa, bảo hành",
}


def label_of(name: str) -> str:
    """What a figure is called."""
    if name in _OTHERS:
        return _OTHERS[name]
    group, _, part = name.rpartition("_")
    return f"{_GROUPS[group]}, {_PARTS[part]}"


@dataclass(frozen=True)
class Changed:
    """One figure of one category, before and after."""

    code: str
    label: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """By how much."""
        return self.after - self.before


@dataclass(frozen=True)
class ChangedPart:
    """A subordinate whose figures aren't the same in both; empty where one of them hasn't got it."""

    name: str
    before: str
    after: str


def changed_lines(before: Mapping[str, Any], after: Mapping[str, Any], which: str) -> list[Changed]:
    """Figures that differ, by category: of the unit's "own", or of the "total" with its subordinates."""
    old, new, none = lines_of(before, which), lines_of(after, which), AnnualLine()
    return [
        Changed(code, label_of(name), getattr(was, name), getattr(now, name))
        for code in sorted({*old, *new})
        for was, now in [(old.get(code, none), new.get(code, none))]
        for name in NAMES
        if getattr(was, name) != getattr(now, name)
    ]


def changed_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ChangedPart]:
    """Subordinates whose frozen figures are others, came or went."""
    old, new = ({part["unit"]: part for part in one.get("parts", [])} for one in (before, after))
    return [
        ChangedPart((new.get(code) or old[code])["name"], _sha(old.get(code)), _sha(new.get(code)))
        for code in sorted({*old, *new})
        if _sha(old.get(code)) != _sha(new.get(code))
    ]


def _sha(part: Mapping[str, Any] | None) -> str:
    return str(part["sha256"])[:12] if part else ""
