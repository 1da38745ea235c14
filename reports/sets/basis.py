"""What the reports of the books stand on, and words that they share."""

from collections.abc import Sequence

from orgs.models import OrgUnit
from reports.building import Level
from reports.definition import Asked, Col
from reports.queries.units import units_of
from ui.formats import vndate

YEARLY = "Điều 13.8 Quy định ban hành kèm theo Quyết định 375/QĐ-BHXH"
PUBLIC_ASSETS = "Thông tư 144/2017/TT-BTC (vận dụng cho thiết bị CNTT)"
BC02 = "Công văn 1331/BHXH-CNTT năm 2008 (BC02)"
WEAR = "Thông tư 45/2018/TT-BTC, 23/2023/TT-BTC, 141/2025/TT-BTC (theo ngày hiệu lực)"
NORMS = "Điều 7 Quy định ban hành kèm theo Quyết định 375/QĐ-BHXH; định mức có hiệu lực tại ngày báo cáo"
OWN_BOOKS = "Mỗi dòng là sổ của riêng đơn vị đó, không gồm đơn vị cấp dưới."


def scope_of(asked: Asked) -> tuple[list[OrgUnit], str]:
    """The units that are counted, and how the head of the report names them."""
    units = units_of(asked.user, asked.unit, below=asked.below)
    more = f" và {len(units) - 1} đơn vị cấp dưới" if len(units) > 1 else ""
    return units, f"{asked.unit.name}{more}"


def subtitle_of_period(asked: Asked, whose: str) -> str:
    """Of whom, from when to when."""
    first, last = asked.parameters["first"], asked.parameters["last"]
    return f"{whose}. Từ ngày {vndate(first)} đến hết ngày {vndate(last)}"


def subtitle_of_day(asked: Asked, whose: str) -> str:
    """Of whom, at the end of which day."""
    return f"{whose}. Tính đến hết ngày {vndate(asked.parameters['day'])}"


def note_of(level: str, *notes: str) -> str:
    """The notes below a table."""
    return " ".join(filter(None, (OWN_BOOKS if level != Level.CATEGORY else "", *notes)))


def without_measure(level: str) -> bool:
    """Whether lines stand for units alone."""
    return level == Level.UNIT


def pair(name: str, label: str, mark: int, group: str) -> Sequence[Col]:
    """A number and a value beside each other."""
    return (
        Col(f"{name}_quantity", f"{label} – SL" if label else "Số lượng", kind="number", group=group, mark=str(mark),
            total=True),
        Col(f"{name}_value", f"{label} – nguyên giá" if label else "Nguyên giá", kind="money", group=group,
            mark=str(mark + 1), total=True),
    )  # fmt: skip
