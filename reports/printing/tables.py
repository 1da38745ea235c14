"""A part of a sheet as tables that a template writes cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.definition import Col, Line, Part
from reports.printing.cells import text_of
from reports.printing.fitting import Fitted, fit

_ALIGNED = {"number": "number", "money": "number", "percent": "number", "date": "middle", "code": "code"}


@dataclass(frozen=True)
class Head:
    """A cell of the head: how many columns it spans, and how many rows."""

    label: str
    columns: int
    rows: int


@dataclass(frozen=True)
class Cell:
    text: str
    look: str
    heading: bool = False


@dataclass(frozen=True)
class Row:
    cells: Sequence[Cell]
    look: str


@dataclass(frozen=True)
class Table:
    """A table on paper; `key` tells it from the others there; `size` in points, `widths` in percent of the paper's."""

    key: int
    title: str
    continued: bool
    heads: Sequence[Sequence[Head]]
    marks: Sequence[str]
    widths: Sequence[str]
    size: float
    rows: Sequence[Row]
    note: str


def tables_of(parts: Sequence[Part], room: float, *, after: int = 0) -> list[Table]:
    """The parts on paper of that width in millimetres: one table each, or several where columns don't fit together.

    Their keys go on from `after`.
    """
    found: list[Table] = []
    for part in parts:
        fitted = fit(part, room)
        found += [
            _table(part, each, key=after + len(found) + at, last=each is fitted[-1])
            for at, each in enumerate(fitted, start=1)
        ]
    return found


def _table(part: Part, fitted: Fitted, *, key: int, last: bool) -> Table:
    room = sum(fitted.widths)
    lines = [*part.lines, *([part.sum] if part.sum else [])]
    marks = [column.mark for column in fitted.columns]
    return Table(
        key=key,
        title=part.title,
        continued=fitted.continued,
        heads=_heads(fitted.columns),
        marks=marks if any(marks) else [],
        widths=[f"{each / room * 100:.3f}" for each in fitted.widths],
        size=fitted.size,
        rows=[_row(fitted.columns, line, total=line is part.sum) for line in lines],
        note=part.note if last else "",
    )


def _heads(columns: Sequence[Col]) -> list[list[Head]]:
    """One row of heads, or two where groups span columns."""
    if not any(column.group for column in columns):
        return [[Head(column.label, 1, 1) for column in columns]]
    upper: list[Head] = []
    lower: list[Head] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        named = list(members)
        if group:
            upper.append(Head(group, len(named), 1))
            lower += [Head(column.label, 1, 1) for column in named]
        else:
            upper += [Head(column.label, 1, 2) for column in named]
    return [upper, lower]


def _row(columns: Sequence[Col], line: Line, *, total: bool) -> Row:
    names = next((column.name for column in columns if column.kind == "text"), "")
    cells = [
        Cell(
            text_of(column, line),
            _ALIGNED.get(column.kind, "") or (f"level{min(line.level, 5)}" if column.name == names else ""),
            heading=column.name == names,
        )
        for column in columns
    ]
    looks = [*(["total"] if total else []), *(["strong"] if total or line.strong else [])]
    if line.level == 0 and not total:
        looks.append("heading")
    return Row(cells, " ".join(looks))
