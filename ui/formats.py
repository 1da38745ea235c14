"""Values as people here write them: `14.890.000 đ`, `25/11/2026`, `1.234,5`."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.utils import timezone

EMPTY = "—"

D = TypeVar("D", date, datetime)


def number(value: Decimal | float | None) -> str:
    """Thousands by dots, decimals by a comma."""
    if value is None:
        return ""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def money(value: Decimal | int | None) -> str:
    """Whole đồng with their sign; the empty string for None."""
    return "" if value is None else f"{number(Decimal(value).quantize(Decimal(1)))} đ"


def vndate(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in Vietnamese time when `value` is an instant."""
    if value is None:
        return ""
    value = local(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def vndatetime(value: datetime | None) -> str:
    """dd/mm/yyyy HH:MM in Vietnamese time."""
    if value is None:
        return ""
    value = local(value)
    return f"{value.day:02}/{value.month:02}/{value.year:04} {value.hour:02}:{value.minute:02}"


def local(value: D) -> D:
    """An aware instant in the local zone; anything else as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
