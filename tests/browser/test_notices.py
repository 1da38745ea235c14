"""The bell counts while somebody looks, keeps no session alive and ends quietly; all else works without scripts."""

import time
from importlib import import_module

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.middleware import SEEN
from notices import actions
from notices.models import Notice
from notices.rules import Message, Tone, Topic
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = "/thong-bao/dem/"
A_MINUTE = 61_000
# The window may be put behind another one by the test.
MAY_HIDE = "Object.defineProperty(document, 'hidden', { get: () => Boolean(window.putAway) });"


@pytest.fixture
def officer(country):
    Notice.objects.all().delete()
    return country.nghiepvu_badinh


def tell(user, *titles):
    actions.tell(
        [
            (user, Message(key=title, topic=Topic.DEADLINE, tone=Tone.WARNING, title=title, text="…", address="/"))
            for title in titles
        ]
    )


def session_of(reader):
    (key,) = [c["value"] for c in reader.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]
    return import_module(settings.SESSION_ENGINE).SessionStore(key)


@pytest.fixture
def watched(reader_of, officer):
    """A page that lies open, its clock in the test's hand; and how often it asked."""
    reader = reader_of(officer)
    reader.page.clock.install()
    reader.page.add_init_script(MAY_HIDE)
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url) if request.url.endswith(COUNT) else None)
    reader.open("/tiep-nhan/")
    return reader, asked


def pass_a_minute(page, *, asking=True):
    """A minute on the page's clock; whatever it asks for then has been answered afterwards."""
    if asking:
        with page.expect_response(lambda response: COUNT in response.url):
            page.clock.run_for(A_MINUTE)
    else:
        page.clock.run_for(A_MINUTE)
    page.evaluate("() => fetch('/healthz')")  # a way through the server and back


def test_the_bell_counts_and_says_so(watched, officer):
    reader, _ = watched
    page = reader.page
    bell, said = page.locator(".topbar-item"), page.locator("[data-live-said]")
    expect(bell).to_have_accessible_name("Thông báo")
    tell(officer, "Hết hạn ngày mai", "Đã quá hạn")
    pass_a_minute(page)
    expect(bell).to_have_accessible_name("Thông báo chưa đọc: 2")
    expect(said).to_have_text("Có 2 thông báo mới, 2 chưa đọc.")
    assert said.get_attribute("aria-live") == "polite"
    actions.mark_read(Notice.objects.filter(title="Đã quá hạn"))
    pass_a_minute(page)
    expect(bell).to_have_accessible_name("Thông báo chưa đọc: 1")
    expect(said).to_have_text("Có 2 thông báo mới, 2 chưa đọc."), "less isn't news"
    tell(officer, "Được đôn đốc")
    pass_a_minute(page)
    expect(said).to_have_text("Có 1 thông báo mới, 2 chưa đọc.")


def test_a_page_that_nobody_sees_asks_nothing(watched, officer):
    reader, asked = watched
    page = reader.page
    page.evaluate("window.putAway = true")
    tell(officer, "Hết hạn ngày mai")
    for _ in range(5):
        pass_a_minute(page, asking=False)
    assert asked == []
    page.evaluate("window.putAway = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".topbar-item")).to_have_accessible_name("Thông báo chưa đọc: 1")
    assert len(asked) == 1
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate("() => fetch('/healthz')")
    assert len(asked) == 1, "once a minute is enough"


def test_the_end_of_the_session_leaves_the_page_alone(watched, officer):
    """Asking keeps nothing alive; then it ends by itself, and what is being typed stays under the hands."""
    reader, asked = watched
    page = reader.page
    seen = session_of(reader)[SEEN]
    pass_a_minute(page)
    assert len(asked) == 1
    assert session_of(reader)[SEEN] == seen, "the page's own question counted as use"
    page.fill("#global-search", "MAY0")
    session = session_of(reader)
    session[SEEN] = int(time.time()) - settings.SESSION_IDLE_MINUTES * 60 - 60
    session.save()
    address = page.url
    pass_a_minute(page)
    for _ in range(5):
        pass_a_minute(page, asking=False)
    assert len(asked) == 2, "it goes on asking"
    assert page.url == address
    assert page.input_value("#global-search") == "MAY0"
    page.get_by_role("link", name="Sửa chữa").click()
    page.wait_for_url("**/dang-nhap/**")
    assert "het_phien=1" in page.url


def test_logging_out_elsewhere_ends_it_too(watched):
    reader, asked = watched
    session_of(reader).delete()
    address = reader.page.url
    pass_a_minute(reader.page)
    for _ in range(3):
        pass_a_minute(reader.page, asking=False)
    assert len(asked) == 1
    assert reader.page.url == address


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_the_bell_leads_to_what_is_told(reader_of, officer, viewport):
    tell(officer, "Hết hạn ngày mai")
    reader = reader_of(officer, viewport=viewport)
    page = reader.open("/tiep-nhan/")
    page.get_by_role("link", name="Thông báo chưa đọc: 1").click()
    assert reader.heading == "Thông báo"
    page.get_by_role("link", name="Hết hạn ngày mai").click()
    assert page.url.removeprefix(reader.site) == "/"
    expect(page.locator(".topbar-item")).to_have_accessible_name("Thông báo")


def test_all_of_it_without_scripts(reader_of, officer):
    tell(officer, "Một", "Hai", "Ba")
    reader = reader_of(officer, java_script_enabled=False)
    page = reader.open("/thong-bao/")
    page.get_by_label("Chọn Hai", exact=True).check()
    page.get_by_role("button", name="Đánh dấu đã đọc", exact=True).click()
    assert reader.message == "Đã đánh dấu đã đọc 1 thông báo."
    page.get_by_role("button", name="Đánh dấu đã đọc tất cả").click()
    assert reader.message == "Đã đánh dấu đã đọc 2 thông báo."
    page.get_by_role("link", name="Tùy chọn nhận thư").first.click()
    page.get_by_label("Nhắc hạn của đơn vị tôi").select_option(label="Gộp một thư mỗi ngày")
    page.get_by_role("button", name="Lưu").click()
    assert reader.message == "Đã lưu cách nhận thư."
