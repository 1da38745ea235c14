"""Why a file is not read. The child says a code and numbers; the parent makes the sentence of them."""

from typing import Any

from core.errors import DomainError
from core.sheets.limits import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_UNPACKED, MEGABYTE

_SAVE_AS = "Hãy mở tệp bằng Excel hoặc LibreOffice, chọn “Lưu thành” (Save As), kiểu “Excel Workbook (*.xlsx)”"
_SPLIT = "Hãy tách thành nhiều tệp rồi tải lên từng tệp."
_MESSAGES = {
    "empty": "Tệp “{name}” rỗng (0 byte). Hãy kiểm tra rồi chọn lại tệp.",
    "too_big": "Tệp “{name}” nặng hơn giới hạn {max_bytes}. Hãy xóa hình ảnh và các trang tính không dùng, hoặc tách "
    "thành nhiều tệp rồi tải lên từng tệp.",
    "macro": "Tệp “{name}” có macro (mã lệnh) nên không nhận được. {save_as}, rồi tải bản mới đó lên.",
    "password": "Tệp “{name}” bị khóa bằng mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên.",
    "damaged": "Tệp “{name}” bị hỏng hoặc chưa tải xong, không đọc được. {save_as}, rồi tải bản mới đó lên.",
    "html": "Tệp “{name}” thực ra là trang web (HTML) hoặc XML do phần mềm khác xuất ra, chỉ mang đuôi của bảng tính. "
    "{save_as}, rồi tải bản mới đó lên.",
    "binary_workbook": "Tệp “{name}” ở dạng Excel nhị phân (.xlsb), chưa đọc được. {save_as}, rồi tải bản mới đó lên.",
    "not_spreadsheet": "Tệp “{name}” không phải bảng tính ({kind}). Hãy chọn tệp XLSX, XLS, ODS hoặc CSV.",
    "bomb": "Tệp “{name}” giải nén ra {unpacked} với {entries} thành phần, vượt giới hạn {max_unpacked} nên không được "
    "mở. Hãy chép riêng vùng có dữ liệu sang một tệp mới rồi tải lên.",
    "rows": "Trang tính “{sheet}” có dữ liệu tới dòng {rows}, vượt giới hạn {max_rows} dòng. Hãy xóa ô lạc ở cuối "
    "trang tính; nếu danh sách dài thật thì tách thành nhiều tệp.",
    "columns": "Trang tính “{sheet}” có dữ liệu tới cột {columns}, vượt giới hạn {max_columns} cột. Hãy xóa các cột và "
    "ô lạc ở bên phải rồi tải lên lại.",
    "cells": "Tệp “{name}” có hơn {max_cells} ô có dữ liệu, vượt giới hạn. {split}",
    "sheets": "Tệp “{name}” có {sheets} trang tính, vượt giới hạn {max_sheets}. {split}",
    "nothing": "Tệp “{name}” không có dữ liệu trong trang tính nào đang hiện. Hãy bỏ ẩn "
    "trang tính cần nhập hoặc chọn tệp khác.",
    "quotes": "Tệp “{name}” có một ô dài bất thường gần dòng {rows}: có lẽ thiếu dấu nháy kép đóng ô. Hãy sửa chỗ đó, "
    "hoặc lưu danh sách thành XLSX rồi tải lên lại.",
    "too_complex": "Tệp “{name}” cần quá nhiều bộ nhớ hoặc thời gian để đọc: có ô lạc rất xa, hoặc định dạng trên quá "
    "nhiều ô. Hãy chép riêng vùng có dữ liệu sang một tệp mới rồi tải lên.",
    "busy": "Máy chủ đang bận nên chưa đọc xong tệp “{name}”. Hãy thử tải lên lại sau ít phút.",
}


class SheetError(DomainError):
    """A file that is not read, in Vietnamese with what to do; `code` is one of the keys above."""


class RefusedError(Exception):
    """Within the child: the code of the refusal and what its sentence names."""

    def __init__(self, code: str, **named: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.named = named


def sheet_error(code: str, *, name: str, **named: int | str) -> SheetError:
    """The refusal of the file that its owner calls `name`; bytes are named in MB, counts with dots."""
    values: dict[str, Any] = {
        "unpacked": MAX_UNPACKED, "entries": 0, "rows": 0, "columns": 0, "sheets": 0, "sheet": "", "kind": "",
    } | named  # fmt: skip
    message = _MESSAGES[code].format(
        name=name,
        save_as=_SAVE_AS,
        split=_SPLIT,
        sheet=values["sheet"],
        kind=values["kind"],
        unpacked=_megabytes(values["unpacked"]),
        entries=_dotted(values["entries"]),
        rows=_dotted(values["rows"]),
        columns=_dotted(values["columns"]),
        sheets=_dotted(values["sheets"]),
        max_bytes=_megabytes(MAX_BYTES),
        max_unpacked=_megabytes(MAX_UNPACKED),
        max_rows=_dotted(MAX_ROWS),
        max_columns=_dotted(MAX_COLUMNS),
        max_cells=_dotted(MAX_CELLS),
        max_sheets=_dotted(MAX_SHEETS),
    )
    return SheetError(message, code=code)


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _megabytes(size: int) -> str:
    return f"{_dotted(-(-size // MEGABYTE))} MB"
