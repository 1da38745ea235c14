import itertools

import pytest
from django.test import Client

from tests.world import make_user

_numbers = itertools.count(1)


@pytest.fixture
def account(world):
    """An account that no other test has logged in with: failures are counted by name."""
    unit = world.units["01"]

    def make(kind: str = "business", code: str = "01"):
        return make_user(f"an.ninh.{id(world)}.{next(_numbers)}", world.units[code], kind)

    assert unit.is_agency
    return make


@pytest.fixture
def browser():
    """At an address of its own: failures are counted by address too."""

    def make(**kwargs) -> Client:
        number = next(_numbers)
        return Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", **kwargs)

    return make
