"""Rows of the access matrix: what is due, boards, waivers, notes to units."""

from collections.abc import Callable
from typing import Any

from tests.isolation.country import BELOW, Country
from tests.isolation.expected import LOGGED_IN, LOGIN, Row, record, see

OVERSEEING = {"anonymous": LOGIN, "above": 403, "lookup": 403}
"""Look-up accounts see what is below them and do nothing; for whom nobody is below, there is no such page."""


def _of(name: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[name].public_id]


def _superior(status: int) -> dict[str, int | str]:
    """Only who supervises the unit in the middle; the others who see it are told no."""
    return {**see(403), "admin1": status}


def _urging(status: int) -> dict[str, int | str]:
    """Whoever supervises a unit, whichever that is."""
    return {**OVERSEEING, **dict.fromkeys(("business", "admin2", "admin1"), status)}


ROWS: dict[str, Row] = {
    "deadlines:mine": Row(get=LOGGED_IN),
    "deadlines:list": Row(get=LOGGED_IN),
    "deadlines:below": Row(get=see()),
    "deadlines:detail": Row(args=_of("owed"), get=see()),
    "deadlines:waive": Row(
        args=_of("owed"), get=_superior(200), post=_superior(302), data=lambda _: {"reason": "Không còn thiết bị"}
    ),
    "deadlines:ask_again": Row(
        args=_of("waived"), get=_superior(200), post=_superior(302), data=lambda _: {"reason": "Vẫn phải làm"}
    ),
    "deadlines:urgings": Row(get=LOGGED_IN),
    "deadlines:urge": Row(
        get=_urging(200), post=_urging(302), data=lambda _: {"units": [BELOW], "text": "Đề nghị làm ngay"}
    ),
    "deadlines:urging": Row(args=_of("urging"), get=see()),
    "deadlines:answer": Row(
        args=_of("urging"), get=record(200), post=record(302), data=lambda _: {"text": "Sẽ xong trong tuần"}
    ),
}
