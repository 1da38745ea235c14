import itertools
import secrets

import pytest
from django.test import Client

from tests.isolation.conftest import _documents, country, made_country, store
from tests.world import make_user

__all__ = ["_documents", "country", "made_country", "store"]

_numbers = itertools.count(1)


@pytest.fixture
def account(country):
    """An account that no other test has logged in with: failures are counted by name."""

    def make(kind: str = "business"):
        return make_user(f"an.ninh.{secrets.token_hex(4)}", country.world.units["01"], kind)

    return make


@pytest.fixture
def browser():
    """At an address of its own: failures are counted by address too."""

    def make(**kwargs) -> Client:
        number = next(_numbers)
        return Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", **kwargs)

    return make
