"""Who is answered how: the words in which the access matrix is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.isolation.country import ROLES, Country

Expected = dict[str, int | str]
LOGIN = "login"  # sent to log in


def everyone(status: int) -> Expected:
    return dict.fromkeys(ROLES, status) | {"anonymous": LOGIN}


def see(status: int = 200) -> Expected:
    """Data of the unit in the middle: its own people and those above it (art. 6)."""
    return {"anonymous": LOGIN, **dict.fromkeys(("above", "lookup", "business", "admin2", "admin1"), status)}


def record(status: int) -> Expected:
    """A write on data of the unit in the middle: only those who record for it; others who see it are told no."""
    return {**see(403), "business": status}


def records(status: int) -> Expected:
    """A write on one's own unit, whichever that is."""
    return {**everyone(403), **dict.fromkeys(("peer", "below", "business"), status)}


def keeps_catalogue(status: int) -> Expected:
    return {**everyone(403), "admin1": status}


def its_owner(status: int) -> Expected:
    """What one account keeps for itself: not even its colleagues and superiors know of it."""
    return {"anonymous": LOGIN, "business": status}


EVERYBODY = {**everyone(200), "anonymous": 200}
BY_SECRET = {"calendar:feed", "signing:fetch"}
"""Whoever has their secret reads as its owner."""
LOGGED_IN = everyone(200)


@dataclass(frozen=True)
class Row:
    """One address: its arguments and who is answered how. A method without expectation is refused with 405."""

    get: Expected | None = None
    post: Expected | None = None
    args: Callable[[Country], list[Any]] = lambda _: []
    data: Callable[[Country], dict[str, Any]] = lambda _: {}
    query: Callable[[Country], dict[str, Any]] = lambda _: {}

    def url(self, name: str, country: Country) -> str:
        """The address, of data of the unit in the middle; forms are sent to it with its query too."""
        return reverse(name, args=self.args(country), query=self.query(country) or None)
