import pytest

from tests.equipment.pages import Person


@pytest.fixture
def person(client_of):
    """Somebody of the small country, at a browser."""

    def make(user) -> Person:
        return Person(client_of(user))

    return make
