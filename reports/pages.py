"""A sheet ready for the page: heads with their spans, marks, cells with their addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.definition import Col, Line, Part, Sheet
from reports.printing.cells import NUMBERS, text_of

SHOWN = 400
"""Lines of a part on the page; all of them are in its files."""


@dataclass(frozen=True)
class Head:
    """A cell of the head."""

    label: str
    across: int = 1
    down: int = 1
    number: bool = False
    first: bool = False


@dataclass(frozen=True)
class Cell:
    """A figure or text; `url` leads to what is behind it."""

    text: str
    label: str
    url: str = ""
    number: bool = False
    zero: bool = False
    main: bool = False


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    level: int
    strong: bool
    cells: Sequence[Cell]
    last: bool = False


@dataclass(frozen=True)
class Table:
    """A part of the sheet."""

    title: str
    heads: Sequence[Sequence[Head]]
    rows: Sequence[Row]
    note: str
    hidden: int


@dataclass(frozen=True)
class Page:
    """A sheet as it is shown."""

    sheet: Sheet
    tables: Sequence[Table]

    @property
    def empty(self) -> bool:
        """Whether no part has a line."""
        return not any(table.rows for table in self.tables)


def page_of(sheet: Sheet) -> Page:
    """The sheet, ready to be drawn."""
    return Page(sheet, [_table(part) for part in sheet.parts])


RUNNING = {"tt", "mark"}
"""Columns of running numbers."""


def main_of(part: Part) -> str:
    """The column that names a line: the first that is text and no running number."""
    texts = [column.name for column in part.columns if column.kind not in NUMBERS]
    return next((name for name in texts if name not in RUNNING), "")


def _table(part: Part) -> Table:
    main = main_of(part)
    rows = [_row(part.columns, line, main) for line in part.lines[:SHOWN]]
    if part.sum is not None and part.lines:
        rows.append(_row(part.columns, part.sum, main, last=True))
    return Table(part.title, list(_heads(part.columns, main)), rows, part.note, max(0, len(part.lines) - SHOWN))


def _heads(columns: Sequence[Col], main: str) -> Iterator[list[Head]]:
    """The groups, the labels below them, and the marks."""
    grouped = any(column.group for column in columns)
    if grouped:
        yield [
            Head(group, across=len(some), number=True) if group else Head(one.label, down=2, first=one.name == main)
            for group, several in groupby(columns, lambda column: column.group)
            for some in [list(several)]
            for one in (some[:1] if group else some)
        ]
        yield [Head(column.label, number=column.kind in NUMBERS) for column in columns if column.group]
    else:
        yield [Head(c.label, number=c.kind in NUMBERS, first=c.name == main) for c in columns]
    if any(column.mark for column in columns):
        yield [Head(c.mark, number=c.kind in NUMBERS, first=c.name == main) for c in columns]


def _row(columns: Sequence[Col], line: Line, main: str, *, last: bool = False) -> Row:
    cells = [
        Cell(
            text_of(column, line),
            f"{column.group}: {column.label}" if column.group else column.label,
            line.links.get(column.name, ""),
            column.kind in NUMBERS,
            column.kind in NUMBERS and not line.values.get(column.name),
            column.name == main,
        )
        for column in columns
    ]
    return Row(min(line.level, 6), line.strong or last, cells, last)
