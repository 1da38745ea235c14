"""The file that units fill in: understood by the import as it is, with lists of what may be chosen."""

import zipfile

import pytest

from core.sheets import read
from equipment.importing.matching import match_book
from equipment.importing.template import COLUMNS, EXAMPLES, write_template
from equipment.models import Brand, EquipmentModel
from tests.imports import support as s
from tests.world import past


@pytest.fixture
def template(world):
    closed = EquipmentModel.objects.create(brand=Brand.objects.create(name="HP"), category=world.desktop, name="Cũ")
    closed.closed_on = past(1)
    closed.save()
    file = s.io.BytesIO()
    write_template(file, world.units["01.001"])
    file.seek(0)
    return file


def test_every_heading_is_understood(world, template):
    book = read(template, "mau.xlsx")
    found = match_book(book, keys=(), remembered={})
    assert book.sheets[found.sheet].name == "Danh sách"
    assert [column.field for column in found.columns] == list(COLUMNS)
    assert book.sheets[found.sheet].rows == 1  # the example stands in the instructions only


def test_it_offers_what_may_be_chosen_today(world, template):
    book = read(template, "mau.xlsx")
    names = [sheet.name for sheet in book.sheets]
    assert names == ["Danh sách", "Hướng dẫn", "Danh mục"]
    lists = list(zip(*book.rows(2), strict=True))
    offered = {column[0]: [cell for cell in column[1:] if cell] for column in lists}
    assert offered["Loại thiết bị"] == ["Máy vi tính để bàn", "Phần mềm văn phòng"]
    assert offered["Mẫu"] == ["Dell OptiPlex 3070"]
    assert offered["Phòng, tổ"] == ["Tổ Thu"]
    template.seek(0)
    sheet = zipfile.ZipFile(template).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<dataValidation ") == 5
    assert "Danh mục" in sheet


def test_its_instructions_name_every_column_with_an_example(template):
    book = read(template, "mau.xlsx")
    text = {str(row[0]): row for row in book.rows(1)}
    assert {"Loại thiết bị", "Nguyên giá", "Ngày tiếp nhận"} <= set(text)
    assert text["Loại thiết bị"][1] == "Bắt buộc"
    assert set(EXAMPLES) == set(COLUMNS)


def test_the_example_of_the_instructions_would_come_in(world, template):
    by = world.nghiepvu_badinh
    world.desktop.attribute_keys = ["MAC", "IP", "CPU", "RAM", "o_cung", "OS"]
    world.desktop.save()
    (head,) = read(template, "mau.xlsx").rows(0)
    example = {**EXAMPLES, "room": "Tổ Thu"}
    batch = s.checked(by, s.xlsx([head, [example[key] for key in COLUMNS]]))
    assert (batch.report["faults"], batch.fresh) == ([], 1)
