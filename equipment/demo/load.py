"""The whole demonstration in one transaction: it is there entirely or not at all."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.demo import make_accounts, make_former, person
from accounts.models import User
from core.models import Counter, Document, Event
from deadlines.models import Obligation
from deadlines.queries import calendar
from equipment.actions import tally
from equipment.demo import derived, papers
from equipment.demo.bulk import copy, copying, execute, finish, unindexed
from equipment.demo.devices import EQUIPMENT_COLUMNS, Devices
from equipment.demo.dossiers import INTAKE_COLUMNS, LINE_COLUMNS, OBLIGATION_COLUMNS, Dossiers
from equipment.demo.drafts import add_drafts
from equipment.demo.fates import CHANGE_COLUMNS, CHANGE_TABLE
from equipment.demo.market import Market
from equipment.demo.plan import SHOWN, Days, Delivery, Unit, buyer_of, deliveries, settle, share_out
from equipment.models import Category, Equipment, Intake, IntakeLine, LedgerEntry, SerialClash, Tally
from equipment.rules.numbers import ASSET, intake_key
from orgs.models import OrgUnit
from orgs.rules import UnitKind

MARK = "demo.loaded"
CHUNK = 100_000  # devices generated and copied at a time
MOST_CLASHES = 36
LOCK = 375_2020  # whoever holds it loads; the other waits and finds it done
TABLES: tuple[type[models.Model], ...] = (Intake, IntakeLine, Equipment, LedgerEntry, Obligation, Event, Document)
HISTORIES = tuple(m.history.model for m in (Intake, IntakeLine, Equipment, Obligation))
Say = Callable[[str], None]


class RefusedError(Exception):
    """The database isn't one to put a demonstration into."""


class AlreadyLoadedError(Exception):
    """The demonstration stands in the database already."""


@dataclass(frozen=True)
class Summary:
    """What was made."""

    devices: int
    intakes: int
    entries: int
    history: int
    documents: int
    clashes: int
    seconds: float

    @property
    def rate(self) -> float:
        """Devices per second, with everything that belongs to them."""
        return self.devices / self.seconds


