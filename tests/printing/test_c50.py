"""The hand-over minutes as they come out of the printer."""

import io
import re
import socket
from datetime import date
from itertools import pairwise

import pypdf
import pytest
from weasyprint import HTML

from equipment.printing import basis
from equipment.printing.basis import legal_basis
from equipment.printing.minutes import Side, written_date
from tests.printing.read import fonts, tags, texts
from tests.printing.samples import minutes
from ui.pdf import FetchRefusedError, OnlyOurFonts, render_pdf

# domain data, forms.csv: every field of C50-HD
FIELDS = [
    "BHXH QUẬN BA ĐÌNH",
    "BHXH THÀNH PHỐ HÀ NỘI",
    "Bộ phận:",
    "Mã đơn vị QHNS:",
    "Mẫu số: C50-HD",
    "Thông tư số 24/2024/TT-BTC",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "BIÊN BẢN GIAO NHẬN TÀI SẢN CỐ ĐỊNH",
    "Ngày 18 tháng 11 năm 2026",
    "Số: 05/BBGN-BHXH",
    "Nợ:",
    "Có:",
    "Căn cứ Quyết định số 1525/QĐ-BHXH ngày 02/11/2026 của BHXH thành phố Hà Nội về việc bàn giao tài sản cố định;",
    "Căn cứ Hợp đồng số 27/2026/HĐ-MSTB ngày 20/10/2026.",
    "Ông/Bà: Lê Văn Giao Chức vụ: Giám đốc kinh doanh Đại diện bên giao: Công ty TNHH Thiết bị Ánh Sáng",
    "Ông/Bà: Nguyễn Thị Nhận Chức vụ: Phó Giám đốc Đại diện bên nhận: BHXH quận Ba Đình",
    "Địa điểm giao nhận tài sản cố định: Trụ sở BHXH quận Ba Đình",
    "Cộng: 12 tài sản",
    "Một trăm bảy mươi tám triệu sáu trăm tám mươi nghìn đồng.",
    "DỤNG CỤ, PHỤ TÙNG KÈM THEO STT Tên, quy cách dụng cụ, phụ tùng Đơn vị tính Số lượng Giá trị",
    "Thủ trưởng bên nhận (Ký, họ tên, đóng dấu)",
    "Kế toán trưởng bên nhận (Ký, họ tên)",
    "Người nhận (Ký, họ tên)",
    "Người giao (Ký, họ tên)",
]
HEADER = (
    "STT Tên, ký hiệu, quy cách (cấp hạng) TSCĐ Số hiệu TSCĐ Nước sản xuất (XD) Năm sản xuất Năm đưa vào sử dụng"
    " Công suất (diện tích thiết kế) Tính nguyên giá tài sản cố định (đồng) Tỷ lệ hao mòn %"
    " Tài liệu kỹ thuật kèm theo Giá mua (giá thành SX) Chi phí vận chuyển Chi phí chạy thử … Nguyên giá TSCĐ"
    " A B C D 1 2 3 4 5 6 7 8 9 E"
)


def print_c50(*sizes, **changes):
    return render_pdf(
        "print/c50.html",
        {"minutes": minutes(*sizes, **changes)},
        styles={"print/document.css": {}, "print/c50.css": {}},
    )


@pytest.fixture(scope="module")
def twelve():
    return print_c50(12)


@pytest.fixture(scope="module")
def hundred():
    return print_c50(60, 45)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_form_is_there(twelve, field):
    assert field in " ".join(texts(twelve))


def test_the_title_is_read_before_the_table(twelve):
    first = texts(twelve)[0]
    assert first.index("BIÊN BẢN GIAO NHẬN") < first.index("Căn cứ Quyết định") < first.index("STT")


def test_the_header_of_the_table_repeats_on_every_page(hundred):
    pages = texts(hundred)
    assert len(pages) >= 4
    assert all(HEADER in page for page in pages)


def test_each_device_has_one_row_in_order(hundred):
    text = " ".join(texts(hundred))
    rows = re.findall(r"(\d+) HP ProDesk 400 G7; S/N: 5CG0(\d{4})XK 01\.001-(\d{6}) Trung Quốc", text)
    assert [tuple(map(int, row)) for row in rows] == [(n, n, n) for n in range(1, 106)]


def test_lines_have_their_sums_and_the_end_has_the_total(hundred):
    text = " ".join(texts(hundred))
    assert "HP ProDesk 400 G7 (60 bộ)" in text
    assert "893.400.000" in text  # 60 × 14.890.000
    assert "670.050.000" in text  # 45 × 14.890.000
    assert "Cộng: 105 tài sản x x x x x 1.563.450.000 1.563.450.000" in text


def test_pages_are_numbered_but_for_the_first(hundred):
    first, *others = texts(hundred)
    assert not re.search(r"\b1 Hồ sơ tiếp nhận", first)
    for number, page in enumerate(others, start=2):
        assert re.search(rf"\b{number} Hồ sơ tiếp nhận TN-01\.001-2026-0007$", page)


@pytest.mark.parametrize("size", [0, 1, 4, 5, 6, 15, 16, 17, 18, 24, 25, 26, 30, 31, 32, 33])
def test_signatures_never_stand_alone(size):
    last = texts(print_c50(size))[-1]
    assert "Người giao (Ký, họ tên)" in last
    assert "DỤNG CỤ, PHỤ TÙNG" in last
    assert f"Cộng: {size} tài sản" in last
    if size:
        assert f"5CG0{size:04d}XK" in last


