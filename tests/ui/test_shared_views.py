"""Views that a list opens with, and views that a unit shares: who meets them, and who never hears of them."""

import re
import uuid

import pytest

from tests.ui.view_pages import LIST, act, menu, save, state_of, tree
from tests.world import confirmed, make_user
from ui import saved_views
from ui.models import DefaultView, SavedView
from ui.saved_views import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(world, client_of):
    """The clerk of Ba Đình, who has some devices."""
    confirmed(world, world.nghiepvu_badinh, ["SN1", "SN2", "SN3"])
    return client_of(world.nghiepvu_badinh)


@pytest.fixture
def colleague(world, client_of):
    """The look-up account of the same unit."""
    return client_of(world.tracuu_badinh)


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
