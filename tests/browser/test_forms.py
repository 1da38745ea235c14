"""What people do to forms: click twice, leave for lunch, go back, scan, change their mind, do without scripts."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from equipment.models import Equipment, Intake
from tests.browser.papers import minutes
from tests.world import devices, draft

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/tiep-nhan/moi/"
SAVE = "Lưu nháp"


@pytest.fixture
def at_form(reader_of, country):
    """The technician of Ba Đình in front of an empty form."""
    reader = reader_of(country.nghiepvu_badinh)
    reader.open(NEW)
    return reader


def line(reader, number=1):
    """One line of the form, by its place on the screen."""
    return reader.page.locator("[data-formset-row]:visible").nth(number - 1)


def choose_category(reader, typed, number=1):
    with reader.page.expect_response(lambda response: response.url.endswith("/tiep-nhan/dong/")):
        reader.choose("Loại thiết bị", typed, within=line(reader, number))
    settled(reader.page)


def settled(page):
    """Until htmx has finished."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)


def submissions(page):
    """The POSTs that the page sends from now on."""
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def test_a_double_click_saves_one_draft_and_confirms_once(at_form, country, tmp_path):
    page = at_form.page
    before = Intake.objects.count()
    page.get_by_label("Số biên bản").fill("2CLICK")
    page.get_by_role("button", name=SAVE).dblclick()
    page.wait_for_url("**/tiep-nhan/TN-*/")
    assert Intake.objects.count() == before + 1
    made = draft(country, country.nghiepvu_badinh, ["DBL1", "DBL2"])
    page.goto(f"/tiep-nhan/{made.number}/tiep-nhan/")
    sent = submissions(page)
    page.get_by_role("button", name="Tiếp nhận 2 thiết bị").dblclick()
    page.wait_for_url(f"**/tiep-nhan/{made.number}/")
    assert len(sent) == 1
    assert Equipment.objects.filter(intake=made).count() == 2


def test_a_double_click_without_scripts_saves_one_draft(reader_of, country):
    reader = reader_of(country.nghiepvu_badinh, java_script_enabled=False)
    before = Intake.objects.count()
    page = reader.open(NEW)
    page.get_by_label("Số biên bản").fill("2CLICK-NOJS")
    page.get_by_role("button", name=SAVE).dblclick()
    expect(page).to_have_url(re.compile(r"/tiep-nhan/TN-[^/]+/$"))  # the second click ends the first one's navigation
    assert Intake.objects.count() == before + 1


def test_an_expired_session_loses_nothing(at_form):
    page = at_form.page
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty Hết Phiên")
    page.get_by_label("Ghi chú").fill("Dòng một\nDòng hai")
    choose_category(at_form, "may vi tinh")
    at_form.choose("Mẫu", "3070")
    page.get_by_label("Bộ xử lý").fill("Core i9")
    page.get_by_label("Số máy (serial)").fill("EXP1\nEXP2")
    page.get_by_role("button", name="Thêm dòng").click()
    choose_category(at_form, "phan mem", number=2)
    line(at_form, 2).get_by_label("Tên thiết bị").fill("Bộ ứng dụng văn phòng")
    Session.objects.all().delete()
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/dang-nhap/**")
    assert "Phiên làm việc đã hết hạn" in page.inner_text("main")
    at_form.log_in("nghiepvu.badinh")
    page.get_by_text("Đã khôi phục nội dung bạn đang nhập").wait_for()
    settled(page)
    assert page.get_by_label("Bên giao (nhà cung cấp)").input_value() == "Công ty Hết Phiên"
    assert page.get_by_label("Bộ xử lý").input_value() == "Core i9"
    assert page.get_by_label("Số máy (serial)").first.input_value() == "EXP1\nEXP2"
    assert line(at_form, 2).get_by_label("Tên thiết bị").input_value() == "Bộ ứng dụng văn phòng"
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/tiep-nhan/TN-*/")
    made = Intake.objects.get(supplier="Công ty Hết Phiên")
    first, second = made.lines.order_by("pk")
    assert first.model.name == "OptiPlex 3070"
    assert first.attributes["CPU"] == "Core i9"
    assert [item["serial"] for item in first.items] == ["EXP1", "EXP2"]
    assert second.category.code == "UD_VAN_PHONG"


