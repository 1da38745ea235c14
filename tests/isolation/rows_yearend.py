"""Rows of the access matrix: yearly reports."""

from collections.abc import Callable
from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, record, records, see
from tests.world import pdf_file


def of(name: str) -> Callable[[Country], list[Any]]:
    """The number of a report of the unit in the middle: `annual` is frozen, `annual_draft` isn't."""
    return lambda country: [country.middle.more[name].number]


def sent(name: str, **typed: Any) -> Callable[[Country], dict[str, Any]]:
    """What a step's form sends, with the version of the report."""
    return lambda country: {"version": country.middle.more[name].version, **typed}


def _edition(country: Country) -> list[Any]:
    return [country.middle.more["annual"].edition.public_id]


def _paper(country: Country) -> list[Any]:
    return [country.middle.more["annual"].number, country.middle.more["annual_paper"].public_id]


ROWS: dict[str, Row] = {
    "yearend:list": Row(get=LOGGED_IN),
    "yearend:progress": Row(get=see()),
    # Every unit of the country has its report: who records is told so, and sent to the list.
    "yearend:start": Row(get=records(302), post=records(302)),
    "yearend:detail": Row(args=of("annual"), get=see()),
    "yearend:edition": Row(args=_edition, get=see()),
    "yearend:recount": Row(args=of("annual_draft"), post=record(302)),
    "yearend:describe": Row(
        args=of("annual_draft"), get=record(200), post=record(302), data=sent("annual_draft", assessment="Tốt")
    ),
    "yearend:consolidate": Row(
        args=of("annual"), get=record(200), post=record(302), data=sent("annual", reason="Cấp dưới khóa lại")
    ),
    "yearend:attach": Row(
        args=of("annual"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "other", "file": pdf_file("giải trình.pdf")},
    ),
    "yearend:detach": Row(args=_paper, get=record(200), post=record(302)),
}
