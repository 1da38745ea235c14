"""What may be said of a device, however it comes: by a form, an intake or a list."""

from datetime import date
from decimal import Decimal
from typing import Any

from equipment.rules.lifecycle import Status

MAX_NAME = 200
MAX_SERIAL = 100
MAX_CARD = 60
MAX_HOLDER = 100
MAX_COUNTRY = 60
MAX_NOTE = 2000
MAX_PRICE = Decimal(10) ** 13  # ten thousand billion đồng: no single device costs that
MAX_WARRANTY_MONTHS = 240
MADE_YEARS = range(1980, 2101)
ENDED = frozenset({Status.DISPOSED, Status.IN_TRANSFER})
"""Nobody describes a device that is gone, or on its way."""


def default_name(category: str, model: Any) -> str:
    """The name that a device gets when none was typed: what it is, and its make."""
    return f"{category} {model}"[:MAX_NAME] if model else category[:MAX_NAME]


def warranty_end(start: date, months: int | None) -> date | None:
    """The last day of a warranty of so many months from the hand-over."""
    if not months:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))
