"""No cell of any file that the site gives out is a formula (Kimai's hole), whichever column it stands in."""

import csv
import io
import re
import unicodedata

import openpyxl
import pytest
from django.db import connection, models
from django.urls import reverse

from core.walls import concrete_models
from tests.isolation.conftest import undone
from tests.isolation.matrix import ROWS, read

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u200b=",
    "\ufeff@",
    "x;=",
    "x\n=",
    "−",
]
HOSTILE = "cmd|'/C calc'!A1"
CALCULATES = "=+-@"
NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
DEVICE = {"Tên thiết bị", "Số máy", "Loại", "Mẫu", "Hãng", "Đơn vị", "Phòng, tổ", "Người sử dụng", "Số thẻ tài sản"}
DEVICE |= {"Nước sản xuất", "Ghi chú"}
TEXTS = {
    "overview": {"Mục"},
    "search": DEVICE,
    "equipment:list": DEVICE,
    "equipment:clashes": {"Số máy", "Đơn vị", "Đơn vị đã có"},
    "jobs:list": {"Việc", "Kết quả"},
    "analysis:pivot": {"Tỉnh, đơn vị trực thuộc"},
    "analysis:saved": {"Tên", "Mô tả", "Người lưu"},
    "analysis:schedules": {"Tên", "Lý do dừng"},
    "analysis:alerts": {"Tên", "Phân tích"},
    "notices:list": {"Thông báo", "Nội dung", "Căn cứ"},
    "personnel:list": {"Họ và tên", "Chức danh", "Phòng, tổ", "Đơn vị"},
    "personnel:runs": {"Nguồn", "Vướng mắc"},
    "assignments:list": {"Người nhận, người trả", "Phòng, tổ", "Đơn vị", "Người lập", "Lý do vượt định mức", "Ghi chú"},
    "assignments:recoveries": {"Cán bộ", "Mã cán bộ", "Đơn vị"},
    "calendar:log": {"Người thực hiện"},
    "assignments:mine": {"Tên thiết bị", "Số máy", "Loại", "Phòng, tổ"},
    "assignments:norms": {"Cán bộ, phòng, đơn vị", "Loại thiết bị", "Văn bản"},
    "norms:list": {"Văn bản", "Nguồn"},
    "accounts:unused": {"Họ và tên", "Đơn vị"},
    "deadlines:list": {"Hồ sơ", "Đơn vị", "Lý do", "Căn cứ"},
    "deadlines:below": {"Đơn vị"},
    "deadlines:urgings": {"Đơn vị đôn đốc", "Đơn vị được đôn đốc", "Nội dung"},
    "imports:list": {"Tệp", "Đơn vị", "Người nhập"},
    "support:list": {"Tiêu đề", "Đơn vị hỏi", "Đơn vị trả lời", "Đơn vị trả lời lần đầu", "Người hỏi", "Hỏi từ trang"},
    "signing:list": {"Văn bản", "Đơn vị", "Người trình ký", "SHA-256 của tệp phát hành", "Lý do thu hồi"},
    "signers:list": {"Chủ thể chứng thư", "Đơn vị", "Số chứng thư", "Nơi cấp"},
    "signatures:list": {"Tên hình", "Đơn vị"},
    "trust:list": {"Tên gọi", "Số chứng thư", "SHA-256", "Nơi cấp"},
    "yearend:list": {"Đơn vị", "Số văn bản"},
    "yearend:progress": {"Đơn vị"},
    "yearend:unlocks:list": {"Đơn vị", "Lý do", "Người đề nghị", "Người quyết định", "Ý kiến của quản trị cấp 1"},
    "dispatch:list": {
        *("Trích yếu", "Đơn vị gửi", "Đơn vị nhận", "Lý do trả lại", "Hồ sơ", "Người gửi", "Mã văn bản"),
    },
    "dispatch:identifiers": {
        *("Đơn vị", "Mã định danh", "Mã đang dùng khi gửi", "Cơ quan chủ quản", "Văn bản cấp mã"),
    },
    "yearend:inbox": {"Đơn vị", "Số văn bản", "Lý do trả lại", "Người ký"},
    "transfers:list": {"Bên giao", "Bên nhận", "Số quyết định", "Lý do", "Người lập", "Người nhận"},
    "disposals:list": {"Đơn vị", "Số quyết định", "Số biên bản", "Người ký", "Người lập"},
    "disposals:suggestions": DEVICE,
    "losses:lost": {"Đơn vị", "Chịu trách nhiệm", "Số biên bản", "Người lập"},
    "losses:found": {"Đơn vị", "Chịu trách nhiệm", "Số biên bản", "Người lập"},
    "procedures:list": {"Giấy tờ, việc cần có", "Căn cứ", "Nguồn"},
    "repairs:list": {"Đơn vị", "Nơi sửa chữa", "Kết quả đánh giá", "Người lập"},
    "repairs:costs": {"Tên thiết bị", "Số máy", "Đơn vị", "Nơi sửa chữa", "Việc đã làm"},
    "repairs:upkeep": {"Tên thiết bị", "Số máy", "Loại", "Đơn vị", "Phòng, tổ", "Người sử dụng"},
    "intakes:list": {"Đơn vị", "Bên giao", "Số hợp đồng", "Người tiếp nhận", "Người lập"},
    "reports:entries": {"Loại", "Đơn vị", "Người ghi"},
    "reports:held": {"Loại", "Đơn vị"},
    "software:list": {
        *("Tên phần mềm", "Đơn vị", "Loại", "Phiên bản đang dùng", "Phiên bản gốc", "Mã phần mềm", "Bản quyền"),
        *("Ngôn ngữ, CSDL", "Bộ phận triển khai", "Độ ổn định", "Tính thân thiện", "Ghi chú"),
    },
    "catalogue:rates": {"Loại, nhóm", "Căn cứ", "Độ tin cậy"},
    "catalogue:regimes": {"Căn cứ"},
    "catalogue:categories": {"Loại thiết bị", "Nhóm", "Đơn vị tính", "Nguồn"},
    "catalogue:brands": {"Hãng", "Nước"},
    "catalogue:models": {"Mẫu", "Hãng", "Loại", "Nguồn"},
}
"""The columns of each list that hold text which people wrote."""
WHO = dict.fromkeys(("jobs:list", "notices:list", "assignments:mine", "assignments:norms"), "business")
WHO |= dict.fromkeys(("analysis:saved", "analysis:schedules", "analysis:alerts"), "business")
WHO["accounts:unused"] = "admin1"
WHO |= dict.fromkeys(("dispatch:identifiers", "yearend:inbox", "trust:list"), "admin1")
"""Who has rows there, where it isn't whoever sees all."""
KEPT = {"code", "number", "path", "username", "password", "kind", "sha256", "file", "key", "email", "report"}


