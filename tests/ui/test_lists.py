"""The list page."""

import re
from html import unescape

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core.errors import DomainError
from tests.ui.support import TypeFilter, TypeTable, listing, make_request, make_types, search, types
from ui.listing import Page
from ui.lists import NOT_YOURS, BulkAction, Empty, Link, selected

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script>'


def names(response):
    """The names of the rows, in order."""
    return re.findall(r'<a href="/loai/(\w+)/">', response.content.decode())


def test_a_page_holds_fifty_rows_and_the_exact_count():
    make_types(120)
    response = listing()
    html = response.content.decode()
    assert response.status_code == 200
    assert names(response) == [f"kit{n:04}" for n in range(1, 51)]
    assert "120 loại" in html
    assert "1–50 / 120" in html


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [("1", 1, 50), ("2", 51, 100), ("3", 101, 120), ("4", 101, 120), ("999999999999", 101, 120), ("9" * 5000, 1, 50)],
)
def test_pages_neither_repeat_nor_skip_and_beyond_the_end_is_the_last(page, first, last):
    make_types(120)
    assert names(listing({"page": page})) == [f"kit{n:04}" for n in range(first, last + 1)]


@pytest.mark.parametrize("page", ["abc", "0", "-5", "1.5", ""])
def test_a_page_that_is_none_is_the_first(page):
    make_types(60)
    assert names(listing({"page": page}))[0] == "kit0001"


def test_rows_of_one_value_keep_a_total_order_over_pages():
    make_types(120)
    seen = [name for page in "123" for name in names(listing({"sort": "-app", "page": page}))]
    assert seen == [f"kit{n:04}" for n in range(120, 0, -1)]


def test_sorting_by_a_header_and_back():
    make_types(3)
    response = listing({"sort": "-model"})
    html = response.content.decode()
    assert names(response) == ["kit0003", "kit0002", "kit0001"]
    assert 'aria-sort="descending"><a class="sort" href="?sort=model"' in html
    assert 'aria-sort="ascending"><a class="sort" href="?sort=-model"' in listing().content.decode()


@pytest.mark.parametrize("sort", ["password", "-", "--model", "label", "model;drop table", "app_label", "\x00"])
def test_an_unknown_order_is_the_usual_one(sort):
    make_types(3)
    assert names(listing({"sort": sort})) == ["kit0001", "kit0002", "kit0003"]


def test_filters_show_as_chips_that_come_off():
    make_types(3)
    make_types(2, "kit_two")
    response = listing(QueryDict("app=kit_one&app=kit_two&q=kit&sort=-model&page=1"))
    html = response.content.decode()
    assert len(names(response)) == 5
    assert 'href="?q=kit&amp;sort=-model&amp;app=kit_two" aria-label="Bỏ lọc Ứng dụng: Ứng dụng một"' in html
    assert "&lt;b&gt;Hai&lt;/b&gt;" in html
    assert "<b>Hai" not in html
    assert 'href="?app=kit_one&amp;app=kit_two&amp;sort=-model" aria-label="Bỏ nội dung tìm kit"' in html


@pytest.mark.parametrize("query", ["number=abc", "app=gone", "number=1e9999999", "q=a%00b", "q=" + "a" * 201])
def test_what_is_not_understood_is_said_and_shows_nothing(query):
    make_types(3)
    response = listing(QueryDict(query))
    html = response.content.decode()
    assert response.status_code == 400
    assert "Chưa lọc được" in html
    assert names(response) == []
    assert "Xóa bộ lọc" in html


def test_the_same_for_htmx_is_swapped_in():
    response = listing({"number": "abc"}, htmx="list-results")
    assert response.status_code == 200
    assert "Số: Nhập một số." in response.content.decode()


def test_hostile_values_are_escaped_everywhere():
    ContentType.objects.create(app_label="kit_one", model=HOSTILE)
    for query in ({}, {"q": HOSTILE}, {"number": HOSTILE}, {"app": HOSTILE}, {"sort": HOSTILE}, {"cols": HOSTILE}):
        html = listing(query, actions=(BulkAction("In", "/in/"),)).content.decode()
        assert "<script>alert" not in html
    assert "<script>alert" not in listing({"q": HOSTILE}, htmx="list-results").content.decode()


def test_htmx_gets_the_table_and_the_count_only():
    make_types(60)
    response = listing({"q": "kit006", "cols": "model,number"}, htmx="list-results")
    html = response.content.decode()
    assert "<html" not in html
    assert 'id="list-results"' in html
    assert '<p class="count" id="list-count" hx-swap-oob="innerHTML">1 loại</p>' in html
    assert response["HX-Push-Url"] == "/loai/?q=kit006"
    assert "HX-Request" in response["Vary"]
    assert "<html" in listing(htmx="another-part").content.decode()


def test_the_count_is_announced():
    html = listing().content.decode()
    assert re.search(r'id="list-count" role="status" aria-live="polite">0 loại<', html)


def test_the_ways_of_being_empty():
    nothing = listing(empty=Empty("Chưa có gì", "Hãy bắt đầu.", Link("Thêm mới", "/moi/"))).content.decode()
    assert "Chưa có gì" in nothing
    assert 'href="/moi/"' in nothing
    make_types(1)
    unmatched = listing({"q": "không có"}).content.decode()
    assert "Không có loại nào phù hợp" in unmatched
    assert "Xóa bộ lọc" in unmatched
    assert "chưa được xem dữ liệu này" in listing(queryset=types().none(), empty=NOT_YOURS).content.decode()
    assert "Chưa có loại nào" in listing(queryset=types().none()).content.decode()


