"""The faulty rows as a file: their cells as they came, each reason beside them, so that it is mended and sent again.

Text is handed back in Unicode, whatever it came in: what is corrected is typed in Unicode, and a column of both could
not be told from either.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.sheets import Cell
from core.sheets.formulas import is_like_formula
from equipment.importing.faults import Fault
from equipment.importing.fields import REASON
from equipment.importing.matching import Match

NOTES = 2000  # notes are heavy to open; the reasons stand in the last column anyway
WIDTH = 18
REASON_WIDTH = 70
CELL_CHARACTERS = 32_767


class HandBack:
    """A workbook of faulty rows, written as they come."""

    def __init__(self, file: IO[bytes], *, match: Match, header: Sequence[Cell]) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        }
        self._book = xlsxwriter.Workbook(file, options)
        self._sheet: Worksheet = self._book.add_worksheet("Dòng lỗi")
        red = {"bg_color": "#FDE2E1"}
        self._looks: dict[tuple[str, bool], Format | None] = {
            ("", False): None,
            ("", True): self._book.add_format(red),
            ("quoted", False): self._book.add_format({"quote_prefix": True}),
            ("quoted", True): self._book.add_format({"quote_prefix": True, **red}),
            ("date", False): self._book.add_format({"num_format": "dd/mm/yyyy"}),
            ("date", True): self._book.add_format({"num_format": "dd/mm/yyyy", **red}),
        }
        self._reasons = self._book.add_format({"font_color": "#B42318", "text_wrap": True, "valign": "top"})
        self._columns = {column.index: column for column in match.columns}
        self._left_out = _reason_columns(match)
        width = max([len(header), *(column.index + 1 for column in match.columns)], default=0)
        self._kept = [index for index in range(width) if index not in self._left_out]
        self._place = {index: at for at, index in enumerate(self._kept)}
        self._line = self._notes = 0
        self._head(header)

    def _head(self, header: Sequence[Cell]) -> None:
        bold = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self._kept), WIDTH)
        self._sheet.set_column(len(self._kept), len(self._kept), REASON_WIDTH)
        for index, at in self._place.items():
            known = self._columns.get(index)
            self._write(0, at, known.header if known else header[index] if index < len(header) else None, bold)
        self._sheet.write_string(0, len(self._kept), REASON, bold)

    def add(self, row: Sequence[Cell], faults: Sequence[Fault]) -> None:
        """One faulty row."""
        self._line += 1
        by_column: dict[int, list[str]] = {}
        for fault in faults:
            by_column.setdefault(fault.column, []).append(fault.reason)
        for index, at in self._place.items():
            cell = row[index] if index < len(row) else None
            if known := self._columns.get(index):
                cell = known.text(cell)
            look = self._looks[_kind(cell), index in by_column]
            self._write(self._line, at, cell, look)
            if index in by_column and self._notes < NOTES:
                self._notes += 1
                self._sheet.write_comment(self._line, at, "\n".join(by_column[index]), {"x_scale": 2})
        reasons = " ".join(dict.fromkeys(fault.reason for fault in faults))
        self._sheet.write_string(self._line, len(self._kept), reasons[:CELL_CHARACTERS], self._reasons)

    def _write(self, line: int, at: int, cell: Cell, look: Format | None) -> None:
        """A cell of its own type: a text stays text, a day a day."""
        if cell is None:
            self._sheet.write_blank(line, at, None, look)
        elif isinstance(cell, bool):
            self._sheet.write_boolean(line, at, cell, look)
        elif isinstance(cell, int | float):
            self._sheet.write_number(line, at, cell, look)
        elif isinstance(cell, date | datetime):
            self._sheet.write_datetime(line, at, cell, look)
        else:
            text = str(cell)
            self._sheet.write_string(line, at, text[:CELL_CHARACTERS], look)

    def close(self) -> int:
        """Finish the file; returns how many rows it has."""
        self._sheet.autofilter(0, 0, max(self._line, 1), len(self._kept))
        self._book.close()
        return self._line


def _kind(cell: Cell) -> str:
    if isinstance(cell, date):
        return "date"
    return "quoted" if isinstance(cell, str) and is_like_formula(cell) else ""


def _reason_columns(match: Match) -> frozenset[int]:
    """Columns of reasons that an earlier hand-back added: they are written anew."""
    return frozenset(column.index for column in match.columns if column.header.strip() == REASON)
