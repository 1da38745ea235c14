"""What is filtered, as a file: CSV that streams, XLSX that needs little memory. No cell can be a formula."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, cast

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.sheets.formulas import is_like_formula, safe_text
from ui import formats
from ui.cells import NUMERIC_KINDS, export_value
from ui.tables import Column, Table

CHUNK = 2000
KINDS = {"csv": "CSV", "xlsx": "XLSX"}
SHEET_ROWS = 1_000_000  # a sheet holds 1,048,576 rows with its header
CELL_CHARACTERS = 32_767
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sink:
    """Where a job wants its file: `on_row` is called for each row written."""

    file: IO[bytes]
    on_row: Callable[[], None]


@dataclass(frozen=True)
class Export:
    """What file of a list is asked for; without a sink it is the answer to the request."""

    kind: str
    name: str
    sink: Sink | None = None


class Written(HttpResponse):
    """Tells a job that its file is written."""


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def file_name(name: str, extension: str) -> str:
    """`thiet-bi-2026-11-25.csv`: the day is part of the name, for the folder where ten of them lie."""
    return f"{name}-{timezone.localdate():%Y-%m-%d}.{extension}"


def exportable(table: type[Table], names: Iterable[str] | None) -> tuple[Column, ...]:
    """The chosen columns that files may have, in the order of their names; all of them when none is chosen."""
    columns = {column.name: column for column in table.columns if column.export}
    return tuple(columns[name] for name in dict.fromkeys(names or ()) if name in columns) or tuple(columns.values())


def export_list(
    export: Export, *, queryset: QuerySet, table: type[Table], columns: Sequence[Column]
) -> HttpResponseBase:
    """The file that is asked for, of all rows of `queryset`."""
    stored = queryset.values(*table.paths(columns)).iterator(chunk_size=CHUNK)
    rows = table.prepared(stored, columns, size=CHUNK)
    if export.sink is None:
        return (export_csv if export.kind == "csv" else export_xlsx)(rows, columns, export.name)
    watched = _watched(rows, export.sink.on_row)
    if export.kind == "csv":
        export.sink.file.writelines(piece.encode() for piece in csv_lines(watched, columns))
    else:
        write_workbook(export.sink.file, watched, columns)
    return Written()


def _watched(rows: Iterable[dict[str, Any]], on_row: Callable[[], None]) -> Iterator[dict[str, Any]]:
    for row in rows:
        on_row()
        yield row


def export_csv(rows: Iterable[dict[str, Any]], columns: Sequence[Column], name: str) -> StreamingHttpResponse:
    """UTF-8 with its mark (else Excel garbles Vietnamese), commas, one row at a time.

    Nothing is read before the response is iterated, which happens inside the wall.
    """
    response = StreamingHttpResponse(csv_lines(rows, columns), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, file_name(name, "csv"))  # noqa: FBT003 - Django's signature
    return response


def csv_lines(rows: Iterable[dict[str, Any]], columns: Sequence[Column]) -> Iterator[str]:
    """The lines of the file, in pieces of some rows so that a piece is worth sending."""
    writer = csv.writer(cast("IO[str]", _Echo()))
    piece = ["\ufeff", _line(writer, [safe_text(column.label) for column in columns])]
    for row in rows:
        piece.append(_line(writer, [_csv_cell(export_value(column, row)) for column in columns]))
        if len(piece) == CHUNK:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


def _line(writer: Any, cells: list[str]) -> str:
    return cast("str", writer.writerow(cells))


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, datetime):
        return formats.vndatetime(value)
    if isinstance(value, date):
        return formats.vndate(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def export_xlsx(rows: Iterable[dict[str, Any]], columns: Sequence[Column], name: str) -> FileResponse:
    """Typed cells, a frozen header with filters. Written to a temporary file while the wall stands."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write_workbook(file, rows, columns)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(name, "xlsx"), content_type=XLSX_TYPE)


def write_workbook(file: IO[bytes], rows: Iterable[dict[str, Any]], columns: Sequence[Column]) -> None:
    """All rows, a new sheet after each million."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "quoted": book.add_format({"quote_prefix": True}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "datetime": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            "number": book.add_format({"num_format": "#,##0"}),
            "decimal": book.add_format({"num_format": "#,##0.##"}),
        }
        sheet, line = _new_sheet(book, columns, looks["head"]), 0
        for row in rows:
            if line == SHEET_ROWS:
                _close_sheet(sheet, columns, line)
                sheet, line = _new_sheet(book, columns, looks["head"]), 0
            line += 1
            for at, column in enumerate(columns):
                _write(sheet, line, at, export_value(column, row), looks)
        _close_sheet(sheet, columns, line)


def _new_sheet(book: xlsxwriter.Workbook, columns: Sequence[Column], head: Format) -> Worksheet:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(column))
        sheet.write_string(0, at, column.label, head)
    return sheet


def _close_sheet(sheet: Worksheet, columns: Sequence[Column], lines: int) -> None:
    sheet.autofilter(0, 0, lines, len(columns) - 1)


def _width(column: Column) -> int:
    """In characters; with constant memory the content isn't known when widths are written."""
    by_kind = {"date": 12, "datetime": 17, "deadline": 12, "code": 18, "bool": 8, "status": 16, "choice": 18}
    return max(len(column.label) + 3, 16 if column.kind in NUMERIC_KINDS else by_kind.get(column.kind, 28))


def _write(sheet: Worksheet, line: int, at: int, value: Any, looks: dict[str, Format]) -> None:
    """A cell of the value's type; text always as text, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, str):
        # A longer text would be dropped whole: the end is cut instead, and shows that it is.
        text = value if len(value) <= CELL_CHARACTERS else f"{value[: CELL_CHARACTERS - 1]}…"
        sheet.write_string(line, at, text, looks["quoted"] if is_like_formula(text) else None)
    elif isinstance(value, datetime):
        sheet.write_datetime(line, at, value, looks["datetime"])
    elif isinstance(value, date):
        sheet.write_datetime(line, at, value, looks["date"])
    else:
        whole = value == int(value)
        sheet.write_number(line, at, float(value), looks["number" if whole else "decimal"])
