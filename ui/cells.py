"""One table cell: from a value of the database to safe HTML, and to a typed value for exports.

Fifty rows of ten cells are written on each list page, so a cell costs one function call and no template.
"""

import html
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ui import formats
from ui.links import is_local

if TYPE_CHECKING:
    from ui.tables import Column

Row = Mapping[str, Any]
Writer = Callable[[Row], str]

NUMERIC_KINDS = frozenset({"money", "number"})
BLANK = mark_safe('<span class="muted">—</span>')


def plain_text(column: "Column", value: object, labels: Mapping[object, str] | None = None) -> str:
    """What the cell says, without markup; the empty string for nothing."""
    if value is None or value == "":
        return ""
    kind = column.kind
    if kind in {"choice", "status"}:
        return (column.labels if labels is None else labels).get(value, str(value))
    writer = _WRITERS.get(kind)
    return writer(value) if writer else str(value)


def export_value(column: "Column", row: Row) -> str | Decimal | int | float | date | datetime | None:
    """What the cell is worth in a file: numbers and dates keep their type, all else is text."""
    value = column.export_value(row) if column.export_value else row.get(column.path) if column.path else None
    if value is None or value == "":
        return None
    if column.kind in NUMERIC_KINDS and isinstance(value, (Decimal, int, float)):
        return value
    if isinstance(value, datetime):
        return formats.local(value).replace(tzinfo=None)
    if isinstance(value, date):
        return value
    return plain_text(column, value)


def cell_writer(column: "Column") -> Writer:
    """A function that turns a row into the inside of this column's cell, escaped."""
    inner = _inner_writer(column)
    if not (link := column.link):
        return inner

    def linked(row: Row) -> str:
        inside = inner(row)
        url = link(row)
        if not url or inside is BLANK or not is_local(url):
            return inside
        return f'<a href="{html.escape(url)}">{inside}</a>'

    return linked


def _inner_writer(column: "Column") -> Writer:
    path, kind, labels = column.path, column.kind, column.labels
    if render := column.render:

        def rendered(row: Row) -> str:
            value = render(row)
            return conditional_escape(value) if value not in {None, ""} else BLANK

        return rendered
    if kind == "status":
        tones = column.tones or {}

        def status(row: Row) -> str:
            value = row[path]
            if value is None or value == "":
                return BLANK
            return status_html(labels.get(value, str(value)), tones.get(value, "muted"))

        return status
    if kind == "deadline":
        return lambda row: deadline_html(row[path])

    def plain(row: Row) -> str:
        text = plain_text(column, row[path], labels)
        return html.escape(text) if text else BLANK

    return plain


def status_html(label: str, tone: str) -> SafeString:
    """A coloured dot and a word: the state is never told by colour alone."""
    return format_html('<span class="status status--{}">{}</span>', tone, label)


def deadline_html(due: date | datetime | None, *, today: date | None = None) -> SafeString:
    """A due date with how far it is in calendar days; past ones are red and say so."""
    if due is None:
        return BLANK
    day = formats.local(due).date() if isinstance(due, datetime) else due
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        tone, text = " clock--late", f"quá hạn {-left} ngày"
    elif left == 0:
        tone, text = " clock--soon", "hết hạn hôm nay"
    else:
        tone, text = "", f"còn {left} ngày"
    return format_html('<span class="clock{}">{} · {}</span>', tone, formats.vndate(day), text)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "money": formats.money,
    "number": formats.number,
    "date": formats.vndate,
    "datetime": formats.vndatetime,
    "deadline": formats.vndate,
    "bool": lambda value: "Có" if value else "Không",
}
