"""The minutes of a finished repair as they come out of the printer."""

import pytest

from core.errors import DomainError
from equipment.models import Equipment
from repairs.actions import results
from repairs.printing.c54 import completion_of
from repairs.printing.forms import completion_minutes_pdf
from tests import world as w
from tests.equipment.papers import downloaded
from tests.equipment.support import vn
from tests.printing.read import fonts, pictures, tags, texts
from tests.repairs import support as s
from ui.pdf import render_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("8")]

# domain data, forms.csv: every field of C54-HD, in its order
FIELDS = [
    ("Đơn vị", "BHXH QUẬN BA ĐÌNH"),
    ("Bộ phận", "Bộ phận: ……"),
    ("Mã đơn vị QHNS", "Mã đơn vị QHNS: ……"),
    ("Mẫu số, căn cứ ban hành", "Mẫu số: C54-HD (Đơn vị vận dụng theo Thông tư số 24/2024/TT-BTC"),
    ("tên biểu", "BIÊN BẢN GIAO NHẬN TÀI SẢN CỐ ĐỊNH SỬA CHỮA LỚN HOÀN THÀNH"),
    ("Ngày ... tháng ... năm ...", "Ngày {day:02} tháng {month} năm {year}"),
    ("Số", "Số: ……"),
    ("Nợ", "Nợ: ……"),
    ("Có", "Có: ……"),
    ("Quyết định số, ngày, của", "Căn cứ Quyết định số …………… ngày …… tháng …… năm ……… của ……"),
    ("đại diện đơn vị sửa chữa", "Đại diện đơn vị sửa chữa: Công ty TNHH Tin học Phương Nam"),
    ("đại diện đơn vị có TSCĐ", "Đại diện đơn vị có TSCĐ: BHXH quận Ba Đình"),
    (
        "Tên, ký mã hiệu, quy cách",
        "Tên, ký mã hiệu, quy cách (cấp hạng) TSCĐ: Máy trạm Đỗ Ngữ ộữẵ; Dell OptiPlex 3070; S/N: S1",
    ),
    ("Số hiệu", "Số hiệu TSCĐ: 01.001-000001"),
    ("Số thẻ", "Số thẻ TSCĐ: TS-0042"),
    ("Bộ phận quản lý, sử dụng", "Bộ phận quản lý, sử dụng TSCĐ: Tổ Thu, Nguyễn Thị Ánh"),
    ("Thời gian sửa chữa từ ngày ... đến ngày", "Thời gian sửa chữa từ ngày {start} đến ngày {end}"),
    ("A Tên bộ phận sửa chữa", "Tên bộ phận sửa chữa"),
    ("B Nội dung (mức độ) công việc sửa chữa", "Nội dung (mức độ) công việc sửa chữa"),
    ("1 Giá dự toán", "Giá dự toán (đồng)"),
    ("2 Chi phí thực tế", "Chi phí thực tế (đồng)"),
    ("3 Kết quả kiểm tra", "Kết quả kiểm tra"),
    ("chữ cột", "A B 1 2 3"),
    ("dòng Cộng", "Cộng x 1.250.000 x"),
    ("bằng chữ", "Một triệu hai trăm năm mươi nghìn đồng."),
    ("đoạn văn", "Kết luận: Đã xong, dùng lại được: 1 thiết bị; Không sửa được: 1 thiết bị."),
    ("Đại diện bên nhận", "Đại diện bên nhận (Ký, họ tên, đóng dấu)"),
    ("đại diện bên giao", "Đại diện bên giao (Ký, họ tên, đóng dấu)"),
    ("Kế toán trưởng", "Kế toán trưởng (Ký, họ tên)"),
]


@pytest.fixture
def repair(world, officer):
    first, second = s.some(world, officer, ["S1", "S2"], line={"warranty_months": 0})
    facts = {"name": "Máy trạm Đỗ Ngữ ộữẵ", "inventory_number": "TS-0042", "holder_name": "Nguyễn Thị Ánh"}
    Equipment.objects.filter(pk=first.pk).update(**facts, room=world.units["01.001.T1"])
    repair = s.sent([s.now(first), second], officer)
    one, two = repair.lines.all()
    parts = [{"name": "Bộ nguồn 450 W", "quantity": 1, "price": 850_000}]
    given = {
        one.pk: {"result": "repaired", "work_done": "Thay bộ nguồn", "parts": parts, "cost": 1_250_000},
        two.pk: {"result": "beyond_repair", "result_note": "Cháy bo mạch"},
    }
    header = {"returned_on": s.today()}
    return results.record_results(repair, header=header, results=given, by=officer, version=repair.version)


