"""Months, quarters and years, as boards and rankings are asked for. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Self

from deadlines.rules import DAY

YEAR, QUARTER, MONTH = 12, 3, 1
_KEY = re.compile(r"(20[0-9]{2})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?", re.ASCII)
_ROMAN = ("I", "II", "III", "IV")


class Length(IntEnum):
    """How many months a period has."""

    MONTH = MONTH
    QUARTER = QUARTER
    YEAR = YEAR

    @property
    def label(self) -> str:
        return {Length.MONTH: "Tháng", Length.QUARTER: "Quý", Length.YEAR: "Năm"}[self]


@dataclass(frozen=True)
class Period:
    """So many months of the calendar from the first day of one of them."""

    start: int  # months since year 0
    length: Length

    @classmethod
    def of(cls, day: date, length: Length) -> Self:
        """The period of that length in which `day` lies."""
        month = day.year * YEAR + day.month - 1
        return cls(month - month % length, length)

    @classmethod
    def parse(cls, key: str) -> Self:
        """`2026`, `2026-Q4` or `2026-11`; raises ValueError for any other text, and for other centuries."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise ValueError(key)
        year, quarter, month = int(found[1]), found[2], found[3]
        if month:
            return cls(year * YEAR + int(month) - 1, Length.MONTH)
        if quarter:
            return cls(year * YEAR + (int(quarter) - 1) * QUARTER, Length.QUARTER)
        return cls(year * YEAR, Length.YEAR)

    @property
    def first(self) -> date:
        """Its first day."""
        return _first(self.start)

    @property
    def last(self) -> date:
        """Its last day."""
        return _first(self.start + self.length) - DAY

    @property
    def key(self) -> str:
        """What `parse` reads."""
        year, month = divmod(self.start, YEAR)
        if self.length == Length.YEAR:
            return f"{year}"
        return f"{year}-Q{month // QUARTER + 1}" if self.length == Length.QUARTER else f"{year}-{month + 1:02}"

    @property
    def label(self) -> str:
        """`Năm 2026`, `Quý IV/2026`, `Tháng 11/2026`."""
        year, month = divmod(self.start, YEAR)
        if self.length == Length.YEAR:
            return f"Năm {year}"
        return (
            f"Quý {_ROMAN[month // QUARTER]}/{year}"
            if self.length == Length.QUARTER
            else f"Tháng {month + 1:02}/{year}"
        )

    @property
    def before(self) -> Self:
        """The one that ends where this one begins."""
        return type(self)(self.start - self.length, self.length)

    @property
    def after(self) -> Self:
        """The one that begins where this one ends."""
        return type(self)(self.start + self.length, self.length)

    def months(self) -> "Sequence[Period]":
        """The twelve months that end with it, oldest first: what a trend shows."""
        end = self.start + self.length
        return [Period(month, Length.MONTH) for month in range(end - YEAR, end)]


def _first(months: int) -> date:
    year, month = divmod(months, YEAR)
    return date(year, month + 1, 1)
