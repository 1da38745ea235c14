"""What the books say of the wear of devices: for papers, pages, lists and files. Constant queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from core.memo import once_a_page
from core.scope import current
from equipment.models import DepreciationRate, DepreciationRegime, Equipment, LedgerEntry
from equipment.queries.catalogue import kinds
from equipment.rules.depreciation import (
    NOT_ON_BOOKS,
    AssetLife,
    BookEntry,
    Figures,
    Terms,
    TermsOf,
    YearOfWear,
    figures_on,
    schedule,
)
from equipment.rules.figures import last_day
from equipment.rules.lifecycle import Condition, Status

__all__ = ["Facts", "Figures", "Rules", "figures_of", "figures_of_facts", "lives_of", "schedule_of"]

LEAVING = frozenset({Status.PENDING_DISPOSAL, Status.DISPOSED})


class Facts(NamedTuple):
    """What must be known of a device before its entries are read."""

    pk: int
    category: int
    received_on: date
    status: str


@dataclass(frozen=True)
class _Regime:
    pk: int
    code: str
    first: date
    last: date
    restates: bool


class Rules:
    """The regimes and their rates, read once for many devices (`wear_rules`): three queries."""

    def __init__(self) -> None:
        self.regimes = [
            _Regime(pk, code, first, last or date.max, restates)
            for pk, code, first, last, restates in DepreciationRegime.objects.order_by("valid_from").values_list(
                "pk", "code", "valid_from", "valid_to", "restates"
            )
        ]
        rates = DepreciationRate.objects.order_by().values_list("regime", "category", "life_years", "rate", "threshold")
        self.rates: dict[tuple[int, int], tuple[int | None, Decimal | None, int]] = {
            (regime, category): (life, rate, int(threshold)) for regime, category, life, rate, threshold in rates
        }
        self.parents = {pk: kind.parent for pk, kind in kinds().items()}
        self._known: dict[tuple[int, int], Terms | None] = {}

    def of(self, category: int) -> TermsOf:
        """What holds for devices of the category, by year."""

        def terms_of(year: int) -> Terms | None:
            key = (category, year)
            if key not in self._known:
                self._known[key] = self._find(category, year)
            return self._known[key]

        return terms_of

    def _find(self, category: int, year: int) -> Terms | None:
        regime = self._in_force(year)
        if regime is None:
            return None
        key = self._line(regime, category)
        life, rate, threshold = self.rates[key] if key else (None, None, 0)
        return Terms(regime.code, life, rate, threshold, regime.restates)

    def _in_force(self, year: int) -> _Regime | None:
        """At 31 December. Years before all regimes go by the oldest."""
        day = last_day(year)
        if self.regimes and day < self.regimes[0].first:
            return self.regimes[0]
        return next((regime for regime in reversed(self.regimes) if regime.first <= day <= regime.last), None)

    def _line(self, regime: _Regime, category: int) -> tuple[int, int] | None:
        """The key of the line of the category, or of the nearest group above it."""
        at: int | None = category
        while at is not None:
            if (regime.pk, at) in self.rates:
                return regime.pk, at
            at = self.parents.get(at)
        return None

    def line(self, category: int, year: int) -> DepreciationRate | None:
        """The line itself, to be shown: one query."""
        regime = self._in_force(year)
        key = self._line(regime, category) if regime else None
        if key is None:
            return None
        return DepreciationRate.objects.select_related("regime", "category").get(regime=key[0], category=key[1])


@once_a_page
def wear_rules() -> Rules:
    """The regimes and their rates as they are now."""
    return Rules()


def figures_of(devices: Iterable[Equipment], *, on: date) -> dict[int, Figures]:
    """Original value, accumulated wear and residual value of each device on that day, by its key.

    The caller got the devices through doors of its own. The wear of a year is in the books from its December on.
    """
    return figures_of_facts((Facts(d.pk, d.category_id, d.received_on, d.status) for d in devices), on=on)


def figures_of_facts(facts: Iterable[Facts], *, on: date, rules: Rules | None = None) -> dict[int, Figures]:
    """The same for whoever has rows instead of objects; `rules` spares their queries when they were read before."""
    listed = list(facts)
    if not listed:
        return {}
    rules = rules or wear_rules()
    lives = lives_of(listed)
    counted: dict[tuple[int, AssetLife | None], Figures] = {}  # devices that came together are alike
    found = {}
    for fact in listed:
        life = lives.get(fact.pk)
        if (key := (fact.category, life)) not in counted:
            counted[key] = figures_on(life, rules.of(fact.category), on=on) if life else NOT_ON_BOOKS
        found[fact.pk] = counted[key]
    return found


def schedule_of(device: Equipment, *, until: int, rules: Rules | None = None) -> list[YearOfWear]:
    """The device's figures year by year up to `until`."""
    fact = Facts(device.pk, device.category_id, device.received_on, device.status)
    life = lives_of([fact]).get(device.pk)
    return schedule(life, (rules or wear_rules()).of(device.category_id), until=until) if life else []


def lives_of(facts: Sequence[Facts]) -> dict[int, AssetLife]:
    """What happened to the devices in the books, at whichever unit they stood: a device brings its wear along."""
    entries: dict[int, list[BookEntry]] = defaultdict(list)
    for pk, kind, day, quantity, value in _book_rows([fact.pk for fact in facts]):
        entries[pk].append(BookEntry(day, kind, quantity, int(value)))
    broken = broken_since([fact.pk for fact in facts if fact.status in LEAVING])
    return {
        fact.pk: AssetLife(fact.received_on, tuple(entries[fact.pk]), broken.get(fact.pk))
        for fact in facts
        if fact.pk in entries
    }


def _book_rows(keys: list[int]) -> Iterator[tuple[int, str, date, int, Any]]:
    """The entries of the devices, oldest first.

    A receiver doesn't see the rows of the units before it, but what they say of the device belongs to it: the database
    function gives kind, day, quantity and value of devices that the scope reads, and nothing else.
    """
    if current() is None:
        rows = LedgerEntry.objects.filter(equipment__in=keys).scoped().order_by("equipment", "effective_date", "id")
        yield from rows.values_list("equipment", "kind", "effective_date", "quantity", "value")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT equipment_id, kind, effective_date, quantity, value FROM equipment_books(%s)", [keys])
        yield from cursor.fetchall()


def broken_since(keys: Sequence[int]) -> dict[int, date]:
    """Since when devices that wait for their disposal, or are gone, could not be used any more (condition "kém")."""
    if not keys:
        return {}
    since: dict[int, date] = {}
    rows = Equipment.history.filter(id__in=keys).order_by("id", "history_id")
    changes: Iterable[tuple[int, datetime, str, str]] = rows.values_list("id", "history_date", "status", "condition")
    for pk, when, status, condition in changes:
        if status in LEAVING and condition == Condition.POOR:
            since.setdefault(pk, timezone.localdate(when))
        else:
            since.pop(pk, None)
    return since


def rows_of(rows: Iterable[Mapping[str, Any]]) -> list[Facts]:
    """The facts of rows that lists have fetched."""
    return [Facts(row["pk"], row["category"], row["received_on"], row["status"]) for row in rows]
