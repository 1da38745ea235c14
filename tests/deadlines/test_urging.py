"""Notes of superiors to units about what they owe (art. 14.4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.rules import Kind as AccountKind
from core.errors import DomainError
from core.events import deliver
from core.models import Event
from deadlines.actions import oversight
from deadlines.actions.urging import answer, urge
from deadlines.models import Obligation, Urging, UrgingReply
from deadlines.rules.standings import Stand
from notices.models import Notice
from notices.rules import Topic
from tests.deadlines.owing import owe, today
from tests.isolation.spider import rows_of
from tests.world import make_user

pytestmark = pytest.mark.django_db
URGE, LIST = reverse("deadlines:urge"), reverse("deadlines:urgings")
WORDS = "Đề nghị thực hiện ngay các việc quá hạn"


@pytest.fixture
def center(world):
    return make_user("nghiepvu.cntt", world.units["00.CNTT"], AccountKind.BUSINESS)


@pytest.fixture
def owed(world):
    """Two overdue and one that runs in Ba Đình, one overdue elsewhere."""
    return {
        "01.001": owe(world.units["01.001"], many=2) + owe(world.units["01.001"], Stand.RUNNING),
        "01.002": owe(world.units["01.002"]),
        "01": owe(world.units["01"]),
        "48": owe(world.units["48"]),
        "00.CNTT": owe(world.units["00.CNTT"]),
    }


def press(client, query, units, text=WORDS):
    return client.post(f"{URGE}?{query}", {"units": units, "text": text})


@pytest.mark.dieu("14.4")
def test_a_note_with_what_is_overdue_goes_to_each_chosen_unit(world, client_of, owed):
    client = client_of(world.nghiepvu_hanoi)
    query = "unit=01.001&unit=01.002"
    page = client.get(f"{URGE}?{query}")
    assert [value for value, _ in page.context["form"].fields["units"].choices] == ["01.001", "01.002"]
    answered = press(client, query, ["01.001", "01.002"])
    assert (answered.status_code, answered.url) == (302, f"{LIST}?side=gui")
    notes = {note.target.code: note for note in Urging.objects.all()}
    assert set(notes) == {"01.001", "01.002"}
    note = notes["01.001"]
    assert (note.unit, note.created_by, note.text) == (world.units["01"], world.nghiepvu_hanoi, WORDS)
    assert {item["id"] for item in note.items} == {str(one.public_id) for one in owed["01.001"][:2]}
    assert all(item["late"] > 0 and item["law"] == "Điều 7" for item in note.items)


def test_only_who_is_left_ticked_gets_it(world, client_of, owed):
    press(client_of(world.nghiepvu_hanoi), "unit=01.001&unit=01.002", ["01.002"])
    assert [note.target.code for note in Urging.objects.all()] == ["01.002"]


def test_a_province_stands_for_all_below_it(world, client_of, owed, center):
    page = client_of(center).get(f"{URGE}?unit=01")
    assert [value for value, _ in page.context["form"].fields["units"].choices] == ["01", "01.001", "01.002"]
    page = client_of(center).get(f"{URGE}?own=01")
    assert [value for value, _ in page.context["form"].fields["units"].choices] == ["01"]


def test_from_the_list_the_ticked_rows_alone(world, client_of, owed):
    client = client_of(world.nghiepvu_hanoi)
    first, second, running = owed["01.001"]
    press(client, f"id={first.public_id}&id={running.public_id}", ["01.001"])
    assert [item["id"] for item in Urging.objects.get().items] == [str(first.public_id)]
    press(client, "all=1&filter=unit%3D01.002&expected=1", ["01.002"])
    assert Urging.objects.count() == 2
    del second


def test_without_a_choice_everybody_is_offered_and_nobody_ticked(world, client_of, owed):
    client = client_of(world.nghiepvu_hanoi)
    form = client.get(URGE).context["form"]
    assert ([value for value, _ in form.fields["units"].choices], form["units"].value()) == (["01.001", "01.002"], [])
    assert press(client, "", ["01.002"]).status_code == 302
    assert Urging.objects.get().target == world.units["01.002"]


WHO = {
    "ttcntt": 403,
    "admin1": 200,
    "nghiepvu_hanoi": 200,
    "admin2_hanoi": 200,
    "tracuu_hanoi": 403,
    "nghiepvu_badinh": 404,
    "tracuu_badinh": 403,
    "nghiepvu_danang": 404,
    "admin2_danang": 404,
    "vanphong": 404,
}


@pytest.mark.parametrize(("name", "status"), WHO.items())
def test_who_may_urge(world, client_of, owed, name, status):
    client = client_of(world.users[name])
    for query in ("unit=01.001", f"id={owed['01.001'][0].public_id}", "all=1&filter="):
        assert client.get(f"{URGE}?{query}").status_code == status
        assert press(client, query, ["01.001"]).status_code == (302 if status == 200 else status)
    assert Urging.objects.exists() == (status == 200)


@pytest.mark.parametrize("query", ["unit=01", "unit=48", "own=48", "unit=00", "id=x", "all=1&filter=unit%3D48"])
def test_nothing_to_urge_is_said_and_foreign_units_are_passed_over(world, client_of, owed, query):
    client = client_of(world.nghiepvu_hanoi)
    for answered in (client.get(f"{URGE}?{query}", follow=True), client.post(f"{URGE}?{query}", follow=True)):
        assert answered.redirect_chain[0][0] == reverse("deadlines:list")
        assert "Đà Nẵng" not in answered.content.decode()
    assert press(client, query, ["48"]).status_code == 302
    assert not Urging.objects.exists()


def test_a_unit_that_was_not_chosen_is_refused_at_its_field(world, client_of, owed):
    for wrong in ("48", "01", "01.002", "khong-co"):
        answered = press(client_of(world.nghiepvu_hanoi), "unit=01.001", ["01.001", wrong])
        assert (answered.status_code, "units" in answered.context["form"].errors) == (422, True)
    for missing in ({"units": [], "text": WORDS}, {"units": ["01.001"], "text": " "}):
        assert client_of(world.nghiepvu_hanoi).post(f"{URGE}?unit=01.001", missing).status_code == 422
    assert not Urging.objects.exists()


def test_a_second_press_within_the_minute_sends_nothing_twice(world, client_of, owed):
    client = client_of(world.nghiepvu_hanoi)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            assert press(client, "unit=01.001", ["01.001"]).status_code == 302
        assert Urging.objects.count() == 1
        assert Event.objects.filter(kind="urging.sent").count() == 1
        press(client, "unit=01.001", ["01.001"], text="Lời khác")
        assert Urging.objects.count() == 2
        clock.shift(timedelta(seconds=61))
        press(client, "unit=01.001", ["01.001"])
        assert Urging.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_once(world, owed):
    by = world.nghiepvu_hanoi

    def act(_):
        try:
            return urge(Obligation.objects.filter(unit=world.units["01.001"]), text=WORDS, by=by)[0].pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = set(pool.map(act, range(2)))
    assert made == set(Urging.objects.values_list("pk", flat=True))
    assert len(made) == 1


def test_what_was_done_meanwhile_needs_no_note(world, owed):
    rows = Obligation.objects.filter(unit=world.units["01.001"], state="fulfilled")
    with pytest.raises(DomainError):
        urge(rows, text=WORDS, by=world.nghiepvu_hanoi)


@pytest.fixture
def note(world, owed):
    rows = Obligation.objects.filter(unit=world.units["01.001"])
    return urge(rows, text=WORDS, by=world.nghiepvu_hanoi)[0]


def test_the_recorders_are_told_and_answer_and_the_superior_is_told(world, client_of, note):
    deliver(Event.objects.get(kind="urging.sent").pk)
    notice = Notice.objects.get()
    page = reverse("deadlines:urging", args=[note.public_id])
    assert (notice.owner, notice.topic, notice.address) == (world.nghiepvu_badinh, Topic.URGING, page)
    client = client_of(world.nghiepvu_badinh)
    assert "đôn đốc chưa phản hồi" in client.get(reverse("deadlines:mine")).content.decode()
    url = reverse("deadlines:answer", args=[note.public_id])
    assert url in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(url, {"text": "Sẽ xong trước thứ Sáu"}).status_code == 302
    reply = UrgingReply.objects.get()
    assert (reply.unit, reply.partner, reply.created_by) == (note.target, note.unit, world.nghiepvu_badinh)
    assert "đôn đốc chưa phản hồi" not in client.get(reverse("deadlines:mine")).content.decode()
    deliver(Event.objects.get(kind="urging.answered").pk)
    told = set(Notice.objects.exclude(pk=notice.pk).values_list("owner__username", flat=True))
    assert told == {"nghiepvu.hanoi", "admin2.hanoi"}
    assert "Sẽ xong trước thứ Sáu" in client_of(world.tracuu_hanoi).get(page, {"tab": "phan-hoi"}).content.decode()


READERS = {"ttcntt", "admin1", "nghiepvu_hanoi", "admin2_hanoi", "tracuu_hanoi", "nghiepvu_badinh", "tracuu_badinh"}


def test_both_sides_and_those_above_read_it(world, client_of, note):
    page, url = (reverse(f"deadlines:{name}", args=[note.public_id]) for name in ("urging", "answer"))
    for name, user in world.users.items():
        client = client_of(user)
        seen = name in READERS
        assert client.get(page).status_code == (200 if seen else 404), name
        status = 200 if name == "nghiepvu_badinh" else 403 if seen else 404
        assert client.get(url).status_code == status, name
        assert client.post(url, {"text": "x"}).status_code == (302 if status == 200 else status), name
        assert client.get(LIST).context["count"] == seen
        for kind in ("csv", "xlsx"):
            assert rows_of(client.get(LIST, {"export": kind})) == seen


def test_the_sides_of_the_list(world, client_of, note):
    for name, sent, received in (("nghiepvu_hanoi", 1, 0), ("nghiepvu_badinh", 0, 1), ("ttcntt", 0, 0)):
        client = client_of(world.users[name])
        counts = [client.get(LIST, {"side": side}).context["count"] for side in ("gui", "nhan")]
        assert counts == [sent, received]
    client = client_of(world.nghiepvu_hanoi)
    assert client.get(LIST, {"answered": "false"}).context["count"] == 1
    answer(note, text="Rõ", by=world.nghiepvu_badinh)
    assert client.get(LIST, {"answered": "false"}).context["count"] == 0
    assert client.get(LIST, {"answered": "true"}).context["count"] == 1
    day = f"{today():%d/%m/%Y}"
    assert client.get(LIST, {"day_tu": day, "day_den": day}).context["count"] == 1


def test_the_page_says_what_is_done_by_now(world, client_of, note, owed):
    page = reverse("deadlines:urging", args=[note.public_id])
    client = client_of(world.nghiepvu_badinh)
    assert "0/2 việc" in client.get(page).content.decode()
    before = list(note.items)
    oversight.excuse(owed["01.001"][0], reason="Miễn", by=world.nghiepvu_hanoi)
    text = client.get(page).content.decode()
    assert "1/2 việc" in text
    assert "Được miễn" in text
    note.refresh_from_db()
    assert note.items == before
    assert client.get(page, {"in": "pdf"}).status_code == 200


def test_an_obligation_tells_of_the_notes_about_it(world, client_of, note, owed):
    first, _, running = owed["01.001"]
    client = client_of(world.nghiepvu_badinh)
    for one, many in ((first, 1), (running, 0)):
        text = client.get(reverse("deadlines:detail", args=[one.public_id]), {"tab": "don-doc"}).content.decode()
        assert text.count(str(note.public_id)) == many


@pytest.mark.parametrize("end", ["", "."])
def test_the_words_of_the_superior_end_before_ours_begin(world, owed, end):
    rows = Obligation.objects.filter(unit=world.units["01.001"])
    urge(rows, text=WORDS + end, by=world.nghiepvu_hanoi)
    deliver(Event.objects.get(kind="urging.sent").pk)
    assert Notice.objects.get().text.startswith(f"{WORDS}. Mở đôn đốc")
