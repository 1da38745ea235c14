"""Periods that are counted from today. Pure."""

from datetime import date, timedelta

from django.db import models

YEAR, QUARTER, MONTH = 12, 3, 1


class Recent(models.TextChoices):
    """The one that runs, or the one before it."""

    THIS_MONTH = "this_month", "Tháng này"
    LAST_MONTH = "last_month", "Tháng trước"
    THIS_QUARTER = "this_quarter", "Quý này"
    LAST_QUARTER = "last_quarter", "Quý trước"
    THIS_YEAR = "this_year", "Năm nay"
    LAST_YEAR = "last_year", "Năm trước"


LENGTHS = {"month": MONTH, "quarter": QUARTER, "year": YEAR}


def days_of(recent: Recent, today: date) -> tuple[date, date]:
    """Its first and its last day, which may lie ahead."""
    which, length = recent.value.split("_")
    months = LENGTHS[length]
    start = today.year * 12 + today.month - 1
    start -= start % months
    if which == "last":
        start -= months
    return _first(start), _first(start + months) - timedelta(days=1)


def _first(month: int) -> date:
    year, rest = divmod(month, 12)
    return date(year, rest + 1, 1)
