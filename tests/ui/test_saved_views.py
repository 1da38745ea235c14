"""Saved views: what a list remembers for a person, what colleagues share, and that nobody else hears of it."""

import re
import uuid
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from tests.world import confirmed, make_user
from ui import saved_views
from ui.models import DefaultView, SavedView
from ui.saved_views import State

pytestmark = pytest.mark.django_db
LIST = "/thiet-bi/"
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


def tree(response):
    return html.document_fromstring(response.content.decode())


def menu(response):
    """The words of the menu of views."""
    (found,) = tree(response).xpath("//details[summary[contains(., 'Chế độ xem')]]")
    return " ".join(found.text_content().split())


def state_of(response):
    """What the page wrote down to be saved."""
    return tree(response).xpath("//input[@name='state'][@type='hidden']/@value")[0]


def labels(response):
    """The heads of the columns, in order."""
    return [" ".join(one.text_content().split()) for one in tree(response).xpath("//thead//th[not(@class='check')]")]


def save(client, query="status=in_stock&sort=-serial", **data):
    """Save the list as it is looked at, through its page."""
    page = client.get(f"{LIST}?{query}" if query else LIST)
    return client.post(reverse("saved_views:create"), {"name": "Máy chờ cấp", "state": state_of(page), **data})


def act(client, what, view, /, **data):
    return client.post(reverse(f"saved_views:{what}", args=[view.public_id]), data)


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


class TestTheDefault:
    def test_the_list_opens_with_it_and_the_whole_list_can_be_reached(self, person):
        save(person, default="on")
        view = SavedView.objects.get()
        answer = person.get(LIST)
        assert answer.headers["Location"] == view.address
        page = person.get(answer.headers["Location"])
        assert "mở mặc định" in menu(page)
        whole = f"{LIST}?view=all"
        assert tree(page).xpath(f"//a[@href='{whole}'][contains(., 'Xóa bộ lọc')]")
        assert tree(page).xpath(f"//a[@href='{whole}'][contains(., 'Toàn bộ danh sách')]")
        page = person.get(whole)
        assert page.status_code == 200
        assert page.context["count"] == 3
        assert not page.context["narrowed"]

    def test_no_way_of_taking_filters_off_leads_back_to_it(self, person):
        save(person, default="on")
        for query in ("q=sn", "status=in_stock", "q=", "view=all&sort=code", "view=khong-co", f"view={uuid.uuid4()}"):
            page = person.get(f"{LIST}?{query}")
            links = [url for url in tree(page).xpath("//main//a/@href") if url.startswith("?")]
            assert links
            for url in links:
                if "export" not in url:
                    assert person.get(f"{LIST}{url}").status_code == 200, url
            assert tree(page).xpath("//input[@form='list-form'][@name='view']/@value") == ["all"]

    def test_files_parts_and_other_addresses_are_left_alone(self, person):
        save(person, "q=sn1", default="on")
        assert person.get(f"{LIST}?export=csv").status_code == 200
        part = person.get(LIST, headers={"HX-Request": "true", "HX-Target": "list-results"})
        assert part.status_code == 200
        assert person.get("/tiep-nhan/").status_code == 200
        page = person.get("/tim-kiem/")
        assert page.status_code == 200
        assert page.context["count"] == 3

    def test_it_is_taken_back(self, person):
        save(person, default="on")
        view = SavedView.objects.get()
        page = person.get(f"{view.address}&q=sn1")
        answer = act(person, "default", view, state=state_of(page), default="0")
        assert answer.headers["Location"] == f"{LIST}?q=sn1&status=in_stock&sort=-serial&view={view.public_id}"
        assert person.get(LIST).status_code == 200
        assert not DefaultView.objects.exists()

    def test_another_takes_its_place(self, person):
        save(person, default="on")
        save(person, "q=sn", name="Hai", default="on")
        assert DefaultView.objects.get().view.name == "Hai"
        assert "q=sn" in person.get(LIST).headers["Location"]

    def test_a_colleagues_may_be_mine_and_falls_away_quietly(self, person, colleague):
        save(person, shared="on")
        view = SavedView.objects.get()
        act(colleague, "default", view, default="1")
        assert colleague.get(LIST).headers["Location"] == view.address
        assert person.get(LIST).status_code == 200
        act(person, "edit", view, name=view.name)
        assert colleague.get(LIST).status_code == 200
        act(person, "edit", view, name=view.name, shared="on")
        assert colleague.get(LIST).status_code == 302
        assert act(person, "delete", view).status_code == 302
        assert not SavedView.objects.exists()
        page = colleague.get(LIST)
        assert page.status_code == 200
        assert colleague.get(view.address).status_code == 200
        save(colleague, name="Của tôi", default="on")
        assert DefaultView.objects.get().view.name == "Của tôi"

    def test_it_opens_whatever_the_filters_have_become(self, person, world):
        """A filter of an earlier release, a unit that was closed: the list says so, and no loop arises."""
        state = State(LIST, "received_tu=hom-qua", ("gone", "code"))
        saved_views.save_new(state, name="Cũ", shared=False, default=True, by=world.nghiepvu_badinh)
        page = person.get(LIST, follow=True)
        assert page.status_code == 400
        assert "Chưa lọc được" in page.content.decode()
        assert person.get(f"{LIST}?view=all").status_code == 200


