"""Wear of fixed assets as the circulars count it: whole years, whole đồng, no database and no clock.

Thông tư 45/2018, 23/2023 and 141/2025/TT-BTC; how they are read here stands in docs/adr/0013-depreciation.md.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from django.db import models

from equipment.rules.lifecycle import EntryKind

LONGEST = 150
"""Years a schedule runs at most: nothing on the books is older, and a mistyped year mustn't run on for ever."""
CLOSING_MONTH = 12


class Basis(models.TextChoices):
    """Why a year's figure is what it is."""

    COUNTED = "counted", "Tính hao mòn"
    SPENT = "spent", "Đã hao mòn hết"
    BELOW = "below", "Dưới mức tài sản cố định, chỉ theo dõi"
    UNRATED = "unrated", "Loại chưa được quy định tỷ lệ hao mòn"
    BROKEN = "broken", "Hỏng, không dùng được nữa: thôi tính"
    OFF_BOOKS = "off_books", "Không có trên sổ vào tháng 12"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a regime says of one kind of asset. Without `rate` or `life` nothing is counted.

    `rate` is percent a year. `restates`: whatever is in use when the regime comes into force gets a new yearly
    amount, residual value over the years left (TT 141/2025, art. 18.1), even where life and rate stay.
    """

    regime: str
    life: int | None
    rate: Decimal | None
    threshold: int
    restates: bool = False


TermsOf = Callable[[int], Terms | None]
"""What holds at 31 December of a year; None: no regime says anything."""


@dataclass(frozen=True, slots=True)
class BookEntry:
    """A line of the books of one device, whichever unit's they are."""

    on: date
    kind: str
    quantity: int
    value: int


@dataclass(frozen=True, slots=True)
class AssetLife:
    """What is known of a device. `entries` in the order of their days; `in_use_from` may lie before the first.

    `broken_on`: the day since which it can't be used any more (art. 11.3).
    """

    in_use_from: date
    entries: Sequence[BookEntry]
    broken_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearOfWear:
    """The figures at 31 December of one year, in đồng."""

    year: int
    regime: str
    original: int
    annual: int
    accumulated: int
    basis: Basis

    @property
    def residual(self) -> int:
        """What is left of the value."""
        return self.original - self.accumulated


@dataclass(frozen=True, slots=True)
class Figures:
    """What the papers of a hand-over or a disposal say of a device, in đồng."""

    original: int
    accumulated: int
    residual: int
    basis: Basis = Basis.OFF_BOOKS
    year: int = 0
    regime: str = ""

    @property
    def counted(self) -> bool:
        """Whether the device is worn in the books at all; else it is only followed."""
        return self.basis in {Basis.COUNTED, Basis.SPENT, Basis.BROKEN}


NOT_ON_BOOKS = Figures(0, 0, 0)


def half_up(value: Decimal) -> int:
    """Whole đồng; a half counts as one (accounting law)."""
    return int(value.to_integral_value(ROUND_HALF_UP))


def closed_year(on: date) -> int:
    """The last year whose wear is in the books on that day: it is counted once, in December (art. 12.1)."""
    return on.year if on.month == CLOSING_MONTH else on.year - 1


class _Books:
    """What the entries add up to on any day."""

    def __init__(self, entries: Iterable[BookEntry]) -> None:
        ordered = sorted(entries, key=lambda entry: entry.on)
        self.days = [entry.on for entry in ordered]
        self.quantities = list(accumulate(entry.quantity for entry in ordered))
        self.values = list(accumulate(entry.value for entry in ordered))
        self.entries = ordered

    def at(self, day: date) -> tuple[int, int]:
        """How many and what value after that day's entries."""
        place = bisect_right(self.days, day) - 1
        return (self.quantities[place], self.values[place]) if place >= 0 else (0, 0)

    def held_in_december(self, year: int) -> int | None:
        """The value in that December: of the device as it stood last on the books in it; None: it wasn't on them."""
        last, first = bisect_right(self.days, date(year, 12, 31)) - 1, bisect_right(self.days, date(year, 11, 30)) - 1
        for place in range(last, max(first, 0) - 1, -1):
            if self.quantities[place] > 0:
                return self.values[place]
        return None


