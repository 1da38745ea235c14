"""The wear of many devices on the day before a period and on its last one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from equipment.models import Equipment, LedgerEntry
from equipment.queries.depreciation import Rules
from equipment.rules.depreciation import CLOSING_MONTH, LONGEST, AssetLife, BookEntry, figures_on
from equipment.rules.lifecycle import EntryKind
from reports.queries.stocks import Stock


def thresholds_of(rules: Rules, until: int) -> dict[int, int]:
    """Of each category that wears under some regime up to that year, the least value of what does."""
    if not rules.regimes:
        return {}
    years = range(max(rules.regimes[0].first.year, until - LONGEST) - 1, until + 1)
    found: dict[int, int] = {}
    for category in rules.parents:
        terms = [rules.of(category)(year) for year in years]
        rated = [one.threshold for one in terms if one and one.rate and one.life]
        if rated:
            found[category] = min(rated)
    return found


@dataclass
class Wear:
    """Wear by device, counted once for devices that are alike. `broken` is by day, then by the device's key."""

    rules: Rules
    broken: Mapping[date, Mapping[int, date]]
    _known: dict[tuple[int, AssetLife, date], int] = field(default_factory=dict)
    _lives: dict[int, tuple[date, list[tuple[date, BookEntry]]]] = field(default_factory=dict)

    def read(self, keys: Iterable[int], last: date) -> None:
        """Read the entries of devices that are looked at one by one, at whichever units: two queries."""
        wanted = list(keys)
        entries: dict[int, list[tuple[date, BookEntry]]] = defaultdict(list)
        rows = LedgerEntry.objects.filter(equipment__in=wanted, effective_date__lte=last).order_by(
            "equipment", "effective_date", "id"
        )
        for pk, kind, day, quantity, value in rows.values_list(
            "equipment", "kind", "effective_date", "quantity", "value"
        ):
            entries[pk].append((day, BookEntry(rounded(day), kind, quantity, int(value))))
        received = Equipment.objects.filter(pk__in=wanted).order_by().values_list("pk", "received_on")
        self._lives = {pk: (rounded(day), entries[pk]) for pk, day in received}

    def of(self, stock: Stock, day: date) -> int:
        """The accumulated wear of all devices of that stock on that day."""
        alone = sum(self._of_device(pk, stock.category, day) for pk in stock.apart)
        if stock.since is None:
            return alone
        entry = BookEntry(stock.since, EntryKind.INTAKE, 1, stock.value)
        life = AssetLife(date(stock.received, 1, 1), (entry,))
        return alone + stock.count * self._figure(stock.category, life, day)

    def _of_device(self, pk: int, category: int, day: date) -> int:
        received, entries = self._lives[pk]
        until = tuple(entry for on, entry in entries if on <= day)
        return self._figure(category, AssetLife(received, until, self.broken[day].get(pk)), day) if until else 0

    def _figure(self, category: int, life: AssetLife, day: date) -> int:
        key = (category, life, day)
        if key not in self._known:
            self._known[key] = figures_on(life, self.rules.of(category), on=day).accumulated
        return self._known[key]


def rounded(day: date) -> date:
    """The rules ask of an entry for its year and whether it came before that December: alike days look alike."""
    return date(day.year, CLOSING_MONTH if day.month == CLOSING_MONTH else 1, 1)
