"""Figures of a report as its page shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

from orgs.models import OrgUnit
from reports.rules.annual import DECREASES, INCREASES, AnnualLine, Lines, from_json, total
from ui.blocks import Fact, FactList
from ui.formats import money, number, vndatetime
from yearend.blocks.shown import Shown
from yearend.blocks.tables import tables
from yearend.rules import State
from yearend.rules.figures import lines_of


def figures_block(shown: Shown) -> list[object]:
    """The figures that stand now: what they add up to, then the tables."""
    report = shown.report
    if report.state == State.DRAFT or report.edition is None:
        when = f"tính lúc {vndatetime(report.drafted_at)}" if report.drafted_at else "chưa tính"
        own = report.draft.get("own", {})
        title = f"Số liệu tạm tính của đơn vị ({when})"
        made = tables(own, notes=report.notes, title="Tạm tính", year=report.year, own=report.unit)
        return [summary(from_json(own), title=title), *([made] if own else [])]
    return frozen_block(report.edition.figures, report.unit, title=f"Số liệu đã khóa lần {report.edition.edition}")


def frozen_block(figures: Mapping[str, Any], unit: OrgUnit, *, title: str) -> list[object]:
    """Frozen figures; where subordinates' are in the total, the unit's own stand apart."""
    year, notes, parts = figures["year"], figures["notes"], figures["parts"]
    blocks: list[object] = [summary(lines_of(figures), title=title)]
    alone = None if parts else unit
    if figures["total"]:
        blocks.append(tables(figures["total"], notes=notes, title="Tổng cộng", year=year, own=alone))
    if parts and figures["own"]:
        named = f"Riêng {unit.name}"
        blocks.append(summary(lines_of(figures, "own"), title=named))
        blocks.append(tables(figures["own"], notes={}, title=named, year=year, own=unit))
    return blocks


def summary(lines: Lines, *, title: str) -> FactList:
    """What all categories add up to."""
    line = total(lines.values())
    return FactList([*_movements(line), *_standing(line)], title=title)


def _movements(line: AnnualLine) -> Sequence[Fact]:
    up = sum(getattr(line, f"{name}_quantity") for name in INCREASES)
    down = sum(getattr(line, f"{name}_quantity") for name in DECREASES)
    return [
        Fact("Đầu kỳ", _counted(line.opening_quantity, line.opening_value)),
        Fact("Tăng trong năm", _counted(up, sum(getattr(line, f"{name}_value") for name in INCREASES))),
        Fact("Giảm trong năm", _counted(down, sum(getattr(line, f"{name}_value") for name in DECREASES))),
        Fact("Cuối kỳ", _counted(line.closing_quantity, line.closing_value)),
    ]


def _standing(line: AnnualLine) -> Sequence[Fact]:
    return [
        Fact("Hao mòn lũy kế", money(line.closing_wear)),
        Fact("Giá trị còn lại", money(line.closing_residual)),
        Fact("Tình trạng", f"tốt {number(line.good)}, trung bình {number(line.fair)}, kém {number(line.poor)}"),
        Fact("Hết thời gian sử dụng, còn dùng", f"{number(line.past_life)} thiết bị"),
        Fact("Đang sửa chữa, bảo hành", f"{number(line.in_repair)} thiết bị"),
    ]


def _counted(quantity: int, value: int) -> str:
    return f"{number(quantity)} thiết bị, {money(value)}"
