"""Saved views: what a list remembers for a person, what colleagues share, and that nobody else hears of it."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.core.threads import at_once, failures
from tests.ui.view_pages import LIST, act, labels, menu, save, state_of, tree
from tests.world import confirmed, make_world
from ui import saved_views
from ui.models import DefaultView, SavedView
from ui.saved_views import State

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def person(world, client_of):
    """The clerk of Ba Đình, who has some devices."""
    confirmed(world, world.nghiepvu_badinh, ["SN1", "SN2", "SN3"])
    return client_of(world.nghiepvu_badinh)


@pytest.fixture
def colleague(world, client_of):
    """The look-up account of the same unit."""
    return client_of(world.tracuu_badinh)


def test_a_view_keeps_filters_search_order_and_columns(person):
    person.get(f"{LIST}?cols=serial&cols=name&cols=code")
    answer = save(person, "q=sn&status=in_stock&sort=-serial&page=3&csrfmiddlewaretoken=x&export=&junk=1")
    view = SavedView.objects.get()
    assert (view.path, view.query) == (LIST, "q=sn&status=in_stock&sort=-serial")
    assert view.columns == ["serial", "name", "code"]
    assert answer.headers["Location"] == f"{LIST}?q=sn&status=in_stock&sort=-serial&view={view.public_id}"
    page = person.get(f"{LIST}?cols=")
    assert "Đã lưu chế độ xem “Máy chờ cấp”." in page.content.decode()
    page = person.get(answer.headers["Location"])
    assert labels(page) == ["Số máy", "Tên thiết bị", "Mã thiết bị"]
    assert tree(page).xpath("//tbody//td[@data-label='Số máy']/text()") == ["SN3", "SN2", "SN1"]
    assert tree(page).xpath("//a[@aria-current='true']//span[1]")[0].text_content().startswith("Máy chờ cấp")
    assert labels(person.get(LIST)) != labels(page)


def test_within_a_view_links_lead_on_within_it(person):
    page = person.get(save(person).headers["Location"])
    view = SavedView.objects.get()
    inner = [url for url in tree(page).xpath("//main//a/@href") if url.startswith("?") and "export" not in url]
    assert inner
    assert all(parse_qs(urlsplit(url).query)["view"] == [str(view.public_id)] for url in inner)
    assert tree(page).xpath("//input[@form='list-form'][@name='view']/@value") == [str(view.public_id)]
    part = person.get(
        f"{LIST}?q=sn2&view={view.public_id}", headers={"HX-Request": "true", "HX-Target": "list-results"}
    )
    assert part.headers["HX-Push-Url"] == f"{LIST}?q=sn2&view={view.public_id}"
    assert "(đã đổi)" in part.content.decode()


def test_what_differs_is_said_and_may_be_kept_or_dropped(person):
    page = person.get(save(person).headers["Location"])
    assert "đã đổi" not in menu(page)
    assert "Cập nhật" not in menu(page)
    view = SavedView.objects.get()
    page = person.get(f"{LIST}?q=sn&view={view.public_id}&cols=code,serial")
    assert "Cập nhật “Máy chờ cấp”" in menu(page)
    again = next(url for url in tree(page).xpath("//a/@href") if url.endswith("&cols="))
    answer = act(person, "update", view, state=state_of(page))
    view.refresh_from_db()
    assert (view.query, view.columns) == ("q=sn", ["code", "serial"])
    assert answer.headers["Location"] == view.address
    assert "đã đổi" not in menu(person.get(answer.headers["Location"]))
    # The link that drops changes, from a page that is old by now, changes nothing.
    assert "đã đổi" in menu(person.get(again))


def test_columns_changed_within_a_view_are_its_own_and_come_back(person):
    person.get(f"{LIST}?cols=code,name")
    page = person.get(save(person, "sort=code").headers["Location"])
    view = SavedView.objects.get()
    changed = person.get(f"{view.address}&cols=name,unit")
    assert labels(changed) == ["Tên thiết bị", "Đơn vị"]
    assert labels(person.get(view.address)) == ["Tên thiết bị", "Đơn vị"]
    assert labels(person.get(f"{LIST}?q=")) == ["Mã thiết bị", "Tên thiết bị"]
    again = next(url for url in tree(changed).xpath("//a/@href") if url.endswith("&cols="))
    assert labels(person.get(again)) == labels(page) == ["Mã thiết bị", "Tên thiết bị"]
    assert "đã đổi" not in menu(person.get(view.address))


def test_the_same_name_is_asked_for_again_and_nothing_typed_is_lost(person):
    save(person)
    answer = save(person, "q=sn", shared="on")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bạn đã có chế độ xem tên “Máy chờ cấp” ở danh sách này." in page
    assert tree(answer).xpath("//main//input[@name='shared'][@checked]")
    assert save(person, "q=sn", name="MÁY CHỜ CẤP").status_code == 422
    fields = {one.name: one.value for one in tree(answer).xpath("//main//input[@name]") if one.value}
    assert person.post(reverse("saved_views:create"), {**fields, "name": "Khác"}).status_code == 302
    assert list(SavedView.objects.values_list("name", "query", "shared")) == [
        ("Khác", "q=sn", True),
        ("Máy chờ cấp", "status=in_stock&sort=-serial", False),
    ]


def test_a_second_press_is_the_view_that_is_there(person):
    first, second = save(person), save(person)
    assert first.headers["Location"] == second.headers["Location"]
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "a\u202eb"])
def test_a_name_that_is_none_is_refused(person, name):
    assert save(person, name=name).status_code == 422
    assert not SavedView.objects.exists()


def test_names_are_escaped_wherever_they_stand(person, colleague):
    answer = save(person, "q=<b>", name=HOSTILE, shared="on")
    view = SavedView.objects.get()
    for client, url in (
        (person, answer.headers["Location"]),
        (colleague, LIST),
        (person, reverse("saved_views:edit", args=[view.public_id])),
        (person, reverse("saved_views:delete", args=[view.public_id])),
    ):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "alert(1)" in unescape(page)


def test_a_state_of_ones_own_making_is_refused(person, colleague, world):
    page = state_of(colleague.get(LIST))  # a right one, but another account's
    forged = saved_views.sealed(State("https://example.org/", "", ()), world.tracuu_badinh)
    for state in ("", "x", page, forged, page[:-1], f"{page}x"):
        answer = save(person, state=state)
        assert answer.status_code == 422
        assert not SavedView.objects.exists()


def test_a_view_of_another_list_does_not_become_one_of_this(person):
    save(person)
    view = SavedView.objects.get()
    answer = act(person, "update", view, state=state_of(person.get("/tiep-nhan/")))
    assert "thuộc một danh sách khác" in person.get(answer.headers["Location"]).content.decode()
    view.refresh_from_db()
    assert view.path == LIST


def test_too_many_and_too_long(person, world):
    by = world.nghiepvu_badinh
    for n in range(saved_views.VIEWS_A_LIST):
        saved_views.save_new(State(LIST, "", ("code",)), name=f"Số {n}", shared=False, default=False, by=by)
    page = person.get(LIST)
    assert "đủ số chế độ xem" in page.content.decode()
    state = saved_views.sealed(State(LIST, "", ("code",)), by)
    answer = person.post(reverse("saved_views:create"), {"name": "Thêm", "state": state})
    assert "nhiều nhất 50" in answer.content.decode()
    state = saved_views.sealed(State("/tiep-nhan/", "q=" + "a" * 2000, ("number",)), by)
    answer = person.post(reverse("saved_views:create"), {"name": "Dài", "state": state})
    assert "quá dài" in answer.content.decode()
    assert SavedView.objects.count() == saved_views.VIEWS_A_LIST


def test_a_list_with_mistaken_filters_is_not_saved(person):
    page = person.get(f"{LIST}?received_tu=hom-qua")
    assert page.status_code == 400
    assert not tree(page).xpath("//form[@action='/che-do-xem/']")


def test_look_up_accounts_save_too(colleague):
    assert save(colleague).status_code == 302
    assert SavedView.objects.get().owner.username == "tracuu.badinh"


def test_renaming_and_deleting(person):
    save(person)
    save(person, "q=sn", name="Hai")
    view = SavedView.objects.get(name="Hai")
    answer = act(person, "edit", view, name="Máy chờ cấp")
    assert answer.status_code == 422
    assert "Hãy đặt tên khác" in answer.content.decode()
    assert act(person, "edit", view, name="hai").status_code == 302
    page = person.get(reverse("saved_views:delete", args=[view.public_id])).content.decode()
    assert "Xóa chế độ xem “hai”?" in page
    answer = act(person, "delete", view)
    page = person.get(answer.headers["Location"])
    assert "Đã xóa chế độ xem “hai”." in page.content.decode()
    assert page.context["search_text"] == "sn"
    # A page that stayed open: the view is gone, and the answer says nothing is there.
    for name in ("update", "default", "edit", "delete"):
        assert act(person, name, view).status_code == 404
    assert SavedView.objects.get().name == "Máy chờ cấp"


def test_the_order_of_columns_is_moved_without_scripts(person):
    page = person.get(f"{LIST}?cols=code&cols=name&cols=serial&up=serial")
    assert labels(page) == ["Mã thiết bị", "Số máy", "Tên thiết bị"]
    assert tree(page).xpath("//details[@open]//form[@data-order]")
    assert labels(person.get(f"{LIST}?cols=code,name,serial&up=serial")) == labels(page)
    assert labels(person.get(f"{LIST}?cols=code,name,serial&down=code")) == ["Tên thiết bị", "Mã thiết bị", "Số máy"]
    assert labels(person.get(f"{LIST}?cols=code,name&up=code")) == ["Mã thiết bị", "Tên thiết bị"]
    assert labels(person.get(f"{LIST}?cols=code,name&down=unit&up=")) == ["Mã thiết bị", "Tên thiết bị"]
    page = person.get(f"{LIST}?cols=serial,code")
    boxes = tree(page).xpath("//form[@data-order]//li//input/@value")
    assert boxes[:3] == ["serial", "code", "name"]
    assert len(boxes) == len(set(boxes))
    links = [url for url in tree(page).xpath("//a/@href") if "export=csv" in url and "cols=" in url]
    assert "cols=serial,code" in links[0]
    file = b"".join(person.get(f"{LIST}{links[0]}").streaming_content).decode("utf-8-sig")
    assert file.splitlines()[0] == "Số máy,Mã thiết bị"
    assert not any("up=" in url or "down=" in url for url in tree(person.get(f"{LIST}?up=code")).xpath("//a/@href"))


def test_views_cost_one_query(person, world):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            person.get(f"{LIST}?q=sn")
        return len(seen)

    cost()
    before = cost()
    for n in range(20):
        state = State(LIST, f"q={n}", ("code",))
        saved_views.save_new(state, name=f"Số {n}", shared=True, default=n == 3, by=world.tracuu_badinh)
        saved_views.save_new(state, name=f"Số {n}", shared=True, default=n == 3, by=world.nghiepvu_badinh)
    with CaptureQueriesContext(connection) as seen:
        person.get(f"{LIST}?q=sn")
    assert len(seen) == before
    assert sum("ui_savedview" in query["sql"] for query in seen) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("alike", [True, False], ids=["one button twice", "two windows"])
def test_two_presses_at_the_same_moment(alike):
    world = make_world()
    windows = [Client() for _ in range(3)]
    for window in windows:
        window.force_login(world.nghiepvu_badinh)
    queries = ["q=sn"] * 3 if alike else ["q=sn", "q=may", "q=dell"]
    states = [state_of(one.get(f"{LIST}?{query}")) for one, query in zip(windows, queries, strict=True)]

    def press(window, state):
        return lambda: window.post(reverse("saved_views:create"), {"name": "Máy", "state": state, "default": "on"})

    given = at_once(*map(press, windows, states))
    assert not failures(given), given
    assert sorted(answer.status_code for answer in given) == ([302, 302, 302] if alike else [302, 422, 422])
    assert SavedView.objects.count() == DefaultView.objects.count() == 1
