"""Rows of the access matrix: people, hand-overs, norms."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.imports.support import upload, xlsx
from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, everyone, keeps_catalogue, record, records, see
from tests.world import pdf_file

WATCHES_ALL = {**everyone(403), "above": 200, "admin1": 200}


def more(*names: str) -> Callable[[Country], list[Any]]:
    """Arguments of an address: of what the unit in the middle has."""

    def args(country: Country) -> list[Any]:
        found: Any = country.middle.more
        first, *rest = names
        found = found[first]
        for name in rest:
            found = getattr(found, name)
        return [found]

    return args


def shared(*names: str) -> Callable[[Country], list[Any]]:
    return lambda country: [getattr(country.shared[name], key) for name, key in (n.split(".") for n in names)]


def _day() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def roster() -> Any:
    return upload(xlsx([["Mã cán bộ", "Họ và tên"], ["M1", "Phan Văn Mới"]]))


def _again(country: Country) -> dict[str, Any]:
    """The device of the intake that is described, handed over again: to the person who is there."""
    return {
        "devices": country.middle.more["second"].code,
        "employee": country.middle.more["person"].code,
        "on": _day(),
    }


SET, NORM = shared("norm_set.code"), shared("norm_set.code", "norm.pk")
ROWS: dict[str, Row] = {
    "personnel:list": Row(get=LOGGED_IN),
    "personnel:create": Row(get=records(200), post=records(302), data=lambda _: {"full_name": "Phan Văn Mới"}),
    "personnel:roster": Row(get=records(200), post=records(200), data=lambda _: {"file": roster()}),
    "personnel:roster_apply": Row(post=records(302), data=lambda _: {"roster": "x"}),
    "personnel:runs": Row(get=WATCHES_ALL),
    "personnel:run": Row(args=shared("run.pk"), get=WATCHES_ALL),
    "personnel:detail": Row(args=more("person", "code"), get=see()),
    "personnel:edit": Row(
        args=more("person", "code"),
        get=record(200),
        post=record(302),
        data=lambda country: {
            "version": country.middle.more["person"].version,
            "full_name": "Nguyễn Văn Sửa",
            "state": "working",
        },
    ),
    "assignments:list": Row(get=LOGGED_IN),
    "assignments:create": Row(get=records(200), post={**records(422), "business": 302}, data=_again),
    "assignments:give_back": Row(
        get=records(200),
        post={**records(422), "business": 302},
        data=lambda country: {"devices": country.middle.more["lent"].code, "on": _day()},
    ),
    "assignments:mine": Row(get=LOGGED_IN),
    "assignments:recoveries": Row(get=LOGGED_IN),
    "assignments:recovery": Row(args=more("recovery", "pk"), get=see()),
    "assignments:norms": Row(get=LOGGED_IN),
    "assignments:detail": Row(args=more("first", "number"), get=see()),
    "assignments:attach": Row(
        args=more("first", "number"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "other", "file": pdf_file()},
    ),
    "assignments:detach": Row(
        args=lambda country: [country.middle.more["first"].number, country.middle.more["scan"].public_id],
        get=record(200),
        post=record(302),
    ),
    "assignments:issue": Row(args=lambda country: [country.middle.more["first"].number, "form_use"], post=record(302)),
    "norms:list": Row(get=LOGGED_IN),
    "norms:detail": Row(args=SET, get=LOGGED_IN),
    "norms:edit": Row(
        args=SET,
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda country: {
            "version": country.shared["norm_set"].version,
            "name": "Quyết định sửa",
            "valid_from": "01/01/2020",
        },
    ),
    "norms:copy": Row(
        args=SET,
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda _: {"code": "QD-MOI", "name": "Quyết định mới", "valid_from": "01/01/2027"},
    ),
    "norms:groups": Row(
        args=SET,
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda country: {"version": country.shared["norm_set"].version},
    ),
    "norms:add": Row(
        args=SET,
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda country: {
            "version": 0,
            "scope": "unit",
            "category": country.world.desktop.code,
            "quantity": "3",
        },
    ),
    "norms:norm": Row(args=NORM, get=LOGGED_IN),
    "norms:norm_edit": Row(
        args=NORM,
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda country: {
            "version": country.shared["norm"].version,
            "scope": "unit",
            "category": country.world.desktop.code,
            "quantity": "4",
        },
    ),
}