def test_columns_are_chosen_and_remembered_for_the_person():
    make_types(1)
    session = SessionStore()
    chosen = listing(QueryDict("cols=&cols=hidden&cols=model&cols=password"), session=session).content.decode()
    assert 'data-label="Ẩn"' in chosen
    assert 'data-label="Số"' not in chosen
    assert 'data-label="Ẩn"' in listing(session=session).content.decode()
    assert 'data-label="Ẩn"' not in listing(session=SessionStore()).content.decode()
    assert 'data-label="Số"' in listing({"cols": ""}, session=session).content.decode()
    assert session["columns"] == {}


def test_totals_are_of_everything_that_is_filtered():
    make_types(60)
    expected = sum(types().values_list("id", flat=True))
    html = listing().content.decode()
    assert f'<td class="num">{expected:,}</td>'.replace(",", ".") in html


def cost(**arguments):
    with CaptureQueriesContext(connection) as seen:
        assert listing(**arguments).status_code == 200
    return len(seen)


def test_the_page_costs_three_queries_whatever_the_rows():
    make_types(1)
    assert cost() == 3
    make_types(120, "kit_two")
    assert cost() == cost(data={"page": "3"}) == cost(data={"q": "kit", "app": "kit_two", "sort": "-app"}) == 3


def test_the_last_pages_are_sought_from_the_end():
    make_types(120)
    with CaptureQueriesContext(connection) as seen:
        listing({"page": "3"})
    keys = next(query["sql"] for query in seen if "LIMIT 20" in query["sql"])
    assert "OFFSET" not in keys
    assert "DESC" in keys


def test_a_search_box_only_where_there_is_a_search():
    assert 'id="list-q"' in listing().content.decode()
    response = listing({"q": "a\x00"}, search=None, filterset=None)
    assert response.status_code == 200
    assert 'id="list-q"' not in response.content.decode()
    assert 'id="list-form"' not in response.content.decode()


def test_a_list_works_without_scripts():
    html = listing().content.decode()
    assert '<form class="list-form" id="list-form" method="get" action="/loai/"' in html
    assert '<button class="btn" type="submit">' in html
    assert " onclick" not in html
    assert " style=" not in html


def test_rows_are_selectable_only_for_bulk_actions():
    make_types(60)
    assert 'type="checkbox" name="id"' not in listing().content.decode()
    html = listing({"q": "kit"}, actions=(BulkAction("In nhãn", "/nhan/"),)).content.decode()
    assert html.count('type="checkbox" name="id"') == 50
    assert 'name="filter" value="?q=kit"' in html
    assert 'name="expected" value="60"' in html
    assert "Chọn tất cả 60 kết quả" in html
    assert 'formaction="/nhan/"' in html
    assert "csrfmiddlewaretoken" in html


def test_bulk_actions_that_only_read_put_no_token_into_the_address():
    make_types(1)
    html = listing(actions=(BulkAction("In nhãn", "/nhan/", method="get"),)).content.decode()
    assert "csrfmiddlewaretoken" not in html.split("data-bulk>")[1].split("</form>")[0]


def choose(**data):
    return selected(
        make_request(data=data, method="post"), queryset=types(), table=TypeTable, filterset=TypeFilter, search=search
    )


def test_ticked_rows_are_selected_and_foreign_ones_passed_over():
    make_types(3)
    mine = list(types().values_list("id", flat=True)[:2])
    foreign = ContentType.objects.exclude(app_label__startswith="kit_").values_list("id", flat=True)[0]
    selection = choose(id=[*mine, foreign, mine[0]])
    assert set(selection.queryset.values_list("id", flat=True)) == set(mine)
    assert selection.count == 2
    assert selection.changed


def test_everything_means_what_the_filter_lets_through():
    make_types(60)
    make_types(5, "kit_two")
    selection = choose(all="1", filter=unescape("?app=kit_two&sort=-model"), expected="4")
    assert [row.model for row in selection.queryset] == [f"kit{n:04}" for n in range(5, 0, -1)]
    assert (selection.count, selection.expected, selection.changed) == (5, 4, True)
    assert not choose(all="1", filter="", expected="65").changed


@pytest.mark.parametrize("expected", ["", "x", "²", "-1", "9" * 5000])
def test_a_count_that_nobody_saw_is_passed_over(expected):
    make_types(2)
    assert not choose(all="1", filter="", expected=expected).changed


@pytest.mark.parametrize(
    "data", [{}, {"id": "abc"}, {"id": ""}, {"id": "99999999999999999999"}, {"all": "1", "filter": "app=gone"}]
)
def test_an_empty_or_broken_selection_is_refused(data):
    make_types(3)
    with pytest.raises(DomainError):
        choose(**data)


def test_too_many_ticked_rows_are_refused():
    with pytest.raises(DomainError, match="5000"):
        choose(id=[str(n) for n in range(5001)])


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]), (1000, 1000, [1, 0, 998, 999, 1000])],
)
def test_the_pager_offers_what_is_near(number, pages, shown):
    assert list(Page(number, pages, pages * 50).around()) == shown
