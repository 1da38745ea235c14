"""Views of lists and the order of columns: with the mouse, with the keyboard, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.world import confirmed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def filled(country):
    confirmed(country, country.nghiepvu_badinh, [f"SN{n:04}" for n in range(1, 4)])
    confirmed(country, country.nghiepvu_badinh, ["ZX81"], name="Máy quét Ống Kính")


def heads(page):
    return page.locator("thead th:not(.check)").all_inner_texts()


def views(page):
    return page.locator("summary.btn", has_text="Chế độ xem")


def keep(page, name, *, default=False):
    """Save the list as it is looked at."""
    views(page).click()
    page.locator("summary", has_text="Lưu thành").click()
    page.get_by_label("Tên chế độ xem").fill(name)
    if default:
        page.get_by_label("Mở mặc định cho tôi").check()
    page.get_by_role("button", name="Lưu chế độ xem").click()
    page.wait_for_url("**/thiet-bi/?*view=*-*")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_view_is_saved_opened_changed_and_taken_away(reader_of, country, filled, scripts):
    reader = reader_of(country.nghiepvu_badinh, java_script_enabled=scripts)
    page = reader.open("/thiet-bi/?q=ong+kinh")
    keep(page, "Máy quét", default=True)
    assert "Đã lưu chế độ xem “Máy quét”." in reader.message
    page.goto("/thiet-bi/")
    expect(page.locator("#list-count")).to_have_text("1 thiết bị")
    page.get_by_role("link", name="Xóa bộ lọc").click()
    expect(page.locator("#list-count")).to_have_text("4 thiết bị")
    page.reload()
    expect(page.locator("#list-count")).to_have_text("4 thiết bị")
    page.go_back()
    expect(page.locator("#list-count")).to_have_text("1 thiết bị")
    page.get_by_role("searchbox", name="Tìm theo mã").fill("sn000")
    page.get_by_role("searchbox", name="Tìm theo mã").press("Enter")
    expect(page.locator("#list-count")).to_have_text("3 thiết bị")
    expect(views(page)).to_contain_text("Máy quét (đã đổi)")
    views(page).click()
    page.get_by_role("button", name="Cập nhật “Máy quét”").click()
    expect(page.locator("#messages")).to_contain_text("Đã cập nhật chế độ xem “Máy quét”.")
    expect(views(page)).not_to_contain_text("đã đổi")
    views(page).click()
    page.get_by_role("link", name="Xóa chế độ xem").click()
    page.get_by_role("button", name="Xóa chế độ xem").click()
    expect(page.locator("#messages")).to_contain_text("Đã xóa chế độ xem “Máy quét”.")
    expect(page.locator("#list-count")).to_have_text("3 thiết bị")
    page.goto("/thiet-bi/")
    expect(page.locator("#list-count")).to_have_text("4 thiết bị")


def test_columns_are_put_in_order_with_the_keyboard(reader_of, country, filled):
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/thiet-bi/?q=sn")
    assert heads(page)[:3] == ["Mã thiết bị", "Tên thiết bị", "Số máy"]
    page.locator("summary.btn", has_text="Cột").press("Enter")
    up = page.get_by_role("button", name="Đưa cột Số máy lên trước")
    up.press("Enter")
    up.press("Space")
    expect(up).to_be_focused()
    expect(page.locator("[data-order-said]")).to_have_text("Số máy: vị trí 1")
    up.press("Enter")  # higher than the first there is nothing
    page.get_by_label("Tên thiết bị", exact=True).press("Space")
    page.get_by_label("Mã thiết bị", exact=True).press("Enter")  # in a box it means "apply"
    page.wait_for_url("**cols=**")
    assert heads(page)[:2] == ["Số máy", "Mã thiết bị"]
    assert "Tên thiết bị" not in heads(page)
    assert "up=" not in page.url


def test_columns_are_put_in_order_without_scripts(reader_of, country, filled):
    reader = reader_of(country.tracuu_badinh, java_script_enabled=False)
    page = reader.open("/thiet-bi/?q=sn")
    page.locator("summary.btn", has_text="Cột").click()
    for _ in range(2):
        page.get_by_role("button", name="Đưa cột Số máy lên trước").click()
    assert heads(page)[:2] == ["Số máy", "Mã thiết bị"]
    assert page.get_by_role("button", name="Đưa cột Số máy ra sau").is_visible()
    page.goto("/thiet-bi/")
    assert heads(page)[0] == "Số máy"
