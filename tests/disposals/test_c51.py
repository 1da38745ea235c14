"""Form C51-HD as it comes out of the printer, against its list of fields."""

import pytest
from django.utils import timezone

from core.documents import documents_of
from core.errors import DomainError
from disposals.actions import steps
from disposals.printing import disposal_minutes_pdf, minutes_of
from dossiers import actions as papers
from equipment.models import Equipment
from equipment.printing.minutes import written_date
from tests.disposals import support as s
from tests.printing.read import fonts, tags, texts

# domain data, forms.csv: every field of C51-HD
FIELDS = [
    "BHXH QUẬN BA ĐÌNH",
    "BHXH THÀNH PHỐ HÀ NỘI",
    "Bộ phận:",
    "Mã đơn vị QHNS:",
    "Mẫu số: C51-HD",
    "Thông tư số 24/2024/TT-BTC",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "BIÊN BẢN THANH LÝ TÀI SẢN CỐ ĐỊNH",
    "Số: ……………",
    "Theo Biên bản họp Hội đồng số 05/BB-HĐ ngày",
    "Nợ:",
    "Có:",
    "của Giám đốc về việc thanh lý tài sản cố định.",
    "Căn cứ Quyết định số 12/QĐ-BHXH ngày",
    "I. Ban thanh lý gồm:",
    "Ông/Bà: Trần Văn An Chức vụ: Phó Giám đốc Đại diện: Lãnh đạo Trưởng ban",
    "Ông/Bà: Lê Thị Bình Chức vụ: Kế toán trưởng Đại diện: Tổ Kế toán Ủy viên",
    "Ông/Bà: Phạm Văn Cường Chức vụ: Chuyên viên Đại diện: Tổ CNTT Ủy viên",
    "II. Tiến hành thanh lý tài sản cố định:",
    "Tên, ký mã hiệu, quy cách (cấp hạng) TSCĐ",
    "Số hiệu TSCĐ",
    "Nước sản xuất (xây dựng)",
    "Năm sản xuất",
    "Năm đưa vào sử dụng",
    "Số thẻ TSCĐ",
    "Nguyên giá TSCĐ (đồng)",
    "Giá trị hao mòn đã trích đến thời điểm thanh lý",
    "Giá trị còn lại của TSCĐ",
    "Cộng: 2 tài sản",
    "29.000.000",
    "III. Kết luận của Ban thanh lý:",
    "Thiết bị hỏng, sửa chữa không hiệu quả. Đề nghị thanh lý.",
    "Trưởng ban thanh lý (Ký, họ tên) Trần Văn An",
    "IV. Kết quả thanh lý tài sản cố định:",
    "Chi phí thanh lý: 500.000 đồng (viết bằng chữ: Năm trăm nghìn đồng.)",
    "Giá trị thu hồi: 1.200.000 đồng (viết bằng chữ: Một triệu hai trăm nghìn đồng.)",
    "Thủ trưởng đơn vị (Ký, họ tên, đóng dấu)",
    "Kế toán trưởng (Ký, họ tên)",
]


@pytest.fixture
def printed(world):
    by = world.nghiepvu_badinh
    devices = s.in_books(world, by, 2, made_in="Việt Nam", made_year=2019)
    Equipment.objects.filter(pk=devices[0].pk).update(inventory_number="TS-0042")
    made = s.closed(devices, by)
    return made, disposal_minutes_pdf(made)


def test_every_field_of_the_form_is_there_and_copies_out_right(printed):
    made, pdf = printed
    text = " ".join(texts(pdf))
    assert [field for field in FIELDS if field not in text] == []
    today = written_date(timezone.localdate())
    assert today in text
    assert f"Đã ghi giảm sổ (thẻ) tài sản cố định {today[:1].lower()}{today[1:]}." in text
    for line in made.lines.select_related("equipment"):
        assert line.equipment.code in text
        assert f"S/N: {line.equipment.serial}" in text
    assert "TS-0042" in text
    assert "Việt Nam 2019" in text


def test_it_is_tagged_and_its_fonts_are_embedded(printed):
    _, pdf = printed
    assert all(fonts(pdf).values())
    assert {"Table", "TH", "TD", "H1", "H2", "P"} <= tags(pdf)


def test_before_the_end_the_result_is_blank(world):
    by = world.nghiepvu_badinh
    made = s.submitted(s.in_books(world, by), by, act="destruction", method="bury")
    text = " ".join(texts(disposal_minutes_pdf(made)))
    assert "BIÊN BẢN TIÊU HỦY TÀI SẢN CỐ ĐỊNH" in text
    assert "Hình thức: Chôn." in text
    assert "Chi phí tiêu hủy: …" in text
    assert "Quyết định số ……………" in text
    assert "viết bằng chữ: …" in text


def test_a_long_list_repeats_its_header_and_signatures_have_company(world):
    by = world.nghiepvu_badinh
    made = s.submitted(s.in_books(world, by, 45), by)
    pages = texts(disposal_minutes_pdf(made))
    assert len(pages) > 2
    assert all("Số hiệu TSCĐ" in page for page in pages if "S/N" in page)
    assert "IV. Kết quả" in pages[-1]
    assert "Kế toán trưởng (Ký" in pages[-1]


def test_it_is_frozen_when_it_is_issued(world):
    by = world.nghiepvu_badinh
    made = s.decided(s.in_books(world, by), by)
    first = papers.issue(made, paper="form_c51", by=by)
    assert papers.issue(made, paper="form_c51", by=by) == first
    made = steps.close(made, values=s.ending(), by=by)
    again = papers.issue(made, paper="form_c51", by=by)
    assert again.sha256 != first.sha256
    assert [paper.kind for paper in documents_of(made) if paper.issued] == ["form_c51", "form_c51"]


def test_figures_are_those_that_the_dossier_keeps(world):
    by = world.nghiepvu_badinh
    made = s.closed(s.in_books(world, by, 2), by)
    made.lines.update(original_value=30_000_000, accumulated=18_000_000, residual=12_000_000)
    minutes = minutes_of(made)
    assert (minutes.original, minutes.accumulated, minutes.residual) == ("60.000.000", "36.000.000", "24.000.000")


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_drafts_are_not_printed(world, client_of, state):
    by = world.nghiepvu_badinh
    made = s.STATES[state](s.in_books(world, by), by)
    response = client_of(by).post(f"/thanh-ly/{made.number}/bien-ban/form_c51/")
    assert response.status_code == 403
    with pytest.raises(DomainError):
        steps.close(made, values=s.ending(), by=by)


def test_it_bears_the_day_of_the_result_and_no_number_of_the_councils(world):
    by = world.nghiepvu_badinh
    met, result = s.working_days_ago(3), timezone.localdate()
    made = s.decided(s.in_books(world, by), by, minutes_date=met, late_reason="Chờ chữ ký")
    council = f"Theo Biên bản họp Hội đồng số 05/BB-HĐ ngày {met:%d/%m/%Y}"
    before = minutes_of(made)
    assert (before.day, before.met) == ("Ngày …… tháng …… năm ………", council)
    made = steps.close(made, values=s.ending(), by=by)
    assert minutes_of(made).day == written_date(result)
    text = " ".join(texts(disposal_minutes_pdf(made)))
    assert written_date(met) not in text
    assert f"{council}:" in text
    assert "Số: 05/BB-HĐ" not in text
