"""Rows of the access matrix: disposals, losses and finds, the table of procedures."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, keeps_catalogue, record, records, see
from tests.world import pdf_file

COUNCIL = "Trần Văn An; Phó Giám đốc; Lãnh đạo\nLê Thị Bình; Kế toán trưởng\nPhạm Văn Cường; Chuyên viên"


def _number(name: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[name].number]


def _today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def _version(name: str, **further: Any) -> Callable[[Country], dict[str, Any]]:
    return lambda country: {"version": country.middle.more[name].version, **further}


def _disposal(country: Country) -> dict[str, Any]:
    """A new disposal, of the spare device of the unit in the middle."""
    spare = country.middle.more["disposal_spare"]
    return {"devices": spare.code, "act": "liquidation", "method": "sale", "reason": "other", "council": COUNCIL}


def _same_disposal(country: Country) -> dict[str, Any]:
    made = country.middle.more["disposal_draft"]
    return {
        "version": made.version,
        "devices": country.middle.more["disposal_line"].equipment.code,
        "method": "sale",
        "reason": "other",
        "council": COUNCIL,
        "minutes_number": "1",
        "minutes_date": _today(),
    }


def _lost(country: Country) -> dict[str, Any]:
    return {
        "devices": country.middle.more["disposal_spare"].code,
        "happened_on": _today(),
        "circumstances": "Mất khi chuyển trụ sở",
    }


def _found(country: Country) -> dict[str, Any]:
    return {**_lost(country), "devices": country.middle.more["missing"].code, "condition": "fair"}


def _same_loss(country: Country) -> dict[str, Any]:
    report = country.middle.more["loss"]
    code = report.lines.get().equipment.code
    return {**_lost(country), "devices": code, "version": report.version}


def _rule(country: Country) -> dict[str, Any]:
    rule = country.shared["procedure"]
    names = ("procedure", "item", "document_kind", "when", "stage", "position", "law", "source")
    return {
        "version": rule.version,
        "valid_from": "01/01/2018",
        "required": "on",
        **{name: getattr(rule, name) for name in names},
    }


def _rule_pk(country: Country) -> list[Any]:
    return [country.shared["procedure"].pk]


# Only the unit in the middle has the device that is sent: others are refused at its field.
NEW = {**records(422), "business": 302}
ROWS: dict[str, Row] = {
    "disposals:list": Row(get=LOGGED_IN),
    "disposals:suggestions": Row(get=LOGGED_IN),
    "disposals:create": Row(get=records(200), post=NEW, data=_disposal),
    "disposals:create_suggested": Row(get=records(200), post=NEW, data=_disposal),
    "disposals:detail": Row(args=_number("disposal_draft"), get=see()),
    "disposals:edit": Row(args=_number("disposal_draft"), get=record(200), post=record(302), data=_same_disposal),
    "disposals:line": Row(
        args=lambda c: [c.middle.more["disposal_draft"].number, c.middle.more["disposal_line"].equipment.code],
        get=record(200),
        post=record(302),
        data=_version("disposal_draft", condition="poor", reason="other"),
    ),
    "disposals:submit": Row(
        args=_number("disposal_draft"), get=record(200), post=record(302), data=_version("disposal_draft")
    ),
    "disposals:decide": Row(
        args=_number("disposal_submitted"),
        get=record(200),
        post=record(302),
        data=lambda country: {
            **_version("disposal_submitted", number="1/QĐ", signer="Giám đốc")(country),
            "day": _today(),
        },
    ),
    "disposals:close": Row(
        args=_number("disposal_decided"),
        get=record(200),
        post=record(302),
        data=lambda country: {**_version("disposal_decided")(country), "closed_on": _today()},
    ),
    "disposals:cancel": Row(
        args=_number("disposal_draft"),
        get=record(200),
        post=record(302),
        data=_version("disposal_draft", reason="Lập nhầm"),
    ),
    "disposals:restore": Row(args=_number("disposal_cancelled"), post=record(302)),
    "disposals:attach": Row(
        args=_number("disposal_draft"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "proposal", "file": pdf_file()},
    ),
    "disposals:detach": Row(
        args=lambda c: [c.middle.more["disposal_draft"].number, c.middle.more["disposal_scan"].public_id],
        get=record(200),
        post=record(302),
    ),
    "disposals:issue": Row(args=lambda c: [c.middle.more["disposal_closed"].number, "form_c51"], post=record(302)),
    "losses:lost": Row(get=LOGGED_IN),
    "losses:found": Row(get=LOGGED_IN),
    "losses:create_lost": Row(
        get=records(200),
        post=NEW,
        data=_lost,
    ),
    "losses:create_found": Row(get=records(200), post=NEW, data=_found),
    "losses:detail": Row(args=_number("loss"), get=see()),
    "losses:edit": Row(args=_number("loss"), get=record(200), post=record(302), data=_same_loss),
    "losses:confirm": Row(args=_number("loss"), get=record(200), post=record(302), data=_version("loss")),
    "losses:cancel": Row(
        args=_number("loss"), get=record(200), post=record(302), data=_version("loss", reason="Tìm thấy rồi")
    ),
    "losses:restore": Row(args=_number("loss_cancelled"), post=record(302)),
    "losses:attach": Row(
        args=_number("loss"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "explanation", "file": pdf_file()},
    ),
    "losses:detach": Row(
        args=lambda c: [c.middle.more["loss"].number, c.middle.more["loss_scan"].public_id],
        get=record(200),
        post=record(302),
    ),
    "procedures:list": Row(get=LOGGED_IN),
    "procedures:create": Row(get=keeps_catalogue(200), post=keeps_catalogue(302), data=_rule),
    "procedures:detail": Row(args=_rule_pk, get=LOGGED_IN),
    "procedures:edit": Row(args=_rule_pk, get=keeps_catalogue(200), post=keeps_catalogue(302), data=_rule),
}
