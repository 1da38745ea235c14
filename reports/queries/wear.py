"""The wear of many devices on the day before a period and on its last one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from equipment.models import LedgerEntry
from equipment.queries.depreciation import Rules
from equipment.rules.depreciation import CLOSING_MONTH, LONGEST, AssetLife, BookEntry, closed_year, figures_on, schedule
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
    """Wear by device on one of some days, counted once for devices that are alike, at whichever units."""

    rules: Rules
    days: Sequence[date]
    _broken: Mapping[date, Mapping[int, date]] = field(default_factory=dict)
    _lives: dict[int, tuple[date, list[tuple[date, BookEntry]]]] = field(default_factory=dict)
    _alike: dict[tuple[int, int, date, int], dict[date, int]] = field(default_factory=dict)
    _known: dict[tuple[int, AssetLife], dict[date, int]] = field(default_factory=dict)

    def read(self, keys: Iterable[int], broken: Mapping[date, Mapping[int, date]]) -> None:
        """Read the entries of devices that are looked at one by one, at whichever units: one query.

        `broken` is by day, then by the device's key. What was read before is forgotten.
        """
        self._broken, self._lives = broken, {}
        rows = LedgerEntry.objects.filter(equipment__in=list(keys), effective_date__lte=max(self.days)).order_by(
            "equipment", "effective_date", "id"
        )
        columns = "equipment", "equipment__received_on", "kind", "effective_date", "quantity", "value"
        for pk, received, kind, day, quantity, value in rows.values_list(*columns):
            _, entries = self._lives.setdefault(pk, (rounded(received), []))
            entries.append((day, BookEntry(rounded(day), kind, quantity, int(value))))

    def of(self, stock: Stock, day: date) -> int:
        """The accumulated wear of all devices of that stock on that day."""
        alone = sum(self._of_device(pk, stock.category, day) for pk in stock.apart)
        if stock.since is None:
            return alone
        key = (stock.category, stock.received, stock.since, stock.value)
        if key not in self._alike:
            entry = BookEntry(stock.since, EntryKind.INTAKE, 1, stock.value)
            self._alike[key] = self._figures(stock.category, AssetLife(date(stock.received, 1, 1), (entry,)))
        return alone + stock.count * self._alike[key][day]

    def _of_device(self, pk: int, category: int, day: date) -> int:
        received, entries = self._lives[pk]
        until = tuple(entry for on, entry in entries if on <= day)
        if not until:
            return 0
        key = (category, AssetLife(received, until, self._broken[day].get(pk)))
        if key not in self._known:
            self._known[key] = self._figures(*key)
        return self._known[key][day]

    def _figures(self, category: int, life: AssetLife) -> dict[date, int]:
        """Of every day out of one schedule."""
        terms_of = self.rules.of(category)
        ahead = schedule(life, terms_of, until=closed_year(max(self.days)))
        return {day: figures_on(life, terms_of, on=day, ahead=ahead).accumulated for day in self.days}


def rounded(day: date) -> date:
    """The rules ask of an entry for its year and whether it came before that December: alike days look alike."""
    return date(day.year, CLOSING_MONTH if day.month == CLOSING_MONTH else 1, 1)
