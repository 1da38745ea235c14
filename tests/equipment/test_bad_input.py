"""Bad input through the pages: each has a clear answer at its place, and nothing of what was typed is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.models import Intake, IntakeLine
from tests.equipment.support import vn

pytestmark = pytest.mark.django_db
NEW = "/tiep-nhan/moi/"
TYPED = {
    "supplier": "Công ty Điện tử Hoàn Mỹ",
    "contract_number": "7/HĐ-2026",
    "note": "Giao tại kho\nsố 2",
    "lines-0-category": "MAY_TINH_BAN",
    "lines-0-name": "Máy văn phòng",
    "lines-0-quantity": "2",
    "lines-0-unit_price": "14.500.000",
    "lines-0-items": "SN1\nSN2",
}


@pytest.fixture
def technician(world, person):
    return person(world.nghiepvu_badinh)


def refused(page, **typed):
    """The page comes back with everything that was typed."""
    assert page.status == 422, page.summary
    kept = page.form()
    for name, value in typed.items():
        assert kept.get(name, "").replace("\r\n", "\n") == str(value), name
    assert not Intake.objects.exists()
    assert not IntakeLine.objects.exists()


TOMORROW = "tomorrow"
BAD = [
    ("handover_date", TOMORROW, "ở tương lai"),
    ("contract_date", TOMORROW, "ở tương lai"),
    ("handover_date", "31/02/2026", "Không có ngày"),
    ("handover_date", "hôm qua", "ngày/tháng/năm"),
    ("handover_date", "01/01/0001", "Năm phải từ 1900"),
    ("lines-0-unit_price", "-1", "không được âm"),
    ("lines-0-unit_price", "1e18", "bằng chữ số"),
    ("lines-0-unit_price", "1000000000000000000", "nhiều nhất 15 chữ số"),
    ("lines-0-unit_price", "10000000000000", "quá lớn"),
    ("lines-0-unit_price", "abc", "bằng chữ số"),
    ("lines-0-unit_price", "14,5", "không có phần lẻ"),
    ("lines-0-unit_price", "14.890.00", "không có phần lẻ"),
    ("lines-0-quantity", "0", "từ 1 trở lên"),
    ("lines-0-quantity", "-1", "từ 1 trở lên"),
    ("lines-0-quantity", "1000000000", "nhiều nhất 5.000"),
    ("lines-0-quantity", "hai", "bằng chữ số"),
    ("lines-0-warranty_months", "-3", "không được âm"),
    ("lines-0-warranty_months", "9999", "Nhiều nhất 240"),
    ("lines-0-made_year", "20", "Từ năm 1980"),
    ("lines-0-category", "KHONG_CO", "lựa chọn"),
    ("lines-0-category", "", "Hãy chọn loại thiết bị"),
    ("lines-0-model", "999999", "lựa chọn"),
    ("lines-0-model", "1 OR 1=1", "lựa chọn"),
    ("fund_source", "bribe", "lựa chọn"),
    ("supplier", "M¸y tÝnh", "TCVN3"),
    ("note", "Công ty C«ng nghÖ", "TCVN3"),
    ("lines-0-name", "tÝnh ®Ó bµn", "“tính”"),
    ("lines-0-items", "SN1\nm¸y 2", "TCVN3"),
    ("supplier", "gpj.\u202egnp", "U+202E"),
    ("lines-0-items", "SN1\nSN\u202e2", "U+202E"),
    ("note", "chuông\x07", "U+0007"),
    ("supplier", "Công ty \ufffd\ufffd", "không đọc được"),
    ("supplier", "x" * 201, "tối đa 200 kí tự"),
    ("note", "x" * 2001, "tối đa 2000 kí tự"),
    ("lines-0-items", "S" * 101, "dài quá 100 ký tự"),
    ("lines-0-items", "SN1\tkhông phải MAC", "Dòng 1: Địa chỉ MAC"),
]


@pytest.mark.dieu("4.3", "7.1")
@pytest.mark.parametrize(("field", "value", "says"), BAD, ids=[f"{f}-{v[:12]!a}" for f, v, _ in BAD])
def test_a_field_says_what_is_wrong_with_it(technician, field, value, says):
    if value is TOMORROW:
        value = vn(timezone.localdate() + timedelta(days=1))
    typed = TYPED | {field: value}
    page = technician.post(NEW, technician.get(NEW).form() | typed)
    assert says in page.errors(field), page.errors(field) or page.summary
    assert says in page.summary, "and in the summary above"
    selects = {"lines-0-category", "lines-0-model", "fund_source"}
    refused(page, **{name: text for name, text in typed.items() if name not in selects or name != field})


@pytest.mark.parametrize(
    "field", ["supplier", "note", "lines-0-items", "lines-0-name", "lines-0-category", "fund_source"]
)
def test_a_null_byte_is_refused_at_its_field(technician, field):
    page = technician.post(NEW, technician.get(NEW).form() | TYPED | {field: "a\x00b"})
    assert page.status == 422
    assert page.errors(field)
    assert "Null" not in page.text
    assert not Intake.objects.exists()


NULL_URLS = (
    "/thiet-bi/%00/", "/thiet-bi/%00/sua/", "/tiep-nhan/%00/", "/quan-tri/don-vi/%00/", "/quan-tri/danh-muc/loai/%00/",
    "/q/%00/",
    "/thiet-bi/?unit=%00", "/thiet-bi/?category=a%00", "/thiet-bi/?q=%00", "/thiet-bi/?export=csv&intake=%00",
    "/thiet-bi/nhan/?id=%00", "/tim-kiem/?q=%00", "/tiep-nhan/?due=%00", "/quan-tri/don-vi/tim/?q=%00",
)  # fmt: skip


@pytest.mark.parametrize("url", NULL_URLS)
def test_a_null_byte_in_an_address_is_a_bad_request(technician, url):
    page = technician.get(url)
    assert page.status == 400
    assert "Máy chủ không hiểu yêu cầu này" in page.text


def test_a_null_byte_in_what_a_script_posts(technician):
    assert technician.post("/thiet-bi/nhan/", {"id": ["\x00"]}).status == 200
    page = technician.post(
        "/tiep-nhan/dong/", {"prefix": "lines-0", "lines-0-category": "\x00", "lines-0-name": "a\x00"}
    )
    assert page.status == 200


def test_bytes_that_are_no_utf8_are_refused_not_stored_as_rubbish(technician):
    form = technician.get(NEW).form()
    body = "&".join(f"{name}={value}" for name, value in form.items() if name != "supplier") + "&supplier=C%F4ng+ty"
    page = technician.post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert page.status == 422
    assert "không đọc được" in page.errors("supplier")
    latin = "Công ty".encode("latin-1", "replace")
    page = technician.post(NEW, body.encode() + b"&place=" + latin, content_type="application/x-www-form-urlencoded")
    assert page.status == 422
    assert not Intake.objects.exists()


def test_nothing_sent_at_all_is_a_form_error(technician):
    page = technician.post(NEW, {})
    assert page.status == 422
    assert "không còn nguyên vẹn" in page.summary
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    "missing", [["lines-TOTAL_FORMS"], ["lines-INITIAL_FORMS"], ["lines-TOTAL_FORMS", "lines-INITIAL_FORMS"]]
)
def test_lines_without_their_count(technician, missing):
    form = {name: value for name, value in (technician.get(NEW).form() | TYPED).items() if name not in missing}
    page = technician.post(NEW, form)
    assert "không còn nguyên vẹn" in page.summary
    assert "ManagementForm" not in page.text
    refused(page, supplier=TYPED["supplier"], note=TYPED["note"])


def lines_of(count):
    data = {"lines-TOTAL_FORMS": str(count)}
    for n in range(count):
        data |= {f"lines-{n}-category": "UD_VAN_PHONG", f"lines-{n}-quantity": "1", f"lines-{n}-name": f"Bộ {n}"}
    return data


def test_two_hundred_lines_are_too_many_and_all_of_them_come_back(technician):
    page = technician.post(NEW, technician.get(NEW).form() | {"supplier": "Ai"} | lines_of(200))
    assert "nhiều nhất 100 dòng" in page.summary
    refused(page, **{"supplier": "Ai", "lines-0-name": "Bộ 0", "lines-199-name": "Bộ 199"})


def test_a_hundred_lines_are_taken(technician):
    page = technician.post(NEW, technician.get(NEW).form() | lines_of(100))
    assert page.status == 200
    assert Intake.objects.get().lines.count() == 100


def test_counts_out_of_all_proportion_are_no_work_for_the_server(technician):
    page = technician.post(NEW, technician.get(NEW).form() | {"lines-TOTAL_FORMS": "1000000000"})
    assert page.status == 422
    page = technician.post(NEW, technician.get(NEW).form() | {"lines-TOTAL_FORMS": "-5"})
    assert page.status in {200, 422}


def test_a_huge_text_is_told_its_limit_and_a_huge_request_is_refused(technician):
    page = technician.post(NEW, technician.get(NEW).form() | {"note": "y" * 1_000_000})
    assert "tối đa 2000 kí tự" in page.errors("note")
    page = technician.post(NEW, technician.get(NEW).form() | {"note": "y" * 9_000_000})
    assert page.status == 400
    assert not Intake.objects.exists()


def test_a_line_of_which_only_the_quantity_was_typed_is_not_dropped_silently(technician):
    page = technician.post(NEW, technician.get(NEW).form() | {"lines-0-quantity": "12"})
    assert "Hãy chọn loại thiết bị" in page.errors("lines-0-category")
    refused(page, **{"lines-0-quantity": "12"})
    for untouched in ("1", ""):
        page = technician.post(NEW, technician.get(NEW).form() | {"lines-0-quantity": untouched})
        assert page.status == 200
    assert not IntakeLine.objects.exists()