def test_fonts_are_ours_and_embedded(twelve):
    used = fonts(twelve)
    assert set(used) <= {"QLTB-Serif", "QLTB-Serif-Bold", "QLTB-Serif-Italic", "QLTB-Serif-Bold-Italic"}
    assert len(used) == 3
    assert all(used.values())


def test_every_vietnamese_letter_copies_out_right():
    small = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
    text = f"{small} {small.upper()}"
    pdf = print_c50(1, place=text)
    assert text in texts(pdf)[0]
    assert {name.split("-")[0] for name in fonts(pdf)} == {"QLTB"}


def test_it_is_tagged_for_screen_readers(twelve):
    assert {"Document", "H1", "P", "Table", "THead", "TBody", "TR", "TH", "TD"} <= tags(twelve)
    metadata = pypdf.PdfReader(io.BytesIO(twelve)).trailer["/Root"]["/Metadata"]
    assert b"pdfuaid" in metadata.get_data()


def test_language_and_title(twelve):
    reader = pypdf.PdfReader(io.BytesIO(twelve))
    assert reader.trailer["/Root"]["/Lang"] == "vi"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Biên bản giao nhận tài sản cố định – TN-01.001-2026-0007"
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)


def test_what_is_missing_is_left_to_the_pen():
    pdf = print_c50(
        1, number="", giver=Side(name="", title="", whom=""), place="", funds="", day=written_date(None), superior=""
    )
    text = texts(pdf)[0]
    assert "Số: …" in text
    assert "Ông/Bà: …" in text
    assert "Đại diện bên giao: …" in text
    assert "Ngày …… tháng …… năm ………" in text
    assert "Nguồn kinh phí" not in text


def test_values_are_text_and_nothing_else():
    evil = "<script>alert(1)</script><img src='http://127.0.0.1:9/x'>&amp;{{ minutes }}{% now 'Y' %}"
    text = texts(print_c50(1, place=evil))[0]
    assert evil in text


def test_long_words_stay_in_their_cells():
    long = "X" * 200
    sample = minutes(1)
    row = sample.groups[0].rows[0]
    wide = [type(row)(**{**vars(row), "name": long, "code": long[:40], "price": "9.999.999.999.999"})]
    group = type(sample.groups[0])(**{**vars(sample.groups[0]), "rows": wide})
    pages = texts(print_c50(1, groups=[group]))
    assert "X" * 20 in pages[0].replace(" ", "") or "X" * 20 in pages[1].replace(" ", "")


# Nothing is fetched


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://example.com/a.css",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "data:text/css,a{}",
        "font:../LICENSE",
        "font:/etc/passwd",
        "/etc/passwd",
    ],
)
def test_no_address_is_fetched(url):
    with pytest.raises(FetchRefusedError):
        OnlyOurFonts().fetch(url)


def test_a_page_that_asks_for_a_host_gets_nothing():
    """Even if markup got into a page, the server would not go and fetch what it names."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        base = f"http://127.0.0.1:{server.getsockname()[1]}"
        html = f"""<link rel=stylesheet href={base}/a.css>
            <style>@import "{base}/b.css"; p {{ background: url({base}/c); font-family: X }}
            @font-face {{ font-family: X; src: url({base}/d) }}</style>
            <p>a<img src={base}/e><img src=file:///etc/hostname alt=x><object data={base}/f></object>
            <svg><image href={base}/g width=9 height=9 /><use href={base}/h#i /></svg>
            <a rel=attachment href={base}/i>b</a></p>"""
        pdf = HTML(string=html, url_fetcher=OnlyOurFonts()).write_pdf()
        assert pdf.startswith(b"%PDF")
        server.settimeout(0)
        with pytest.raises(BlockingIOError):  # nobody waits at the door
            server.accept()


# The line under the form's number


@pytest.mark.parametrize(
    ("day", "act"),
    [
        (date(2017, 12, 31), "19/2006/QĐ-BTC"),
        (date(2018, 1, 1), "107/2017/TT-BTC"),
        (date(2024, 12, 31), "107/2017/TT-BTC"),
        (date(2025, 1, 1), "24/2024/TT-BTC"),
        (date(2040, 1, 1), "24/2024/TT-BTC"),
    ],
)
def test_the_legal_basis_follows_the_date(day, act):
    assert act in legal_basis("C50-HD", day)


def test_no_basis_before_the_first_act_or_for_an_unknown_form():
    assert legal_basis("C50-HD", date(2001, 1, 1)) == ""
    assert legal_basis("C99-HD", date(2026, 1, 1)) == ""


def test_the_acts_of_a_form_neither_overlap_nor_leave_a_gap():
    rows = sorted((b for b in basis.bases() if b.form == "C50-HD"), key=lambda b: b.valid_from)
    for former, following in pairwise(rows):
        assert (following.valid_from - former.valid_to).days == 1
    assert rows[-1].valid_to is None


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2021, 1, 5), "Ngày 05 tháng 01 năm 2021"),
        (date(2021, 2, 10), "Ngày 10 tháng 02 năm 2021"),
        (date(2021, 3, 9), "Ngày 09 tháng 3 năm 2021"),
        (date(2021, 12, 31), "Ngày 31 tháng 12 năm 2021"),
    ],
)
def test_dates_are_written_as_the_decree_wants(day, text):
    assert written_date(day) == text
