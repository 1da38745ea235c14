"""The charts of a pivot: bars, bars of pieces, lines; drawn on the server, every number a link where a list exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.asking import BAR, LINE, STACKED, TABLE, Question
from analysis.shaping import REST, Grid, Line
from analysis.topics.parts import Measure, Number
from equipment.charts.parts import short_money
from ui import formats
from ui.bars import Part, parts_of
from ui.lines import Lines, Series, lines_of

MOST_BARS = 40
MOST_SERIES = 6
TONES = tuple(f"s{n}" for n in range(1, MOST_SERIES + 1))
OTHERS = "muted"
KNOWN_TONES = {
    "ok": {"good", "fulfilled", "within", "in_use"},
    "warn": {"fair", "fulfilled_late"},
    "bad": {"poor", "overdue", "lost"},
}
"""Members whose tone the whole site knows."""


@dataclass(frozen=True)
class PivotBar:
    """A bar as `ui/bars.html` draws it."""

    label: str
    text: str
    url: str
    parts: Sequence[Part]
    detail: str = ""


@dataclass(frozen=True)
class PivotChart:
    """What the page shows in place of the table, which stays below it."""

    kind: str
    title: str
    bars: Sequence[PivotBar] = ()
    lines: Lines | None = None
    legend: Sequence[tuple[str, str]] = ()
    note: str = ""


def chart_of(question: Question, grid: Grid) -> PivotChart | None:
    """The chart that is asked for; None for a table, and where there is nothing to draw."""
    make = {BAR: _bars, STACKED: _stacked, LINE: _lines}.get(question.show)
    return None if make is None or question.show == TABLE or not grid.tops else make(question, grid)


def _tops(grid: Grid) -> list[Line]:
    """The lines of the first dimension, those of the second left to the table."""
    return [line for line in grid.lines if line.level == 0]


def _short(measure: Measure, value: Number | None) -> str:
    if value is None:
        return formats.EMPTY
    negative = value < 0
    size: Number = -value if negative else value
    text = short_money(int(size)) if measure.kind == "money" else measure.text(size)
    return f"−{text}" if negative else text


def _bars(question: Question, grid: Grid) -> PivotChart:
    measure, found = question.measures[0], _tops(grid)
    at = (len(grid.heads) - 1) * len(question.measures)  # the total, or the only one there is
    values = [None if line.key == ("*",) else grid.value(line.key, "", measure) for line in found]
    longest = max((abs(float(value)) for value in values if value is not None), default=0.0) or 1.0
    bars = []
    for line, value in zip(found[:MOST_BARS], values, strict=False):
        if value is None and line.key == ("*",):
            continue
        parts = list(parts_of({"bad" if (value or 0) < 0 else "info": abs(float(value or 0))}, longest))
        bars.append(PivotBar(line.label, _short(measure, value), line.cells[at].url, parts))
    return PivotChart(BAR, f"{measure.label} theo {_by(question)}", bars, note=_note(found))


def _by(question: Question) -> str:
    label = question.rows[0].label
    return label[:1].lower() + label[1:]


def _note(found: Sequence[Any]) -> str:
    left = len(found) - MOST_BARS
    return f"Biểu đồ vẽ {MOST_BARS} hàng đầu; còn {left} hàng ở bảng bên dưới." if left > 0 else ""


def tones_of(grid: Grid) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Of the columns: those that are drawn (key, tone, label), and the keys of those that are drawn as others."""
    keys = [head.key for head in grid.heads if head.key not in {"", "*"}]
    every = [*keys, *grid.folded]
    drawn = every if len(every) <= MOST_SERIES else every[: MOST_SERIES - 1]
    known = {key: tone for tone, members in KNOWN_TONES.items() for key in members}
    if all(key in known for key in drawn) and len({known[key] for key in drawn}) == len(drawn):
        tones = [known[key] for key in drawn]
    else:
        tones = list(TONES[: len(drawn)])
    columns = grid.pivot.columns
    return [(k, tone, columns[k].label) for k, tone in zip(drawn, tones, strict=True)], every[len(drawn) :]


def _stacked(question: Question, grid: Grid) -> PivotChart:
    measure, found = question.measures[0], _tops(grid)
    drawn, others = tones_of(grid)
    at = (len(grid.heads) - 1) * len(question.measures)
    rows = []
    for line in found[:MOST_BARS]:
        if line.key == ("*",):
            continue
        lengths = {tone: float(max(0, grid.value(line.key, key, measure) or 0)) for key, tone, _ in drawn}
        if others:
            lengths[OTHERS] = float(sum(max(0, grid.value(line.key, key, measure) or 0) for key in others))
        rows.append((line, lengths))
    longest = max((sum(lengths.values()) for _, lengths in rows), default=0.0) or 1.0
    bars = [
        PivotBar(
            line.label,
            _short(measure, grid.value(line.key, "", measure)),
            line.cells[at].url,
            list(parts_of(lengths, longest)),
        )
        for line, lengths in rows
    ]
    legend = [(tone, label) for _, tone, label in drawn] + ([(OTHERS, f"{REST} ({len(others)})")] if others else [])
    return PivotChart(STACKED, f"{measure.label} theo {_by(question)}", bars, legend=legend, note=_note(found))


def _lines(question: Question, grid: Grid) -> PivotChart:
    measure = question.measures[0]
    found = [line for line in _tops(grid) if line.key != ("*",)][:MOST_BARS]
    if question.columns is None:
        drawn: list[tuple[str, str, str]] = [("", TONES[0], "")]
        others: list[str] = []
    else:
        drawn, others = tones_of(grid)
    step = len(question.measures)
    places = {head.key: at * step for at, head in enumerate(grid.heads)}
    series = []
    for key, tone, label in drawn:
        values = [grid.value(line.key, key, measure) for line in found]
        urls = [line.cells[places[key]].url if key in places else "" for line in found]
        texts = [_short(measure, value) for value in values]
        series.append(Series(label, tone, [None if v is None else float(v) for v in values], texts, urls))
    chart = lines_of(
        [line.label for line in found],
        series,
        lambda value: _short(measure, Decimal(value).quantize(Decimal("0.1"))),
    )
    legend = [(tone, label) for _, tone, label in drawn if label]
    note = f"{len(others)} cột khác không vẽ; xem ở bảng bên dưới." if others else ""
    return PivotChart(LINE, f"{measure.label} theo {_by(question)}", lines=chart, legend=legend, note=note)
