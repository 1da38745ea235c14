"""Handing over and taking back: what it changes, what it refuses, twice at once (art. 7)."""

import uuid
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import DomainError
from core.models import Event
from equipment.actions import life
from equipment.actions.assignment import Transfer, assign
from equipment.models import Assignment, AssignmentLine, Equipment, Holding, Reservation
from equipment.rules.assignment import ALLOWED, AssignmentKind
from equipment.rules.lifecycle import EntryKind, Status
from tests.assignment.support import fresh, give_back, hand_over
from tests.core.threads import at_once, failures
from tests.equipment.support import taken_in
from tests.world import past


def facts(device):
    device = Equipment.objects.get(pk=device.pk)
    return device.status, device.holder_id, device.holder_name, device.room_id


@pytest.mark.dieu("7.2")
def test_a_device_goes_to_a_person_and_passes_on_and_comes_back(office):
    device = office.stock[0]
    first = hand_over(office, device, to=office.an)
    assert facts(device) == (Status.IN_USE, office.an.pk, "Nguyễn Văn An", office.room.pk)
    second = hand_over(office, device, to=office.binh)
    assert facts(device) == (Status.IN_USE, office.binh.pk, "Trần Thị Bình", None)
    third = give_back(office, device)
    assert facts(device) == (Status.IN_STOCK, None, "", None)
    spans = Holding.objects.order_by("pk").values_list("employee", "given_by", "ended_by", "until")
    today = timezone.localdate()
    assert list(spans) == [
        (office.an.pk, first.number, second.number, today),
        (office.binh.pk, second.number, third.number, today),
    ]
    assert (third.person_name, third.employee_id) == ("Trần Thị Bình", office.binh.pk)
    kinds = Event.objects.filter(kind__startswith="equipment.").order_by("pk").values_list("kind", "payload__dossier")
    assert list(kinds) == [
        ("equipment.handed_over", first.number),
        ("equipment.handed_over", second.number),
        ("equipment.returned", third.number),
    ]
    assert [row.status for row in device.history.order_by("history_id")][-3:] == ["in_use", "in_use", "in_stock"]
    assert not Reservation.objects.exists()


def test_many_devices_go_to_a_room(office):
    dossier = hand_over(office, *office.stock, room=office.room)
    assert dossier.number.startswith("BG-01.001-")
    assert dossier.lines.count() == 4
    assert {facts(device) for device in office.stock} == {(Status.IN_USE, None, "", office.room.pk)}
    assert Holding.objects.filter(until=None, room=office.room, employee=None).count() == 4


@pytest.mark.parametrize("kind", AssignmentKind)
@pytest.mark.parametrize("status", Status)
def test_from_every_state(office, kind, status):
    device = office.stock[0]
    Equipment.objects.filter(pk=device.pk).update(status=status)
    act = hand_over if kind == AssignmentKind.HAND_OVER else give_back
    more = {"to": office.an} if kind == AssignmentKind.HAND_OVER else {}
    if status in ALLOWED[kind]:
        act(office, device, **more)
        assert facts(device)[0] == (Status.IN_USE if kind == AssignmentKind.HAND_OVER else Status.IN_STOCK)
        return
    with pytest.raises(DomainError) as refusal:
        act(office, device, **more)
    assert refusal.value.code == "workflow"
    assert facts(device)[0] == status
    assert not Assignment.objects.exists()


def refused(office, code, act=hand_over, **more):
    with pytest.raises(DomainError) as refusal:
        act(office, office.stock[0], **more)
    problems = getattr(refusal.value, "problems", [refusal.value])
    assert code in [problem.code for problem in problems]
    assert not Assignment.objects.exists()
    assert facts(office.stock[0])[0] == Status.IN_STOCK
    return refusal.value


def test_what_is_refused(office):
    refused(office, "receiver")
    refused(office, "foreign", to=office.foreign)
    refused(office, "gone", to=office.old)
    refused(office, "foreign", room=office.foreign_room)
    refused(office, "foreign", room=office.world.units["01.002"])
    refused(office, "future", to=office.an, on=timezone.localdate() + timedelta(days=1))
    refused(office, "too_early", to=office.an, on=past(10))
    refused(office, "workflow", to=office.an, by=office.world.nghiepvu_hoankiem)


def test_devices_of_two_units_are_refused(office):
    given = Transfer(
        AssignmentKind.HAND_OVER, fresh(office.stock[0], office.foreign_device), timezone.localdate(), office.an
    )
    with pytest.raises(DomainError):
        assign(given, by=office.by)


