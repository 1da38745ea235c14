"""Rows of the access matrix: what units enter for BC01 and BC02."""

from typing import Any

from django.utils import timezone

from reports.rules.surveys import reported_year
from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, record, see
from tests.isolation.holdings_surveys import network_data
from tests.world import pdf_file


def _network(country: Country) -> list[Any]:
    return [country.middle.more["survey_network"].number]


def _open(country: Country) -> dict[str, Any]:
    """A form of a year for which there is none: for the unit in the middle, whoever asks."""
    return {"unit": country.middle.unit.code, "year": reported_year(timezone.localdate()) - 2, "form": "BC02"}


ROWS: dict[str, Row] = {
    "surveys:list": Row(get=LOGGED_IN),
    "surveys:open": Row(post=record(302), data=_open),
    "surveys:detail": Row(args=_network, get=see()),
    "surveys:edit": Row(
        args=_network,
        get=record(200),
        post=record(302),
        data=lambda country: network_data(country.middle.more["survey_network"]),
    ),
    "surveys:copy": Row(
        args=_network,
        get=record(200),
        post=record(302),
        data=lambda country: {"version": country.middle.more["survey_network"].version},
    ),
    "surveys:attach": Row(
        args=_network,
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "server_log", "file": pdf_file("nhật ký.pdf")},
    ),
    "surveys:detach": Row(
        args=lambda country: [*_network(country), country.middle.more["survey_scan"].public_id],
        get=record(200),
        post=record(302),
    ),
}
