"""Who got how many devices and when: units, sizes, working days. Pure but for the units it is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import NamedTuple

from accounts.demo import ACCOUNTS, BA_DINH, HANOI, HOAN_KIEM, IT_CENTER, person
from deadlines.rules import WorkingCalendar
from equipment.demo.market import FIRST_YEAR, Buyer
from orgs.rules import UnitKind

HO_CHI_MINH_CITY = "79"
AHEAD = 40  # days after today for which due dates are needed
TERM = 3  # working days (art. 7)
BUYERS = {UnitKind.HQ_UNIT: Buyer.HEAD_OFFICE, UnitKind.PROVINCE: Buyer.PROVINCE, UnitKind.DISTRICT: Buyer.DISTRICT}
SIZES = {Buyer.DISTRICT: 1.0, Buyer.PROVINCE: 4.0, Buyer.HEAD_OFFICE: 2.2, Buyer.IT_CENTER: 22.0}
STAFF = {Buyer.DISTRICT: (14, 34), Buyer.PROVINCE: (70, 140), Buyer.HEAD_OFFICE: (25, 60), Buyer.IT_CENTER: (120, 160)}
# Larger than their kind, or looked at in demonstrations.
FACTORS = {HANOI: 2.5, HO_CHI_MINH_CITY: 2.5, BA_DINH: 6.0, HOAN_KIEM: 3.0}
MOST_IN_ONE_INTAKE = 40
SHOWN = frozenset(account.unit for account in ACCOUNTS)
RECENT = (8, 30, 75)  # working days since the last hand-overs of a unit that people log in to
ADDRESSES = 254  # of a block of 256, without the first and the last
# Money is spent at the end of the year.
MONTHS = (2, 2, 4, 5, 6, 7, 7, 8, 9, 11, 17, 22)
YEARS = (6, 6, 7, 9, 11, 12, 11, 11, 10, 10, 9)


@dataclass(slots=True)
class Unit:
    """An agency and its running numbers. `staff` are people with their rooms, as COPY writes the two columns."""

    pk: int
    code: str
    buyer: Buyer
    recorder: int
    place: str
    receiver: str
    begins: date | None = None
    rooms: Sequence[int] = ()
    staff: list[str] = field(default_factory=list)
    devices: int = 0
    next_code: int = 1
    next_address: int = 0  # counts hosts, ADDRESSES to a block
    intakes: dict[int, int] = field(default_factory=dict)  # year → numbers given out

    def number(self, year: int) -> int:
        """The next number of an intake recorded in `year`."""
        self.intakes[year] = self.intakes.get(year, 0) + 1
        return self.intakes[year]


class Delivery(NamedTuple):
    """One hand-over. `day` counts in the working days."""

    day: int
    unit: int
    size: int


class Days:
    """The working days since the first year, and which of them is the last before today."""

    def __init__(self, calendar: WorkingCalendar, today: date) -> None:
        every = (date(FIRST_YEAR, 1, 4) + timedelta(n) for n in range((today - date(FIRST_YEAR, 1, 4)).days + AHEAD))
        self.dates = [day for day in every if calendar.is_working(day)]
        self.now = sum(day <= today for day in self.dates) - 1
        self.last = sum(day < today for day in self.dates) - 1

    def due(self, day: int) -> date:
        """By when a hand-over of that day has to be recorded."""
        return self.dates[day + TERM]


def share_out(units: Sequence[Unit], devices: int, rng: Random) -> None:
    """Give each unit its number of devices, in proportion to its size; they add up to `devices` exactly."""
    weights = [
        SIZES[unit.buyer] * FACTORS.get(unit.code, 1.0) * rng.lognormvariate(0, 0.3 if unit.code not in FACTORS else 0)
        for unit in units
    ]
    least = 1 if devices >= len(units) else 0
    spread = devices - least * len(units)
    parts = [weight / sum(weights) * spread for weight in weights]
    for unit, part in zip(units, parts, strict=True):
        unit.devices = least + int(part)
    missing = devices - sum(unit.devices for unit in units)
    for n in sorted(range(len(units)), key=lambda n: int(parts[n]) - parts[n])[:missing]:
        units[n].devices += 1


def settle(units: Sequence[Unit], rng: Random) -> None:
    """Give each unit its people and its part of the network."""
    address = 0
    for unit in units:
        rooms = [str(room) for room in unit.rooms] or ["\\N"]
        unit.staff = [f"{person(rng)}\t{rooms[n % len(rooms)]}" for n in range(rng.randint(*STAFF[unit.buyer]))]
        unit.next_address = address * ADDRESSES
        address += -(-unit.devices // ADDRESSES) + 1


def deliveries(units: Sequence[Unit], days: Days, rng: Random) -> list[Delivery]:
    """All hand-overs in the order of their days, so that numbers grow with time in the whole country."""
    usable = range(days.last + 1)
    weights = [
        MONTHS[days.dates[n].month - 1] * YEARS[min(days.dates[n].year - FIRST_YEAR, len(YEARS) - 1)] for n in usable
    ]
    cumulated = list(accumulate(weights))
    found: list[Delivery] = []
    for index, unit in enumerate(units):
        sizes = list(_sizes(unit.devices, rng))
        chosen = rng.choices(usable, cum_weights=cumulated, k=len(sizes))
        if unit.begins:
            first = next(n for n in usable if days.dates[n] >= unit.begins)
            chosen = [day if day >= first else first + day % (days.last - first) for day in chosen]
        if unit.code in SHOWN and len(chosen) > len(RECENT):
            chosen[: len(RECENT)] = [days.last - ago for ago in RECENT]
        found += [Delivery(day, index, size) for day, size in zip(chosen, sizes, strict=True)]
    return sorted(found)


def _sizes(devices: int, rng: Random) -> Iterator[int]:
    """Sizes of a unit's intakes: few and small for a few devices, more and larger for many."""
    if not devices:
        return
    usual = min(MOST_IN_ONE_INTAKE, max(3, devices**0.5 * 1.1))
    parts = max(1, round(devices / usual))
    cuts = sorted(rng.sample(range(1, devices), parts - 1))
    yield from (last - first for first, last in zip([0, *cuts], [*cuts, devices], strict=True))


def buyer_of(*, code: str, kind: str) -> Buyer:
    """What kind of buyer a unit is."""
    return Buyer.IT_CENTER if code == IT_CENTER else BUYERS[UnitKind(kind)]
