"""What dossiers do to devices: each in one dossier at most, each step legal, each with history, event and books."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.errors import DomainError, SeveralProblemsError
from core.models import Event
from core.scope import entered
from equipment.actions import life
from equipment.forms.devices import MOST, DevicesField
from equipment.models import Equipment, LedgerEntry, Reservation
from equipment.rules.lifecycle import LIFECYCLE, EntryKind, Status
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.support import taken_in

FREE = {Status.IN_STOCK, Status.IN_USE}


@pytest.fixture
def devices(world):
    taken_in(world, world.nghiepvu_badinh, ["A1", "A2", "A3"])
    return list(Equipment.objects.order_by("pk"))


def field(by, **changes):
    return DevicesField(by=by, allowed=FREE, **changes)


def faults(by, text, **changes):
    with pytest.raises(ValidationError) as refused:
        field(by, **changes).clean(text)
    return refused.value.messages


@pytest.mark.django_db
class TestReservation:
    def test_a_device_is_in_one_dossier(self, devices):
        life.reserve(devices[:2], kind="repair", number="SC-1")
        life.reserve(devices[:2], kind="repair", number="SC-1")
        assert Reservation.objects.count() == 2
        with pytest.raises(SeveralProblemsError, match=r"SC-1"):
            life.reserve(devices, kind="transfer", number="DC-1")
        with pytest.raises(DomainError, match=devices[1].code):
            life.reserve(devices[1:], kind="transfer", number="DC-1")
        assert Reservation.objects.count() == 2
        life.release(devices, number="DC-1")
        assert Reservation.objects.count() == 2, "a dossier lets go only of what it has"
        life.release(devices[:1], number="SC-1")
        life.reserve(devices[:1], kind="transfer", number="DC-1")
        assert set(life.reserved_by("SC-1").values_list("equipment", flat=True)) == {devices[1].pk}


@pytest.mark.django_db(transaction=True)
def test_two_dossiers_at_once(world):
    taken_in(world, world.nghiepvu_badinh, ["A1", "A2", "A3"])
    devices = list(Equipment.objects.order_by("pk"))

    def take(number, some):
        def act():
            with transaction.atomic():
                life.reserve(life.lock_devices([d.pk for d in some]), kind="repair", number=number)

        return act

    given = at_once(take("SC-1", devices), take("SC-2", devices[::-1]))
    assert len(failures(given)) == 1
    assert isinstance(failures(given)[0], DomainError)
    assert Reservation.objects.values("number").distinct().count() == 1
    assert Reservation.objects.count() == 3


@pytest.mark.django_db
class TestSteps:
    @pytest.mark.parametrize("old", Status)
    @pytest.mark.parametrize("new", Status)
    def test_every_pair_of_states(self, world, devices, old, new):
        Equipment.objects.filter(pk=devices[0].pk).update(status=old)
        locked = life.lock_devices([devices[0].pk])
        before = Equipment.history.count(), Event.objects.count()

        def go():
            return life.step(locked, to=new, by=world.nghiepvu_badinh, reason="Thử", event="test.step")

        if LIFECYCLE.allows(old, new):
            assert [d.status for d in go()] == [new]
            assert (Equipment.history.count(), Event.objects.count()) == (before[0] + 1, before[1] + 1)
        else:
            with pytest.raises(DomainError, match=devices[0].code):
                go()
            assert (Equipment.history.count(), Event.objects.count()) == before

    def test_what_a_step_leaves(self, world, devices):
        by = world.nghiepvu_badinh
        with entered(by.scope):
            moved = life.step(
                life.lock_devices([d.pk for d in devices]),
                to=Status.IN_USE,
                by=by,
                reason="Giao cho tổ Thu",
                event="test.step",
                payload={"dossier": "BG-1"},
                values={"holder_name": "Trần Thị Bình"},
            )
        assert {(d.status, d.holder_name, d.version) for d in moved} == {("in_use", "Trần Thị Bình", 2)}
        rows = Equipment.history.filter(version=2)
        assert {(r.status, r.history_user, r.history_change_reason) for r in rows} == {
            ("in_use", by, "Giao cho tổ Thu")
        }
        told = Event.objects.filter(kind="test.step")
        assert {e.subject_id for e in told} == {d.pk for d in devices}
        assert {(e.unit, e.payload["dossier"]) for e in told} == {(by.unit, "BG-1")}

    def test_one_that_may_not_stops_all(self, world, devices):
        Equipment.objects.filter(pk=devices[2].pk).update(status=Status.DISPOSED)
        with pytest.raises(DomainError, match=devices[2].code):
            life.step(
                life.lock_devices([d.pk for d in devices]),
                to=Status.IN_USE,
                by=world.nghiepvu_badinh,
                reason="Thử",
                event="test.step",
            )
        assert set(Equipment.objects.values_list("status", flat=True)) == {"in_stock", "disposed"}

    def test_the_books(self, world, devices):
        on = date(2026, 3, 2)
        life.post(devices, kind=EntryKind.DISPOSAL, on=on, dossier="TL-1", by=world.nghiepvu_badinh, quantity=-1)
        values = {d.pk: Decimal(n) for n, d in enumerate(devices)}
        life.post(
            devices,
            kind=EntryKind.VALUE_CHANGE,
            on=on,
            dossier="SC-1",
            by=world.nghiepvu_badinh,
            quantity=0,
            values=values,
        )
        rows = LedgerEntry.objects.exclude(kind="intake").order_by("pk")
        assert [(r.kind, r.quantity, r.value, r.dossier) for r in rows] == [
            *[("disposal", -1, -d.original_price, "TL-1") for d in devices],
            *[("value_change", 0, n, "SC-1") for n in range(3)],
        ]
        assert {(r.unit, r.category, r.effective_date) for r in rows} == {(devices[0].unit, devices[0].category, on)}


@pytest.mark.django_db
class TestChoosing:
    def test_codes_serials_and_addresses_of_labels(self, world, devices):
        by = world.nghiepvu_badinh
        text = f"{devices[2].code.lower()}\r\na1;https://qltb.bhxh.gov.vn/q/{devices[1].code}/\n\n{devices[2].code}"
        with entered(by.scope):
            assert field(by).clean(text) == devices

    def test_each_fault_is_named(self, world, devices):
        by = world.nghiepvu_badinh
        life.reserve(devices[:1], kind="repair", number="SC-7")
        Equipment.objects.filter(pk=devices[1].pk).update(status=Status.DISPOSED)
        with entered(by.scope):
            told = faults(by, f"{devices[0].code}\n{devices[1].code}\nKHONG-CO")
            assert told == [
                "Không có thiết bị “KHONG-CO” trong đơn vị.",
                f"{devices[0].code} đang ở hồ sơ SC-7.",
                f"{devices[1].code} đang ở trạng thái “Đã thanh lý, hủy”.",
            ]
            assert field(by, number="SC-7").clean(devices[0].code) == [devices[0]]
            assert faults(by, " ; \n") == ["Hãy nhập ít nhất một mã thiết bị."]
            assert "500" in faults(by, "\n".join(map(str, range(MOST + 1))))[0]

    def test_another_unit_s_device_is_none(self, world, devices):
        for who in ("nghiepvu_hanoi", "nghiepvu_danang", "nghiepvu_hoankiem"):
            user = world.users[who]
            with entered(user.scope):
                for word in (devices[0].code, devices[0].serial):
                    assert faults(user, word) == [f"Không có thiết bị “{word}” trong đơn vị."]

    def test_devices_of_two_units_are_two_dossiers(self, world):
        by = world.vanphong
        for unit in ("00.VP", "00.PC"):
            taken_in(world, by, [f"{unit}-1"], unit=world.units[unit])
        with entered(by.scope):
            (told,) = faults(by, "00.VP-1\n00.PC-1")
            assert "nhiều đơn vị" in told

    def test_a_serial_of_two_devices_names_both(self, world):
        by = world.vanphong
        for unit in ("00.VP", "00.PC"):
            taken_in(world, by, ["TRUNG"], unit=world.units[unit])
        codes = [d.code for d in Equipment.objects.order_by("pk")]
        with entered(by.scope):
            (told,) = faults(by, "trung")
            assert all(code in told for code in codes)

    @given(text=st.text(max_size=200))
    def test_anything_may_be_typed(self, text):
        by = User.objects.filter(kind="business").first() or w.make_world().nghiepvu_badinh
        with contextlib.suppress(ValidationError):
            assert isinstance(field(by).clean(text), list)
