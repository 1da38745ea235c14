"""Set reports on paper: layout, tables that fit, figures inside."""

import io
import json
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from openpyxl import load_workbook

from orgs.rules import UnitKind
from reports.definition import Col, Line, Part, Sheet
from reports.printing.cells import written
from reports.printing.fitting import PARTED_SIZES, SIZES, fit
from reports.printing.letterhead import letterhead_of, place_of, sign_of
from reports.printing.metrics import width
from reports.printing.sheets import LANDSCAPE_ROOM, PORTRAIT_ROOM, sheet_pdf
from tests.printing.archive import require_archive, require_fonts, told
from tests.printing.read import pictures, tags, texts

NAMES = (Col("mark", "STT", "code", mark="A"), Col("name", "Loại thiết bị", mark="B"))


def columns(many: int) -> list[Col]:
    """So many pairs of numbers and values, in groups of two pairs."""
    found = list(NAMES)
    for at in range(many):
        group = f"Nhóm {at // 2 + 1}"
        found.append(Col(f"q{at}", "Số lượng", "number", group, mark=str(2 * at + 1)))
        found.append(Col(f"v{at}", "Nguyên giá", "money", group, mark=str(2 * at + 2)))
    return found


def part(pairs: int, rows: int, value: int = 14_890_000) -> Part:
    shown = columns(pairs)
    figures = {column.name: value if column.kind == "money" else 17 for column in shown[2:]}
    lines = [Line({"mark": str(at), "name": f"Máy vi tính để bàn {at:03}", **figures}) for at in range(1, rows + 1)]
    return Part("Biểu 1", shown, lines, sum=Line({"name": "Tổng cộng", **figures}, strong=True))


def sheet(world, *parts: Part, **changes) -> Sheet:
    made = Sheet("Báo cáo tăng, giảm", "Năm 2025", parts, unit=world.units["01.001"], legal_basis="QĐ 375/QĐ-BHXH")
    return replace(made, **changes)


@pytest.mark.dieu("13.8")
@pytest.mark.django_db
def test_a_report_is_an_archive_file_with_its_figures(world):
    pdf = sheet_pdf(sheet(world, part(3, 5), warnings=["Hai đơn vị chưa khóa."]), by=world.nghiepvu_badinh)
    require_archive(pdf, files={"so-lieu.json": "Source", "so-lieu.xlsx": "Data"})
    require_fonts(pdf)
    assert {"Table", "TH", "TD", "H1", "P"} <= tags(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        files = {name: document.attachments[name].get_file().read_bytes() for name in document.attachments}
    figures = json.loads(files["so-lieu.json"])
    assert figures["parts"][0]["lines"][0] | {"name": ""} == {
        "mark": "1", "name": "", **{f"q{n}": 17 for n in range(3)}, **{f"v{n}": 14_890_000 for n in range(3)}
    }  # fmt: skip
    cells = list(load_workbook(io.BytesIO(files["so-lieu.xlsx"])).worksheets[0].iter_rows(values_only=True))
    assert ("5", "Máy vi tính để bàn 005", 17, 14_890_000, 17, 14_890_000, 17, 14_890_000) in cells


@pytest.mark.dieu("13.8")
@pytest.mark.django_db
def test_the_layout_is_that_of_administrative_documents(world):
    pdf = sheet_pdf(sheet(world, part(3, 90), landscape=False), by=world.nghiepvu_badinh)
    pages = texts(pdf)
    first = pages[0]
    for text in (
        "BHXH THÀNH PHỐ HÀ NỘI",
        "BẢO HIỂM XÃ HỘI",
        "QUẬN BA ĐÌNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/BC-BHXH",
        "Ba Đình, ngày ……",
        "BÁO CÁO TĂNG, GIẢM",
    ):
        assert text in first
    assert len(pages) > 2
    for number, page in enumerate(pages[1:], start=2):
        assert f" {number} Người dùng" in page  # in the top margin, not on the first page
        assert "Loại thiết bị" in page  # heads and their numbers stand on every page
        assert "A B 1 2" in page
    assert " 1 Người dùng" not in first
    assert "Tổng cộng" in pages[-1]
    assert "THỦ TRƯỞNG ĐƠN VỊ" in pages[-1]
    assert "14.890.000" in first
    size = told("pdfinfo", pdf)
    assert "Page size:       595" in size
    assert "Tagged:          yes" in size
    assert "JavaScript:      no" in size


@pytest.mark.django_db
def test_nothing_is_printed_over_the_margin(world):
    pdf = sheet_pdf(sheet(world, part(16, 30, value=123_456_789_012)), by=world.nghiepvu_badinh)
    for picture in pictures(pdf, dpi=40):
        dark = picture.point(lambda shade: 255 if shade < 128 else 0)
        left, _, right, _ = dark.getbbox()
        per_mm = 40 / 25.4
        assert left >= 19 * per_mm
        assert right <= picture.width - 19 * per_mm


def test_a_narrow_table_gets_large_letters():
    (fitted,) = fit(part(1, 3), PORTRAIT_ROOM)
    assert fitted.size == SIZES[0]
    assert sum(fitted.widths) == pytest.approx(PORTRAIT_ROOM)


@pytest.mark.parametrize("pairs", [4, 8, 15, 30])
def test_a_wide_table_stays_legible_and_whole(pairs):
    made = part(pairs, 3, value=15_000_000_000_000)
    fitted = fit(made, LANDSCAPE_ROOM)
    shown = [column.name for table in fitted for column in table.columns[2:]]
    assert shown == [column.name for column in made.columns[2:]]  # every figure once, in its order
    for table in fitted:
        assert table.columns[:2] == made.columns[:2]  # each part names its rows
        assert table.size >= PARTED_SIZES[-1]
        assert sum(table.widths) == pytest.approx(LANDSCAPE_ROOM)
        for column, room in zip(table.columns[2:], table.widths[2:], strict=True):
            assert width(written(column.kind, made.lines[0].values[column.name]), table.size) < room
    assert len({table.size for table in fitted}) == 1


def test_groups_stay_together_where_the_paper_has_room():
    fitted = fit(part(8, 3, value=123_456_789_012), LANDSCAPE_ROOM)
    assert len(fitted) > 1
    ends = [table.columns[-1].group for table in fitted[:-1]]
    begins = [table.columns[2].group for table in fitted[1:]]
    assert all(end != begin for end, begin in zip(ends, begins, strict=True))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("number", 0, "-"),
        ("number", None, ""),
        ("money", 14_890_000, "14.890.000"),
        ("number", -3, "-3"),
        ("percent", 95, "95%"),
        ("date", date(2026, 1, 5), "05/01/2026"),
        ("text", "=1+1", "=1+1"),
    ],
)
def test_values_are_written_as_papers_write_them(kind, value, text):
    assert written(kind, value) == text


@pytest.mark.django_db
def test_the_head_of_each_kind_of_unit(world):
    office, province = world.units["00.VP"], world.units["01"]
    assert (sign_of(office), sign_of(province)) == ("BC-VP", "BC-BHXH")
    assert (place_of(office), place_of(province)) == ("Hà Nội", "Hà Nội")
    assert letterhead_of(province).superior == "BẢO HIỂM XÃ HỘI VIỆT NAM"
    assert letterhead_of(world.units["00"]).superior == ""
    named = letterhead_of(province, day=date(2027, 1, 5))
    assert named.place_and_date == "Hà Nội, ngày 05 tháng 01 năm 2027"
    assert {unit.kind for unit in (office, province)} == {UnitKind.HQ_UNIT, UnitKind.PROVINCE}
