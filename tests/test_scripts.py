"""What the scripts of a page do, in a real browser under the real content security policy.

The browser gets sample pages over the real shell, styles and scripts; nothing else of the application runs.
"""

import shutil
from threading import Thread
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.sample_site import FORM, LIST, Site, login, shell

pytestmark = pytest.mark.urls("accounts.urls")


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def site():
    with Site() as site:
        site.pages = {"/danh-sach": shell(LIST), "/form": shell(FORM), "/dang-nhap/": login(), "/luu": shell("Đã lưu")}
        Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield site
        site.shutdown()


@pytest.fixture
def tab(chromium, site):
    """An empty tab whose console must stay silent and which asks no other host."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, base_url=site.host, reduced_motion="reduce")
    page = context.new_page()
    said, hosts = [], set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url)[:2]))
    page.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()
    assert [
        one for one in said if "500 (Internal Server Error)" not in one and "Response Status Error" not in one
    ] == []
    assert hosts <= {urlsplit(site.host)[:2]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("path", ["/danh-sach", "/form", "/dang-nhap/"])
def test_page_is_accessible_and_fits(tab, theme, width, path):
    tab.emulate_media(color_scheme=theme)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(path)
    assert tab.locator("html").get_attribute("data-bs-theme") == theme
    found = Axe().run(tab).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_stylesheet_and_one_deferred_script(tab, site):
    tab.goto("/danh-sach")
    paths = [path for _, path in site.asked]
    assert [path for path in paths if path.endswith(".css")] == ["/static/dist/app.css"]
    assert [path for path in paths if path.endswith(".js")] == ["/static/js/theme.js", "/static/dist/app.js"]


def test_slash_goes_to_the_search_unless_typing(tab):
    tab.goto("/form")
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "global-search"
    tab.locator("#id_a").press_sequentially("a/b")
    assert tab.locator("#id_a").input_value() == "a/b"


def test_menu_closes_on_escape_and_outside(tab):
    tab.goto("/danh-sach")
    summary = tab.locator("#m > summary")
    summary.click()
    tab.keyboard.press("Escape")
    assert tab.locator("details.menu[open]").count() == 0
    assert tab.evaluate("document.activeElement.parentElement.id") == "m"
    summary.click()
    tab.locator("h1").click()
    assert tab.locator("details.menu[open]").count() == 0


def test_navigation_of_a_phone_opens_without_scripts(chromium, site):
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=site.host, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/danh-sach")
    assert not page.locator(".sidebar-nav").is_visible()
    page.locator(".sidebar-phone > summary").click()
    assert page.locator(".sidebar-nav").is_visible()
    assert page.locator("[data-bulk-bar]").is_visible()
    context.close()


def test_bulk_bar_follows_the_chosen_rows(tab):
    tab.goto("/danh-sach")
    bar, everything = tab.locator("[data-bulk-bar]"), tab.locator("[data-bulk-all]")
    assert not bar.is_visible()
    rows = tab.locator("[data-bulk-row]")
    rows.nth(1).check()
    rows.nth(3).click(modifiers=["Shift"])
    assert tab.locator("[data-bulk-count]").inner_text() == "Đã chọn 3 dòng"
    assert not everything.is_visible()
    tab.locator("[data-bulk-page]").check()
    assert everything.is_visible()
    everything.check()
    assert tab.locator("[data-bulk-count]").inner_text() == "Đã chọn mọi kết quả của bộ lọc"


def test_failed_request_is_said_in_words(tab):
    tab.goto("/danh-sach")
    tab.locator("#broken").click()
    tab.locator(".toasts .notice--bad").wait_for()
    assert "Máy chủ đang gặp sự cố" in tab.locator(".toasts").inner_text()


def test_session_that_ended_behind_a_fragment_leads_to_the_login_page(tab):
    tab.goto("/danh-sach")
    tab.locator("#ended").click()
    tab.wait_for_url("**/dang-nhap/?next=%2Fdanh-sach")
    assert tab.locator("[data-expired-note]").is_visible()


def test_serials_are_counted_and_repeats_shown(tab):
    tab.goto("/form")
    box = tab.locator("#id_n")
    box.fill("a1\nA1 \t00:1A\nb2")
    note = tab.locator(".serial-note")
    note.get_by_text("Trùng nhau: A1 (dòng 1, 2)").wait_for()
    assert "3/3 số máy" in note.inner_text()
    tab.locator("#id_q").fill("5")
    note.get_by_text("3/5 số máy, còn thiếu 2").wait_for()
    box.fill("")
    box.focus()
    tab.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text/plain", "x1\\r\\nx2  \\r\\nx3");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
    }""")
    assert box.input_value() == "x1\nx2\nx3"


