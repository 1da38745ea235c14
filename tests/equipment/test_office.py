"""What the site gives out, opened by LibreOffice and compared with the books cell by cell."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from equipment.actions import equipment
from equipment.models import Equipment
from tests.isolation.matrix import read
from tests.sheets.office import convert
from tests.world import confirmed, devices

NAMES = (
    "Máy vi tính để bàn – ộ ữ ẵ Ỵ Đ",
    "=1+1",
    "-5",
    "+84 24 3936 1234",
    "@SUM(A1)",
    "1E10",
    "00123",
    "01/02/2026",
    'Màn hình 24" "cong"; loại A',
    "Máy\u00a0in",
    "'nháy đầu",
    "TRUE",
    "12.345.678",
)

# What the program takes for numbers and days when it opens a text file, whoever wrote it.
GUESSED = {"1E10", "00123", "01/02/2026", "TRUE", "12.345.678"}


@pytest.fixture
def stock(world):
    """Devices whose texts a spreadsheet program would like to take for something else."""
    by = world.nghiepvu_badinh
    made = devices(confirmed(world, by, [f"0{n}E{n}" for n in range(len(NAMES))]))
    for item, name in zip(made, NAMES, strict=True):
        values = {"name": name, "note": f"{name}\ndòng hai", "holder_name": name, "warranty_until": date(2028, 2, 29)}
        equipment.describe(item, values=values, reason="Thử", by=by, version=item.version)
    return {item.code: item for item in Equipment.objects.filter(intake=made[0].intake).select_related("category")}


def by_code(rows):
    head, *body = rows
    return {row[0]: dict(zip(head, row, strict=True)) for row in body}


def test_a_workbook_is_the_same_after_libreoffice(world, client_of, stock, tmp_path):
    client = client_of(world.nghiepvu_badinh)
    path = tmp_path / "thiet-bi.xlsx"
    path.write_bytes(read(client.get(reverse("equipment:list"), {"export": "xlsx"})))
    given = openpyxl.load_workbook(path).active
    assert given.freeze_panes == "A2"  # LibreOffice without a screen keeps no view
    quoted = {cell.value for row in given.iter_rows() for cell in row if cell.quotePrefix}
    assert {"=1+1", "-5", "@SUM(A1)"} <= quoted  # typed anew (F2, Enter) they stay text
    opened = openpyxl.load_workbook(convert(convert(path, "ods"), "xlsx")).active
    shown = by_code([[cell.value for cell in row] for row in opened.iter_rows()])
    assert set(shown) == set(stock)
    for code, item in stock.items():
        row = shown[code]
        assert row["Tên thiết bị"] == item.name
        assert row["Số máy"] == item.serial
        assert row["Người sử dụng"] == item.holder_name
        assert row["Ghi chú"] == item.note
        assert row["Loại"] == item.category.name
        assert row["Nguyên giá"] == item.original_price
        assert row["Ngày tiếp nhận"].date() == item.received_on
        assert row["Bảo hành đến"].date() == item.warranty_until
        assert row["Trạng thái"] == item.get_status_display()
    head = {cell.value: cell.column_letter for cell in opened[1]}
    assert opened[f"{head['Nguyên giá']}2"].number_format == "#,##0"
    assert opened[f"{head['Ngày tiếp nhận']}2"].number_format.lower() == "dd/mm/yyyy"


def test_a_text_file_is_the_same_in_libreoffice(world, client_of, stock, tmp_path):
    """UTF-8 told by its mark; nothing is calculated."""
    client = client_of(world.nghiepvu_badinh)
    path = tmp_path / "thiet-bi.csv"
    path.write_bytes(read(client.get(reverse("equipment:list"), {"export": "csv"})))
    given = by_code(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    ods = convert(path, "ods", infilter="CSV:44,34,76")  # commas, quotes, UTF-8
    opened = openpyxl.load_workbook(convert(ods, "xlsx")).active
    cells = [cell for row in opened.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}  # no formula
    shown = by_code([[cell.value for cell in row] for row in opened.iter_rows()])
    assert set(shown) == set(given) == set(stock)
    for code, item in stock.items():
        assert given[code]["Tên thiết bị"].removeprefix("'") == item.name.removeprefix("'")
        assert Decimal(given[code]["Nguyên giá"]) == item.original_price
        assert given[code]["Ngày tiếp nhận"] == f"{item.received_on:%d/%m/%Y}"
        if item.name not in GUESSED:
            assert str(shown[code]["Tên thiết bị"]).removeprefix("'") == item.name.removeprefix("'")