def test_a_device_in_an_open_dossier_is_refused(office):
    life.reserve(fresh(office.stock[0]), kind="repair", number="SC-1")
    with pytest.raises(DomainError, match="SC-1"):
        hand_over(office, office.stock[0], to=office.an)
    assert not Assignment.objects.exists()


def test_the_same_person_again_is_refused(office):
    hand_over(office, office.stock[0], to=office.an)
    with pytest.raises(DomainError, match="đã giao cho chính người"):
        hand_over(office, office.stock[0], to=office.an)


def test_not_before_the_holder_got_it(office, world):
    taken_in(world, office.by, ["LAU1"], handover_date=past(100), late_reason="Chờ giấy")
    device = Equipment.objects.get(serial="LAU1")
    hand_over(office, device, to=office.an, on=past(5))
    with pytest.raises(DomainError, match="được giao ngày"):
        hand_over(office, device, to=office.binh, on=past(6))


def test_a_device_that_changed_meanwhile_is_refused(office):
    seen = fresh(office.stock[0])
    hand_over(office, office.stock[0], to=office.an)
    given = Transfer(AssignmentKind.HAND_OVER, seen, timezone.localdate(), office.binh)
    with pytest.raises(DomainError, match="vừa được người khác cập nhật"):
        assign(given, by=office.by)
    assert facts(office.stock[0])[1] == office.an.pk


@pytest.mark.django_db(transaction=True)
def test_two_people_hand_the_same_device_over_at_once(office):
    seen = [fresh(office.stock[0], office.stock[1]) for _ in range(2)]
    given = at_once(
        *(
            lambda devices=devices, to=to: assign(
                Transfer(AssignmentKind.HAND_OVER, devices, timezone.localdate(), to), by=office.by
            )
            for devices, to in zip(seen, (office.an, office.binh), strict=True)
        )
    )
    (lost,) = failures(given)
    assert isinstance(lost, DomainError)
    assert Assignment.objects.count() == 1
    assert Holding.objects.filter(until=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_makes_one_dossier(office):
    key = uuid.uuid4()
    seen = [fresh(office.stock[0]) for _ in range(2)]
    made = at_once(
        *(
            lambda devices=devices: assign(
                Transfer(AssignmentKind.HAND_OVER, devices, timezone.localdate(), office.an),
                by=office.by,
                submission=key,
            )
            for devices in seen
        )
    )
    assert not failures(made)
    assert made[0].pk == made[1].pk
    assert Assignment.objects.count() == 1


def test_a_device_that_is_lost_is_held_by_nobody(office):
    hand_over(office, office.stock[0], to=office.an)
    life.step(
        life.lock_devices([office.stock[0].pk]),
        to=Status.LOST,
        by=office.by,
        reason="Mất",
        event="equipment.lost",
        payload={"dossier": "MT-1"},
    )
    assert Holding.objects.get().ended_by == "MT-1"
    assert facts(office.stock[0])[1] is None


def test_the_database_holds_one_holder_at_a_time(office):
    hand_over(office, office.stock[0], to=office.an)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(
            equipment=office.stock[0], unit=office.unit, employee=office.binh, since=past(0), given_by="x"
        )


def test_not_before_the_device_came_to_the_unit(office):
    """A transfer brought it later than the day of its first receipt."""
    device, came = office.stock[0], timezone.localdate()
    Equipment.objects.filter(pk=device.pk).update(received_on=past(400))
    life.post([device], kind=EntryKind.TRANSFER_IN, on=came, dossier="DC-1", by=office.by, quantity=1)
    with pytest.raises(DomainError, match=f"{device.code} có ở đơn vị từ ngày {came:%d/%m/%Y}") as refusal:
        hand_over(office, device, to=office.an, on=came - timedelta(days=1))
    assert refusal.value.field == "on"
    assert hand_over(office, device, to=office.an, on=came).lines.count() == 1


def test_lines_from_before_get_what_is_known_now(office):
    fill = import_module("equipment.migrations.0012_snapshots").FILL
    device = office.stock[0]
    line = hand_over(office, device, to=office.an).lines.get()
    names = ("code", "name", "serial", "category_name")
    written = [getattr(line, name) for name in names]
    assert written == [device.code, device.name, "A1", office.world.desktop.name]
    AssignmentLine.objects.update(**dict.fromkeys(names, ""))
    with connection.cursor() as cursor:
        cursor.execute(fill)
    line.refresh_from_db()
    assert [getattr(line, name) for name in names] == written
