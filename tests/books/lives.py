"""Lives of devices over a tree of units, made by the public actions, and what the books must then say.

Beside the product stands a model of it: where each device is and what it is worth. It knows nothing of entries.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rules import Kind
from core.errors import DomainError
from core.models import DocumentKind
from equipment.models import Equipment, LedgerEntry
from equipment.rules.figures import OFF_THE_BOOKS
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from repairs.actions import results
from repairs.models import RepairLine
from tests import world as w
from tests.disposals import support as disposals
from tests.equipment.support import taken_in
from tests.repairs import support as repairs
from tests.transfers import support as transfers
from transfers.rules import Arrival, Outcome, Result

ENDS = ("repaired", "replaced", "upgraded", "beyond_repair", "not_done")
Place = tuple[int | None, int]
"""The unit's key (None: on nobody's books) and the value."""


@dataclass
class Country:
    """The units of a random tree with a clerk each, and the model of their devices."""

    world: w.World
    clerks: list[str] = field(default_factory=list)
    places: dict[int, Place] = field(default_factory=dict)
    log: list[tuple[date, int, Place]] = field(default_factory=list)
    made: int = 0

    def by(self, unit: int) -> User:
        return self.world.users[self.clerks[unit % len(self.clerks)]]

    def clerk_of(self, device: Equipment) -> str:
        return next(name for name in self.clerks if self.world.users[name].unit_id == device.unit_id)

    def put(self, device: Equipment, unit: int | None, value: int, *, on: date | None = None) -> None:
        """The device has come to stand there, today or on an earlier day."""
        self.places[device.pk] = (unit, value)
        self.log.append((on or timezone.localdate(), device.pk, (unit, value)))

    def standing(self, *statuses: Status) -> list[Equipment]:
        return list(Equipment.objects.filter(status__in=statuses).select_related("unit", "category").order_by("pk"))

    def serial(self) -> str:
        self.made += 1
        return f"SN{self.made:05}"


def grow(shape: list[int]) -> Country:
    """Provinces and districts as `shape` draws them: 0 is another province, else a district of one that is there."""
    country = Country(w.make_world())
    world, root = country.world, country.world.units["00"]
    provinces = [world.units["01"], world.units["48"]]
    for at, drawn in enumerate(shape):
        kind = UnitKind.DISTRICT if drawn else UnitKind.PROVINCE
        parent = provinces[drawn % len(provinces)] if drawn else root
        parent.refresh_from_db()
        unit = OrgUnit(code=f"{90 + at}", name=f"Đơn vị {at}", kind=kind)
        world.units[unit.code] = OrgUnit.objects.add_child(parent, instance=unit)
        world.users[f"clerk{at}"] = w.make_user(f"clerk{at}", world.units[unit.code], Kind.BUSINESS)
        if not drawn:
            provinces.append(world.units[unit.code])
    names = ("nghiepvu_badinh", "nghiepvu_hoankiem", "nghiepvu_danang", *(f"clerk{n}" for n in range(len(shape))))
    country.clerks = list(names)
    return country


def intake(country: Country, rng: Random) -> None:
    by, price = country.by(rng.randrange(100)), rng.choice([0, 1, 9_999_999, 14_500_000, 10**12])
    serials = [country.serial() for _ in range(rng.randint(1, 3))]
    for device in w.devices(taken_in(country.world, by, serials, line={"unit_price": price})):
        country.put(device, device.unit_id, price)


def repair(country: Country, rng: Random) -> None:
    device = rng.choice(country.standing(Status.IN_STOCK, Status.IN_USE))
    by, end = country.world.users[country.clerk_of(device)], rng.choice(ENDS)
    dossier = repairs.sent([device], by, kind="upgrade" if end == "upgraded" else "repair", on=timezone.localdate(),
                           opened_on=timezone.localdate())  # fmt: skip
    price = int(device.original_price) + rng.choice([-5, 1, 3_000_000])
    said: dict[str, Any] = {**repairs.RESULTS[end], "cost": 0}
    said |= {"new_serial": country.serial()} if end == "replaced" else {}
    said |= {"new_price": price} if end == "upgraded" else {}
    line = RepairLine.objects.get(repair=dossier)
    dossier = results.record_results(
        dossier, header={"returned_on": timezone.localdate()}, results={line.pk: said}, by=by, version=dossier.version
    )
    repairs.paper(dossier, by, DocumentKind.REPAIR_MINUTES, DocumentKind.VALUE_MINUTES)
    results.finish(dossier, by=by, version=dossier.version)
    if end == "upgraded":
        country.put(device, device.unit_id, price)


def transfer(country: Country, rng: Random) -> None:
    first = rng.choice(country.standing(Status.IN_STOCK, Status.IN_USE))
    mine = [d for d in country.standing(Status.IN_STOCK, Status.IN_USE) if d.unit_id == first.unit_id]
    chosen = sorted({first, *rng.sample(mine, min(len(mine), 2))}, key=lambda device: device.code)
    sender = country.clerk_of(first)
    receiver = rng.choice([name for name in country.clerks if name != sender])
    there = country.world.users[receiver].unit
    dossier = transfers.handed_over(country.world, chosen, by=sender, to=there.code)
    missing = rng.random() < 0.4
    fate = rng.choice([Result.REFUSED, Result.MISSING])
    other = {"p1": Arrival(fate, "Không đúng")} if missing else {}
    transfers.receive(country.world, dossier, by=receiver, **other)
    for device in chosen[1:] if missing else chosen:
        country.put(device, there.pk, country.places[device.pk][1])
    if missing:
        lost = fate == Result.MISSING and rng.random() < 0.5
        transfers.settle(country.world, dossier, by=sender, p1=Outcome.LOST if lost else Outcome.RETURNED)
        if lost:
            country.put(chosen[0], None, country.places[chosen[0].pk][1])


def dispose(country: Country, rng: Random) -> None:
    device = rng.choice(country.standing(Status.IN_STOCK, Status.IN_USE, Status.PENDING_DISPOSAL))
    disposals.closed([device], country.world.users[country.clerk_of(device)])
    country.put(device, None, country.places[device.pk][1])


def lose(country: Country, rng: Random) -> None:
    device = rng.choice(country.standing(Status.IN_STOCK, Status.IN_USE))
    day = timezone.localdate() - timedelta(days=rng.choice([0, 0, 3, 60]))  # noticed late
    disposals.lost([device], country.world.users[country.clerk_of(device)], happened_on=day)
    country.put(device, None, country.places[device.pk][1], on=day)


def find(country: Country, rng: Random) -> None:
    device = rng.choice(country.standing(Status.LOST))
    disposals.found([device], country.world.users[country.clerk_of(device)])
    country.put(device, device.unit_id, country.places[device.pk][1])


def use(country: Country, rng: Random) -> None:
    device = rng.choice(country.standing(Status.IN_STOCK))
    disposals.use([device], country.world.users[country.clerk_of(device)])


STEPS = {step.__name__: step for step in (intake, repair, transfer, dispose, lose, find, use)}


def act(country: Country, name: str, seed: int) -> bool:
    """One step of some device's life; whether there was one to take."""
    before = dict(country.places), list(country.log)
    try:
        with transaction.atomic():
            STEPS[name](country, Random(seed))
    except (DomainError, IndexError):  # a rule stands against it, or no device is in such a state
        country.places, country.log = before
        return False
    return True


