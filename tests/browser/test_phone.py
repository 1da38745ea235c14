"""A technician before the machine: the label is read, the record says what is needed, without scrolling."""

import pytest
from playwright.sync_api import expect

from equipment.actions import equipment
from tests.browser.conftest import PHONE
from tests.world import confirmed, devices

pytestmark = pytest.mark.django_db(transaction=True)
TO_THUMB = 24  # CSS pixels (WCAG 2.5.8)


@pytest.fixture(scope="module")
def machine(country):
    """A device in a room, in somebody's hands, with names as long as they come."""
    made = confirmed(
        country, country.nghiepvu_badinh, ["5CG0412XKR"], name="Máy vi tính để bàn HP ProDesk 400 G7 Small Form Factor"
    )
    (item,) = devices(made)
    values = {"room": country.units["01.001.T1"], "holder_name": "Nguyễn Thị Ánh Tuyết"}
    equipment.describe(item, values=values, reason="Giao máy", by=country.nghiepvu_badinh, version=item.version)
    return item


def test_what_is_needed_stands_on_the_first_screen(reader_of, country, machine):
    reader = reader_of(viewport=PHONE, has_touch=True, is_mobile=True)
    page = reader.open(f"/q/{machine.code.lower()}/")
    reader.log_in("nghiepvu.badinh")
    page.wait_for_url(f"**/thiet-bi/{machine.code}/")
    assert reader.heading == machine.name
    head = page.locator(".record-head")
    for words in (
        machine.code,
        "Trong kho",
        "5CG0412XKR",
        "Tổ Thu",
        "Nguyễn Thị Ánh Tuyết",
        "Còn đến ",
        "BHXH quận Ba",
    ):
        place = head.get_by_text(words).first.bounding_box()
        assert place["y"] + place["height"] <= PHONE["height"], words
    for name in ("Sửa thông tin", "In nhãn QR", "In hồ sơ (PDF)", "Chép số máy"):
        place = head.get_by_role("link", name=name).or_(head.get_by_role("button", name=name)).bounding_box()
        assert place["y"] + place["height"] <= PHONE["height"], name
        assert min(place["width"], place["height"]) >= TO_THUMB, name
    assert reader.fits()


def test_the_serial_is_copied_with_one_press(reader_of, country, machine):
    reader = reader_of(country.nghiepvu_badinh, permissions=["clipboard-read", "clipboard-write"])
    page = reader.open(f"/thiet-bi/{machine.code}/")
    page.get_by_role("button", name="Chép số máy").click()
    expect(page.get_by_text("Đã chép “5CG0412XKR”.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "5CG0412XKR"


def test_the_record_is_kept_as_a_file(reader_of, country, machine):
    page = reader_of(country.nghiepvu_badinh).open(f"/thiet-bi/{machine.code}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="In hồ sơ (PDF)").click()
    assert download.value.suggested_filename == f"{machine.code}.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")
