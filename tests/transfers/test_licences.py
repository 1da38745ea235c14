"""Software that runs on one computer alone goes along with it, or stays, as its line says."""

import pytest

from equipment.actions import licences
from equipment.models import Equipment, Installation, Reservation, SoftwareLicence
from tests.equipment.support import taken_in
from tests.transfers import support as s
from tests.world import devices, past
from transfers.actions import draft
from transfers.rules import Licences, Result

pytestmark = pytest.mark.django_db


def software(world, seats=1):
    """A software item of the sender."""
    made = taken_in(
        world,
        world.nghiepvu_badinh,
        [],
        line={"category": world.office, "model": None, "quantity": 1, "name": "Bộ phần mềm văn phòng", "items": [],
              "attributes": {"so_ban_quyen": str(seats)}},
        handover_date=past(30),
        late_reason="Chờ giấy tờ",
    )  # fmt: skip
    return devices(made)[0]


@pytest.fixture
def computer(world):
    return s.stock(world, 1)[0]


@pytest.fixture
def bound(world, computer):
    """Software with one seat, on the computer alone."""
    item = software(world)
    licences.install(item, [computer], on=past(20), by=world.nghiepvu_badinh)
    return item


def test_it_goes_along(world, computer, bound):
    made = s.drafted(world, [computer])
    assert [line.code for line in made.lines.all()] == [computer.code, bound.code]
    assert made.lines.get(code=bound.code).along.code == computer.code
    assert Reservation.objects.count() == 2
    s.paper(made, world.nghiepvu_badinh, "decision")
    made = s.receive(world, s.hand_over(world, s.decide(world, made)))
    assert s.now(computer, bound) == [("01.002", "in_stock")] * 2
    assert SoftwareLicence.objects.get().unit.code == "01.002"
    running = Installation.objects.filter(removed_on=None)
    assert list(running.values_list("unit__code", "computer__code")) == [("01.002", computer.code)]
    assert made.state == "received"


def test_it_stays(world, computer, bound):
    made = s.handed_over(world, [computer], licences=Licences.FREE)
    assert made.lines.count() == 1
    assert not Installation.objects.filter(removed_on=None).exists()
    s.receive(world, made)
    assert s.now(computer, bound) == [("01.002", "in_stock"), ("01.001", "in_stock")]
    assert SoftwareLicence.objects.get().unit.code == "01.001"


def test_by_choice_of_each_line(world, computer, bound):
    made = s.drafted(world, [computer])
    (line,) = made.lines.filter(along=None)
    facts = {"wiped": {}, "on": None, "person": "", "method": "", "by": world.nghiepvu_badinh}
    made = draft.prepare(made, licences={line.pk: Licences.FREE}, **facts, version=made.version)
    assert made.lines.count() == Reservation.objects.count() == 1
    made = draft.prepare(made, licences={line.pk: Licences.GO}, **facts, version=made.version)
    assert made.lines.count() == Reservation.objects.count() == 2


def test_it_comes_back_with_its_computer(world, computer, bound):
    made = s.receive(world, s.handed_over(world, [computer]), result=Result.REFUSED)
    assert set(made.lines.values_list("result", flat=True)) == {"refused"}
    s.settle(world, made)
    assert s.now(computer, bound) == [("01.001", "in_stock")] * 2
    assert Installation.objects.filter(removed_on=None).count() == 1, "it still runs there"


def test_software_with_more_seats_stays(world, computer):
    item = software(world, seats=5)
    licences.install(item, [computer], on=past(20), by=world.nghiepvu_badinh)
    made = s.handed_over(world, [computer])
    assert made.lines.count() == 1
    s.receive(world, made)
    assert not Installation.objects.filter(removed_on=None).exists(), "the seat is free again"
    assert Equipment.objects.get(pk=item.pk).unit.code == "01.001"
