"""Who leaves gives back: a task for the former unit, which closes by itself (art. 7, 13.2)."""

import pytest
from django.utils import timezone

from core.events import deliver
from core.models import Event
from deadlines.models import Obligation
from equipment.actions import life
from equipment.models import Recovery
from personnel.actions.people import edit, settle
from tests.assignment.support import give_back, hand_over
from tests.equipment.pages import Person


def leave(office, person, state="left", **more):
    edit(person, values={"state": state, **more}, version=person.version, by=office.by)
    person.refresh_from_db()
    deliver_all()


def deliver_all():
    for event in Event.objects.filter(delivered_at=None).order_by("pk"):
        deliver(event.pk)


@pytest.mark.dieu("13.2")
@pytest.mark.dieu("7.2")
@pytest.mark.parametrize("state", ["moved", "retired", "left"])
def test_a_task_opens_and_closes_with_the_last_device(office, state):
    hand_over(office, *office.stock[:2], to=office.an)
    leave(office, office.an, state)
    task = Recovery.objects.get()
    owed = Obligation.objects.get(kind="recovery")
    assert (task.reason, task.unit, task.closed_on) == (state, office.unit, None)
    assert (owed.state, owed.unit, owed.subject) == ("open", office.unit, task)
    give_back(office, office.stock[0])
    task.refresh_from_db()
    assert task.closed_on is None
    hand_over(office, office.stock[1], to=office.binh)
    task.refresh_from_db()
    owed.refresh_from_db()
    assert (task.closed_on, owed.state) == (timezone.localdate(), "fulfilled")


def test_who_holds_nothing_leaves_no_task(office):
    leave(office, office.an)
    assert not Recovery.objects.exists()


def test_the_same_event_twice_makes_one_task(office):
    hand_over(office, office.stock[0], to=office.an)
    leave(office, office.an)
    Event.objects.filter(kind="employee.left").update(delivered_at=None)
    deliver_all()
    assert (Recovery.objects.count(), Obligation.objects.filter(kind="recovery").count()) == (1, 1)


def test_who_moves_to_another_unit_leaves_the_task_with_the_former_one(office, client_of):
    hand_over(office, office.stock[0], to=office.an)
    settle(office.an, {"unit": office.world.units["01.002"]}, by=None, reason="Đồng bộ")
    deliver_all()
    task = Recovery.objects.get()
    assert (task.unit, task.employee_name) == (office.unit, "Nguyễn Văn An")
    here, there = Person(client_of(office.by)), Person(client_of(office.world.nghiepvu_hoankiem))
    assert "Nguyễn Văn An" in here.get("/ban-giao/thu-hoi/").main
    assert "Nguyễn Văn An" not in there.get("/ban-giao/thu-hoi/").main
    assert there.get(f"/ban-giao/thu-hoi/{task.pk}/").status == 404
    page = here.get(f"/ban-giao/thu-hoi/{task.pk}/")
    assert office.stock[0].code in page.main
    form = here.get(page.link("Thu hồi về kho")).form()
    assert form["devices"] == office.stock[0].code
    here.post("/ban-giao/tra/", form)
    task.refresh_from_db()
    assert task.closed_on
    assert here.get(f"/thiet-bi/{office.stock[0].code}/?tab=nguoi-giu").status == 200
    assert "Nguyễn Văn An" in here.get("/ban-giao/").main


def test_who_comes_back_keeps_the_device(office):
    hand_over(office, office.stock[0], to=office.an)
    leave(office, office.an)
    leave(office, office.an, "working")
    assert Recovery.objects.get().closed_on
    assert Obligation.objects.get(kind="recovery").state == "waived"


def test_a_device_that_is_gone_needs_no_return(office):
    hand_over(office, office.stock[0], to=office.an)
    leave(office, office.an)
    devices = life.lock_devices([office.stock[0].pk])
    life.step(devices, to="lost", by=office.by, reason="Mất", event="equipment.lost")
    assert Recovery.objects.get().closed_on
