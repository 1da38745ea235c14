"""What people do to lists: search, filter, sort, choose columns and rows, and read them on a phone."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.papers import words
from tests.world import confirmed, devices

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def filled(country):
    """Some devices of Ba Đình."""
    made = confirmed(country, country.nghiepvu_badinh, [f"SN{n:04}" for n in range(1, 61)])
    confirmed(country, country.nghiepvu_badinh, ["ZX81", "ZX82"], name="Máy quét Ống Kính")
    return devices(made)


def test_the_list_searches_while_one_types(reader_of, country, filled):
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/thiet-bi/")
    count = page.locator("#list-count")
    assert count.get_attribute("aria-live") == "polite"
    page.get_by_role("searchbox", name="Tìm theo mã").press_sequentially("ong kinh", delay=20)
    expect(page.locator("#list-count")).to_have_text("2 thiết bị")
    assert page.locator("tbody tr").count() == 2
    assert unquote(page.url).endswith("?q=ong kinh")
    assert page.evaluate("document.activeElement.id") == "list-q"
    page.get_by_role("link", name="Bỏ nội dung tìm").click()
    page.wait_for_url("**/thiet-bi/*")
    assert page.locator("tbody tr").count() == 50


def test_filters_stand_as_chips_and_can_be_taken_off(reader_of, country, filled):
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/thiet-bi/")
    everything = page.locator("#list-count").inner_text()
    page.locator("summary", has_text="Bộ lọc").click()
    page.get_by_label("Mất", exact=True).check()
    expect(page.locator("#list-count")).to_have_text("0 thiết bị")
    assert page.locator(".chip").inner_text().split() == ["Trạng", "thái:", "Mất"]
    assert "Không có thiết bị nào phù hợp" in page.inner_text("main")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Bỏ lọc Trạng thái: Mất").click()
    page.wait_for_load_state()
    assert page.locator(".chip").count() == 0
    assert page.locator("#list-count").inner_text() == everything


def test_columns_are_remembered_and_headers_sort(reader_of, country, filled):
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/thiet-bi/")
    page.locator("summary", has_text="Cột").click()
    page.get_by_role("checkbox", name="Nguyên giá").check()
    page.get_by_role("checkbox", name="Người sử dụng").uncheck()
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_load_state()
    page.goto("/tiep-nhan/")
    page.goto("/thiet-bi/")
    assert page.get_by_role("columnheader", name="Nguyên giá").count() == 1
    assert page.get_by_role("columnheader", name="Người sử dụng").count() == 0
    page.locator("th a.sort", has_text="Số máy").click()
    page.locator("th[aria-sort=ascending]", has_text="Số máy").wait_for()
    up = page.locator("tbody td[data-label='Số máy']").all_inner_texts()
    assert up == sorted(up)
    page.locator("th a.sort", has_text="Số máy").click()
    page.locator("th[aria-sort=descending]", has_text="Số máy").wait_for()
    down = page.locator("tbody td[data-label='Số máy']").all_inner_texts()
    assert down == sorted(down, reverse=True)
    assert "sort=-serial" in page.url


def test_chosen_rows_become_labels(reader_of, country, filled):
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/thiet-bi/?q=SN00&sort=code")
    bar = page.locator("[data-bulk-bar]")
    assert bar.is_hidden()
    boxes = page.locator("[data-bulk-row]")
    boxes.nth(0).check()
    boxes.nth(2).click(modifiers=["Shift"])
    assert "Đã chọn 3 dòng" in bar.inner_text()
    form = page.locator("form[data-bulk]")
    fields = form.evaluate("form => [...new FormData(form)].map(([name, value]) => [name, value])")
    assert [value for name, value in fields if name == "id"] == [one.code for one in filled[:3]]
    text = labels_of(page)
    assert [one.serial for one in filled[:4] if one.serial in text] == ["SN0001", "SN0002", "SN0003"]
    page.get_by_label("Chọn cả trang").check()
    page.get_by_label("Chọn tất cả 60 kết quả").check()
    assert "Đã chọn mọi kết quả" in bar.inner_text()
    text = labels_of(page)
    assert all(one.serial in text for one in filled)


def labels_of(page):
    """What the button of the bar leads to prints: the real answer, kept from the browser's viewer."""
    sheets = []
    page.get_by_role("button", name="In nhãn QR").click()
    page.get_by_label("A4, 40 nhãn").check()

    def take(route):
        sheets.append(route.fetch())
        route.fulfill(content_type="text/plain", body="")

    page.context.route("**/thiet-bi/nhan/", take)
    with page.expect_popup() as tab:
        page.get_by_role("button", name=re.compile(r"^In \d+ nhãn$")).click()
    tab.value.close()
    page.context.unroute("**/thiet-bi/nhan/")
    page.go_back()
    assert sheets[0].headers["content-type"] == "application/pdf"
    return words(sheets[0].body())


def test_the_phone_shows_cards(reader_of, country, filled):
    reader = reader_of(country.nghiepvu_badinh, viewport=PHONE, has_touch=True, is_mobile=True)
    page = reader.open("/thiet-bi/")
    assert reader.fits()
    row = page.locator("tbody tr").first
    assert row.evaluate("one => getComputedStyle(one).display") in {"block", "flex", "grid"}
    assert page.locator("thead").bounding_box()["height"] <= 1
    assert (
        row.locator("[data-label='Số máy']").evaluate("one => getComputedStyle(one, '::before').content") == '"Số máy"'
    )
    assert page.locator(".sidebar-nav").is_hidden()
    page.locator(".sidebar-phone summary").tap()
    page.locator(".sidebar-nav").get_by_role("link", name="Tiếp nhận").tap()
    page.wait_for_url("**/tiep-nhan/")
    assert reader.fits()
    row.locator(".main a").tap()
    page.locator(".stepper").wait_for()
    assert reader.fits()