def check(country: Country) -> None:
    """The books against the model: every device, every year of every unit and category, all transfers."""
    devices = {device.pk: device for device in Equipment.objects.all()}
    assert set(devices) == set(country.places)
    for pk, (unit, value) in country.places.items():
        device = devices[pk]
        assert (device.status in OFF_THE_BOOKS) == (unit is None), device
        assert device.original_price == value
        assert unit in {None, device.unit_id}
    entries = list(LedgerEntry.objects.order_by("effective_date", "id"))
    _check_devices(entries, country)
    _check_years(entries, devices, country)
    moved = [entry for entry in entries if entry.kind.startswith("transfer")]
    assert (sum(entry.quantity for entry in moved), sum(entry.value for entry in moved)) == (0, 0)


def _check_devices(entries: list[LedgerEntry], country: Country) -> None:
    held: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        running = held[entry.equipment_id, entry.unit_id]
        running[0] += entry.quantity
        running[1] += int(entry.value)
        assert running[0] in {0, 1}, entry
        assert running[1] >= 0, entry
    there = {key: value for key, (quantity, value) in held.items() if quantity}
    assert there == {(pk, unit): value for pk, (unit, value) in country.places.items() if unit is not None}
    assert not any(value for quantity, value in held.values() if not quantity)


def _check_years(entries: list[LedgerEntry], devices: dict[int, Equipment], country: Country) -> None:
    years = sorted({entry.effective_date.year for entry in entries})
    if not years:
        return
    closing: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for year in range(years[0], years[-1] + 1):
        for entry in entries:
            if entry.effective_date.year == year:
                sums = closing[entry.unit_id, entry.category_id]
                sums[0] += entry.quantity  # increases less decreases upon the opening
                sums[1] += int(entry.value)
        expected: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
        for pk, (unit, value) in {pk: place for day, pk, place in country.log if day.year <= year}.items():
            if unit is not None:
                expected[unit, devices[pk].category_id][0] += 1
                expected[unit, devices[pk].category_id][1] += value
        assert {key: sums for key, sums in closing.items() if any(sums)} == {
            k: v for k, v in expected.items() if any(v)
        }
