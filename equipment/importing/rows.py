"""Which lines of a sheet are devices: titles, totals and headings between them are not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.sheets import Book, Cell
from equipment.importing.cells import is_blank, shown
from equipment.importing.fields import heading
from equipment.importing.matching import Column, Match

TOTALS = ("tong cong", "tong so", "tong", "cong", "tong gia tri")
NAMING = frozenset({"code", "serial"})
SUM_INITIALS = frozenset("tTcC")
TELLING = frozenset({"code", "serial", "category", "model", "name"})
"""A line that has none of these and follows a sum is what stands below a list: places, days, signatures."""
LISTED = 50


@dataclass
class Skipped:
    """Lines that were passed over, with why; the first of them by name."""

    count: int = 0
    lines: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, why: str) -> None:
        self.count += 1
        if len(self.lines) < LISTED:
            self.lines.append((line, why))


def data_rows(book: Book, match: Match, skipped: Skipped) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The lines below the headings, with their number in the sheet. What is passed over is told in `skipped`."""
    header: Sequence[Cell] | None = None
    columns = {column.index: column for column in match.columns}
    telling = [column.index for column in match.columns if column.field in TELLING]
    naming = {column.index for column in match.columns if column.field in NAMING}
    closed = False
    for at, row in enumerate(book.rows(match.sheet)):
        if at == match.header_row:
            header = row
        filled = [index for index, cell in enumerate(row) if not is_blank(cell)]
        if not filled or at == match.header_row:
            continue
        if at < match.header_row:
            skipped.add(at + 1, "phía trên dòng tiêu đề")
            continue
        says = any(index in filled for index in telling)
        # A serial or a code alone names a device; any other word alone is a heading between them.
        why = (
            "" if naming.issuperset(filled) else _why_not(row, filled, header or (), columns, says=says, closed=closed)
        )
        if not why:
            yield at + 1, row
            continue
        closed |= why == SUM
        skipped.add(at + 1, why)


SUM = "dòng tổng cộng"


def _why_not(
    row: Sequence[Cell],
    filled: list[int],
    header: Sequence[Cell],
    columns: Mapping[int, Column],
    *,
    says: bool,
    closed: bool,
) -> str:
    first = _first_text(row, filled, columns)
    if first in TOTALS or (first.startswith(("tong cong", "tong so")) and len(filled) <= max(3, len(columns) // 2)):
        return SUM
    if closed and not says:
        return "phía dưới dòng tổng cộng"
    if len(filled) == 1:
        return "chỉ có một ô (tiêu đề nhóm)"
    if all(index < len(header) and row[index] == header[index] for index in filled):
        return "tiêu đề lặp lại"
    if len(filled) > 2 and _numbering([row[index] for index in filled]):  # noqa: PLR2004 - two numbers may be anything
        return "dòng đánh số cột"
    return ""


def _first_text(row: Sequence[Cell], filled: list[int], columns: Mapping[int, Column]) -> str:
    for index in filled:
        cell = row[index]
        if isinstance(cell, str):
            if cell.lstrip()[:1] not in SUM_INITIALS:
                return ""
            column = columns.get(index)
            return heading(shown(column.text(cell) if column else cell))
    return ""


def _numbering(cells: Sequence[Cell]) -> bool:
    """1, 2, 3 or (1), (2), (3) under the headings."""
    if shown(cells[0]).strip("()[] ") not in {"1", "A"}:
        return False
    figures = [shown(cell).strip("()[] ") for cell in cells]
    return figures == [str(number) for number in range(1, len(figures) + 1)] or figures == [
        chr(ord("A") + number) for number in range(len(figures))
    ]
