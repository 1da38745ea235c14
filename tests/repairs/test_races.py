"""Every step twice at once: one wins, the other is told, and nothing happens twice."""

import pytest
from django.test import Client

from core.models import Document, Event
from equipment.models import Equipment, LedgerEntry, Reservation
from repairs.models import Repair, RepairLine
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.pages import Person
from tests.equipment.support import vn
from tests.repairs import support as s

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dieu("8")]


@pytest.fixture
def world():
    return w.make_world()


@pytest.fixture
def colleague(world):
    """A second technician of the same unit."""
    return w.make_user("nghiepvu2.badinh", world.units["01.001"], "business")


def someone(user):
    client = Client()
    client.force_login(user)
    return Person(client)


def both(world, colleague, url, typed, *, opened=None):
    """Two people open the form and send it at the same moment."""
    acts = []
    for user in (world.nghiepvu_badinh, colleague):
        one = someone(user)
        form = {**one.get(opened or url).form(), **typed}
        acts.append(lambda one=one, form=form: one.post(url, form))
    given = at_once(*acts)
    assert not failures(given), given
    return sorted(given, key=lambda page: page.status)


def test_two_send_the_same_dossier(world, colleague):
    repair = s.drafted(s.some(world, world.nghiepvu_badinh), world.nghiepvu_badinh)
    won, lost = both(world, colleague, f"/sua-chua/{repair.number}/gui/", {})
    assert (won.status, lost.status) == (200, 422)
    assert "đang sửa chữa rồi" in lost.summary
    assert Event.objects.filter(kind="repair.sent").count() == 1
    assert Event.objects.filter(kind="equipment.repair_sent").count() == 2
    assert [e.history.count() for e in Equipment.objects.all()] == [2, 2]


def test_two_finish_the_same_dossier(world, colleague):
    by = world.nghiepvu_badinh
    repair = s.ready(s.some(world, by), by, "upgraded", "beyond_repair", kind="upgrade")
    won, lost = both(world, colleague, f"/sua-chua/{repair.number}/hoan-thanh/", {})
    assert (won.status, lost.status) == (200, 422)
    assert "đã hoàn thành rồi" in lost.summary
    assert LedgerEntry.objects.filter(kind="value_change").count() == 1
    assert Event.objects.filter(kind="repair.finished").count() == 1
    assert not Reservation.objects.exists()


def test_two_cancel_the_same_dossier(world, colleague):
    repair = s.sent(s.some(world, world.nghiepvu_badinh), world.nghiepvu_badinh)
    won, lost = both(world, colleague, f"/sua-chua/{repair.number}/huy/", {"reason": "Không sửa nữa"})
    assert won.status == 200
    assert lost.status in {403, 422}
    assert Event.objects.filter(kind="repair.cancelled").count() == 1


def test_one_finishes_while_the_other_cancels(world, colleague):
    by = world.nghiepvu_badinh
    repair = s.ready(s.some(world, by), by, "repaired", "repaired")
    one, two = someone(by), someone(colleague)
    end, stop = f"/sua-chua/{repair.number}/hoan-thanh/", f"/sua-chua/{repair.number}/huy/"
    sure, typed = one.get(end).form(), two.get(stop).form() | {"reason": "Thôi"}
    given = at_once(lambda: one.post(end, sure), lambda: two.post(stop, typed))
    assert not failures(given)
    won, lost = sorted(page.status for page in given)
    assert (won, lost) in {(200, 403), (200, 422)}
    assert Event.objects.filter(kind__in=["repair.cancelled", "repair.finished"]).count() == 1
    assert {e.status for e in Equipment.objects.all()} == {"in_stock"}


def test_two_restore_the_same_dossier(world, colleague):
    repair = s.cancelled(s.some(world, world.nghiepvu_badinh), world.nghiepvu_badinh)
    url = f"/sua-chua/{repair.number}/khoi-phuc/"
    people = [someone(user) for user in (world.nghiepvu_badinh, colleague)]
    given = at_once(*(lambda one=one: one.post(url) for one in people))
    assert not failures(given)
    assert Event.objects.filter(kind="repair.restored").count() == 1
    assert Reservation.objects.count() == 2


def test_two_record_results(world, colleague):
    by = world.nghiepvu_badinh
    repair = s.sent(s.some(world, by, line={"warranty_months": 0}), by)
    one, two = repair.lines.all()
    url = f"/sua-chua/{repair.number}/ket-qua/"
    won, lost = both(world, colleague, url, {f"result_{one.pk}": "repaired", f"cost_{two.pk}": "5.000"})
    assert (won.status, lost.status) == (200, 422)
    assert lost.form()[f"cost_{two.pk}"] == "5.000"
    assert f"{one.code}, kết quả" in lost.summary
    assert RepairLine.history.filter(history_change_reason="Ghi kết quả").count() == 2


def test_two_open_a_dossier_with_the_same_device(world, colleague):
    first, _ = s.some(world, world.nghiepvu_badinh)
    typed = {"devices": first.code, "kind": "repair", "opened_on": vn(s.today()), "sent_to": "in_house"}
    won, lost = both(world, colleague, "/sua-chua/moi/", typed)
    assert (won.status, lost.status) == (200, 422)
    assert f"{first.code} đang ở hồ sơ {Repair.objects.get().number}" in lost.summary
    assert lost.form()["devices"] == first.code


def test_the_create_form_sent_twice_at_once_makes_one_dossier(world):
    first, _ = s.some(world, world.nghiepvu_badinh)
    one = someone(world.nghiepvu_badinh)
    form = one.get(f"/sua-chua/moi/?thiet-bi={first.code}").form() | {"kind": "repair"}
    given = at_once(*(lambda: one.post("/sua-chua/moi/", form) for _ in range(3)))
    assert not failures(given)
    assert {page.url for page in given if page.status == 200} == {f"/sua-chua/{Repair.objects.get().number}/"}
    assert Event.objects.filter(kind="repair.drafted").count() == 1


def test_two_dossiers_replace_by_the_same_serial(world, colleague):
    by = world.nghiepvu_badinh
    made = [s.ready([device], by, "replaced", kind="warranty") for device in s.some(world, by)]
    people = [someone(by), someone(colleague)]
    acts = []
    for one, repair in zip(people, made, strict=True):
        url = f"/sua-chua/{repair.number}/hoan-thanh/"
        form = one.get(url).form()
        acts.append(lambda one=one, url=url, form=form: one.post(url, form))
    won, lost = sorted(at_once(*acts), key=lambda page: page.status)
    assert (won.status, lost.status) == (200, 422)
    assert "MOI-1" in lost.summary
    assert Equipment.objects.filter(serial="MOI-1").count() == 1
    assert sorted(Repair.objects.values_list("state", flat=True)) == ["done", "sent"]


def test_two_issue_the_form(world, colleague):
    by = world.nghiepvu_badinh
    repair = s.ready(s.some(world, by), by, "repaired", "repaired")
    url = f"/sua-chua/{repair.number}/bien-ban/form_c54/"
    people = [someone(by), someone(colleague)]
    given = at_once(*(lambda one=one: one.post(url) for one in people))
    assert not failures(given)
    assert Document.objects.filter(kind="form_c54").count() == 1
