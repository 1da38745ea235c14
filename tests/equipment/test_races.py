"""Two people at once: one of them wins, and the other is told and loses nothing of what was typed."""

import uuid

import pytest
from django.test import Client

from core.models import Event
from equipment.models import Equipment, Intake, LedgerEntry
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.pages import Person
from tests.equipment.support import ready, taken_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    return w.make_world()


def someone(user):
    client = Client()
    client.force_login(user)
    return Person(client)


@pytest.fixture
def colleague(world):
    """A second technician of the same unit."""
    return w.make_user("nghiepvu2.badinh", world.units["01.001"], "business")


def pressing(one, url, **typed):
    """Open the form now; what is given sends it."""
    form = one.get(url).form() | typed
    return lambda: one.post(url, form)


def pages(*acts):
    given = at_once(*acts)
    assert not failures(given), given
    return sorted(given, key=lambda page: page.status)


@pytest.mark.dieu("7.1")
def test_two_people_confirm_the_same_draft(world, colleague):
    made = ready(world, world.nghiepvu_badinh, ["A1", "A2", "A3"])
    url = f"/tiep-nhan/{made.number}/tiep-nhan/"
    people = [someone(world.nghiepvu_badinh), someone(colleague)]
    forms = [one.get(url).form() for one in people]
    won, lost = pages(
        *(lambda one=one, form=form: one.post(url, form) for one, form in zip(people, forms, strict=True))
    )
    assert (won.status, lost.status) == (200, 422)
    assert "Đã tiếp nhận 3 thiết bị" in won.text
    assert f"Hồ sơ {made.number} đã được" in lost.summary
    assert "không cần tiếp nhận lại" in lost.summary
    assert Equipment.objects.count() == Equipment.history.count() == LedgerEntry.objects.count() == 3
    assert Event.objects.filter(kind="intake.confirmed").count() == 1
    assert Intake.history.filter(state="confirmed").count() == 1


def test_one_person_presses_twice(world):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    url = f"/tiep-nhan/{made.number}/tiep-nhan/"
    one = someone(world.nghiepvu_badinh)
    form = one.get(url).form()
    assert [page.status for page in pages(*(lambda: one.post(url, form) for _ in range(3)))] == [200, 422, 422]
    assert Equipment.objects.count() == 1


def test_two_intakes_of_one_unit_with_the_same_serial(world, colleague):
    mine = ready(world, world.nghiepvu_badinh, ["A1", "SAME"])
    theirs = ready(world, colleague, ["B1", "same"])
    acts = []
    for user, made in ((world.nghiepvu_badinh, mine), (colleague, theirs)):
        acts.append(pressing(someone(user), f"/tiep-nhan/{made.number}/tiep-nhan/"))
    won, lost = pages(*acts)
    assert (won.status, lost.status) == (200, 422)
    assert "vừa được người khác tiếp nhận" in lost.summary or "same” đã có ở thiết bị" in lost.summary.lower()
    assert Equipment.objects.filter(serial__iexact="same").count() == 1
    assert Equipment.objects.count() == LedgerEntry.objects.count() == Equipment.history.count() == 2
    codes = sorted(Equipment.objects.values_list("code", flat=True))
    assert codes == ["01.001-000001", "01.001-000002"], "the loser's numbers were given back"
    states = sorted(Intake.objects.values_list("state", flat=True))
    assert states == ["confirmed", "draft"]
    loser = Intake.objects.get(state="draft")
    again = someone(loser.created_by).get(f"/tiep-nhan/{loser.number}/")
    (device,) = Equipment.objects.filter(serial__iexact="same")
    assert f"/thiet-bi/{device.code}/" in again.links, "then the page names the device"


def test_confirming_and_saving_the_draft_at_once(world, colleague):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    confirm, edit = f"/tiep-nhan/{made.number}/tiep-nhan/", f"/tiep-nhan/{made.number}/sua/"
    one, two = someone(world.nghiepvu_badinh), someone(colleague)
    sure, typed = one.get(confirm).form(), two.get(edit).form() | {"supplier": "Công ty mới"}
    given = at_once(lambda: one.post(confirm, sure), lambda: two.post(edit, typed))
    assert not failures(given)
    made.refresh_from_db()
    if given[0].status == 200:
        assert (made.state, made.supplier) == ("confirmed", "Công ty TNHH Thiết bị Sao Mai")
        assert given[1].status in {403, 422}
        assert Equipment.objects.count() == 1
    else:
        assert (given[0].status, given[1].status) == (422, 200)
        assert (made.state, made.supplier) == ("draft", "Công ty mới")
        assert "Công ty mới" in given[0].summary, "what changed since is shown"
        assert not Equipment.objects.exists()


