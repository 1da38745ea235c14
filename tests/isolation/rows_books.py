"""Rows of the access matrix: software, and the circulars on wear."""

from typing import Any

from django.utils import timezone

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, keeps_catalogue, record, records, see


def _software(country: Country) -> list[Any]:
    return [country.middle.more["software"].code]


def _key(name: str) -> Any:
    return lambda country: [country.shared[name].pk]


def _install(country: Country) -> dict[str, Any]:
    more = country.middle.more
    return {"software": more["software"].code, "devices": more["without"].code, "on": _day(), "reason": "Chờ mua"}


def _remove(country: Country) -> dict[str, Any]:
    return {"devices": country.middle.device.code, "on": _day(), "reason": "Không dùng nữa"}


def _day() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def _rate(_: Country) -> dict[str, Any]:
    return {"version": "1", "life_years": "6", "rate": "16", "threshold": "10000000", "source": "Phụ lục"}


def _regime(_: Country) -> dict[str, Any]:
    return {"version": "1", "valid_from": "01/01/2014", "source": "Thông tư"}


def _new_rate(country: Country) -> dict[str, Any]:
    return {**_rate(country), "regime": country.shared["regime"].pk, "category": country.world.office.pk}


ROWS: dict[str, Row] = {
    "software:list": Row(get=LOGGED_IN),
    "software:search": Row(get=LOGGED_IN),
    "software:install": Row(get=records(200), post={**records(422), "business": 302}, data=_install),
    "software:detail": Row(args=_software, get=see()),
    "software:edit": Row(
        args=_software,
        get=record(200),
        post=record(302),
        data=lambda country: {"version": country.middle.more["licence"].version, "seats": "3"},
    ),
    "software:remove": Row(args=_software, get=record(200), post=record(302), data=_remove),
    "catalogue:rates": Row(get=LOGGED_IN),
    "catalogue:rate": Row(args=_key("rate"), get=LOGGED_IN),
    "catalogue:rate_create": Row(get=keeps_catalogue(200), post=keeps_catalogue(302), data=_new_rate),
    "catalogue:rate_edit": Row(args=_key("rate"), get=keeps_catalogue(200), post=keeps_catalogue(302), data=_rate),
    "catalogue:regimes": Row(get=LOGGED_IN),
    "catalogue:regime": Row(args=_key("regime"), get=LOGGED_IN),
    "catalogue:regime_create": Row(
        get=keeps_catalogue(200),
        post=keeps_catalogue(302),
        data=lambda _: {"code": "TT-CU", "valid_from": "01/01/2011", "valid_to": "31/12/2014", "source": "Thông tư"},
    ),
    "catalogue:regime_edit": Row(
        args=_key("regime"), get=keeps_catalogue(200), post=keeps_catalogue(302), data=_regime
    ),
}
