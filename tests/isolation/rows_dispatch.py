"""Rows of the access matrix: what is sent and received, and the yearly reports on their way to the superior.

The report of the unit in the middle goes to IT Center. It isn't signed: opening a step
leads back to it (302), what is posted is refused by the rules (422).
"""

from collections.abc import Callable
from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Expected, Row, everyone, keeps_catalogue, record, see
from tests.isolation.rows_yearend import of, sent
from tests.world import pdf_file

NOT_THERE = {**everyone(404), "anonymous": 404}
"""The document system has no token in the tests."""


def _one(name: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[name].number]


def _receives(status: int) -> Expected:
    """The direct superior's people who supervise: IT Center's, of a province's report."""
    return {**see(403), "admin1": status}


def _supervises(status: int) -> Expected:
    """Whoever may take in reports of units below, whether there are any or not; look-up accounts may not."""
    return {**everyone(status), "above": 403, "lookup": 403}


IDENTIFIER = {"version": 1, "organ_id": "000.00.01.A02", "in_charge": "BHXH Việt Nam", "source": "Công văn 1"}
ROWS: dict[str, Row] = {
    "dispatch:list": Row(get=LOGGED_IN),
    "dispatch:news": Row(post=NOT_THERE),
    "dispatch:health": Row(get=keeps_catalogue(200)),
    "dispatch:check": Row(post=keeps_catalogue(302)),
    "dispatch:retry_all": Row(post=keeps_catalogue(302)),
    "dispatch:identifiers": Row(get=keeps_catalogue(200)),
    "dispatch:identifier_list": Row(
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda _: {"text": "01;000.00.01.A02", "source": "Công văn 1"},
    ),
    "dispatch:identifier": Row(
        args=lambda _: ["01"], get=keeps_catalogue(200), post=keeps_catalogue(302), data=lambda _: IDENTIFIER
    ),
    "dispatch:detail": Row(args=_one("dispatch"), get=see()),
    "dispatch:package": Row(args=_one("dispatch"), get=see()),
    "dispatch:retry": Row(args=_one("dispatch_waiting"), get=record(200), post=record(302)),
    "yearend:send": Row(args=of("annual"), get=record(302), post=record(422), data=sent("annual", reason="Chờ")),
    "yearend:accept": Row(args=of("annual"), get=_receives(302), post=_receives(422), data=sent("annual")),
    "yearend:send_back": Row(
        args=of("annual"), get=_receives(302), post=_receives(422), data=sent("annual", reason="Sai")
    ),
    "yearend:file_check": Row(
        args=of("annual"), get=_receives(302), post=_receives(422), data=lambda _: {"file": pdf_file("bao cao.pdf")}
    ),
    "yearend:inbox": Row(get=_supervises(200)),
    "yearend:inbox_accept": Row(post=_supervises(302)),
}
