"""Rows of the access matrix: repairs."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, record, records, see
from tests.world import past, pdf_file


def _number(state: str, *further: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[f"repair_{state}"].number, *further]


def _version(state: str, **further: Any) -> Callable[[Country], dict[str, Any]]:
    return lambda country: {"version": country.middle.more[f"repair_{state}"].version, **further}


def _today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def _repair(country: Country) -> dict[str, Any]:
    """A new dossier, of the spare device of the unit in the middle."""
    spare = country.middle.more["repair_spare"]
    return {"devices": spare.code, "kind": "repair", "opened_on": _today(), "sent_to": "in_house"}


def _same(country: Country) -> dict[str, Any]:
    repair = country.middle.more["repair_draft"]
    return {**_repair(country), "devices": repair.lines.get().code, "version": repair.version}


# Only the unit in the middle has the device that is sent: others are refused at its field, or find nothing chosen.
ROWS: dict[str, Row] = {
    "repairs:list": Row(get=LOGGED_IN),
    "repairs:costs": Row(get=LOGGED_IN),
    "repairs:upkeep": Row(get=LOGGED_IN),
    "repairs:create": Row(get=records(200), post={**records(422), "business": 302}, data=_repair),
    "repairs:upkeep_create": Row(
        post={**records(302), "business": 200}, data=lambda country: {"id": country.middle.more["repair_spare"].code}
    ),
    "repairs:detail": Row(args=_number("sent"), get=see()),
    "repairs:edit": Row(args=_number("draft"), get=record(200), post=record(302), data=_same),
    "repairs:send": Row(
        args=_number("draft"),
        get=record(200),
        post=record(302),
        data=lambda country: {**_version("draft")(country), "sent_on": f"{past(10):%d/%m/%Y}"},
    ),
    "repairs:results": Row(
        args=_number("sent"),
        get=record(200),
        post=record(302),
        data=lambda country: {**_version("sent")(country), "returned_on": "", "late_reason": "Chờ linh kiện"},
    ),
    "repairs:finish": Row(args=_number("sent"), get=record(200), post=record(302), data=_version("sent")),
    "repairs:cancel": Row(
        args=_number("sent"), get=record(200), post=record(302), data=_version("sent", reason="Không sửa nữa")
    ),
    "repairs:restore": Row(args=_number("cancelled"), post=record(302)),
    "repairs:attach": Row(
        args=_number("draft"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "other", "file": pdf_file()},
    ),
    "repairs:detach": Row(
        args=lambda country: [country.middle.more["repair_draft"].number, country.middle.more["repair_scan"].public_id],
        get=record(200),
        post=record(302),
    ),
    "repairs:issue": Row(args=_number("sent", "form_c54"), post=record(302)),
}
