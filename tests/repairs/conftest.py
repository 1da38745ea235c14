import pytest

from tests.equipment.pages import Person


@pytest.fixture
def person(client_of):
    """Somebody of the small country, at a browser."""

    def make(user) -> Person:
        return Person(client_of(user))

    return make


@pytest.fixture
def officer(world):
    """Who records for Ba Đình."""
    return world.nghiepvu_badinh