@dataclass(slots=True)
class _Wear:
    """Where the counting stands; `left` is the years of life that are still to be charged."""

    accumulated: int = 0
    annual: int = 0
    left: int = 0
    original: int = 0
    terms: Terms | None = None

    def take_up(self, original: int, terms: Terms, *, upgraded: bool) -> None:
        """Bring the yearly amount up to this year's value and regime."""
        assert terms.rate is not None  # noqa: S101 - the caller looked
        assert terms.life is not None  # noqa: S101 - the caller looked
        whole = half_up(Decimal(original) * terms.rate / 100)
        if self.terms is None:
            self.annual, self.left = whole, terms.life
        elif _restated(self.terms, terms):
            # New life less the years used, and what an upgrade has added to the life; a life that is over is charged
            # whole in this year (art. 18.1).
            self.left = max(self.left + terms.life - (self.terms.life or 0), 1)
            self.annual = half_up(Decimal(max(original - self.accumulated, 0)) / self.left)
        if self.terms is not None and original != self.original:
            self._revalue(original, whole, upgraded=upgraded)
        self.original, self.terms = original, terms

    def _revalue(self, original: int, whole: int, *, upgraded: bool) -> None:
        """The yearly amount of a changed original value (art. 13.1, 14.7)."""
        self.accumulated = min(self.accumulated, original)
        rest = original - self.accumulated
        self.annual = whole
        if upgraded:
            self.left = -(-rest // whole) if whole else 1
        elif rest:
            self.left = max(self.left, 1)  # after the end of life: one year more, which takes the rest

    def charge(self) -> int:
        """One year's wear; the last year takes what is left."""
        rest = self.original - self.accumulated
        amount = rest if self.left <= 1 else min(self.annual, rest)
        self.accumulated += amount
        self.left -= 1
        return amount


def _restated(old: Terms, new: Terms) -> bool:
    changed = new.regime != old.regime
    return changed and (new.restates or (new.life, new.rate) != (old.life, old.rate))


def schedule(life: AssetLife, terms_of: TermsOf, *, until: int) -> list[YearOfWear]:
    """The figures of each year from the first in use to `until`; nothing after the year in which it left for good."""
    books = _Books(life.entries)
    if not books.days:
        return []
    first = min(life.in_use_from.year, books.days[0].year)
    wear = _Wear()
    years: list[YearOfWear] = []
    for year in range(first, min(until, first + LONGEST) + 1):
        years.append(_year(year, life, books, wear, terms_of(year)))
        if years[-1].basis == Basis.OFF_BOOKS and books.days[-1] <= date(year, 12, 31):
            break
    return years


def _year(year: int, life: AssetLife, books: _Books, wear: _Wear, terms: Terms | None) -> YearOfWear:
    regime = terms.regime if terms else ""
    # Used before it came on these books: at the value that it came with.
    original = books.entries[0].value if year < books.days[0].year else books.held_in_december(year)
    if original is None:
        return YearOfWear(year, regime, 0, 0, 0, Basis.OFF_BOOKS)
    accumulated = min(wear.accumulated, original)
    if terms is None or not terms.rate or not terms.life:
        basis = Basis.UNRATED
    elif wear.terms is None and original < terms.threshold:
        basis = Basis.BELOW
    elif life.broken_on is not None and life.broken_on < date(year, CLOSING_MONTH, 1):
        basis = Basis.BROKEN
    else:
        wear.take_up(original, terms, upgraded=_upgraded(books, year, original > wear.original))
        amount = wear.charge()
        basis = Basis.COUNTED if amount else Basis.SPENT
        return YearOfWear(year, regime, original, amount, wear.accumulated, basis)
    return YearOfWear(year, regime, original, 0, accumulated, basis)


def _upgraded(books: _Books, year: int, raised: bool) -> bool:  # noqa: FBT001 - of the year's value
    """Whether the value rose by an upgrade; a correction or a part taken away leaves the life as it is."""
    return raised and any(
        entry.kind == EntryKind.VALUE_CHANGE and entry.value > 0 for entry in books.entries if entry.on.year == year
    )


def figures_on(life: AssetLife, terms_of: TermsOf, *, on: date, ahead: Sequence[YearOfWear] | None = None) -> Figures:
    """What the books say of the device on that day: its value then, and the wear of the years closed by then.

    `ahead` is its schedule up to a later year, which spares counting it again for an earlier day.
    """
    quantity, original = _Books(life.entries).at(on)
    if quantity <= 0:
        return NOT_ON_BOOKS
    closed = closed_year(on)
    years = schedule(life, terms_of, until=closed) if ahead is None else [one for one in ahead if one.year <= closed]
    if not years:
        terms = terms_of(on.year)
        if terms is None or not terms.rate or not terms.life:
            return Figures(original, 0, original, Basis.UNRATED, closed, terms.regime if terms else "")
        basis = Basis.BELOW if original < terms.threshold else Basis.COUNTED
        return Figures(original, 0, original, basis, closed, terms.regime)
    last = next((year for year in reversed(years) if year.basis != Basis.OFF_BOOKS), years[-1])
    accumulated = min(last.accumulated, original)
    return Figures(original, accumulated, original - accumulated, last.basis, closed, last.regime)