def test_nobody_else_gets_what_was_typed_before_the_session_ended(at_form, country):
    page = at_form.page
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Chuyện riêng của Ba Đình")
    Session.objects.all().delete()
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/dang-nhap/**")
    at_form.log_in("nghiepvu.hoankiem")
    page.goto(NEW)
    page.wait_for_timeout(200)
    assert page.get_by_label("Bên giao (nhà cung cấp)").input_value() == ""


def test_the_back_button_keeps_what_was_typed(at_form):
    page = at_form.page
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty Quay Lại")
    choose_category(at_form, "may vi tinh")
    page.get_by_label("Bộ xử lý").fill("Core i3")
    page.get_by_role("link", name="Thiết bị", exact=True).click()
    page.wait_for_url("**/thiet-bi/")
    page.go_back()
    page.get_by_text("Đã khôi phục nội dung bạn đang nhập").wait_for()
    assert page.get_by_label("Bên giao (nhà cung cấp)").input_value() == "Công ty Quay Lại"
    expect(page.get_by_label("Bộ xử lý")).to_have_value("Core i3")


def test_what_was_saved_does_not_come_back(at_form):
    page = at_form.page
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty Đã Lưu")
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/tiep-nhan/TN-*/")
    page.goto(NEW)
    page.wait_for_timeout(200)
    assert page.get_by_label("Bên giao (nhà cung cấp)").input_value() == ""


def test_an_error_keeps_every_value_and_leads_to_its_field(at_form):
    page = at_form.page
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty Nhầm Ngày")
    page.get_by_label("Ngày ký biên bản bàn giao").fill("31/02/2026")
    choose_category(at_form, "may vi tinh")
    line(at_form).get_by_label("Đơn giá").fill("-1")
    page.get_by_role("button", name=SAVE).click()
    summary = page.locator(".error-summary")
    summary.wait_for()
    assert summary.evaluate("one => one === document.activeElement")
    assert page.get_by_label("Bên giao (nhà cung cấp)").input_value() == "Công ty Nhầm Ngày"
    assert line(at_form).get_by_label("Đơn giá").input_value() == "-1"
    summary.get_by_role("link", name=re.compile("Đơn giá")).click()
    assert page.evaluate("document.activeElement.name") == "lines-0-unit_price"
    summary.get_by_role("link", name=re.compile("Ngày ký")).click()
    assert page.evaluate("document.activeElement.name") == "handover_date"


def test_a_scanner_goes_from_line_to_line(at_form):
    page = at_form.page
    choose_category(at_form, "may vi tinh")
    serials = page.get_by_label("Số máy (serial)")
    serials.focus()
    for serial in ("SCAN1", "SCAN2", "scan1"):
        page.keyboard.type(serial)
        page.keyboard.press("Enter")
    assert page.url.endswith(NEW)
    assert serials.input_value() == "SCAN1\nSCAN2\nscan1\n"
    assert page.get_by_label("Số lượng").input_value() == "3"  # nobody had typed it
    page.get_by_text("3/3 số máy").wait_for()
    page.get_by_label("Số lượng").fill("5")
    serials.press_sequentially("SCAN4")
    page.get_by_text("4/5 số máy, còn thiếu 1").wait_for()
    page.get_by_text("Trùng nhau: SCAN1 (dòng 1, 3)").wait_for()
    assert page.locator(".serial-gutter .is-twice").all_inner_texts() == ["1", "3"]


def test_another_category_brings_its_attributes_and_keeps_what_was_typed(at_form):
    page = at_form.page
    line(at_form).get_by_label("Tên thiết bị").fill("Máy giữ nguyên")
    line(at_form).get_by_label("Đơn giá").fill("14890000")
    page.get_by_label("Số máy (serial)").fill("KEEP1")
    choose_category(at_form, "may vi tinh")
    expect(page.locator("#id_lines-0-category-ts-control")).to_be_focused()
    assert page.locator(".ts-dropdown:visible").count() == 0
    page.get_by_label("Bộ xử lý").fill("Core i7")
    at_form.choose("Mẫu", "3070")
    choose_category(at_form, "van phong")
    assert page.get_by_label("Bộ xử lý").count() == 0
    page.get_by_label("Số bản quyền").wait_for()
    assert line(at_form).get_by_label("Tên thiết bị").input_value() == "Máy giữ nguyên"
    assert line(at_form).get_by_label("Đơn giá").input_value() == "14.890.000"
    assert page.get_by_label("Số máy (serial)").input_value() == "KEEP1"
    choose_category(at_form, "may vi tinh")
    at_form.choose("Mẫu", "opti")
    assert page.locator("[name='lines-0-model'] option:checked").inner_text() == "Dell OptiPlex 3070"


