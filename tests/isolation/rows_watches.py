"""Rows of the access matrix: lists behind what is watched."""

from tests.isolation.expected import Row, everyone

ROWS: dict[str, Row] = {
    "accounts:unused": Row(get={**everyone(403), **dict.fromkeys(("admin1", "admin2", "other_admin2"), 200)}),
}
