"""A sheet as an XLSX workbook: a worksheet for each part, grouped heads merged and repeated on paper, typed figures.

No cell can be a formula (ui/exports.py); totals are figures too, those of the report.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.sheets.formulas import is_like_formula
from reports.definition import Col, Line, Part, Sheet
from reports.pages import main_of
from reports.printing.cells import NUMBERS
from ui.exports import CELL_CHARACTERS

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {"money": 17, "number": 11, "percent": 9, "date": 12, "code": 20, "text": 24}
FORMATS = {"number": "#,##0", "money": "#,##0", "percent": "0.0", "date": "dd/mm/yyyy"}
LEVELS = 7


def workbook_of(sheet: Sheet) -> bytes:
    """The workbook. Text is written as text, whatever it begins with; a missing figure is an empty cell."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        looks = _Looks(book)
        for at, part in enumerate(sheet.parts, start=1):
            page = book.add_worksheet(_name(part.title, at))
            _write_part(page, sheet, part, looks)
    return file.getvalue()


def _name(title: str, at: int) -> str:
    """A worksheet's name: 31 characters, none of those that mean something in references; never twice the same."""
    clean = re.sub(r"[\[\]:*?/\\']", " ", title).strip()
    return f"{at} {clean}"[:31].strip() if clean else f"Báo cáo {at}"


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._known: dict[tuple[Any, ...], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.muted = book.add_format({"font_color": "#555555"})
        edge = {
            "bold": True,
            "border": 1,
            "text_wrap": True,
            "align": "center",
            "valign": "vcenter",
            "bg_color": "#EEF2F6",
        }
        self.head = book.add_format(edge)
        self.upper = book.add_format({**edge, "bottom": 0})
        self.lower = book.add_format({**edge, "top": 0})
        self.mark = book.add_format({"italic": True, "border": 1, "align": "center", "font_color": "#555555"})

    def of(self, kind: str, line: Line, *, main: bool, quoted: bool = False) -> Format:
        """How a cell of that kind looks in that line."""
        indent = min(line.level, LEVELS) if main else 0
        key = (kind, line.strong, indent, quoted)
        if key not in self._known:
            look = {"border": 1, "border_color": "#BFC7D1", "bold": line.strong, "indent": indent}
            if kind in FORMATS:
                look["num_format"] = FORMATS[kind]
            else:
                look |= {"text_wrap": True, "valign": "top", "quote_prefix": quoted}
            self._known[key] = self._book.add_format(look)
        return self._known[key]


def _write_part(page: Worksheet, sheet: Sheet, part: Part, looks: _Looks) -> None:
    columns, main = part.columns, main_of(part)
    page.set_paper(9)
    if sheet.landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width + 4 if column.width else WIDTHS.get(column.kind, WIDTHS["text"]))
    row = 0
    for text, look in _heading(sheet, part, looks):
        _text(page, row, 0, text, look)
        row += 1
    row += 1
    top = row
    row = _write_heads(page, row, columns, looks)
    page.repeat_rows(top, row - 1)
    page.freeze_panes(row, 1 + next((at for at, column in enumerate(columns) if column.name == main), 0))
    for line in [*part.lines, *([part.sum] if part.sum else [])]:
        for at, column in enumerate(columns):
            _write(page, row, at, column, line, looks, main=column.name == main)
        row += 1
    for note in filter(None, (part.note, *sheet.warnings)):
        row += 1
        _text(page, row, 0, note, looks.muted)


def _heading(sheet: Sheet, part: Part, looks: _Looks) -> list[tuple[str, Format]]:
    lines = [(sheet.title, looks.title), (sheet.subtitle, looks.muted)]
    form = f"Mẫu {sheet.form_number}" if sheet.form_number else ""
    basis = f"Căn cứ: {sheet.legal_basis}" if sheet.legal_basis else ""
    lines += [(text, looks.muted) for text in (form, basis, part.title) if text]
    return lines


def _write_heads(page: Worksheet, row: int, columns: Sequence[Col], looks: _Looks) -> int:
    """Groups over labels over marks; what is in no group looks like one cell of both rows. Gives the next row."""
    if grouped := any(column.group for column in columns):
        at = 0
        for group, several in groupby(columns, lambda column: column.group):
            count = len(list(several))
            if group and count > 1:
                page.merge_range(row, at, row, at + count - 1, group, looks.head)
            else:
                for place in range(at, at + count):
                    page.write_string(row, place, group, looks.head if group else looks.upper)
            at += count
        row += 1
    for at, column in enumerate(columns):
        page.write_string(row, at, column.label, looks.lower if grouped and not column.group else looks.head)
    row += 1
    if any(column.mark for column in columns):
        for at, column in enumerate(columns):
            page.write_string(row, at, column.mark, looks.mark)
        row += 1
    return row


def _write(page: Worksheet, row: int, at: int, column: Col, line: Line, looks: _Looks, *, main: bool) -> None:
    value = line.values.get(column.name)
    look = looks.of(column.kind, line, main=main)
    if value is None or value == "":
        page.write_blank(row, at, None, look)
    elif isinstance(value, date):
        page.write_datetime(row, at, value, look)
    elif column.kind in NUMBERS and not isinstance(value, str):
        page.write_number(row, at, value, look)
    else:
        text = str(value)
        _text(page, row, at, text, looks.of(column.kind, line, main=main, quoted=is_like_formula(text)))


def _text(page: Worksheet, row: int, at: int, text: str, look: Format) -> None:
    """Text as text; a longer one than a cell takes would be dropped whole."""
    page.write_string(row, at, text if len(text) <= CELL_CHARACTERS else f"{text[: CELL_CHARACTERS - 1]}…", look)
