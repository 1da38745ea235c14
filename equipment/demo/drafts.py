"""Intakes that wait: some due in the next days, some overdue, so that the overview has something to say."""

from collections.abc import Sequence
from random import Random

from accounts.demo import BA_DINH, DA_NANG, HANOI, HOAN_KIEM, OFFICE
from equipment.demo.devices import Devices
from equipment.demo.dossiers import Dossier, Dossiers
from equipment.demo.plan import Days, Unit

# Working days since the hand-over; with three of them the term ends today.
WAITING = {BA_DINH: (5, 2), HANOI: (7, 3), HOAN_KIEM: (1,), DA_NANG: (4,), OFFICE: (2,)}
EVERY = 45  # of the other units one has such a draft
LONGEST = 6


def add_drafts(units: Sequence[Unit], maker: Devices, dossiers: Dossiers, days: Days, rng: Random) -> None:
    """Add them, each with a line or two whose serials are filled in."""
    waiting = [(days.now - ago, unit) for unit in units for ago in WAITING.get(unit.code, ())]
    others = [unit for unit in units if unit.code not in WAITING][::EVERY]
    waiting += [(days.now - rng.randint(1, LONGEST), unit) for unit in others]
    for day, unit in sorted(waiting, key=lambda one: (one[0], one[1].code)):
        dossier = dossiers.draft(unit, day)
        for position in range(1, rng.randint(1, 2) + 1):
            _line(unit, dossier, position, maker, dossiers)


def _line(unit: Unit, dossier: Dossier, position: int, maker: Devices, dossiers: Dossiers) -> None:
    product = maker.pick(unit, dossier)
    quantity = product.quantity[1]
    dossiers.line(
        unit,
        dossier,
        product,
        position=position,
        quantity=quantity,
        price=product.price,
        attributes=product.attributes,
        items=[{"serial": serial} for serial in maker.serials(product, quantity)],
    )
