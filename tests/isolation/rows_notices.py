"""Rows of the access matrix: notices. Each is its reader's alone: not even colleagues and superiors know of it."""

from typing import Any

from notices.rules import Topic
from tests.isolation.country import Country
from tests.isolation.expected import LOGGED_IN, Row, everyone, its_owner


def _notice(country: Country) -> list[Any]:
    return [country.middle.more["notice"].public_id]


def _chosen(country: Country) -> dict[str, Any]:
    """Sent by others it finds nothing that they could mark."""
    return {"id": [str(country.middle.more["notice"].public_id)]}


ROWS: dict[str, Row] = {
    "notices:list": Row(get=LOGGED_IN),
    "notices:count": Row(get={**LOGGED_IN, "anonymous": 204}),  # a page that lies open is sent nowhere
    "notices:open": Row(args=_notice, get=its_owner(302)),
    "notices:read": Row(post=everyone(302), data=_chosen),
    "notices:unread": Row(post=everyone(302), data=_chosen),
    "notices:read_all": Row(post=everyone(302)),
    "notices:options": Row(
        get=LOGGED_IN, post=everyone(302), data=lambda _: dict.fromkeys([str(topic) for topic in Topic], "daily")
    ),
}
