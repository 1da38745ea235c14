"""A superior waives what a unit owes and asks for it again (art. 14): strictly below, with a reason, on record."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from accounts.rules import Kind as AccountKind
from core.errors import DomainError
from core.events import deliver
from core.models import Event
from deadlines.actions import fulfil, open_obligation, oversight, reopen, waive
from deadlines.blocks.record import timeline
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from deadlines.rules.standings import Stand
from notices.models import Notice
from orgs.models import OrgUnit
from tests.deadlines.owing import owe, today
from tests.world import make_user

pytestmark = pytest.mark.django_db
REASON = "Chi cục thi hành án đang giữ hồ sơ"


@pytest.fixture
def center(world):
    return make_user("nghiepvu.cntt", world.units["00.CNTT"], AccountKind.BUSINESS)


@pytest.fixture
def one(world):
    return owe(world.units["01.001"])[0]


def waived(client, one, reason=REASON):
    return client.post(reverse("deadlines:waive", args=[one.public_id]), {"reason": reason})


def of(world, name):
    return (
        make_user("nghiepvu.cntt", world.units["00.CNTT"], AccountKind.BUSINESS)
        if name == "center"
        else world.users[name]
    )


WHO = {
    "center": 302,
    "admin1": 302,
    "nghiepvu_hanoi": 302,
    "admin2_hanoi": 302,
    "tracuu_hanoi": 403,
    "ttcntt": 403,
    "nghiepvu_badinh": 403,
    "tracuu_badinh": 403,
    "nghiepvu_hoankiem": 404,
    "nghiepvu_danang": 404,
    "admin2_danang": 404,
    "vanphong": 404,
}


@pytest.mark.dieu("14.6")
@pytest.mark.parametrize(("name", "status"), WHO.items())
def test_who_waives(world, client_of, one, name, status):
    by = of(world, name)
    client = client_of(by)
    assert client.get(reverse("deadlines:waive", args=[one.public_id])).status_code == (
        200 if status == 302 else status
    )
    assert waived(client, one).status_code == status
    one.refresh_from_db()
    assert (one.state, one.waived_by) == ((State.WAIVED, by) if status == 302 else (State.OPEN, None))


def test_nobody_waives_for_itself_nor_for_a_unit_in_its_custody(world, client_of, center):
    custody = world.units["00.PC"]
    custody.custodian = world.units["00.CNTT"]
    custody.save()
    for unit in (world.units["00.CNTT"], OrgUnit.objects.get(pk=custody.pk)):
        (one,) = owe(unit)
        for by in (center, world.admin1):
            assert waived(client_of(by), one).status_code == 403
    (own,) = owe(world.units["01"])
    assert waived(client_of(world.nghiepvu_hanoi), own).status_code == 403
    assert waived(client_of(center), own).status_code == 302


def test_a_waiver_says_why_who_and_when(world, client_of, one):
    by = world.nghiepvu_hanoi
    answer = waived(client_of(by), one)
    assert answer.url == reverse("deadlines:detail", args=[one.public_id])
    one.refresh_from_db()
    last = one.history.first()
    assert (one.reason, last.history_user, last.state, last.reason) == (REASON, by, State.WAIVED, REASON)
    event = Event.objects.get(kind="obligation.waived")
    assert (event.unit, event.actor, event.payload["reason"]) == (world.units["01.001"], by, REASON)
    text = client_of(world.nghiepvu_badinh).get(answer.url).content.decode()
    for part in (REASON, "Được miễn", by.full_name):
        assert part in text


def test_the_recorders_are_told_once(world, client_of, one):
    waived(client_of(world.nghiepvu_hanoi), one)
    event = Event.objects.get(kind="obligation.waived")
    assert deliver(event.pk)
    assert not deliver(event.pk)
    assert [notice.owner for notice in Notice.objects.all()] == [world.nghiepvu_badinh]
    notice = Notice.objects.get()
    assert REASON in notice.text
    assert notice.address == reverse("deadlines:detail", args=[one.public_id])


def test_of_a_unit_in_custody_the_custodian_is_told(world, client_of, center):
    (one,) = owe(world.units["00.PC"])
    waived(client_of(center), one)
    deliver(Event.objects.get().pk)
    assert [notice.owner for notice in Notice.objects.all()] == [world.vanphong]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_needed(world, client_of, one, reason):
    answer = waived(client_of(world.nghiepvu_hanoi), one, reason)
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    one.refresh_from_db()
    assert one.state == State.OPEN


def test_a_long_reason_is_kept_whole(world, client_of, one):
    waived(client_of(world.nghiepvu_hanoi), one, "Lý do " + "x" * 480)
    one.refresh_from_db()
    assert len(one.reason) == 486


def test_a_second_press_says_who_did_it(world, client_of, one):
    waived(client_of(world.nghiepvu_hanoi), one)
    answer = waived(client_of(world.admin2_hanoi), one, "Khác")
    assert answer.status_code == 422
    assert world.nghiepvu_hanoi.full_name in answer.content.decode()
    one.refresh_from_db()
    assert one.reason == REASON
    assert Event.objects.count() == 1


def test_what_is_done_is_not_waived(world, client_of):
    (one,) = owe(world.units["01.001"], Stand.LATE)
    answer = waived(client_of(world.nghiepvu_hanoi), one)
    assert answer.status_code == 422
    assert f"{one.fulfilled_on:%d/%m/%Y}" in answer.content.decode()


def test_it_is_asked_for_again_by_the_same_day(world, client_of, one):
    client = client_of(world.nghiepvu_hanoi)
    waived(client, one)
    url = reverse("deadlines:ask_again", args=[one.public_id])
    page = client.get(reverse("deadlines:detail", args=[one.public_id])).content.decode()
    assert url in page
    assert client_of(world.nghiepvu_badinh).post(url, {"reason": "x"}).status_code == 403
    assert client_of(world.nghiepvu_danang).post(url, {"reason": "x"}).status_code == 404
    assert client.post(url, {"reason": "Hồ sơ đã được trả lại"}).status_code == 302
    due = one.due_date
    one.refresh_from_db()
    assert (one.state, one.waived_by, one.reason, one.due_date) == (State.OPEN, None, "", due)
    assert client.post(url, {"reason": "x"}).status_code == 422
    deliver(Event.objects.get(kind="obligation.asked_again").pk)
    assert "Hồ sơ đã được trả lại" in Notice.objects.get().text


def test_what_the_dossier_itself_made_needless_no_superior_asks_for(world, client_of):
    (one,) = owe(world.units["01.001"], Stand.WAIVED)
    url = reverse("deadlines:ask_again", args=[one.public_id])
    client = client_of(world.nghiepvu_hanoi)
    assert url not in client.get(reverse("deadlines:detail", args=[one.public_id])).content.decode()
    assert client.post(url, {"reason": "x"}).status_code == 422


def test_the_dossier_goes_on_with_what_a_superior_has_waived(world):
    """Recording an intake late that was waived is no fault, and cancelling and restoring it changes nothing."""
    by, unit = world.nghiepvu_badinh, world.units["01.001"]
    facts = {"unit": unit, "start_date": today(), "label": "TN-1", "by": by}
    owed = open_obligation(kind=Kind.INTAKE, subject=unit, **facts)
    oversight.excuse(owed, reason=REASON, by=world.nghiepvu_hanoi)
    for step in (
        lambda: waive(kind=Kind.INTAKE, subject=unit, reason="Hủy", by=by),
        lambda: reopen(kind=Kind.INTAKE, subject=unit, by=by),
        lambda: fulfil(kind=Kind.INTAKE, subject=unit, on=today(), by=by),
    ):
        left = step()
        assert (left.state, left.reason, left.waived_by) == (State.WAIVED, REASON, world.nghiepvu_hanoi)


@pytest.mark.django_db(transaction=True)
def test_two_superiors_at_once_waive_once(world, one, center):
    def press(by):
        try:
            return oversight.excuse(one, reason=by.username, by=by).reason
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(press, [center, world.nghiepvu_hanoi]))
    assert "done" in said
    assert Event.objects.filter(kind="obligation.waived").count() == 1
    assert Obligation.objects.get(pk=one.pk).history.count() == 1


def test_the_history_names_each_step(world, client_of, one):
    """Also of what has no row about its beginning."""
    opened = open_obligation(
        kind=Kind.INTAKE,
        subject=world.units["01.001"],
        unit=world.units["01.001"],
        start_date=today(),
        label="TN-1",
        by=world.nghiepvu_badinh,
    )
    client = client_of(world.nghiepvu_hanoi)
    for owed, first in ((opened, ["Phát sinh việc phải làm"]), (one, [])):
        waived(client, owed)
        client.post(reverse("deadlines:ask_again", args=[owed.public_id]), {"reason": "Hồ sơ đã được trả lại"})
        entries = timeline(world.nghiepvu_hanoi, owed).entries
        told = [entry.title for entry in entries]
        assert told == ["Yêu cầu thực hiện lại", "Cấp trên cho miễn", *first]
        assert entries[1].who == world.nghiepvu_hanoi.full_name
