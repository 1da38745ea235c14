"""The yearly report on paper: everything on it comes from the frozen figures."""

import hashlib
import io
from datetime import date

import pikepdf
import pytest
from openpyxl import load_workbook

from equipment.queries.catalogue import Kind
from reports.rules.annual import canonical
from tests.printing.archive import require_archive, require_fonts, told
from tests.printing.read import codes, pictures, tags, texts
from tests.yearend.figures import DESKTOP, OFFICE, edition, line, part
from yearend.printing.annexes import on_time
from yearend.printing.paper import annual_pdf, edition_workbook
from yearend.printing.tree import placed, roman

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
LETTER = {
    "document_number": "05/BC-BHXH",
    "document_date": date(2026, 1, 5),
    "place": "Hà Nội",
    "preparer": "Trần Thị Lập",
    "competence": "KT. Giám đốc",
    "position": "Phó Giám đốc",
    "signatory": "Lê Văn Ký",
    "recipients": "- Như trên;\n- Lưu: VT, CNTT.",
}


@pytest.fixture
def province(world):
    """A province with one district in its figures and another missing."""
    made = edition(
        world.units["01"],
        by=world.nghiepvu_hanoi,
        parts=(part(world.units["01.001"], 7),),
        missing=("01.002",),
        **{DESKTOP: 20, OFFICE: 4},
    )
    for name, value in LETTER.items():
        setattr(made.report, name, value)
    return made


def test_the_first_page_says_who_what_and_how_much(province):
    pdf = annual_pdf(province.report, province).pdf
    first = texts(pdf)[0]
    for text in (
        "BẢO HIỂM XÃ HỘI VIỆT NAM",
        "Số: 05/BC-BHXH",
        "Hà Nội, ngày 05 tháng 01 năm 2026",
        "BÁO CÁO Tình hình quản lý thiết bị công nghệ thông tin năm 2025",
        "Kính gửi: Trung tâm Công nghệ thông tin.",
        "1 đơn vị cấp dưới đã khóa đến hết ngày 31/12/2025",
        "Báo cáo chưa gồm số liệu của 1 đơn vị chưa khóa số liệu: BHXH quận Hoàn Kiếm.",
        "Tăng trong năm 6 87.000.000",
        "Giảm trong năm 3 43.500.000",
        "Cuối kỳ (ngày 31 tháng 12) 31 449.500.000",
        "28 thiết bị tốt, 0 trung bình, 3 kém",
        "tỷ lệ đúng hạn 83,3%",
    ):
        assert text in first


def test_the_annexes_hold_every_figure_once(province):
    pdf = annual_pdf(province.report, province).pdf
    pages = texts(pdf)
    whole = " ".join(pages)
    for text in (
        "Phụ lục I TÌNH HÌNH TĂNG, GIẢM",
        "(Kèm theo Báo cáo số 05/BC-BHXH ngày 05 tháng 01 năm 2026 của Bảo hiểm xã hội thành phố Hà Nội)",
        "Biểu 1. Tăng, giảm số lượng thiết bị",
        "Biểu 2. Tăng, giảm nguyên giá thiết bị (đồng)",
        "Biểu 4. Tổng hợp theo đơn vị",
        "1 BHXH quận Ba Đình 6 2 1 7 101.500.000",
        "Phần mềm đang sử dụng".upper(),
        "BHXH quận Ba Đình 1 Đã quá cũ",
        "5 máy chờ giao",
    ):
        assert text in whole
    assert all(f" {at} BCN-01-2025-0001, số liệu" in page for at, page in enumerate(pages[1:], start=2))
    assert "Page size:       595" in told("pdfinfo", pdf)
    assert "Page    3 size:  842" in " ".join(told("pdfinfo", pdf, "-f", "1", "-l", "9").split("\n")).replace(
        "841.89", "842"
    )


