"""The same serial twice: in one unit a mistake, in two of them something for IT Center alone (art. 6)."""

import pytest

from core import events
from core.errors import SeveralProblemsError
from core.models import Event
from equipment.actions import confirm
from equipment.actions.equipment import describe
from equipment.models import Equipment, SerialClash
from tests import world as w
from tests.equipment.support import ready, taken_in

pytestmark = pytest.mark.django_db


def test_a_serial_that_the_unit_has_is_refused_with_its_device_whatever_its_case(world):
    held = w.devices(taken_in(world, world.nghiepvu_badinh, ["ABC-1"]))[0]
    made = ready(world, world.nghiepvu_badinh, ["new-1", "abc-1"])
    with pytest.raises(SeveralProblemsError) as refusal:
        confirm.confirm(made, by=world.nghiepvu_badinh)
    (problem,) = refusal.value.problems
    assert (problem.code, problem.device, problem.field) == ("duplicate_serial", held.code, "lines-0-items")
    assert Equipment.objects.count() == 1


@pytest.mark.dieu("6")
def test_a_serial_of_another_unit_is_taken_in_and_flagged_for_it_center_only(world, person):
    theirs = w.devices(taken_in(world, world.nghiepvu_hoankiem, ["SAME-7"]))[0]
    made = ready(world, world.nghiepvu_badinh, ["same-7"])
    technician = person(world.nghiepvu_badinh)
    assert theirs.code not in technician.get(f"/tiep-nhan/{made.number}/").text
    page = technician.fill(f"/tiep-nhan/{made.number}/tiep-nhan/")
    assert "Đã tiếp nhận 1 thiết bị" in page.text
    for where in (page.url, "/", "/thiet-bi/", "/thiet-bi/01.001-000001/", "/thiet-bi/01.001-000001/?tab=dien-bien"):
        seen = technician.get(where).response.content.decode()
        assert theirs.code not in seen
        assert "Hoàn Kiếm" not in seen
    watcher = person(world.ttcntt)
    assert "0" in watcher.get("/thiet-bi/so-may-trung/").main
    assert watcher.get("/thiet-bi/so-may-trung/").rows == []
    for event in Event.objects.filter(kind="intake.confirmed"):
        events.deliver(event.pk)
    (row,) = watcher.get("/thiet-bi/so-may-trung/").rows
    assert {"01.001-000001", theirs.code} <= set(row)
    for who in (world.nghiepvu_badinh, world.nghiepvu_hoankiem, world.tracuu_hanoi, world.admin2_hanoi):
        assert person(who).get("/thiet-bi/so-may-trung/").rows == []


def test_a_pair_of_serials_is_flagged_once_and_no_more_when_corrected(world):
    a = taken_in(world, world.nghiepvu_hoankiem, ["S7"])
    b = taken_in(world, world.nghiepvu_badinh, ["s7"])

    def deliver_all():
        for event in Event.objects.filter(delivered_at=None):
            events.deliver(event.pk)

    deliver_all()
    deliver_all()
    (clash,) = SerialClash.objects.all()
    assert (clash.equipment, clash.other, clash.unit) == (w.devices(b)[0], w.devices(a)[0], world.units["00"])
    (device,) = w.devices(a)
    describe(device, values={"serial": "S8"}, reason="Nhầm", by=world.nghiepvu_hoankiem, version=1)
    deliver_all()
    assert not SerialClash.objects.exists()
    describe(device, values={"serial": "S7"}, reason="Đúng rồi", by=world.nghiepvu_hoankiem, version=2)
    deliver_all()
    assert SerialClash.objects.count() == 1
