"""The tables that go with a yearly report, made of its frozen figures."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from deadlines.rules import Kind as Duty
from deadlines.rules.standings import COUNTED, Stand
from equipment.queries.catalogue import Kind
from reports.definition import Col, Line, Part
from reports.rules.annual import AnnualLine, from_json, total
from ui.formats import number
from yearend.printing.columns import BY_UNIT, MEASURE, NOTE, ROW, STANDING, UNIT, moves, values_of
from yearend.printing.tree import placed

SHA_SHOWN = 8  # digits of a part's SHA-256 that are printed; the whole is in the attached figures
ALL = "Tổng cộng"


def of_categories(figures: Mapping[str, Any], kinds: Sequence[Kind]) -> list[Part]:
    """Changes in numbers and in value, then worth, condition and norms: of all units of the report together."""
    lines = from_json(figures["total"])
    notes = figures["notes"]
    rows = [
        Line(
            {
                "mark": row.mark,
                "name": row.name,
                "measure": row.measure,
                "note": notes.get(row.code, ""),
                **values_of(row.line),
            },
            level=row.depth + 1,
            strong=row.group,
        )
        for row in placed(lines, kinds)
    ]
    everything = Line({"name": ALL, **values_of(total(lines.values()))}, strong=True)
    quantities = (*ROW, MEASURE, *moves("quantity", "number"))
    values = (*ROW, *moves("value", "money"))
    standing = (*ROW, *STANDING, *([NOTE] if notes else []))
    return [
        Part("Biểu 1. Tăng, giảm số lượng thiết bị", quantities, rows, sum=everything),
        Part("Biểu 2. Tăng, giảm nguyên giá thiết bị (đồng)", values, rows, sum=everything),
        Part("Biểu 3. Giá trị còn lại, tình trạng và định mức", standing, rows, sum=everything),
    ]


def of_units(figures: Mapping[str, Any], absent: Sequence[str]) -> list[Part]:
    """The unit itself and each subordinate whose frozen figures are in the total; nothing for a unit without any."""
    if not figures["parts"] and not absent:
        return []
    own = total(from_json(figures["own"]).values())
    rows = [_unit_line("", figures["unit"]["name"], own, "số liệu của chính đơn vị")]
    rows += [
        _unit_line(str(at), part["name"], total(from_json(part["total"]).values()), part["sha256"][:SHA_SHOWN])
        for at, part in enumerate(figures["parts"], start=1)
    ]
    everything = Line({"name": ALL, **values_of(total(from_json(figures["total"]).values()))}, strong=True)
    note = "Mã số liệu: các ký tự đầu của mã SHA-256 của số liệu mà đơn vị cấp dưới đã khóa."
    if absent:
        note = f"Chưa gồm {len(absent)} đơn vị chưa khóa số liệu: {', '.join(absent)}. {note}"
    return [Part("Biểu 4. Tổng hợp theo đơn vị", (*UNIT, *BY_UNIT), rows, note=note, sum=everything)]


def _unit_line(mark: str, name: str, line: AnnualLine, sha: str) -> Line:
    return Line({"mark": mark, "name": name, "sha": sha, **values_of(line)})


DUTIES = (
    Col("mark", "STT", "code", mark="A"),
    Col("name", "Nội dung phải thực hiện", mark="B"),
    Col("all", "Tổng số", "number", mark="1=2+…+6"),
    *(Col(stand.value, stand.label, "number", mark=str(at)) for at, stand in enumerate(Stand, start=2)),
    Col("rate", "Tỷ lệ đúng hạn", "percent", mark="7"),
)


def of_deadlines(figures: Mapping[str, Any]) -> list[Part]:
    """How terms were kept in the year."""
    counts = figures["deadlines"].get("total", {})
    labels = dict(Duty.choices)
    known = [kind for kind in labels if kind in counts] + sorted(set(counts) - set(labels))
    if not known:
        return []
    rows = [
        Line({"mark": str(at), "name": labels.get(kind, kind), **_stands(counts[kind])})
        for at, kind in enumerate(known, start=1)
    ]
    summed = {stand.value: sum(counts[kind].get(stand.value, 0) for kind in known) for stand in Stand}
    note = "Tỷ lệ đúng hạn = đúng hạn : (đúng hạn + trễ hạn + quá hạn)."
    return [Part("", DUTIES, rows, note=note, sum=Line({"name": ALL, **_stands(summed)}, strong=True))]


def _stands(counts: Mapping[str, int]) -> dict[str, int | str]:
    return {
        "all": sum(counts.values()),
        **{stand.value: counts.get(stand.value, 0) for stand in Stand},
        "rate": on_time(counts),
    }


def on_time(counts: Mapping[str, int]) -> str:
    """The share done in time of what was due, in percent with one decimal; empty where nothing was due."""
    due = sum(counts.get(stand.value, 0) for stand in COUNTED)
    if not due:
        return ""
    share = Decimal(100 * counts.get(Stand.IN_TIME.value, 0)) / due
    rounded = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(int(rounded) if rounded == int(rounded) else rounded)}%"