FROZEN = {
    "signing_revision",
    *("dispatch_dispatchevent", "dispatch_package", "yearend_annualedition", "yearend_editionpart"),
}
"""Tables that refuse changes whoever makes them."""


def poison(start: str) -> None:
    """Put the start of a formula before every text in the database, past all checks."""
    with connection.cursor() as cursor:
        for model in concrete_models():
            table = model._meta.db_table
            if (
                model._meta.app_label
                not in {
                    "orgs",
                    "deadlines",
                    "dispatch",
                    "yearend",
                    "accounts",
                    "analysis",
                    "jobs",
                    "notices",
                    "personnel",
                    "equipment",
                    "repairs",
                    "transfers",
                    "disposals",
                    "support",
                    "signing",
                }
                or "ledger" in table
                or "historical" in table
                or table in FROZEN
            ):
                continue
            for field in model._meta.concrete_fields:
                plain = isinstance(field, models.CharField | models.TextField) and not isinstance(
                    field, models.GeneratedField
                )
                if plain and not field.choices and field.name not in KEPT:
                    new = f'left(%s || "{field.column}", {field.max_length or 200})'
                    cursor.execute(f'UPDATE "{table}" SET "{field.column}" = {new}', [f"{start}{HOSTILE}"])


def calculates(cell: str) -> bool:
    """Whether a spreadsheet program might take the cell, or what follows a sign that parts cells, for a formula."""
    if NUMBER.fullmatch(cell):  # a decrease: calculated or not, it is the same
        return False
    for part in [cell, *cell.replace("\n", ";").replace("\r", ";").replace("\t", ";").split(";")[1:]]:
        bare = "".join(c for c in part if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
        if bare and unicodedata.normalize("NFKC", bare)[0].replace("−", "-") in CALCULATES:
            return True
    return False


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_is_a_formula(country, start):
    with undone():
        poison(start)
        for name, columns in TEXTS.items():
            answer = country.client(WHO.get(name, "above")).get(reverse(name), {"export": "csv"})
            rows = list(csv.reader(io.StringIO(read(answer).decode("utf-8-sig"))))
            assert len(rows) > 1, name
            assert [cell for row in rows for cell in row if calculates(cell)] == [], name
            found = {label for row in rows[1:] for label, cell in zip(rows[0], row, strict=True) if "cmd" in cell}
            assert found == columns, name


def test_no_cell_of_a_workbook_is_a_formula(country):
    with undone():
        poison("=")
        for name, columns in TEXTS.items():
            answer = country.client(WHO.get(name, "above")).get(reverse(name), {"export": "xlsx"})
            sheet = openpyxl.load_workbook(io.BytesIO(read(answer))).active
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}, name
            assert {sheet.cell(1, cell.column).value for cell in cells if "cmd" in str(cell.value)} == columns, name


def test_every_list_that_gives_files_is_swept(country):
    giving = set()
    for name, row in ROWS.items():
        if row.get and not row.args(country) and name != "account_login":
            response = country.client(WHO.get(name, "above")).get(reverse(name), {"export": "csv"})
            read(response)
            if "text/csv" in response.headers.get("Content-Type", ""):
                giving.add(name)
    assert giving == set(TEXTS)
