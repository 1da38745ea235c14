"""A row with a partner is read from both sides, and written by one."""

import pytest
from django.db import ProgrammingError, connection, transaction

from core import events
from core.models import Event
from core.scope import entered
from core.transitions import lock
from dossiers.actions import sides
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(world):
    """A fact of Ba Đình, one that it shares with Hoàn Kiếm, and one of Đà Nẵng."""
    units = world.units
    made = {}
    for name, unit, partner in (("own", "01.001", None), ("shared", "01.001", "01.002"), ("other", "48", None)):
        made[name] = events.record(
            f"test.{name}", units["48"], unit=units[unit], partner=units[partner] if partner else None, by=None
        )
    return made


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("nghiepvu_badinh", {"own", "shared"}),
        ("nghiepvu_hoankiem", {"shared"}),
        ("nghiepvu_hanoi", {"own", "shared"}),
        ("nghiepvu_danang", {"other"}),
        ("vanphong", set()),
        ("ttcntt", {"own", "shared", "other"}),
    ],
)
def test_both_sides_and_those_above_them_read(world, shared, who, expected):
    user = world.users[who]
    with entered(user.scope):
        within = Event.objects.visible_to(user).filter(kind__startswith="test.")
        assert {event.kind.removeprefix("test.") for event in within} == expected
        with connection.cursor() as cursor:  # the second wall by itself
            cursor.execute("SELECT kind FROM core_event WHERE kind LIKE 'test.%'")
            assert {kind.removeprefix("test.") for (kind,) in cursor.fetchall()} == expected


@pytest.mark.parametrize("who", ["nghiepvu_hoankiem", "nghiepvu_danang", "nghiepvu_hanoi"])
def test_the_other_side_writes_no_row_of_the_first(world, who):
    """Naming oneself as the partner opens nothing."""
    user = world.users[who]
    with entered(user.scope), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Event.objects.create(
            kind="test.forged", subject=world.units["48"], unit=world.units["01.001"], partner=user.unit, actor=user
        )


def test_who_writes_for_which_side(world):
    class Shared:
        unit, unit_id = world.units["01.001"], world.units["01.001"].pk
        partner = world.units["01.002"]

    first, second = world.units["01.001"], world.units["01.002"]
    assert sides(Shared(), world.nghiepvu_badinh) == (first, second)
    assert sides(Shared(), world.nghiepvu_hoankiem) == (second, first)


def test_a_lock_is_for_who_writes(world):
    made = w.confirmed(world, world.nghiepvu_badinh, ["A1"])
    with entered(world.nghiepvu_hanoi.scope), pytest.raises(type(made).DoesNotExist):
        lock(made)