@pytest.fixture
def pdf(repair):
    return completion_minutes_pdf(repair)


@pytest.mark.parametrize(("field", "shown"), FIELDS)
def test_every_field_of_the_form_is_there(pdf, field, shown):
    day = s.today()
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    wanted = shown.format(day=day.day, month=month, year=day.year, start=vn(w.past(5)), end=vn(day))
    assert wanted in " ".join(texts(pdf)), field


def test_a_device_s_work_parts_and_result_stand_in_its_rows(pdf):
    text = " ".join(texts(pdf))
    assert "01.001-000001 Thay bộ nguồn 1.250.000 Đã xong, dùng lại được" in text
    assert "Bộ nguồn 450 W Thay, số lượng 1, đơn giá 850.000" in text
    assert "01.001-000002 Không lên nguồn Không sửa được; Cháy bo mạch" in text


def test_what_is_not_known_stays_blank_for_the_pen(pdf):
    text = " ".join(texts(pdf))
    assert "Số hiệu TSCĐ: 01.001-000002 Số thẻ TSCĐ: ……" in text
    assert "None" not in text


def test_it_is_a_tagged_file_with_its_own_fonts_and_is_no_blank_sheet(pdf):
    assert all(fonts(pdf).values())
    assert {"Table", "TH", "TD", "H1", "P"} <= tags(pdf)
    (page, *_) = pictures(pdf, dpi=40)
    assert page.width < page.height
    assert page.getextrema()[0] < 100


def test_many_devices_break_over_pages_with_their_head(world, officer):
    devices = s.some(world, officer, [f"N{n:02}" for n in range(40)])
    repair = s.known(s.sent(devices, officer), officer, *["repaired"] * 40)
    pages = texts(completion_minutes_pdf(repair))
    assert len(pages) >= 3
    rows = [page for page in pages if "Đã xong, dùng lại được" in page]
    assert all("Kết quả kiểm tra" in page for page in rows)
    assert "Kế toán trưởng" in pages[-1]
    assert "01.001-000040" in pages[-1], "signatures never stand alone"


def test_it_is_frozen_when_it_is_issued(repair, officer, person):
    me, here = person(officer), f"/sua-chua/{repair.number}/"
    page = me.post(f"{here}bien-ban/form_c54/")
    first = downloaded(me, page.link("Biên bản C54-HD"))
    assert "01.001-000002" in " ".join(texts(first))
    page = me.post(f"{here}bien-ban/form_c54/")
    assert downloaded(me, page.link("Biên bản C54-HD")) == first
    (one, _) = repair.lines.all()
    page = me.fill(f"{here}ket-qua/", **{f"work_done_{one.pk}": "Thay bộ nguồn và quạt"})
    assert "Phát hành lại Biên bản C54-HD" in page.buttons()
    page = me.post(f"{here}bien-ban/form_c54/")
    assert "Thay bộ nguồn và quạt" in " ".join(texts(downloaded(me, page.link("Biên bản C54-HD"))))


def test_it_waits_for_the_results(world, officer, person):
    repair = s.sent(s.some(world, officer, ["X1"]), officer)
    with pytest.raises(DomainError, match="Hãy ghi kết quả của mọi thiết bị"):
        completion_minutes_pdf(repair)
    me = person(officer)
    assert not [label for label in me.get(f"/sua-chua/{repair.number}/").buttons() if "C54" in label]
    assert "Hãy ghi kết quả" in me.post(f"/sua-chua/{repair.number}/bien-ban/form_c54/").text
    assert me.post(f"/sua-chua/{repair.number}/bien-ban/form_c50/").status == 404


def test_text_that_looks_like_markup_is_text(repair):
    made = completion_of(repair)
    object.__setattr__(made, "repairer", "<b>Công ty</b> & Con")
    styles = {"print/document.css": {}, "print/c54.css": {}}
    assert "<b>Công ty</b> & Con" in " ".join(texts(render_pdf("print/c54.html", {"minutes": made}, styles=styles)))
