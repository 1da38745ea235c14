"""Rows of the access matrix: set reports, and the lists behind their figures."""

from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, its_owner, see


def _annual(_: Country) -> list[Any]:
    return ["tang-giam"]


def _unit(country: Country) -> dict[str, Any]:
    """Of the unit in the middle: for whoever sees it."""
    return {"unit": country.middle.unit.code, "below": "0"}


ROWS: dict[str, Row] = {
    "reports:list": Row(get=LOGGED_IN),
    "reports:entries": Row(get=LOGGED_IN),
    "reports:held": Row(get=LOGGED_IN),
    "reports:report": Row(args=_annual, get=see(), query=_unit),
    "reports:start": Row(args=_annual, post=see(302), data=_unit),
    "reports:result": Row(args=lambda country: [country.middle.more["made_report"].public_id], get=its_owner(200)),
}
"""Nobody is told whether a unit out of sight has anything: it isn't there."""
