"""Who may do what at every address of the project. A new address gets its row here, or the build fails.

A role that a row doesn't name is answered 404: an address that somebody must not know of says nothing.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.isolation.country import ROLES, Country
from tests.isolation.country_imports import match_data, upload_data
from tests.isolation.expected import (
    EVERYBODY,
    LOGGED_IN,
    LOGIN,
    Row,
    everyone,
    its_owner,
    keeps_catalogue,
    record,
    records,
    see,
)
from tests.isolation.rows_analysis import ROWS as ANALYSES
from tests.isolation.rows_boards import ROWS as BOARDS
from tests.isolation.rows_books import ROWS as BOOKS
from tests.isolation.rows_calendar import ROWS as CALENDAR
from tests.isolation.rows_dispatch import ROWS as DISPATCH
from tests.isolation.rows_disposals import ROWS as DISPOSALS
from tests.isolation.rows_notices import ROWS as NOTICES
from tests.isolation.rows_people import ROWS as PEOPLE
from tests.isolation.rows_prints import ROWS as PRINTS
from tests.isolation.rows_repairs import ROWS as REPAIRS
from tests.isolation.rows_reports import ROWS as REPORTS
from tests.isolation.rows_signing import ROWS as SIGNING
from tests.isolation.rows_support import ROWS as SUPPORT
from tests.isolation.rows_surveys import ROWS as SURVEYS
from tests.isolation.rows_transfers import ROWS as TRANSFERS
from tests.isolation.rows_unlocks import ROWS as UNLOCKS
from tests.isolation.rows_watches import ROWS as WATCHES
from tests.isolation.rows_yearend import ROWS as YEAREND
from tests.world import PASSWORD, header, pdf_file
from ui.saved_views import State, sealed


def _number(kind: str) -> Callable[[Country], list[Any]]:
    return lambda country: [getattr(country.middle, kind).number]


def _import(state: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.imports[state].number]


def _job(country: Country) -> list[Any]:
    return [country.middle.job.public_id]


def _code(country: Country) -> list[Any]:
    return [country.middle.device.code]


def _act(country: Country) -> list[Any]:
    return [country.middle.act]


def _view(country: Country) -> list[Any]:
    return [country.middle.view.public_id]


def _state(country: Country) -> str:
    """The list as the page of the business account wrote it down; it is good for nobody else."""
    view = country.middle.view
    return sealed(State(view.path, view.query, tuple(view.columns)), country.user("business"))


def _lines() -> dict[str, Any]:
    return {"lines-TOTAL_FORMS": "0", "lines-INITIAL_FORMS": "0"}


def _head(country: Country) -> dict[str, Any]:
    day = timezone.localdate()
    return {**header(handover_date=f"{day:%d/%m/%Y}", contract_date=f"{day:%d/%m/%Y}"), **_lines()}


def _device(country: Country) -> dict[str, Any]:
    item = country.middle.device
    return {"version": item.version, "name": "Máy", "serial": "MOI-1", "condition": "good", "reason": "Nhập sai"}


def _catalogue(
    name: str,
    key: Callable[[Country], Any],
    *,
    new: Callable[[Country], dict[str, Any]],
    edit: Callable[[Country], dict[str, Any]],
) -> dict[str, Row]:
    """The pages of one catalogue."""

    def one(country: Country) -> list[Any]:
        return [key(country)]

    return {
        f"catalogue:{name}": Row(args=one, get=LOGGED_IN),
        f"catalogue:{name}_create": Row(get=keeps_catalogue(200), post=keeps_catalogue(302), data=new),
        f"catalogue:{name}_edit": Row(args=one, get=keeps_catalogue(200), post=keeps_catalogue(302), data=edit),
        f"catalogue:{name}_close": Row(
            args=one,
            get=keeps_catalogue(200),
            post=keeps_catalogue(302),
            data=lambda _: {"closed_on": f"{timezone.localdate():%d/%m/%Y}"},
        ),
        f"catalogue:{name}_reopen": Row(args=one, post=keeps_catalogue(302)),
    }


def _new_model(country: Country) -> dict[str, Any]:
    return {"brand": country.world.model.brand_id, "category": country.world.desktop.pk, "name": "Vostro 15"}


ROWS: dict[str, Row] = {
    **ANALYSES,
    **BOARDS,
    **BOOKS,
    **CALENDAR,
    **DISPATCH,
    **DISPOSALS,
    **PEOPLE,
    **PRINTS,
    **REPAIRS,
    **SIGNING,
    **SUPPORT,
    **SURVEYS,
    **REPORTS,
    **TRANSFERS,
    **WATCHES,
    **YEAREND,
    **UNLOCKS,
    "healthz": Row(get=EVERYBODY),
    "readyz": Row(get=EVERYBODY),
    "account_login": Row(
        get={**everyone(302), "anonymous": 200},
        post={**everyone(302), "anonymous": 302},
        data=lambda country: {"login": country.world.users[ROLES["peer"]].username, "password": PASSWORD},
    ),
    "account_logout": Row(get=LOGGED_IN, post=everyone(LOGIN)),
    "account_change_password": Row(
        get=LOGGED_IN,
        post=everyone(302),
        data=lambda _: dict.fromkeys(("password1", "password2"), "doi-mat-khau-26-11") | {"oldpassword": PASSWORD},
    ),
    "account_inactive": Row(get=EVERYBODY),
    "orgs:tree": Row(get=LOGGED_IN),
    "orgs:search": Row(get=LOGGED_IN),
    "orgs:detail": Row(args=lambda country: [country.middle.unit.code], get=see()),
    "jobs:list": Row(get=LOGGED_IN),
    "jobs:export": Row(post=everyone(302)),
    "jobs:detail": Row(args=_job, get=its_owner(200)),
    "jobs:cancel": Row(args=_job, post=its_owner(302)),
    "jobs:file": Row(args=lambda country: [country.middle.job.files.get().public_id], get=its_owner(200)),
    **NOTICES,
    "overview": Row(get=LOGGED_IN),
    "management": Row(get=LOGGED_IN),
    "search": Row(get=LOGGED_IN),
    "scanned": Row(args=_code, get=see(302)),
    "equipment:list": Row(get=LOGGED_IN),
    "equipment:labels": Row(
        get={**see(), **dict.fromkeys(("peer", "below", "other_admin2"), 302)},
        post={**see(), **dict.fromkeys(("peer", "below", "other_admin2"), 302)},
        data=lambda country: {"id": country.middle.device.code},
        query=lambda country: {"id": country.middle.device.code},
    ),
    "imports:list": Row(get=LOGGED_IN),
    "imports:template": Row(get=records(200)),
    "imports:create": Row(get=records(200), post=records(302), data=lambda _: upload_data()),
    "imports:detail": Row(args=_import("checked"), get=see()),
    "imports:sheet": Row(
        args=_import("matching"),
        post=record(302),
        data=lambda country: {"version": country.middle.imports["matching"].version, "sheet": 1, "header_row": 1},
    ),
    "imports:match": Row(
        args=_import("matching"),
        get=record(200),
        post=record(302),
        data=lambda country: match_data(country.middle.imports["matching"]),
    ),
    "imports:check": Row(args=_import("checked"), post=record(302)),
    "imports:apply": Row(
        args=_import("checked"),
        post=record(302),
        data=lambda country: {"mode": "valid", "version": country.middle.imports["checked"].version},
    ),
    "imports:cancel": Row(args=_import("matching"), get=record(200), post=record(302)),
    "equipment:label_frames": Row(post=LOGGED_IN, data=lambda _: {"format": "a4-24"}),
    "equipment:bulk": Row(
        post={**records(302), "business": 200}, data=lambda country: {"id": country.middle.device.code}
    ),
    "equipment:bulk_done": Row(args=_act, get=its_owner(200)),
    "equipment:bulk_undo": Row(args=_act, get=its_owner(200), post=its_owner(302)),
    "equipment:clashes": Row(get=LOGGED_IN),
    "equipment:detail": Row(args=_code, get=see()),
    "equipment:edit": Row(args=_code, get=record(200), post=record(302), data=_device),
    "intakes:list": Row(get=LOGGED_IN),
    "intakes:create": Row(get=records(200), post=records(302), data=_head),
    "intakes:line": Row(post=records(200), data=lambda _: {"prefix": "lines-0", "lines-0-category": "MAY_TINH_BAN"}),
    "intakes:detail": Row(args=_number("draft"), get=see()),
    "intakes:edit": Row(
        args=_number("draft"),
        get=record(200),
        post=record(302),
        data=lambda country: {**_head(country), "version": country.middle.draft.version},
    ),
    "intakes:confirm": Row(
        args=_number("draft"),
        get=record(200),
        post=record(302),
        data=lambda country: {"version": country.middle.draft.version},
    ),
    "intakes:cancel": Row(
        args=_number("draft"), get=record(200), post=record(302), data=lambda _: {"reason": "Nhập trùng"}
    ),
    "intakes:restore": Row(args=_number("cancelled"), post=record(302)),
    "intakes:correct": Row(
        args=_number("confirmed"),
        get=record(200),
        post=record(302),
        data=lambda country: {
            "version": country.middle.confirmed.version,
            "supplier": "Công ty Sao Mai",
            "fund_source": "operating",
            "reason": "Sai tên",
        },
    ),
    "intakes:attach": Row(
        args=_number("draft"),
        get=record(200),
        post=record(302),
        data=lambda _: {"kind": "contract", "file": pdf_file()},
    ),
    "intakes:detach": Row(
        args=lambda country: [country.middle.draft.number, country.middle.draft_scan.public_id],
        get=record(200),
        post=record(302),
    ),
    "intakes:issue": Row(args=lambda c: [c.middle.confirmed.number, "form_c50"], post=record(302)),
    "documents:download": Row(args=lambda country: [country.middle.issued.public_id], get=see()),
    "saved_views:create": Row(
        post={**everyone(422), "business": 302}, data=lambda country: {"name": "Máy mới", "state": _state(country)}
    ),
    "saved_views:update": Row(args=_view, post=its_owner(302), data=lambda country: {"state": _state(country)}),
    "saved_views:default": Row(
        args=_view,
        post={**its_owner(302), "lookup": 302, "admin2": 302},  # it is shared in the unit
        data=lambda country: {"state": _state(country), "default": "1"},
    ),
    "saved_views:edit": Row(
        args=_view, get=its_owner(200), post=its_owner(302), data=lambda _: {"name": "Máy của phòng"}
    ),
    "saved_views:delete": Row(args=_view, get=its_owner(200), post=its_owner(302)),
    "catalogue:categories": Row(get=LOGGED_IN),
    "catalogue:brands": Row(get=LOGGED_IN),
    "catalogue:models": Row(get=LOGGED_IN),
    **_catalogue(
        "category",
        lambda country: country.world.desktop.code,
        new=lambda _: {"code": "MAY_MOI", "name": "Máy mới", "position": "7", "holds_equipment": "on"},
        edit=lambda _: {"version": "1", "name": "Máy bàn", "position": "7", "holds_equipment": "on"},
    ),
    **_catalogue(
        "brand",
        lambda country: country.world.model.brand_id,
        new=lambda _: {"name": "Sao Mai", "country": "Việt Nam"},
        edit=lambda _: {"version": "1", "name": "Dell Technologies"},
    ),
    **_catalogue(
        "model",
        lambda country: country.world.model.pk,
        new=_new_model,
        edit=lambda country: {"version": "1", "brand": country.world.model.brand_id, "name": "OptiPlex 3080"},
    ),
}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the project; one without a name is given by its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else f"unnamed {pattern.pattern}"


def answer(response: Any) -> int | str:
    """What a person is answered: a status, or that they must log in."""
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith(reverse(settings.LOGIN_URL)):
        return LOGIN
    return response.status_code


def read(response: Any) -> bytes:
    """The whole body; a streamed one is made while it is read, and its file is closed at its end."""
    return b"".join(response.streaming_content) if response.streaming else response.content