def test_the_file_is_for_the_archive_and_holds_what_was_frozen(province):
    pdf = annual_pdf(province.report, province).pdf
    require_archive(pdf, files={"so-lieu.json": "Source", "so-lieu.xlsx": "Data"})
    require_fonts(pdf)
    assert {"Table", "TH", "TD", "H1", "H2", "P", "Figure"} <= tags(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        held = document.attachments["so-lieu.json"].get_file().read_bytes()
    assert held == canonical(province.figures)
    assert hashlib.sha256(held).hexdigest() == province.sha256
    for page in texts(pdf):
        assert f"SHA-256: {province.sha256}" in page


def test_the_qr_leads_to_the_verification_page(province, settings):
    settings.SITE_URL = "https://qltb.example.vn"
    found = [
        code for picture in pictures(annual_pdf(province.report, province).pdf, dpi=200)[:3] for code in codes(picture)
    ]
    assert found == [f"https://qltb.example.vn/xac-minh/{province.public_id}/"]


def test_the_boxes_lie_where_the_signatures_belong(province):
    made = annual_pdf(province.report, province)
    pages = texts(made.pdf)
    (at,) = {box[0] for box in made.boxes.values()}
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC" in pages[at]
    assert "Lê Văn Ký" in pages[at]
    _, left, bottom, right, top = made.boxes["head"]
    seal = made.boxes["seal"]
    assert 0 < left < right < 595
    assert 0 < bottom < top < 842
    assert (seal[3] - left) / (right - left) == pytest.approx(1 / 3, abs=0.05)  # it covers a third, from the left
    assert made.boxes["preparer"][3] < left


def test_a_draft_says_so_on_every_page_and_bears_no_number(province):
    made = annual_pdf(province.report, province, draft=True)
    assert made.boxes == {}
    for page in texts(made.pdf):
        assert "BẢN NHÁP" in page
        assert "05/BC-BHXH" not in page


def test_text_of_people_is_text(world):
    made = edition(world.units["48"], by=world.nghiepvu_danang)
    made.report.signatory = "<b>Nguyễn & Trần</b>"
    assert "<b>Nguyễn & Trần</b>" in " ".join(texts(annual_pdf(made.report, made).pdf))


def test_a_unit_without_devices_reports_too(world):
    made = edition(world.units["48"], by=world.nghiepvu_danang, **{DESKTOP: 1})
    made.figures = {**made.figures, "own": {}, "total": {}, "deadlines": {}, "survey": {}}
    pages = texts(annual_pdf(made.report, made).pdf)
    assert "Cuối kỳ (ngày 31 tháng 12) 0 0" in pages[0]
    assert "Tổng cộng" in " ".join(pages)


def test_the_workbook_shows_the_same_figures(province):
    book = load_workbook(io.BytesIO(edition_workbook(province)))
    cells = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert next(row for row in cells if row[1] == "BHXH quận Ba Đình")[2:7] == (6, 2, 1, 7, 101_500_000)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_groups_bear_the_sums_of_what_they_hold():
    kinds = [
        Kind(at, code, name, measure, None, above, None, holds_equipment=bool(measure))
        for at, (code, name, measure, above) in enumerate(
            (
                ("A", "Phần cứng", "", ""),
                ("A1", "Máy tính", "", "A"),
                ("A1X", "Máy bàn", "bộ", "A1"),
                ("A1Y", "Xách tay", "chiếc", "A1"),
                ("A2", "Máy in", "", "A"),
                ("B", "Trống", "", ""),
            )
        )
    ]
    rows = placed({"A1X": line(5), "A1Y": line(3), "ZZ": line(2)}, kinds)
    told_rows = [(row.mark, row.name, row.depth, row.line.closing_quantity) for row in rows]
    assert told_rows == [
        ("A", "Phần cứng", 0, 8),
        ("I", "Máy tính", 1, 8),
        ("1", "Máy bàn", 2, 5),
        ("2", "Xách tay", 2, 3),
        ("1", "ZZ", 0, 2),
    ]


def test_small_numbers_in_words_of_the_form():
    assert [roman(number) for number in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
    assert on_time({"fulfilled": 2, "fulfilled_late": 1, "running": 5}) == "66,7%"
    assert on_time({"running": 5}) == ""


@pytest.mark.parametrize("paragraphs", [1, 4, 8])
def test_the_signatures_never_stand_alone(province, paragraphs):
    province.figures["assessment"] = "\n".join(
        ["Thiết bị được quản lý, sử dụng đúng mục đích, đúng định mức."] * paragraphs
    )
    (page,) = [text for text in texts(annual_pdf(province.report, province).pdf) if "NGƯỜI LẬP" in text]
    assert "Kiến nghị" in page
    assert "Phụ lục kèm theo Báo cáo này./." in page
