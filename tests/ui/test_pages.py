"""Records, steps, navigation, tags."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.template import Context, Template
from django.utils.html import format_html

from core.changes import Change
from core.errors import DomainError
from tests.ui.support import TypeTable, make_request, make_types, types
from ui import blocks, context, navigation
from ui.actions import Action, confirm_page, run_action
from ui.links import Link
from ui.navigation import NavItem, NavSection
from ui.records import Tab, render_record

HOSTILE = '"><script>alert(1)</script>'


def record(query=None, *, htmx="", **more):
    response = render_record(make_request("/ho-so/", query, htmx=htmx), title="Hồ sơ", **more)
    return response.content.decode()


def test_only_the_open_tab_is_made():
    made = []
    tabs = [
        Tab("chi-tiet", "Chi tiết", lambda: made.append("chi-tiet") or "một"),
        Tab("tep", "Tài liệu", lambda: made.append("tep") or "hai", count=3),
    ]
    html = record({"tab": "tep"}, tabs=tabs)
    assert made == ["tep"]
    assert "hai" in html
    assert 'aria-current="page">Tài liệu <span class="badge-count">3</span>' in html
    record({"tab": HOSTILE}, tabs=tabs)
    assert made == ["tep", "chi-tiet"]
    fragment = record({"tab": "tep"}, tabs=tabs, htmx="record-tabs")
    assert "<html" not in fragment
    assert "hai" in fragment


def test_a_tab_gives_text_safe_html_a_block_or_a_template():
    assert "&lt;b&gt;" in record(tabs=[Tab("a", "A", lambda: "<b>")])
    assert "<i>x</i>" in record(tabs=[Tab("a", "A", lambda: format_html("<i>{}</i>", "x"))])
    assert "<dt>Số máy</dt>" in record(tabs=[Tab("a", "A", lambda: blocks.FactList([blocks.Fact("Số máy", "1")]))])
    context = {"text": "Chắc chứ?", "title": "T", "submit": "S", "back": "/"}
    assert "Chắc chứ?" in record(tabs=[Tab("a", "A", lambda: context, template="ui/confirm.html")])


def test_the_head_tells_what_it_is_and_what_may_be_done():
    html = record(
        code=HOSTILE,
        status=blocks.Status("Đang dùng", "ok"),
        facts=[blocks.Fact("Đơn vị", HOSTILE, copy=True), blocks.Fact("Loại", "Máy in", url="/loai/")],
        actions=[
            Action("Xác nhận", "/xac-nhan/", style="primary", help="Ghi sổ ngay"),
            Action("Hủy", "/huy/", style="danger", confirm="Hủy hồ sơ TN-01"),
            Action("Sửa", "/sua/", method="get"),
            Link("In nhãn", "/nhan/"),
        ],
        head=[blocks.Stepper([blocks.Step("Nháp", "done", date(2026, 11, 25), "A"), blocks.Step("Chờ", "now")])],
        breadcrumb=[Link(HOSTILE, "/")],
    )
    assert "<script>alert" not in html
    assert '<span class="status status--ok">Đang dùng</span>' in html
    assert '<form method="post" action="/xac-nhan/">' in html
    assert '<a class="btn btn-outline-danger" href="/huy/"' in html
    assert '<a class="btn" href="/sua/"' in html
    assert '<a class="btn" href="/nhan/"' in html
    assert '<a class="btn" href="?in=pdf"' in html
    assert html.count("data-copy=") == 1
    assert "25/11/2026 · A" in html
    assert 'aria-current="step"' in html


def test_the_timeline_shows_before_and_after():
    entry = blocks.Entry(
        datetime(2026, 11, 25, 1, tzinfo=UTC), "Nguyễn Văn A", "Đã sửa", HOSTILE, [Change("Vị trí", "", HOSTILE)]
    )
    html = str(blocks.Timeline([entry]))
    assert "<script>alert" not in html
    assert "<ins>&quot;&gt;" in html
    assert "trống" in html
    assert "25/11/2026 08:00" in html
    assert "Chưa có sự kiện nào." in str(blocks.Timeline([]))


def test_documents_show_what_is_missing():
    html = str(
        blocks.DocumentList(
            [
                blocks.Document("Biên bản", "/tep/1/", HOSTILE, size=1_500_000, who="A", remove_url="/go/"),
                blocks.Document("Hợp đồng", required=True),
                blocks.Document("Giấy phép"),
            ]
        )
    )
    assert "<script>alert" not in html
    assert "1,5 MB" in html
    assert "Còn thiếu" in html
    assert "is-optional" in html


@pytest.mark.django_db
def test_a_table_within_a_page_takes_one_query_and_says_when_it_cuts(django_assert_num_queries):
    make_types(5)
    with django_assert_num_queries(1):
        rows = blocks.Rows.of(TypeTable, types(), limit=3)
    html = str(rows)
    assert html.count("<tr>") == 4
    assert "Chỉ hiển thị 3 dòng đầu." in html
    assert "Chưa có dữ liệu" in str(blocks.Rows.of(TypeTable, types().none()))


def press(act, **more):
    request = make_request("/buoc/", {}, method="post")
    response = run_action(request, act, **more)
    return response, [(m.level_tag, str(m)) for m in get_messages(request)]


@pytest.mark.django_db
def test_a_step_is_called_once_and_says_what_happened():
    calls = []
    response, said = press(lambda: calls.append(1) or 12, done=lambda n: f"Đã nhận {n}.", back=lambda n: f"/{n}/")
    assert (calls, response.url, said) == ([1], "/12/", [("success", "Đã nhận 12.")])


@pytest.mark.django_db
def test_a_refused_step_says_why_and_leaves_nothing_written():
    def act():
        ContentType.objects.create(app_label="kit_one", model="half")
        raise DomainError("Chưa đủ tài liệu.")

    assert press(act, done="x", back="/ve/")[0].url == "/ve/"
    response, said = press(act, done="x", back=lambda _: "/khong/")
    assert (response.url, said) == ("/buoc/", [("error", "Chưa đủ tài liệu.")])
    assert not types().exists()


def test_a_question_names_the_thing_and_posts():
    html = confirm_page(make_request(), title="Xóa", text=HOSTILE, submit="Xóa", back="/ve/").content.decode()
    assert "<script>alert" not in html
    assert 'method="post"' in html
    assert "csrfmiddlewaretoken" in html


class Person:
    is_authenticated = True
    pk = 1

    def __init__(self, *rights):
        self.rights = rights


def some(many):
    return ContentType.objects.filter(pk__in=ContentType.objects.values("pk")[:many])


SECTIONS = (
    NavItem("Tổng quan", "home", "home"),
    NavItem("Thiết bị", "things", "devices", badge=lambda _: some(3)),
    NavSection("Quản trị", (NavItem("Đơn vị", "units", "building", allowed=lambda u: "admin" in u.rights),)),
    NavItem("Hộp", "box", "inbox", prefix="/thiet-bi/hop/"),
    NavItem("Chuông", "bell", "bell", place="top", badge=lambda _: some(2)),
)


@pytest.fixture
def site(settings):
    settings.NAVIGATION = "tests.ui.test_pages.SECTIONS"
    settings.ROOT_URLCONF = "tests.ui.urls"


@pytest.mark.usefixtures("site")
@pytest.mark.django_db
class TestNavigation:
    @pytest.mark.parametrize(
        ("path", "active"),
        [
            ("/", "Tổng quan"),
            ("/thiet-bi/", "Thiết bị"),
            ("/thiet-bi/TB.1/", "Thiết bị"),
            ("/thiet-bi/hop/1/", "Hộp"),
            ("/khac/", None),
        ],
    )
    def test_the_nearest_entry_is_marked(self, path, active):
        items = [item for section in navigation.frame(Person(), path).sections for item in section.items]
        assert [item.label for item in items if item.active] == ([active] if active else [])
        assert [item.badge for item in items] == [0, 3, 0]

    def test_what_waits_is_counted_in_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            (bell,) = navigation.frame(Person(), "/").top
        assert (bell.label, bell.badge) == ("Chuông", 2)

    def test_only_what_may_be_opened_is_shown(self):
        assert [section.label for section in navigation.frame(Person(), "/").sections] == ["", ""]
        assert [section.label for section in navigation.frame(Person("admin"), "/").sections] == ["", "Quản trị", ""]
        assert navigation.frame(AnonymousUser(), "/").sections == ()

    def test_the_frame_makes_it_only_when_asked(self, monkeypatch):
        asked = []
        monkeypatch.setattr(navigation, "frame", lambda *_: asked.append(1) or navigation.Frame())
        shell = context.shell(make_request())
        assert asked == []
        assert list(shell["navigation"]) == []
        assert list(shell["topbar"]) == []
        assert asked == [1]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 14890000|money }}", "14.890.000 đ"),
        ("{{ day|vndate }}", "25/11/2026"),
        ("{{ 1234|number }}", "1.234"),
        ("{{ 999|filesize }} {{ 1500|filesize }} {{ 20971520|filesize }}", "999 byte 2 kB 21,0 MB"),
        ("{% status hostile 'ok' %}", '<span class="status status--ok">&quot;&gt;&lt;script&gt;'),
        ("{% icon '' %}", ""),
        ("{% panel 'Tên' 'bad' %}{{ hostile }}{% endpanel %}", "panel panel--bad"),
    ],
)
def test_tags(template, text):
    html = Template("{% load ui %}" + template).render(Context({"day": date(2026, 11, 25), "hostile": HOSTILE}))
    assert text in html
    assert "<script>alert" not in html


def test_an_icon_is_hidden_from_screen_readers():
    html = Template("{% load ui %}{% icon name %}").render(Context({"name": "search"}))
    assert 'aria-hidden="true"' in html
    assert html.endswith('icons.svg#search"></use></svg>')
