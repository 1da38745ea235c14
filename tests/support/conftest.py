import pytest

from accounts.rules import Kind
from tests.equipment.pages import Person
from tests.world import make_user


@pytest.fixture
def person(client_of):
    """Somebody of the small country, at a browser."""

    def make(user) -> Person:
        return Person(client_of(user))

    return make


@pytest.fixture
def center(world):
    """A business account of IT Center: it answers, as level-1 admins do."""
    return make_user("nghiepvu.cntt", world.units["00.CNTT"], Kind.BUSINESS)
