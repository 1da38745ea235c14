"""A day's work without a mouse: where the focus is can always be seen, and leads everywhere."""

import pytest
from playwright.sync_api import expect

from equipment.models import Equipment
from tests.world import confirmed, devices

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STEPS = 60
# What a sighted person needs of the focused element: a frame, inside the window, covered by nothing.
FOCUS = """() => {
  const one = document.activeElement;
  const frame = one.closest(".ts-wrapper") || one;
  const box = frame.getBoundingClientRect();
  const style = getComputedStyle(frame);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(box.top + box.height / 2, innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  return {
    said: (one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent || "").trim(),
    id: one.id,
    visible: drawn && box.bottom > 0 && box.top < innerHeight,
    covered: !(top && (frame.contains(top) || top.contains(frame))),
    html: one.outerHTML.slice(0, 200),
  };
}"""


def step(page, key="Tab"):
    """Press the key; the focus it leads to must be seen."""
    page.keyboard.press(key)
    focus = page.evaluate(FOCUS)
    assert focus["visible"], focus
    assert not focus["covered"], focus
    return focus


def tab_to(page, said, *, key="Tab"):
    """Tab until the element with that name, label or id has the focus."""
    passed = []
    for _ in range(MOST_STEPS):
        focus = step(page, key)
        if said in (focus["id"], focus["said"]) or focus["said"].startswith(f"{said} "):
            return
        passed.append(focus["said"] or focus["id"])
    pytest.fail(f"{said!r} isn't reached: {passed}")


def test_from_login_to_a_saved_record(reader_of, country):
    item = devices(confirmed(country, country.nghiepvu_badinh, ["PHIM1", "PHIM2"]))[0]
    reader = reader_of()
    page = reader.open("/dang-nhap/")
    page.locator("#id_login:focus").wait_for()
    page.keyboard.type("nghiepvu.badinh")
    tab_to(page, "id_password")
    page.keyboard.type("mat-khau-thu-nghiem-26")
    assert page.input_value("#id_login") == "nghiepvu.badinh"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tổng quan").wait_for()
    tab_to(page, "Thiết bị")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thiet-bi/")

    assert step(page)["said"] == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    tab_to(page, "list-q")
    page.keyboard.type("phim1")
    page.keyboard.press("Enter")
    page.locator(".chip", has_text="phim1").wait_for()
    tab_to(page, item.name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/thiet-bi/{item.code}/")
    tab_to(page, "Sửa thông tin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sua/")
    tab_to(page, "Người sử dụng")
    page.keyboard.type("Nguyễn Bàn Phím")
    tab_to(page, "Tình trạng")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Lý do sửa")
    page.keyboard.type("Giao máy")
    tab_to(page, "Lưu")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/thiet-bi/{item.code}/")
    assert reader.message == f"Đã lưu thông tin thiết bị {item.code}."
    item = Equipment.objects.get(pk=item.pk)
    assert (item.holder_name, item.condition) == ("Nguyễn Bàn Phím", "fair")


def test_menus_open_close_and_give_the_focus_back(reader_of, country):
    confirmed(country, country.nghiepvu_badinh, ["BANG1"])
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/thiet-bi/")
    tab_to(page, "Bộ lọc")
    page.keyboard.press("Enter")
    assert page.locator(".filter-list").is_visible()
    step(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".filter-list").is_hidden()
    assert page.evaluate("document.activeElement.textContent.trim()") == "Bộ lọc"
    tab_to(page, "Cột")
    page.keyboard.press("Enter")
    tab_to(page, "Nguyên giá")
    page.keyboard.press("Space")
    tab_to(page, "Áp dụng")
    page.keyboard.press("Enter")
    page.get_by_role("columnheader", name="Nguyên giá").wait_for()
    tab_to(page, "Số máy")
    page.keyboard.press("Enter")
    page.locator("th[aria-sort=ascending]", has_text="Số máy").wait_for()
    expect(page.locator("th a.sort", has_text="Số máy")).to_be_focused()


def test_a_line_of_an_intake_without_a_mouse(reader_of, country):
    reader = reader_of(country.nghiepvu_badinh)
    page = reader.open("/tiep-nhan/moi/")
    tab_to(page, "id_lines-0-category-ts-control")
    page.keyboard.type("may vi tinh")
    page.locator(".ts-dropdown .option.active:visible").wait_for()
    page.keyboard.press("Enter")
    page.get_by_label("Bộ xử lý").wait_for()
    expect(page.locator("#id_lines-0-category-ts-control")).to_be_focused()
    tab_to(page, "id_lines-0-model-ts-control")
    page.keyboard.type("3070")
    page.locator(".ts-dropdown .option.active:visible").wait_for()
    page.keyboard.press("Enter")
    tab_to(page, "Số máy (serial)")
    page.keyboard.type("TAB1")
    tab_to(page, "Thêm dòng")
    page.keyboard.press("Enter")
    expect(page.locator("#id_lines-1-category-ts-control")).to_be_focused()
    tab_to(page, "Bỏ dòng này")
    page.keyboard.press("Enter")
    assert page.locator("[data-formset-row]:visible").count() == 1
    assert page.evaluate("document.activeElement !== document.body")
