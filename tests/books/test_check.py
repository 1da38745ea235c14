"""The check of the books: silent over good ones, and each kind of fault is found where it is."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from equipment.actions import life
from equipment.models import Equipment, LedgerEntry
from equipment.queries import books
from equipment.rules.lifecycle import EntryKind, Status
from equipment.tasks import check_books
from tests import world as w
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db
DAY = timezone.localdate()


@pytest.fixture
def device(world) -> Equipment:
    """One of five at Ba Đình; Hoàn Kiếm has two."""
    taken_in(world, world.nghiepvu_hoankiem, ["H1", "H2"])
    return w.devices(taken_in(world, world.nghiepvu_badinh, [f"A{n}" for n in range(5)]))[0]


def post(device, kind, quantity, value, *, unit=None, on=DAY, dossier="DC-1", category=None):
    LedgerEntry.objects.create(
        equipment=device, unit=unit or device.unit, category=category or device.category, kind=kind,
        effective_date=on, quantity=quantity, value=value, dossier=dossier,
    )  # fmt: skip


def move(device, to, *, on=DAY):
    """As a transfer does it."""
    price = device.original_price
    post(device, EntryKind.TRANSFER_OUT, -1, -price, on=on)
    post(device, EntryKind.TRANSFER_IN, 1, price, unit=to, on=on)
    Equipment.objects.filter(pk=device.pk).update(unit=to)


def found() -> set[tuple[str, str, str]]:
    return {(fault.unit.split()[0], fault.check, fault.subject) for fault in books.faults()}


def test_good_books_are_silent(world, device):
    second, third = Equipment.objects.exclude(pk=device.pk).filter(unit=device.unit)[:2]
    move(device, world.units["01.002"])
    for item, kind, status in ((second, EntryKind.DISPOSAL, Status.DISPOSED), (third, EntryKind.LOST, Status.LOST)):
        post(item, kind, -1, -item.original_price)
        Equipment.objects.filter(pk=item.pk).update(status=status)
    post(third, EntryKind.FOUND, 1, third.original_price)
    post(third, EntryKind.VALUE_CHANGE, 0, 1_000)
    Equipment.objects.filter(pk=third.pk).update(status=Status.IN_STOCK, original_price=third.original_price + 1_000)
    assert books.faults() == []
    out = StringIO()
    call_command("check_books", stdout=out, stderr=StringIO())
    assert out.getvalue() == "The books balance.\n"
    assert check_books() == 0


def test_empty_books_balance(db):
    assert books.faults() == []


def test_what_the_dossiers_write_balances(world, device):
    by = world.nghiepvu_badinh
    life.post([device], kind=EntryKind.DISPOSAL, on=DAY, dossier="TL-1", by=by, quantity=-1)
    Equipment.objects.filter(pk=device.pk).update(status=Status.DISPOSED)
    assert books.faults() == []


def test_the_command_names_units_and_fails(world, device):
    post(device, EntryKind.VALUE_CHANGE, 0, 500)
    out = StringIO()
    with pytest.raises(CommandError, match="2 faults"):
        call_command("check_books", stdout=out, stderr=StringIO())
    head, *lines = out.getvalue().splitlines()
    assert head == "01.001 BHXH quận Ba Đình"
    assert f"  replay: {device.code}: entries say 1 worth 14500500, the device says 1 worth 14500000" in lines


def test_the_nightly_check_logs_each_fault(world, device, caplog):
    post(device, EntryKind.VALUE_CHANGE, 0, 500)
    assert check_books() == 2
    faults = [record for record in caplog.records if record.message == "fault in the books"]
    assert {record.subject for record in faults} == {device.code, device.category.code}


def sql(text, *params):
    with connection.cursor() as cursor:
        cursor.execute(text, params)


def without_trigger(text, *params):
    """As somebody who owns the tables could do it."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("ALTER TABLE equipment_ledgerentry DISABLE TRIGGER USER")
    sql(text, *params)
    sql("ALTER TABLE equipment_ledgerentry ENABLE TRIGGER USER")