class TestSharing:
    def test_colleagues_see_and_open_it_but_change_nothing(self, person, colleague):
        save(person, shared="on")
        view = SavedView.objects.get()
        page = colleague.get(LIST)
        assert "Đồng nghiệp chia sẻ" in menu(page)
        assert str(view.owner) in menu(page)
        page = colleague.get(f"{view.address}&q=x")
        assert "(đã đổi)" in menu(page)
        assert not re.search("Cập nhật|Xóa chế độ|Đổi tên", menu(page))
        for name in ("update", "edit", "delete"):
            assert act(colleague, name, view, name="Đổi", state=state_of(page)).status_code == 404
        view.refresh_from_db()
        assert view.name == "Máy chờ cấp"

    def test_a_private_one_is_ones_own(self, person, colleague):
        save(person)
        view = SavedView.objects.get()
        assert "Máy chờ cấp" not in colleague.get(LIST).content.decode()
        page = colleague.get(view.address)
        assert page.context["views"]["active"] is None
        assert act(colleague, "default", view).status_code == 404

    @pytest.mark.dieu("6")
    @pytest.mark.parametrize("who", ["nghiepvu_hanoi", "tracuu_hanoi", "admin1", "ttcntt", "nghiepvu_hoankiem"])
    def test_neither_superiors_nor_peers_hear_of_it(self, person, client_of, world, who):
        save(person, name="Máy của Ba Đình", shared="on")
        view = SavedView.objects.get()
        stranger = client_of(getattr(world, who))
        for url in (LIST, view.address, f"{LIST}?view={view.public_id}"):
            page = stranger.get(url)
            assert "Máy của Ba Đình" not in page.content.decode()
            assert page.context["views"]["active"] is None
        for name in ("update", "default", "edit", "delete"):
            assert act(stranger, name, view, default="1").status_code == 404
        assert not DefaultView.objects.exists()

    def test_what_one_may_not_see_is_said_as_the_filter_says_it(self, world, client_of):
        boss, clerk = client_of(world.nghiepvu_hanoi), make_user("hai.hanoi", world.units["01.001"], "business")
        saved_views.save_new(State(LIST, "unit=48", ("code",)), name="X", shared=True, default=False, by=clerk)
        page = client_of(clerk).get(SavedView.objects.get().address)
        assert page.status_code == 400
        assert page.context["count"] == 0
        assert boss.get(LIST).context["views"]["theirs"] == []

    def test_whoever_moves_to_another_unit_leaves_them_behind(self, person, world, colleague, client_of):
        save(person, shared="on", default="on")
        user = world.nghiepvu_badinh
        user.unit = world.units["01.002"]
        user.save()
        moved = client_of(user)
        page = moved.get(LIST)
        assert page.status_code == 200
        assert page.context["views"]["mine"] == []
        assert save(moved, shared="on", default="on").status_code == 302
        assert moved.get(LIST).status_code == 302
        for client, owners in ((colleague, ["01.001"]), (client_of(world.nghiepvu_hoankiem), ["01.002"])):
            seen = client.get(LIST).context["views"]["theirs"]
            assert [SavedView.objects.get(pk=one.view.pk).unit.code for one in seen] == owners


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
