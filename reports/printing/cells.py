"""What stands in a cell on paper."""

from datetime import date, datetime
from decimal import Decimal

from reports.definition import Col, Line
from ui.formats import number, vndate, vndatetime

NUMBERS = frozenset({"number", "money", "percent"})
NOTHING = "-"  # a zero among many figures; an empty cell would say that nobody counted


def text_of(column: Col, line: Line) -> str:
    """The value of a column in a row as it is printed."""
    return written(column.kind, line.values.get(column.name))


def written(kind: str, value: object) -> str:
    """A value as papers write it: thousands by dots, a dash for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return vndatetime(value)
    if isinstance(value, date):
        return vndate(value)
    if kind in NUMBERS and isinstance(value, int | float | Decimal):
        return NOTHING if not value else f"{number(value)}%" if kind == "percent" else number(value)
    return str(value)
