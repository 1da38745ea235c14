"""Rows of the access matrix: analyses. What a person keeps is theirs alone unless they share it with their unit."""

from collections.abc import Callable
from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, everyone, its_owner


def _of(name: str) -> Callable[[Country], list[Any]]:
    return lambda country: [country.middle.more[name].public_id]


def _hanging(country: Country) -> dict[str, Any]:
    return {"analysis": str(country.middle.more["analysis"].public_id)}


def _schedule(_country: Country) -> dict[str, Any]:
    return {"name": "Đầu tháng", "every": "month", "file_kind": "xlsx"}


def _alert(_country: Country) -> dict[str, Any]:
    return {"name": "Máy kém", "measure": "n", "compare": "at_least", "threshold": "1.000", "every": "day"}


NAMED = {"name": "Máy theo tỉnh", "description": "Đầu quý"}
ROWS: dict[str, Row] = {
    "analysis:pivot": Row(get=LOGGED_IN),
    "analysis:saved": Row(get=LOGGED_IN),
    "analysis:save": Row(get=LOGGED_IN, post=everyone(302), data=lambda _: NAMED),
    "analysis:detail": Row(args=_of("analysis"), get=its_owner(200)),
    "analysis:update": Row(args=_of("analysis"), post=its_owner(302)),
    "analysis:edit": Row(args=_of("analysis"), get=its_owner(200), post=its_owner(302), data=lambda _: NAMED),
    "analysis:copy": Row(args=_of("analysis"), post=its_owner(302)),
    "analysis:delete": Row(args=_of("analysis"), get=its_owner(200), post=its_owner(302)),
    "analysis:schedules": Row(get=LOGGED_IN),
    "analysis:schedule_create": Row(get=its_owner(200), post=its_owner(302), data=_schedule, query=_hanging),
    "analysis:schedule": Row(args=_of("schedule"), get=its_owner(200)),
    "analysis:schedule_edit": Row(args=_of("schedule"), get=its_owner(200), post=its_owner(302), data=_schedule),
    "analysis:schedule_pause": Row(args=_of("schedule"), post=its_owner(302)),
    "analysis:schedule_go_on": Row(args=_of("schedule"), post=its_owner(302)),
    "analysis:schedule_run": Row(args=_of("schedule"), post=its_owner(302)),
    "analysis:schedule_delete": Row(args=_of("schedule"), get=its_owner(200), post=its_owner(302)),
    "analysis:alerts": Row(get=LOGGED_IN),
    "analysis:alert_create": Row(get=its_owner(200), post=its_owner(302), data=_alert, query=_hanging),
    "analysis:alert": Row(args=_of("alert"), get=its_owner(200)),
    "analysis:alert_edit": Row(args=_of("alert"), get=its_owner(200), post=its_owner(302), data=_alert),
    "analysis:alert_pause": Row(args=_of("alert"), post=its_owner(302)),
    "analysis:alert_go_on": Row(args=_of("alert"), post=its_owner(302)),
    "analysis:alert_delete": Row(args=_of("alert"), get=its_owner(200), post=its_owner(302)),
}
