"""The file that a unit fills in: headings, lists of what may be chosen, how to fill it in."""

from typing import IO

import xlsxwriter
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core.sheets import MAX_ROWS
from equipment.importing.fields import ATTRIBUTE, Field, all_fields
from equipment.queries import open_categories, open_models, rooms_of
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit

SHEET = "Danh sách"
LISTS = "Danh mục"
FIRST_ROWS = 5000  # lines that offer lists to choose from
COLUMNS = (
    "category", "name", "model", "serial", "inventory_number", "original_price", "received_on", "status", "condition",
    "room", "holder_name", "warranty_until", "made_year", "made_in", "note", "attr:MAC", "attr:IP", "attr:CPU",
    "attr:RAM", "attr:o_cung", "attr:OS",
)  # fmt: skip
DATES = frozenset({"received_on", "warranty_until", "end_of_support"})
EXAMPLES = {
    "category": "Máy vi tính để bàn",
    "name": "Máy tính bộ phận một cửa",
    "model": "Dell OptiPlex 3070",
    "serial": "8CG0123ABC",
    "inventory_number": "TS-0012",
    "original_price": "14.890.000",
    "received_on": "25/11/2020",
    "status": "Đang sử dụng",
    "condition": "Tốt",
    "room": "Tổ Kế hoạch",
    "holder_name": "Nguyễn Văn An",
    "warranty_until": "24/11/2023",
    "made_year": "2020",
    "made_in": "Việt Nam",
    "note": "Chuyển từ phòng khác sang",
    "attr:MAC": "00:1A:2B:3C:4D:5E",
    "attr:IP": "10.1.2.30",
    "attr:CPU": "Core i5-9500",
    "attr:RAM": "8 GB",
    "attr:o_cung": "SSD 256 GB",
    "attr:OS": "Windows 10",
}


def write_template(file: IO[bytes], unit: OrgUnit) -> None:
    """The template of `unit`, with what may be chosen there today."""
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        fields = all_fields()
        sheet = book.add_worksheet(SHEET)
        _guide(book, unit, [fields[key] for key in COLUMNS], fields)
        ranges = _lists(book, unit)
        _list_sheet(book, sheet, [fields[key] for key in COLUMNS], ranges)


def _list_sheet(book: xlsxwriter.Workbook, sheet: Worksheet, fields: list[Field], ranges: dict[str, str]) -> None:
    head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    required = book.add_format({**head, "bg_color": "#1F4E8C", "font_color": "#FFFFFF"})
    other = book.add_format({**head, "bg_color": "#E7EEF8"})
    text, day, money = (book.add_format({"num_format": code}) for code in ("@", "dd/mm/yyyy", "#,##0"))
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for at, field in enumerate(fields):
        look: Format = day if field.key in DATES else money if field.key == "original_price" else text
        sheet.set_column(at, at, 24 if field.key in {"category", "name", "model", "note"} else 16, look)
        label = f"{field.label} (bắt buộc)" if field.required else field.label
        sheet.write_string(0, at, label, required if field.required else other)
        if source := ranges.get(field.key):
            options = {
                "validate": "list",
                "source": source,
                "error_title": field.label,
                "error_message": f"Hãy chọn trong danh sách ở trang “{LISTS}”.",
                "error_type": "stop",
            }
            sheet.data_validation(1, at, FIRST_ROWS, at, options)


def _lists(book: xlsxwriter.Workbook, unit: OrgUnit) -> dict[str, str]:
    """What may be chosen, each list a column of one sheet; gives the range of each field."""
    sheet = book.add_worksheet(LISTS)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    categories = list(open_categories().order_by("position"))
    models = list(open_models().order_by("category__position", "brand__name", "name"))
    columns = (
        ("category", "Loại thiết bị", [category.name for category in categories]),
        ("", "Mã loại", [category.code for category in categories]),
        ("model", "Mẫu", [str(model) for model in models]),
        ("", "Loại của mẫu", [model.category.name for model in models]),
        ("room", "Phòng, tổ", [room.name for room in rooms_of(unit)]),
        ("status", "Trạng thái", [str(Status.IN_STOCK.label), str(Status.IN_USE.label)]),
        ("condition", "Tình trạng", [str(label) for label in Condition.labels]),
    )
    ranges = {}
    for at, (key, title, values) in enumerate(columns):
        sheet.set_column(at, at, 34)
        sheet.write_string(0, at, title, bold)
        for line, value in enumerate(values, start=1):
            sheet.write_string(line, at, value)
        if key and values:
            name = xl_col_to_name(at)
            ranges[key] = f"='{LISTS}'!${name}$2:${name}${len(values) + 1}"
    return ranges


def _guide(book: xlsxwriter.Workbook, unit: OrgUnit, fields: list[Field], known: dict[str, Field]) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    title = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 62)
    sheet.set_column(3, 3, 26)
    most = f"{MAX_ROWS:,}".replace(",", ".")
    lines = (
        f"Danh sách thiết bị của {unit.name} ({unit.code}), mẫu lấy ngày {timezone.localdate():%d/%m/%Y}.",
        f"1. Điền trang “{SHEET}”, mỗi dòng một thiết bị, nhiều nhất {most} dòng. Có thể bỏ hoặc đổi chỗ các cột.",
        "2. Không gộp ô. Không ghi số tiền theo nghìn hay triệu đồng. Ngày ghi ngày/tháng/năm.",
        "3. Vào Thiết bị → Nhập từ tệp, chọn tệp này. Xem lại cách ghép cột và các dòng lỗi trước khi nhập.",
        "4. Dòng lỗi được trả lại thành một tệp có cột lý do; sửa xong thì gửi lại tệp đó.",
    )
    sheet.write_string(0, 0, "Cách điền danh sách thiết bị", title)
    for line, text in enumerate(lines, start=2):
        sheet.write_string(line, 0, text)
    start = len(lines) + 3
    for at, heading in enumerate(("Cột", "Bắt buộc", "Cách ghi", "Ví dụ")):
        sheet.write_string(start, at, heading, bold)
    for line, field in enumerate(fields, start=start + 1):
        cells = (field.label, "Bắt buộc" if field.required else "", field.help, EXAMPLES.get(field.key, ""))
        for at, text in enumerate(cells):
            sheet.write_string(line, at, text, wrapped)
    others = "; ".join(f.label for f in known.values() if f.key.startswith(ATTRIBUTE) and f.key not in COLUMNS)
    end = start + len(fields) + 2
    sheet.write_string(end, 0, "Các cột khác", bold)
    sheet.write_string(end + 1, 0, f"Có thể thêm cột thuộc tính của từng loại: {others}.")
    sheet.write_string(end + 2, 0, f"Cột “{known['code'].label}” chỉ dùng khi cập nhật thiết bị đã có.")
