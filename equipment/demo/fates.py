"""What became of devices since they were received: handed out, aged, lost, disposed of."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from random import Random

from equipment.demo.dossiers import NEVER, Dossier, at
from equipment.demo.market import Product
from equipment.demo.plan import Days, Unit
from equipment.rules.lifecycle import Condition, EntryKind, Status

# At most one thing happened to a device, so that one history row tells it. The last three columns are what the
# device looked like before; a kind of ledger entry says that it left the books.
CHANGE_COLUMNS = (
    *("equipment_id", "at", "by_id", "reason", "kind", "effective_date", "dossier"),
    *("status", "holder_name", "room_id"),
)
CHANGE_TABLE = """
CREATE TEMPORARY TABLE demo_change (
  equipment_id bigint, at timestamptz, by_id bigint, reason text, kind text, effective_date date, dossier text,
  status text, holder_name text, room_id bigint
) ON COMMIT DROP
"""
# Shares of good, fair and poor by age in years; the last one goes on.
CONDITIONS = ((100, 0, 0), (96, 4, 0), (92, 8, 0), (85, 14, 1), (72, 24, 4), (58, 34, 8), (42, 43, 15), (30, 46, 24))
DECKS = [
    [Condition.GOOD.value] * good + [Condition.FAIR.value] * fair + [Condition.POOR.value] * poor
    for good, fair, poor in CONDITIONS
]
DAYS_A_YEAR = 250  # working days, roughly
NEW = 30  # working days in which much is still in store
OLD = int(6.5 * DAYS_A_YEAR)
STORED_NEW, STORED, DISPOSED, LOST, HANDED_LATER = 0.5, 0.03, 0.3, 0.0012, 0.5
SINCE = date(2020, 7, 1)  # QĐ 375 in force: from here on handing out was recorded by itself
NOBODY = f"\t{NEVER}"  # no holder, no room
IN_STORE = f"{NOBODY}\t{Status.IN_STOCK}\t{Condition.GOOD}\t1"
IN_USE = f"\t{Status.IN_USE}\t{Condition.GOOD}\t1"
GONE = f"{NOBODY}\t{Status.DISPOSED}\t{Condition.POOR}\t2"


class Fates:
    """Tells what each device of a line is like today, and notes how it came to that."""

    def __init__(self, *, days: Days, rng: Random) -> None:
        self.days, self.rng = days, rng
        self.changes: list[str] = []
        years = range(days.dates[0].year, days.dates[days.last].year)
        self._inventories = [max(n for n, day in enumerate(days.dates) if day.year == year) for year in years]

    def take(self) -> list[str]:
        """What happened since this was last asked, as rows."""
        taken, self.changes = self.changes, []
        return taken

    def of_line(
        self, unit: Unit, dossier: Dossier, product: Product, first: int, seats: Sequence[str]
    ) -> Sequence[str]:
        """Holder, room, status, condition and version of each device, as COPY writes the columns.

        `first` is the key of the first device, `seats` who holds them and where.
        """
        rng, age = self.rng, self.days.last - dossier.recorded_day
        luck = rng.random()
        if product.software:
            return [seat + IN_USE for seat in seats]
        if luck < (STORED_NEW if age < NEW else STORED):
            return [IN_STORE] * len(seats)
        if age > OLD and luck > 1 - DISPOSED:
            return self._disposed(unit, dossier, first, seats)
        fates = self._in_use(unit, dossier, first, seats, age)
        if age > DAYS_A_YEAR and rng.random() < LOST * len(seats):
            self._lose(unit, dossier, first, seats, fates)
        return fates

    def _in_use(self, unit: Unit, dossier: Dossier, first: int, seats: Sequence[str], age: int) -> list[str]:
        deck = DECKS[min(age // DAYS_A_YEAR, len(DECKS) - 1)]
        handed_later = dossier.handover >= SINCE and self.rng.random() < HANDED_LATER
        if deck is DECKS[0] and not handed_later:
            return [seat + IN_USE for seat in seats]
        handed = at(self.days.dates[min(dossier.recorded_day + self.rng.randint(1, 10), self.days.last)], 540)
        checked, year = self._inventory(dossier)
        handing = f"\t{handed}\t{unit.recorder}\tBàn giao sử dụng\t\t{NEVER}\t\t{Status.IN_STOCK}\t{NOBODY}\n"
        reason = f"Đánh giá lại tình trạng khi kiểm kê năm {year}"
        ageing = f"\t{checked}\t{unit.recorder}\t{reason}\t\t{NEVER}\t\t{Status.IN_USE}\t"
        fates = []
        for pk, seat, condition in zip(
            range(first, first + len(seats)), seats, self.rng.choices(deck, k=len(seats)), strict=True
        ):
            if condition != "good":
                self.changes.append(f"{pk}{ageing}{seat}\n")
            elif handed_later:
                self.changes.append(f"{pk}{handing}")
            else:
                fates.append(seat + IN_USE)
                continue
            fates.append(f"{seat}\tin_use\t{condition}\t2")
        return fates

    def _disposed(self, unit: Unit, dossier: Dossier, first: int, seats: Sequence[str]) -> list[str]:
        day = self.rng.randint(dossier.recorded_day + OLD - DAYS_A_YEAR, self.days.last)
        on = self.days.dates[day]
        decision = f"{self.rng.randint(100, 900)}/QĐ-BHXH"
        head = (
            f"\t{at(on, 450)}\t{unit.recorder}\tThanh lý theo Quyết định số {decision} ngày {on:%d/%m/%Y}"
            f"\t{EntryKind.DISPOSAL}\t{on}\tQĐ {decision}\t{Status.IN_USE}\t"
        )
        self.changes += [f"{pk}{head}{seat}\n" for pk, seat in enumerate(seats, start=first)]
        return [GONE] * len(seats)

    def _lose(self, unit: Unit, dossier: Dossier, first: int, seats: Sequence[str], fates: list[str]) -> None:
        """One device of the line, to which nothing else happened, couldn't be found."""
        whole = [n for n, fate in enumerate(fates) if fate.endswith(IN_USE)]
        if not whole:
            return
        n = self.rng.choice(whole)
        checked, year = self._inventory(dossier)
        self.changes.append(
            f"{first + n}\t{checked}\t{unit.recorder}\tKhông tìm thấy khi kiểm kê năm {year}\t{EntryKind.LOST}"
            f"\t{checked[:10]}\tBB {self.rng.randint(1, 20):02}/BB-KK-{year}\t{Status.IN_USE}\t{seats[n]}\n"
        )
        fates[n] = f"{seats[n]}\t{Status.LOST}\t{Condition.GOOD}\t2"

    def _inventory(self, dossier: Dossier) -> tuple[str, int]:
        """When the unit looked at its devices at the end of one of the years since, and which year."""
        after = self._inventories[bisect_right(self._inventories, dossier.recorded_day) :] or [self.days.last]
        day = self.days.dates[self.rng.choice(after)]
        return at(day, 420), day.year
