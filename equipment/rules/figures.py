"""What the figures count: devices on the books, how old they are, whether they are past the time they are meant for."""

from datetime import date

from django.db import models

from equipment.rules.lifecycle import Status

OFF_THE_BOOKS = (Status.DISPOSED, Status.LOST)
"""Their ledger entries took them off; all others are on the books of a unit."""
ON_THE_BOOKS = tuple(status for status in Status if status not in OFF_THE_BOOKS)
OLDEST = 10
"""Years after which the ages are counted together."""


class Books(models.TextChoices):
    ON = "on", "Còn trên sổ"
    OFF = "off", "Đã ra khỏi sổ (thanh lý, mất)"


class Life(models.TextChoices):
    """Age against the years of use that the category states."""

    WITHIN = "within", "Trong thời gian sử dụng"
    PAST = "past", "Quá thời gian sử dụng"
    UNSTATED = "unstated", "Loại chưa quy định thời gian"


def first_day(year: int) -> date:
    return date(year, 1, 1)


def last_day(year: int) -> date:
    return date(year, 12, 31)


def life_of(received: int, life_years: int | None, this_year: int) -> Life:
    """Whole years count, as in the books: what was received in 2021 for 5 years is past them in 2026."""
    if life_years is None:
        return Life.UNSTATED
    return Life.PAST if this_year - received >= life_years else Life.WITHIN


def first_year_within(life_years: int, this_year: int) -> int:
    """The earliest year of receipt that is not past `life_years` in `this_year`."""
    return this_year - life_years + 1
