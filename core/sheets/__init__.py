"""Spreadsheets that come from outside: XLSX, XLS, ODS and CSV as rows of typed cells, read safely."""

from core.sheets.book import Book, SheetInfo
from core.sheets.cells import Cell, CellError
from core.sheets.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS
from core.sheets.reading import read
from core.sheets.refusals import SheetError

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Book",
    "Cell",
    "CellError",
    "SheetError",
    "SheetInfo",
    "read",
]
