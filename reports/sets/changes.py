"""Increase and decrease between two days: the yearly report's columns, and the form of public assets."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta

from reports import links
from reports.building import Builder, Cells, Figures, Place, catalogue, figure, heads
from reports.definition import Asked, Col, Part, Report, Sheet, register
from reports.forms.parameters import PeriodForm
from reports.queries.annual import lines_between
from reports.rules.annual import DECREASES, FLOWS, INCREASES, AnnualLine
from reports.sets.basis import (
    PUBLIC_ASSETS,
    YEARLY,
    note_of,
    pair,
    scope_of,
    subtitle_of_period,
    without_measure,
)

PARTS = ("quantity", "value")
OPENING, UP, DOWN, CLOSING = "Số đầu kỳ", "Tăng trong kỳ", "Giảm trong kỳ", "Số cuối kỳ"


def annual_columns(level: str) -> list[Col]:
    """The columns of the yearly report (reports/data/report_columns.csv, BC-NAM-QLTB)."""
    found = heads(unit=without_measure(level))
    found += pair("opening", "", 1, OPENING)
    found.append(figure("opening_residual", "Giá trị còn lại", 3, group=OPENING, kind="money"))
    mark = 4
    for group, names in ((UP, INCREASES), (DOWN, DECREASES)):
        for name in names:
            found += pair(name, FLOWS[name], mark, group)
            mark += 2
    found += pair("closing", "", mark, CLOSING)
    found.append(figure("closing_wear", "Hao mòn lũy kế", mark + 2, group=CLOSING, kind="money"))
    found.append(figure("closing_residual", "Giá trị còn lại", mark + 3, group=CLOSING, kind="money"))
    rest = (
        ("good", "Tốt", "Tình trạng"),
        ("fair", "Trung bình", "Tình trạng"),
        ("poor", "Kém", "Tình trạng"),
        ("norm_allowed", "Tiêu chuẩn", "Định mức"),
        ("norm_actual", "Thực có", "Định mức"),
        ("norm_difference", "Thừa (+), thiếu (−)", "Định mức"),
        ("past_life", "Hết thời gian sử dụng, còn dùng", ""),
        ("in_repair", "Đang sửa chữa, bảo hành", ""),
    )
    found += [figure(name, label, mark + 4 + at, group=group) for at, (name, label, group) in enumerate(rest)]
    return found


def cells_of(lines: Mapping[int, Mapping[str, AnnualLine]]) -> Cells:
    """Lines by unit as the builder takes them."""
    return {(unit, code): asdict(line) for unit, some in lines.items() for code, line in some.items()}


def _flows(place: Place, first: date, last: date, names: Iterable[str]) -> dict[str, str]:
    """The entries behind the numbers and the values of these columns."""
    return {f"{name}_{what}": links.entries(place, first, last, name) for name in names for what in PARTS}


def _annual(asked: Asked) -> Sheet:
    units, whose = scope_of(asked)
    first, last, level = (asked.parameters[name] for name in ("first", "last", "level"))
    cells = cells_of(lines_between(units, first, last, step=asked.step))
    before = first - timedelta(days=1)

    def lead(place: Place, _figures: Figures) -> dict[str, str]:
        found = {
            f"{name}_{what}": links.entries(place, first, last, name)
            for name in FLOWS
            for what in ("quantity", "value")
        }
        found |= {name: links.held(place, before) for name in ("opening_quantity", "opening_value")}
        found |= {name: links.held(place, last) for name in ("closing_quantity", "closing_value")}
        found |= {name: links.held(place, last, condition=name) for name in ("good", "fair", "poor")}
        found["past_life"] = links.held(place, last, life="past_in_use")
        found["in_repair"] = links.held(place, last, status="in_repair")
        if not place.below or len(units) == 1:
            found |= {name: links.norms(place, last) for name in ("norm_allowed", "norm_actual", "norm_difference")}
        return found

    builder = Builder(units, catalogue(), asked.unit, asked.below, lead)
    shared = "Định mức chung của nhiều loại ghi ở loại đứng trước trong danh mục, kèm mọi thiết bị tính vào đó."
    part = Part(
        "", annual_columns(level), builder.lines(level, cells), note=note_of(level, shared), sum=builder.total(cells)
    )
    return Sheet(
        ANNUAL.title,
        subtitle_of_period(asked, whose),
        [part],
        unit=asked.unit,
        legal_basis=YEARLY,
        form_number=ANNUAL.form_number,
    )


def _sides(figures: Figures) -> dict[str, int]:
    """All increases and all decreases, together."""
    found = dict(figures)
    for side, names in (("up", INCREASES), ("down", DECREASES)):
        for what in PARTS:
            found[f"{side}_{what}"] = sum(figures[f"{name}_{what}"] for name in names)
    return found


def _assets(asked: Asked) -> Sheet:
    units, whose = scope_of(asked)
    first, last, level = (asked.parameters[name] for name in ("first", "last", "level"))
    lines = cells_of(lines_between(units, first, last, norms=False, step=asked.step))
    cells = {key: _sides(one) for key, one in lines.items()}
    before = first - timedelta(days=1)

    def lead(place: Place, _figures: Figures) -> dict[str, str]:
        found = {f"{side}_{what}": links.entries(place, first, last, side)
                 for side in ("up", "down") for what in ("quantity", "value")}  # fmt: skip
        found |= {name: links.held(place, before) for name in ("opening_quantity", "opening_value")}
        return found | {name: links.held(place, last) for name in ("closing_quantity", "closing_value")}

    columns = heads(unit=without_measure(level))
    for at, (name, group) in enumerate((("opening", OPENING), ("up", UP), ("down", DOWN), ("closing", CLOSING))):
        columns += pair(name, "", 2 * at + 1, group)
    builder = Builder(units, catalogue(), asked.unit, asked.below, lead)
    part = Part("", columns, builder.lines(level, cells), note=note_of(level), sum=builder.total(cells))
    return Sheet(
        ASSETS.title,
        subtitle_of_period(asked, whose),
        [part],
        unit=asked.unit,
        legal_basis=PUBLIC_ASSETS,
        form_number=ASSETS.form_number,
    )


ANNUAL = register(
    Report(
        "tang-giam",
        "Báo cáo tăng, giảm thiết bị CNTT",
        "Đầu kỳ, tăng và giảm theo từng nguyên nhân, cuối kỳ, tình trạng, định mức: các cột của báo cáo năm.",
        PeriodForm,
        _annual,
        legal_basis=YEARLY,
        form_number="BC-NAM-QLTB",
        by_unit=True,
    )
)
ASSETS = register(
    Report(
        "tang-giam-tai-san",
        "Tổng hợp tình hình tăng, giảm tài sản",
        "Số đầu kỳ, tăng, giảm, số cuối kỳ về số lượng và nguyên giá.",
        PeriodForm,
        _assets,
        legal_basis=PUBLIC_ASSETS,
        form_number="08b-ĐK/TSC",
    )
)
