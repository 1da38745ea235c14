"""Rows of the access matrix: the working calendar, and the calendar of one's own deadlines."""

from typing import Any

from tests.isolation.country import Country
from tests.isolation.expected import EVERYBODY, LOGGED_IN, Row, everyone, keeps_catalogue, records


def _day(country: Country) -> list[Any]:
    return [country.shared["calendar_day"]]


def _change(_: Country) -> dict[str, Any]:
    """Every step opens with a page that shows what would move."""
    return {"first": "03/02/2027", "working": "off", "reason": "Nghỉ đột xuất", "source": "Công văn thử"}


ROWS: dict[str, Row] = {
    "calendar:year": Row(get=LOGGED_IN),
    "calendar:log": Row(get=LOGGED_IN),
    "calendar:add": Row(get=keeps_catalogue(200), post=keeps_catalogue(200), data=_change),
    "calendar:day": Row(args=_day, get=LOGGED_IN),
    "calendar:edit": Row(args=_day, get=keeps_catalogue(200), post=keeps_catalogue(200), data=_change),
    "calendar:take_back": Row(
        args=_day, get=keeps_catalogue(200), post=keeps_catalogue(200), data=lambda _: {"reason": "Nhập nhầm"}
    ),
    "calendar:mine": Row(get=LOGGED_IN),
    "calendar:feed_issue": Row(get=records(200), post=records(200)),
    "calendar:feed_revoke": Row(get=LOGGED_IN, post={**everyone(422), "business": 302}),
    # Whoever has the secret: here that of an account of another unit in custody.
    "calendar:feed": Row(args=lambda country: [country.shared["feed"]], get=EVERYBODY),
}
