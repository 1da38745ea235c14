"""Rows of the access matrix: transfers."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.documents import documents_of
from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, record, records, see
from tests.world import pdf_file


def of(name: str) -> Callable[[Country], list[Any]]:
    """The number of a transfer of the unit in the middle."""
    return lambda country: [country.middle.more[f"transfer_{name}"].number]


def _day() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def sent(name: str, **typed: Any) -> Callable[[Country], dict[str, Any]]:
    return lambda country: {"version": country.middle.more[f"transfer_{name}"].version, **typed}


def _paper(country: Country) -> list[Any]:
    made = country.middle.more["transfer_decided"]
    return [made.number, documents_of(made)[0].public_id]


def _gone(country: Country) -> list[Any]:
    made = country.middle.more["transfer_gone"]
    return [made.number, made.lines.get().code]


MINUTES = {"giver_name": "A", "receiver_name": "B"}
ROWS: dict[str, Row] = {
    "transfers:list": Row(get=LOGGED_IN),
    "transfers:units": Row(get=records(200)),
    "transfers:create": Row(
        get=records(200),
        post={**records(422), "business": 302},
        data=lambda country: {
            "receiver": "00.CNTT",
            "reason": "Thừa",
            "licences": "go",
            "devices": country.middle.device.code,
        },
    ),
    "transfers:detail": Row(args=of("gone"), get=see()),
    "transfers:line": Row(args=_gone, get=see()),
    "transfers:edit": Row(
        args=of("draft"),
        get=record(200),
        post=record(302),
        data=lambda country: {
            **sent("draft", receiver="00.CNTT", reason="Thừa", licences="free")(country),
            "devices": country.middle.more["transfer_draft"].lines.get().code,
        },
    ),
    "transfers:prepare": Row(args=of("decided"), get=record(200), post=record(302), data=sent("decided")),
    "transfers:decide": Row(
        args=of("draft"),
        get=record(200),
        post=record(302),
        data=sent("draft", number="1", day=_day(), signer="A"),
    ),
    "transfers:hand_over": Row(
        args=of("decided"),
        get=record(200),
        post=record(302),
        data=sent("decided", on=_day(), late_reason="Muộn", **MINUTES),
    ),
    "transfers:receive": Row(
        args=of("coming"),
        get=record(200),
        post=record(302),
        data=sent("coming", on=_day(), late_reason="Muộn", receiver_name="B", result_1="received"),
    ),
    "transfers:settle": Row(
        args=of("differing"),
        get=record(200),
        post=record(302),
        data=sent("differing", on=_day(), outcome_1="returned"),
    ),
    "transfers:cancel": Row(
        args=of("decided"), get=record(200), post=record(302), data=lambda _: {"reason": "Thu hồi quyết định"}
    ),
    "transfers:restore": Row(args=of("cancelled"), post=record(302)),
    "transfers:attach": Row(
        args=of("gone"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "signed_form", "file": pdf_file()},
    ),
    "transfers:detach": Row(args=_paper, get=record(200), post=record(302)),
    "transfers:issue": Row(
        args=lambda country: [country.middle.more["transfer_gone"].number, "form_handover"], post=record(302)
    ),
}