def test_lines_are_added_and_removed(tab):
    tab.goto("/form")
    add = tab.locator("[data-formset-add]")
    add.click()
    add.click()
    assert tab.locator("[name='l-TOTAL_FORMS']").input_value() == "2"
    assert tab.evaluate("document.activeElement.name") == "l-1-note"
    tab.locator("[data-formset-remove]").first.click()
    assert tab.locator("[name='l-0-DELETE']").is_checked()
    assert tab.locator("[data-formset-row]:visible").count() == 1


def test_choices_are_found_without_accents_and_by_the_server(tab):
    tab.goto("/form")
    tab.locator("#id_s-ts-control").click()
    tab.keyboard.type("phat trien dang")
    tab.keyboard.press("Enter")
    assert tab.locator("#id_s").input_value() == "2"
    tab.locator("#id_r-ts-control").click()
    tab.keyboard.type("opti")
    option = tab.locator(".ts-dropdown .option", has_text="OptiPlex 7010")
    option.wait_for()
    assert "<i>Dell</i>" in option.inner_text()
    assert tab.get_by_text("Còn 137 kết quả nữa").is_visible()
    option.click()
    assert tab.locator("#id_r").input_value() == "9"


def test_the_same_search_finds_again_what_another_put_away(tab):
    tab.goto("/form")
    option = tab.locator(".ts-dropdown .option", has_text="OptiPlex 7010")
    tab.locator("#id_r-ts-control").click()
    for typed in ("opti", "không có", "opti"):
        tab.locator("#id_r-ts-control").fill(typed)
        if typed == "opti":
            option.wait_for()
        else:
            option.wait_for(state="hidden")
    assert "Đang tìm" not in tab.locator(".ts-dropdown:visible").inner_text()


def test_file_that_the_server_would_refuse_is_refused_before(tab, tmp_path):
    tab.goto("/form")
    for name, size, said in (("a.pdf", 2000, "vượt mức"), ("a.html", 5, "không đúng loại"), ("b.pdf", 0, "rỗng")):
        (tmp_path / name).write_bytes(b"x" * size)
        tab.locator("#id_f").set_input_files(tmp_path / name)
        assert said in tab.locator(".file-info").inner_text()
        assert tab.locator("#id_f").input_value() == ""
    (tmp_path / "c.pdf").write_bytes(b"x" * 900)
    tab.locator("#id_f").set_input_files(tmp_path / "c.pdf")
    assert tab.locator(".file-info").inner_text() == "c.pdf (900 B)"


def test_form_is_sent_once(tab, site):
    tab.goto("/form")
    tab.locator("#id_m").fill("14890000")
    tab.locator("#id_a").fill("Đông Đô")
    assert tab.locator("#id_m").input_value() == "14.890.000"
    tab.evaluate("""() => {
        const form = document.querySelector("form[data-keep]");
        const save = document.getElementById("save");
        form.requestSubmit(save);
        form.requestSubmit(save);
        if (save.textContent !== "Đang xử lý…") throw new Error(save.textContent);
    }""")
    tab.get_by_text("Đã lưu").wait_for()
    assert site.asked.count(("POST", "/luu")) == 1


def type_into(tab):
    tab.goto("/form")
    tab.locator("#id_a").fill("Công ty Đông Đô")
    tab.locator("#id_p").fill("bí mật")
    tab.locator("[data-formset-add]").click()
    tab.keyboard.type("ghi chú")
    tab.wait_for_timeout(700)  # typing is saved 0.4 s after the last key


def test_typed_values_come_back_after_an_expired_session(tab):
    type_into(tab)
    tab.goto("/dang-nhap/?next=/form")
    assert tab.locator("[data-expired-note]").is_visible()
    tab.goto("/form")
    tab.get_by_text("Đã khôi phục nội dung bạn đang nhập.").wait_for()
    assert tab.locator("#id_a").input_value() == "Công ty Đông Đô"
    assert tab.locator("[name='l-0-note']").input_value() == "ghi chú"
    assert tab.locator("#id_p").input_value() == ""
    assert "bí mật" not in tab.evaluate("JSON.stringify(sessionStorage)")


def test_typed_values_do_not_come_back_otherwise(tab, site):
    type_into(tab)
    tab.goto("/form")
    assert tab.locator("#id_a").input_value() == ""
    type_into(tab)
    tab.goto("/dang-nhap/?next=/form")
    site.pages["/form"] = shell(FORM, user="8")
    tab.goto("/form")
    tab.wait_for_timeout(100)
    assert tab.locator("#id_a").input_value() == ""
    assert "Đông Đô" not in tab.evaluate("JSON.stringify(sessionStorage)")


def test_nothing_typed_stays_after_logging_out(tab, site):
    type_into(tab)
    site.pages["/dang-xuat/"] = site.pages["/dang-nhap/"]
    tab.locator(".topbar-account > summary").click()
    tab.locator("form[data-logout] button").click()
    tab.wait_for_url("**/dang-xuat/")
    assert not tab.locator("[data-expired-note]").is_visible()
    assert "Đông Đô" not in tab.evaluate("JSON.stringify(sessionStorage)")