class TestFaults:
    def test_a_value_that_is_not_the_entries(self, world, device):
        sql("UPDATE equipment_equipment SET original_price = 1 WHERE id = %s", device.pk)
        assert found() == {("01.001", "replay", device.code), ("01.001", "year", "MAY_TINH_BAN")}

    def test_a_device_without_entries(self, world, device):
        without_trigger("DELETE FROM equipment_ledgerentry WHERE equipment_id = %s", device.pk)
        assert found() == {("01.001", "replay", device.code), ("01.001", "year", "MAY_TINH_BAN")}

    def test_all_entries_of_a_unit_gone(self, world, device):
        without_trigger("DELETE FROM equipment_ledgerentry WHERE unit_id = %s", device.unit_id)
        assert ("01.001", "year", "MAY_TINH_BAN") in found()

    def test_an_entry_taken_in_twice(self, world, device):
        post(device, EntryKind.INTAKE, 1, device.original_price)
        assert found() == {
            ("01.001", "replay", device.code), ("01.001", "running", device.code), ("01.001", "year", "MAY_TINH_BAN"),
        }  # fmt: skip

    def test_a_device_that_stands_elsewhere_than_its_entries(self, world, device):
        sql("UPDATE equipment_equipment SET unit_id = %s WHERE id = %s", world.units["48"].pk, device.pk)
        assert found() == {
            ("01.001", "replay", device.code), ("01.001", "year", "MAY_TINH_BAN"),
            ("48", "replay", device.code), ("48", "year", "MAY_TINH_BAN"),
        }  # fmt: skip

    def test_a_device_on_two_books(self, world, device):
        post(device, EntryKind.TRANSFER_IN, 1, device.original_price, unit=world.units["01.002"])
        assert found() == {
            ("01.002", "transfer", device.code), ("01.002", "replay", device.code), ("01.002", "year", "MAY_TINH_BAN"),
        }  # fmt: skip

    def test_a_transfer_that_only_went_out(self, world, device):
        post(device, EntryKind.TRANSFER_OUT, -1, -device.original_price)
        assert ("01.001", "transfer", device.code) in found()

    @pytest.mark.parametrize(("value", "on"), [(1, DAY), (None, date(2026, 1, 19))])
    def test_a_transfer_whose_sides_differ(self, world, device, value, on):
        post(device, EntryKind.TRANSFER_OUT, -1, -device.original_price)
        post(device, EntryKind.TRANSFER_IN, 1, value or device.original_price, unit=world.units["01.002"], on=on)
        assert "transfer" in {check for _, check, _ in found()}

    def test_a_transfer_to_oneself(self, world, device):
        move(device, device.unit)
        assert found() == {("01.001", "transfer", device.code)}

    @pytest.mark.parametrize(
        ("kind", "quantity", "value"),
        [("intake", -1, -5), ("disposal", 1, 5), ("value_change", 1, 5), ("lost", -1, 5), ("found", 1, -5)],
    )
    def test_an_entry_that_its_kind_cannot_have(self, world, device, kind, quantity, value):
        post(device, kind, quantity, value)
        assert ("01.001", "entry", device.code) in found()

    def test_gone_before_it_came(self, world, device):
        post(device, EntryKind.LOST, -1, -device.original_price, on=date(2019, 1, 1))
        Equipment.objects.filter(pk=device.pk).update(status=Status.LOST)
        checks = found()
        assert ("01.001", "running", device.code) in checks
        assert ("01.001", "year", "MAY_TINH_BAN") in checks

    def test_value_left_behind(self, world, device):
        post(device, EntryKind.DISPOSAL, -1, -device.original_price + 7)
        Equipment.objects.filter(pk=device.pk).update(status=Status.DISPOSED)
        assert {("01.001", "running", device.code), ("01.001", "replay", device.code)} <= found()

    def test_a_status_that_the_last_entry_denies(self, world, device):
        post(device, EntryKind.LOST, -1, -device.original_price)
        Equipment.objects.filter(pk=device.pk).update(status=Status.DISPOSED)
        assert found() == {("01.001", "status", device.code)}

    def test_off_the_books_by_its_status_alone(self, world, device):
        sql("UPDATE equipment_equipment SET status = 'disposed' WHERE id = %s", device.pk)
        assert found() == {
            ("01.001", "replay", device.code), ("01.001", "status", device.code), ("01.001", "year", "MAY_TINH_BAN"),
        }  # fmt: skip

    def test_another_category_than_that_of_its_entries(self, world, device):
        sql("UPDATE equipment_equipment SET category_id = %s WHERE id = %s", world.office.pk, device.pk)
        assert found() == {
            ("01.001", "replay", device.code), ("01.001", "year", "MAY_TINH_BAN"), ("01.001", "year", "UD_VAN_PHONG"),
        }  # fmt: skip
