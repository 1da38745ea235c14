"""Changes to many devices afterwards and behind the page: taken back, done by a job, two at once."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import sync_grants
from core.models import Event
from equipment.actions import bulk, bulk_undo, equipment
from equipment.models import Equipment
from equipment.rules.bulk import APPEND, REPLACE
from equipment.rules.lifecycle import Status
from jobs import running
from jobs.models import Job
from orgs.models import OrgUnit
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.bulk_pages import ROOM, URL, chosen, fields, look, make_stock, now, text, told, tree, write
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(world):
    return make_stock(world)


class TestUndo:
    def test_what_stood_there_before_comes_back(self, client_of, world, stock):
        client = client_of(world.nghiepvu_badinh)
        before = [row[:3] for row in told(now(stock))]
        done = write(client, look(client, chosen(stock), room=ROOM, note_mode=REPLACE, note="x"))
        here = done.headers["Location"]
        page = client.get(here)
        assert len(tree(page).xpath("//tbody/tr")) == 4
        asked = client.get(f"{here}hoan-tac/")
        assert "Trả 4 thiết bị về giá trị trước lần sửa “Kiểm kê”?" in text(asked)
        answer = client.post(f"{here}hoan-tac/", fields(asked))
        assert [row[:3] for row in told(now(stock))] == before
        assert answer.headers["Location"] != here
        assert "hoàn tác – Kiểm kê" in text(client.get(answer.headers["Location"]))
        assert {item.history.count() for item in now(stock)[:4]} == {3, 4}
        # Taken back twice: the second time there is nothing of it any more.
        assert client.post(f"{here}hoan-tac/", fields(asked)).status_code == 422
        # And the taking back is an act like any other.
        again = client.post(f"{answer.headers['Location']}hoan-tac/")
        assert again.status_code == 302
        assert {item.note for item in now(stock)[:4]} == {"x"}

    @pytest.mark.parametrize("change", ["edited", "gone"])
    def test_what_was_changed_since_stays(self, client_of, world, stock, change):
        client = client_of(world.nghiepvu_badinh)
        here = write(client, look(client, chosen(stock[:3]), condition="fair")).headers["Location"]
        item = now(stock[:3])[1]
        if change == "edited":
            equipment.describe(item, values={"note": "y"}, reason="Sửa", by=world.nghiepvu_badinh, version=item.version)
        else:
            Equipment.objects.filter(pk=item.pk).update(status=Status.DISPOSED)
        answer = client.post(f"{here}hoan-tac/")
        assert answer.status_code == 422
        assert "1 thiết bị đã được sửa tiếp sau lần này" in text(answer)
        assert {i.condition for i in now(stock[:3])} == {"fair"}

    @pytest.mark.parametrize("who", ["nghiepvu_hanoi", "tracuu_badinh", "nghiepvu_danang", "admin1"])
    def test_it_is_for_who_did_it(self, client_of, world, stock, who):
        client = client_of(world.nghiepvu_badinh)
        here = write(client, look(client, chosen(stock[:3]), condition="fair")).headers["Location"]
        stranger = client_of(getattr(world, who))
        for url in (here, f"{here}hoan-tac/", f"{URL}1/", f"{URL}{10**30}/", f"{URL}{2**52}/"):
            assert stranger.get(url).status_code == 404
        assert stranger.post(f"{here}hoan-tac/").status_code == 404
        assert {i.condition for i in now(stock[:3])} == {"fair"}

    def test_an_edit_of_one_device_is_no_such_act(self, client_of, world, stock):
        stamp = bulk_undo.stamp_of(stock[0].history.first().history_date)
        assert client_of(world.nghiepvu_badinh).get(f"{URL}{stamp}/").status_code == 404


class TestAsAJob:
    @pytest.fixture
    def many(self, world, monkeypatch):
        monkeypatch.setattr("equipment.views.bulk.AT_ONCE", 3)
        return w.devices(taken_in(world, world.nghiepvu_badinh, [f"SN{n}" for n in range(8)]))

    def test_many_are_changed_by_a_job_and_taken_back_by_one(self, client_of, world, many):
        client = client_of(world.nghiepvu_badinh)
        page = look(client, {"all": "1", "filter": "", "expected": "8"}, condition="fair", room=ROOM)
        assert "chạy trong nền" in text(page)
        first, second = write(client, page), write(client, page)
        job = Job.objects.get()
        assert first.headers["Location"] == second.headers["Location"] == reverse("jobs:detail", args=[job.public_id])
        taken_in(world, world.nghiepvu_badinh, ["SN99"])  # what comes now was not agreed to
        assert running.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.message) == ("done", "Đã sửa 8 thiết bị.")
        assert Equipment.objects.filter(condition="fair", room__code=ROOM).count() == 8
        here = job.result["url"]
        assert "Đã sửa 8 thiết bị" in text(client.get(here)) or client.get(here).status_code == 200
        answer = client.post(f"{here}hoan-tac/")
        undo = Job.objects.latest("pk")
        assert answer.headers["Location"] == reverse("jobs:detail", args=[undo.public_id])
        running.run(undo.pk)
        undo.refresh_from_db()
        assert undo.message == "Đã hoàn tác 8 thiết bị."
        assert Equipment.objects.filter(condition="good", room=None).count() == 9

    def test_a_device_changed_before_the_job_stops_it_whole(self, client_of, world, many):
        client = client_of(world.nghiepvu_badinh)
        write(client, look(client, chosen(many), condition="fair"))
        equipment.describe(many[3], values={"note": "y"}, reason="x", by=world.nghiepvu_badinh, version=1)
        job = Job.objects.get()
        running.run(job.pk)
        job.refresh_from_db()
        assert job.state == "failed"
        assert "chưa ghi gì" in job.message
        assert not Equipment.objects.filter(condition="fair").exists()

    def test_who_records_no_longer_changes_nothing(self, client_of, world, many):
        client = client_of(world.nghiepvu_badinh)
        write(client, look(client, chosen(many), condition="fair"))
        user = world.nghiepvu_badinh
        user.kind = "lookup"
        user.save()
        sync_grants(user)
        job = Job.objects.get()
        running.run(job.pk)
        job.refresh_from_db()
        assert job.state == "failed"
        assert not Equipment.objects.filter(condition="fair").exists()

    def test_a_room_that_went_meanwhile_is_said(self, client_of, world, many):
        client = client_of(world.nghiepvu_badinh)
        write(client, look(client, chosen(many), room=ROOM))
        OrgUnit.objects.filter(code=ROOM).update(code="01.001.T9")
        job = Job.objects.get()
        running.run(job.pk)
        job.refresh_from_db()
        assert (job.state, "Không còn phòng, tổ này" in job.message) == ("failed", True)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.fixture
    def ready(self):
        world = w.make_world()
        devices = w.devices(taken_in(world, world.nghiepvu_badinh, [f"SN{n}" for n in range(30)]))
        return world, devices

    @staticmethod
    def browser(user):
        client = Client()
        client.force_login(user)
        return client

    def test_of_two_changes_one_wins_and_the_other_is_asked_again(self, ready):
        world, devices = ready
        other = w.make_user("hai.badinh", world.units["01.001"], "business")
        one, two = self.browser(world.nghiepvu_badinh), self.browser(other)
        pages = [look(one, chosen(devices), condition="fair"), look(two, chosen(devices[::-1]), condition="poor")]
        given = at_once(lambda: write(one, pages[0]), lambda: write(two, pages[1]))
        assert not failures(given), given
        assert sorted(answer.status_code for answer in given) == [302, 422]
        items = now(devices)
        assert len({item.condition for item in items}) == 1
        assert {item.version for item in items} == {2}
        assert Equipment.history.count() == 60
        assert Event.objects.filter(kind="equipment.updated").count() == 30

    def test_against_an_edit_of_one_device(self, ready):
        world, devices = ready
        client = self.browser(world.nghiepvu_badinh)
        page = look(client, chosen(devices), condition="fair")
        item = devices[7]

        def edit():
            return equipment.describe(item, values={"note": "một"}, reason="x", by=world.nghiepvu_badinh, version=1)

        wrote, edited = at_once(lambda: write(client, page), edit)
        if isinstance(edited, Exception):  # the bulk change was quicker
            assert isinstance(edited, bulk.DomainError)
            assert wrote.status_code == 302
            assert {i.condition for i in now(devices)} == {"fair"}
        else:
            assert wrote.status_code == 422
            assert {i.condition for i in now(devices)} == {"good"}
        assert now([item])[0].version == 2

    def test_one_person_presses_twice(self, ready):
        world, devices = ready
        client = self.browser(world.nghiepvu_badinh)
        page = look(client, chosen(devices), note_mode=APPEND, note="thêm")
        windows = [self.browser(world.nghiepvu_badinh) for _ in range(3)]
        given = at_once(*(lambda one=one: write(one, page) for one in windows))
        assert not failures(given), given
        assert {answer.status_code for answer in given} == {302}
        assert len({answer.headers["Location"] for answer in given}) == 1
        assert {item.note for item in now(devices)} == {"thêm"}
        assert {item.version for item in now(devices)} == {2}
