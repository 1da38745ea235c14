"""XLSX and XLS by calamine; for XLSX with what calamine doesn't tell: failed formulas and fonts."""

import zipfile
from collections.abc import Mapping
from typing import Any, BinaryIO
from xml.parsers import expat

import python_calamine as calamine

from core.sheets import xls_records
from core.sheets.cells import CellError
from core.sheets.copying import Copy, Fonts
from core.sheets.refusals import RefusedError
from core.sheets.xlsx_parts import Parts

_MACROS = (calamine.SheetTypeEnum.MacroSheet, calamine.SheetTypeEnum.Vba)
_Errors = Mapping[int, Mapping[int, str]]  # by row, then column


def read_xlsx(file: BinaryIO, copy: Copy) -> None:
    """All visible sheets into `copy`.

    Each is looked through before calamine, which lays out a whole rectangle in memory, gets to see it.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = Parts(archive)
            book = _open(file)
            for sheet in _visible(book):
                seen = parts.look(sheet.name)
                copy.begin(sheet.name)
                if seen.far:
                    copy.reach(*seen.far)
                    copy.end()
                _copy_rows(book, sheet.name, copy, seen.errors, seen.fonts)
    except (zipfile.BadZipFile, expat.ExpatError, EOFError, ValueError, KeyError, NotImplementedError) as fault:
        raise RefusedError("damaged") from fault


def read_xls(file: BinaryIO, copy: Copy) -> None:
    """All visible sheets into `copy`."""
    file.seek(0)
    seen = xls_records.look(file.read())
    if seen.locked:
        raise RefusedError("password")
    book = _open(file)
    for sheet in _visible(book):
        copy.begin(sheet.name)
        _copy_rows(book, sheet.name, copy, seen.errors.get(sheet.name, {}), Fonts())


def _open(file: BinaryIO) -> calamine.CalamineWorkbook:
    file.seek(0)
    try:
        return calamine.load_workbook(file)
    except calamine.PasswordError as fault:
        raise RefusedError("password") from fault
    except (calamine.CalamineError, OSError) as fault:
        raise RefusedError("damaged") from fault


def _visible(book: calamine.CalamineWorkbook) -> list[calamine.SheetMetadata]:
    if any(sheet.typ in _MACROS for sheet in book.sheets_metadata):
        raise RefusedError("macro")
    return [
        sheet
        for sheet in book.sheets_metadata
        if sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    ]


def _copy_rows(book: calamine.CalamineWorkbook, name: str, copy: Copy, errors: _Errors, fonts: Fonts) -> None:
    try:
        sheet = book.get_sheet_by_name(name)
        left = [""] * (sheet.start[1] if sheet.start else 0)  # rows come from the first line on, but not cells
        for at, cells in enumerate(sheet.iter_rows()):
            row = left + cells
            copy.add(_with_errors(row, errors[at]) if at in errors else row)
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
    except calamine.CalamineError as fault:
        raise RefusedError("damaged") from fault
    copy.end(merged, fonts)


def _with_errors(row: list[Any], errors: Mapping[int, str]) -> list[Any]:
    """`row` with its failed formulas, which calamine gives as empty cells."""
    return [CellError(errors[at]) if at in errors else value for at, value in enumerate(row)]