def load(*, devices: int, seed: int, today: date, say: Say) -> Summary:
    """Make so many devices with all that belongs to them; the same `seed` and `today` give the same data.

    Raises RefusedError outside demo mode and for a database that holds anything but units and catalogue,
    AlreadyLoadedError the second time.
    """
    started = time.monotonic()
    with transaction.atomic():
        execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        _check()
        rng = Random(seed)  # noqa: S311 - data to look at, no secret
        days = Days(calendar(), today)
        units = _units(today, rng)
        share_out(units, devices, rng)
        settle(units, rng)
        say(f"{len(units)} units share {devices} devices")
        subject_type = ContentType.objects.get_for_model(Intake).pk
        dossiers = Dossiers(days=days, subject_type=subject_type, rng=rng)
        maker = Devices(
            market=Market(last_year=today.year),
            days=days,
            dossiers=dossiers,
            rng=rng,
            clash_every=max(50, devices // MOST_CLASHES),
        )
        with unindexed((*TABLES, *HISTORIES)):
            execute(CHANGE_TABLE)
            scans = _write(units, deliveries(units, days, rng), maker, dossiers, say)
            add_drafts(units, maker, dossiers, days, rng)
            _flush(maker, dossiers)
            derived.write(subject_type)
            execute("DROP TABLE demo_change")
            say("History, ledger and events written; building the indexes")
        _count(units)
        _clash(maker)
        with papers.filed(scans):
            say(f"{len(scans)} scanned minutes filed")
            tally.fold()
            finish((*TABLES, *HISTORIES, Tally))
            root = OrgUnit.objects.get_first_root_node()
            Event.objects.create(
                kind=MARK,
                subject=root,
                unit=root,
                payload={"devices": devices, "seed": seed, "today": today.isoformat()},
                delivered_at=timezone.now(),
            )
            made = _rows()
    seconds = time.monotonic() - started
    return Summary(documents=len(scans), clashes=len(maker.clashes), seconds=seconds, **made)


def _check() -> None:
    if not settings.DEMO:
        raise RefusedError("This is no demonstration: DEMO is off.")
    if Event.objects.filter(kind=MARK).exists():
        raise AlreadyLoadedError("The demonstration data is loaded already.")
    held = [m._meta.verbose_name for m in (User, Intake, Equipment, LedgerEntry, Obligation, Document) if _any(m)]
    if held:
        raise RefusedError(f"The database holds data that isn't the demonstration's: {', '.join(map(str, held))}.")
    if missing := [unit for unit in sorted(SHOWN) if not OrgUnit.objects.filter(code=unit).exists()]:
        raise RefusedError(f"Units are missing ({', '.join(missing)}). Run load_units first.")
    if not _any(Category):
        raise RefusedError("The catalogue is empty. Run load_catalogue first.")


def _any(model: type[models.Model]) -> bool:
    return model._default_manager.exists()


def _units(today: date, rng: Random) -> list[Unit]:
    """The agencies that keep books today. Head office as a whole has none: its units do."""
    agencies = list(
        OrgUnit.objects.agencies()
        .in_force(today)
        .exclude(kind=UnitKind.HQ)
        .select_related("custodian")
        .order_by("path")
    )
    rooms: dict[str, list[int]] = defaultdict(list)
    for room in OrgUnit.objects.in_force(today).filter(kind=UnitKind.DEPARTMENT).order_by("path"):
        rooms[room.path[: -OrgUnit.steplen]].append(room.pk)
    recorders = make_accounts()
    recorders |= make_former([a for a in agencies if not a.custodian and a.code not in recorders], rng)
    return [
        Unit(
            pk=agency.pk,
            code=agency.code,
            buyer=buyer_of(code=agency.code, kind=agency.kind),
            recorder=recorders[agency.custodian.code if agency.custodian else agency.code].pk,
            place=f"Trụ sở {agency.name}",
            receiver=person(rng),
            begins=agency.valid_from,
            rooms=rooms[agency.path],
        )
        for agency in agencies
    ]


def _write(
    units: Sequence[Unit], plan: Sequence[Delivery], maker: Devices, dossiers: Dossiers, say: Say
) -> list[papers.Paper]:
    shown: list[papers.Paper] = []
    others: list[papers.Paper] = []
    for chunk in _chunks(plan):
        with copying(Equipment._meta.db_table, EQUIPMENT_COLUMNS) as into:
            for day, index, size in chunk:
                unit = units[index]
                dossier = dossiers.confirmed(unit, day)
                into.write("".join(maker.of(unit, dossier, size)))
                scan = papers.Paper(dossier.pk, dossier.number, unit.pk, unit.recorder, dossier.recorded_at)
                (shown if unit.code in SHOWN else others).append(scan)
        _flush(maker, dossiers)
        say(f"{maker.made} devices written")
    return papers.choose(shown, others)


def _chunks(plan: Sequence[Delivery]) -> Iterator[list[Delivery]]:
    chunk: list[Delivery] = []
    size = 0
    for delivery in plan:
        chunk.append(delivery)
        size += delivery.size
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _flush(maker: Devices, dossiers: Dossiers) -> None:
    intakes, lines, obligations = dossiers.take()
    copy(Intake, INTAKE_COLUMNS, intakes)
    copy(IntakeLine, LINE_COLUMNS, lines)
    copy(Obligation, OBLIGATION_COLUMNS, obligations)
    with copying("demo_change", CHANGE_COLUMNS) as into:
        into.write("".join(maker.fates.take()))


def _count(units: Sequence[Unit]) -> None:
    """The units' running numbers go on after those given out here."""
    Counter.objects.bulk_create(
        Counter(unit_id=unit.pk, key=key, value=value)
        for unit in units
        for key, value in (
            (ASSET, unit.next_code - 1),
            *((intake_key(year), number) for year, number in sorted(unit.intakes.items())),
        )
        if value
    )


def _clash(maker: Devices) -> None:
    root = OrgUnit.objects.get_first_root_node()
    SerialClash.objects.bulk_create(
        SerialClash(unit=root, serial=clash.serial, equipment_id=clash.new, other_id=clash.other)
        for clash in maker.clashes
    )


def _rows() -> dict[str, int]:
    tables = {"devices": Equipment, "intakes": Intake, "entries": LedgerEntry, "history": HISTORIES[2]}
    with connection.cursor() as cursor:
        counts = {}
        for name, model in tables.items():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - a table's name
            (counts[name],) = cursor.fetchone()
    return counts
