from itertools import count

import pytest

from jobs import actions
from tests.jobs import runners  # noqa: F401 - registers the jobs of the tests


@pytest.fixture
def start(world):
    """A job of somebody, by the name of its kind."""

    numbers = count()

    def make(kind="test.brands", by=None, **params):
        params = {"name": f"Hãng {next(numbers)}:", "count": 3, **params}
        return actions.start(kind=kind, title="Ghi hãng", by=by or world.nghiepvu_badinh, params=params)

    return make