def test_lines_are_added_and_taken_out(at_form):
    page = at_form.page
    choose_category(at_form, "may vi tinh")
    page.get_by_label("Tên thiết bị").fill("Dòng một")
    for number, name in ((2, "Dòng hai"), (3, "Dòng ba")):
        page.get_by_role("button", name="Thêm dòng").click()
        choose_category(at_form, "van phong", number=number)
        line(at_form, number).get_by_label("Tên thiết bị").fill(name)
    assert page.locator("[data-formset-row]:visible").count() == 3
    line(at_form, 2).get_by_role("button", name="Bỏ dòng này").click()
    assert page.locator("[data-formset-row]:visible").count() == 2
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/tiep-nhan/TN-*/")
    made = Intake.objects.order_by("pk").last()
    assert [one.name for one in made.lines.order_by("pk")] == ["Dòng một", "Dòng ba"]


def test_a_file_too_large_is_refused_before_it_is_sent(reader_of, country, tmp_path):
    made = draft(country, country.nghiepvu_badinh, ["BIG1"])
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open(f"/tiep-nhan/{made.number}/")
    big = tmp_path / "quét màu.pdf"
    big.write_bytes(b"%PDF-1.7\n" + bytes(25 * 1024 * 1024))
    sent = submissions(page)
    page.get_by_label("Tệp PDF").set_input_files(big)
    refusal = page.locator(".file-info.is-bad")
    refusal.wait_for()
    assert "“quét màu.pdf” lớn 25 MB, vượt mức 20 MB" in refusal.inner_text()
    assert page.get_by_label("Tệp PDF").evaluate("one => one.files.length") == 0
    assert sent == []
    page.get_by_label("Tệp PDF").set_input_files(minutes(tmp_path))
    page.get_by_text("biên bản bàn giao.pdf (").wait_for()
    assert page.locator(".file-info.is-bad").count() == 0


def test_everything_works_without_scripts(reader_of, country, tmp_path):
    reader = reader_of(java_script_enabled=False)
    reader.log_in("nghiepvu.badinh")
    page = reader.open(NEW)
    page.get_by_label("Ngày ký biên bản bàn giao").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_label("Bên giao (nhà cung cấp)").fill("Công ty Không Kịch Bản")
    page.get_by_label("Nguồn kinh phí").select_option(index=1)
    line(reader).get_by_label("Loại thiết bị").select_option("MAY_TINH_BAN")
    line(reader).get_by_label("Đơn giá").fill("1.000.000")
    line(reader).get_by_label("Số máy (serial)").fill("NOJS1")
    page.get_by_role("button", name="Thêm dòng").click()
    page.wait_for_url(re.compile(r"/sua/\?them=1#them-dong$"))
    line(reader, 1).get_by_label("Bộ xử lý").fill("Core i5")
    line(reader, 2).get_by_label("Loại thiết bị").select_option("UD_VAN_PHONG")
    line(reader, 2).get_by_label("Đơn giá").fill("0")
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url(re.compile(r"/tiep-nhan/TN-[^/]+/(#.*)?$"))
    made = Intake.objects.get(supplier="Công ty Không Kịch Bản")
    page.get_by_label("Loại tài liệu").select_option("minutes")
    page.get_by_label("Tệp PDF").set_input_files(minutes(tmp_path))
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_text("Đã tải lên").wait_for()
    page.locator(".record-actions").get_by_role("link", name="Tiếp nhận", exact=True).click()
    page.get_by_role("button", name="Tiếp nhận 2 thiết bị").click()
    page.get_by_text("Đã tiếp nhận 2 thiết bị").wait_for()
    assert [one.attributes.get("CPU") for one in devices(made)] == ["Core i5", None]
    page.goto("/thiet-bi/?q=nojs1")
    assert page.locator("#list-count").inner_text() == "1 thiết bị"


def test_after_logging_out_the_back_button_shows_no_data(reader_of, country):
    made = draft(country, country.nghiepvu_badinh, ["BACK1"])
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open(f"/tiep-nhan/{made.number}/")
    page.locator(".topbar-account summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap/")
    page.go_back()
    page.wait_for_url("**/dang-nhap/?next=**")
    assert made.number not in page.inner_text("body")