def test_a_stale_draft_form_loses_nothing(world, colleague):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    url = f"/tiep-nhan/{made.number}/sua/"
    mine, theirs = someone(world.nghiepvu_badinh), someone(colleague)
    form = mine.get(url).form()
    assert theirs.fill(url, supplier="Công ty của đồng nghiệp", contract_number="99/HĐ").status == 200
    page = mine.post(url, form | {"note": "Ghi chú của tôi", "lines-0-items": "A1-moi", "place": "Kho số 2"})
    assert page.status == 422
    assert "Công ty của đồng nghiệp" in page.summary
    assert str(colleague) in page.summary
    kept = page.form()
    assert (kept["note"], kept["lines-0-items"], kept["place"]) == ("Ghi chú của tôi", "A1-moi", "Kho số 2")
    made.refresh_from_db()
    assert (made.note, made.supplier) == ("", "Công ty của đồng nghiệp"), "nothing was overwritten"
    page = mine.post(url, kept | {"supplier": "Công ty của đồng nghiệp"})
    assert page.status == 200
    made.refresh_from_db()
    assert (made.note, made.supplier, made.place) == ("Ghi chú của tôi", "Công ty của đồng nghiệp", "Kho số 2")
    assert made.lines.get().items == [{"serial": "A1-moi"}]


def test_two_edits_of_one_device(world, colleague):
    (device,) = w.devices(taken_in(world, world.nghiepvu_badinh, ["A1"]))
    url = f"/thiet-bi/{device.code}/sua/"
    people = [someone(world.nghiepvu_badinh), someone(colleague)]
    typed = [
        one.get(url).form() | {"holder_name": name, "reason": "Giao máy"}
        for one, name in zip(people, ("Trần Văn Một", "Lê Thị Hai"), strict=True)
    ]
    won, lost = pages(
        *(lambda one=one, data=data: one.post(url, data) for one, data in zip(people, typed, strict=True))
    )
    assert (won.status, lost.status) == (200, 422)
    device.refresh_from_db()
    winner = device.holder_name
    loser = ({"Trần Văn Một", "Lê Thị Hai"} - {winner}).pop()
    assert lost.form()["holder_name"] == loser
    assert winner in lost.summary
    assert device.version == 2
    assert device.history.count() == 2
    again = Person(lost.client).post(url, lost.form())
    assert again.status == 200
    device.refresh_from_db()
    assert (device.holder_name, device.version) == (loser, 3)


def test_the_create_form_sent_twice_at_once_makes_one_draft(world):
    one = someone(world.nghiepvu_badinh)
    form = one.get("/tiep-nhan/moi/").form() | {
        "supplier": "Công ty A", "lines-0-category": "MAY_TINH_BAN", "lines-0-items": "S1"
    }  # fmt: skip
    assert uuid.UUID(form["submission"])
    first, second, third = pages(*(lambda: one.post("/tiep-nhan/moi/", form) for _ in range(3)))
    assert {first.url, second.url, third.url} == {f"/tiep-nhan/{Intake.objects.get().number}/"}
    assert Intake.objects.get().lines.count() == 1
    assert Event.objects.count() == 1
    other = one.post("/tiep-nhan/moi/", one.get("/tiep-nhan/moi/").form())
    assert other.url.endswith("-0002/"), "the presses took one number together"


def test_two_drafts_of_one_unit_get_two_numbers(world, colleague):
    people = (world.nghiepvu_badinh, colleague, world.nghiepvu_hoankiem)
    acts = [pressing(someone(user), "/tiep-nhan/moi/") for user in people]
    numbers = sorted(page.url for page in pages(*acts))
    assert [number.rpartition("-")[2] for number in numbers] == ["0001/", "0002/", "0001/"]


def test_two_cancel_the_same_draft(world, colleague):
    made = ready(world, world.nghiepvu_badinh, ["A1"])
    url = f"/tiep-nhan/{made.number}/huy/"
    given = pages(*(pressing(someone(user), url, reason="Nhập nhầm") for user in (world.nghiepvu_badinh, colleague)))
    assert given[0].status == 200
    assert given[1].status in {403, 422}
    assert Event.objects.filter(kind="intake.cancelled").count() == 1
