"""What a dossier says of devices that have gone to another unit since, and what changes them meanwhile."""

import importlib

import pytest
from django.db import connection, transaction

from core.errors import DomainError
from core.scope import entered
from disposals.actions import draft, losses, steps
from disposals.models import DisposalLine, LossLine
from disposals.printing import minutes_of
from equipment.models import Equipment
from tests import world as w
from tests.disposals import support as s
from tests.equipment.pages import Person
from tests.transfers import support as t

SAID = ("code", "name", "serial", "category")
PRINTED = (*SAID, "model", "inventory_number", "made_in", "made_year", "received_on")


@pytest.fixture
def officer(world, client_of):
    return Person(client_of(world.nghiepvu_badinh))


def moved(world, device):
    """The device, received by another unit."""
    t.received(world, [s.fresh(device)])
    assert s.fresh(device).unit.code == "01.002"


def test_a_stopped_disposal_tells_all_its_devices(world, officer):
    by = world.nghiepvu_badinh
    gone, stays = s.in_books(world, by, 2, made_in="Việt Nam", made_year=2019)
    made = s.stopped([gone, stays], by)
    moved(world, gone)
    page = officer.get(f"/thanh-ly/{made.number}/?tab=thiet-bi")
    assert [row[0] for row in page.rows] == [
        f"{gone.name} {gone.code}",
        f"{stays.name} {stays.code}",
        "Cộng 2 thiết bị",
    ]
    assert f"/thiet-bi/{stays.code}/" in page.links
    assert f"/thiet-bi/{gone.code}/" not in page.links
    assert officer.get(f"/thanh-ly/{made.number}/").status == 200
    assert [row[0] for row in officer.get(f"/thanh-ly/?q={gone.code}").rows] == [made.number]
    with entered(by.scope):
        minutes = minutes_of(made)
    assert [row.code for row in minutes.rows] == [gone.code, stays.code]
    assert f"S/N: {gone.serial}" in minutes.rows[0].name
    assert (minutes.rows[0].made_in, minutes.rows[0].made_year) == ("Việt Nam", "2019")


def test_a_loss_and_a_find_tell_a_device_that_was_moved_afterwards(world, officer):
    by = world.nghiepvu_badinh
    (device,) = s.in_books(world, by)
    made = [s.lost([device], by, happened_on=w.past(5)), s.found([device], by, happened_on=w.past(4))]
    moved(world, device)
    for report in made:
        page = officer.get(f"/thanh-ly/mat-tim-thay/{report.number}/?tab=thiet-bi")
        assert [row[0] for row in page.rows] == [f"{device.name} {device.code}", "Cộng 1 thiết bị"]
        assert f"/thiet-bi/{device.code}/" not in page.links


def test_the_lines_follow_the_device_until_the_dossier_ends(world, officer):
    by = world.nghiepvu_badinh
    devices = s.in_books(world, by, 2)
    made, reported = s.decided(devices[:1], by), s.report(devices[1:], by)
    Equipment.objects.update(name="Máy tính phòng một cửa", inventory_number="TS-9")
    pages = [f"/thanh-ly/{made.number}/?tab=thiet-bi", f"/thanh-ly/mat-tim-thay/{reported.number}/?tab=thiet-bi"]
    assert all("Máy tính phòng một cửa" in officer.get(url).main for url in pages)
    assert "Máy tính phòng một cửa" in officer.get(f"/thanh-ly/{made.number}/thiet-bi/{devices[0].code}/").text
    steps.close(made, values=s.ending(), by=by)
    losses.confirm(reported, by=by)
    Equipment.objects.update(name="Tên sau này", inventory_number="TS-10")
    assert all("Máy tính phòng một cửa" in officer.get(url).main for url in pages)
    line = made.lines.get()
    assert (line.name, line.inventory_number) == ("Máy tính phòng một cửa", "TS-9")
    assert line.history.filter(name="Máy tính phòng một cửa", history_user=by).exists()


@pytest.mark.parametrize("given_up", ["disposal", "loss"])
def test_a_dossier_whose_device_has_gone_is_not_taken_up_again(world, officer, given_up):
    by = world.nghiepvu_badinh
    gone, stays = s.in_books(world, by, 2)
    if given_up == "disposal":
        made, restore = s.cancelled([gone, stays], by), draft.restore
        url = f"/thanh-ly/{made.number}/khoi-phuc/"
    else:
        made, restore = losses.cancel(s.report([gone, stays], by), reason="Nhầm", by=by), losses.restore
        url = f"/thanh-ly/mat-tim-thay/{made.number}/khoi-phuc/"
    moved(world, gone)
    page = officer.post(url)
    assert page.status == 200
    assert f"Không còn ở {by.unit.name}: {gone.code}." in page.text
    with pytest.raises(DomainError, match=gone.code), transaction.atomic():
        restore(made, by=by)
    assert s.fresh(made).state == "cancelled"


def test_lines_from_before_are_filled(world):
    by = world.nghiepvu_badinh
    first, second = s.in_books(world, by, 2, made_in="Việt Nam", made_year=2019)
    made, reported = s.drafted([first], by), s.report([second], by)
    for rows in (DisposalLine.objects, DisposalLine.history, LossLine.objects, LossLine.history):
        rows.update(code="", name="", serial="")
    DisposalLine.objects.update(model=None, made_in="", made_year=None, received_on="2000-01-01")
    migration = importlib.import_module("disposals.migrations.0002_device_snapshots")
    with connection.cursor() as cursor:
        cursor.execute(migration.FILL)
    for line, names in ((made.lines.get(), PRINTED), (reported.lines.get(), SAID)):
        for row in (line, line.history.get()):
            assert [getattr(row, name) for name in names] == [getattr(line.equipment, name) for name in names]
