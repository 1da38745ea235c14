"""One change to many devices, from the list and back: with scripts, and without."""

import pytest
from playwright.sync_api import expect

from equipment.models import Equipment
from tests.world import confirmed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def filled(country):
    """More than one page of devices of Ba Đình, and some that aren't meant."""
    confirmed(country, country.nghiepvu_badinh, [f"SN{n:04}" for n in range(1, 61)])
    confirmed(country, country.nghiepvu_badinh, ["ZX81", "ZX82"], name="Máy quét Ống Kính")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_all_that_is_filtered_is_changed_and_taken_back(reader_of, country, filled, scripts):
    reader = reader_of(country.nghiepvu_badinh, java_script_enabled=scripts)
    page = reader.open("/thiet-bi/?q=sn00")
    if scripts:
        page.get_by_label("Chọn cả trang").check()
    page.get_by_label("Chọn tất cả 60 kết quả").check()
    page.get_by_role("button", name="Sửa hàng loạt").click()
    expect(page.locator(".count").first).to_have_text("Đã chọn 60 thiết bị")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator(".error-summary")).to_contain_text("Hãy nhập lý do sửa.")
    page.get_by_label("Tình trạng").select_option(label="Trung bình")
    if scripts:
        reader.choose("Phòng, tổ", "to thu")
    else:
        page.get_by_label("Phòng, tổ").select_option(label="Tổ Thu")
    page.get_by_label("Lý do sửa").fill("Kiểm kê cuối năm")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator("main")).to_contain_text("Sửa 60 thiết bị?")
    assert page.locator("tbody tr").count() == 50
    page.get_by_role("button", name="Sửa 60 thiết bị").click()
    expect(page.locator("h1")).to_have_text("Đã sửa 60 thiết bị")
    assert Equipment.objects.filter(condition="fair", room__name="Tổ Thu").count() == 60
    page.get_by_role("link", name="Hoàn tác").click()
    page.get_by_role("button", name="Hoàn tác 60 thiết bị").click()
    expect(page.locator("#messages")).to_contain_text("Đã hoàn tác.")
    assert Equipment.objects.filter(condition="good", room=None).count() == 62
    page.go_back()  # to the question, which was answered
    page.get_by_role("button", name="Hoàn tác 60 thiết bị").click()
    expect(page.locator("main")).to_contain_text("60 thiết bị đã được sửa tiếp sau lần này")
