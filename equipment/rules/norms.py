"""Norms as the decisions word them (QĐ 50/2017, QĐ 15/2025, QĐ 10/2026/QĐ-TTg). Pure: no database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import models


class Scope(models.TextChoices):
    """For whom a figure counts."""

    PERSON = "person", "mỗi người"
    ROOM = "room", "mỗi phòng"
    STAFF = "staff", "số người của đơn vị"
    UNIT = "unit", "mỗi đơn vị"


GROUPS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
"""From the highest down."""


@dataclass(frozen=True)
class Limit:
    """One figure. `items` are the categories that share it: one of a desktop, a laptop or a tablet, say."""

    scope: Scope
    items: frozenset[str]
    quantity: int | None
    group: str = ""
    per: int | None = None
    counted: frozenset[str] = frozenset()
    ceiling: Decimal | None = None
    valid_from: date = date.min


@dataclass(frozen=True)
class Item:
    """A device as the norms see it: `functions` are the categories against which it counts."""

    code: str
    functions: frozenset[str]
    price: Decimal = Decimal(0)
    issued_on: date = date.min


@dataclass(frozen=True)
class Standing:
    """How one limit stands: `kept` are those above it that were issued before it held and stay until their disposal."""

    limit: Limit
    allowed: int
    has: int
    kept: int = 0
    devices: Sequence[Item] = field(default=(), repr=False)

    @property
    def excess(self) -> int:
        """How many are too many, beyond those that stay legal."""
        return max(0, self.has - self.allowed - self.kept)

    @property
    def shortage(self) -> int:
        return max(0, self.allowed - self.has)


def highest(groups: Iterable[str]) -> str:
    """Who has several posts has the norm of the highest only; empty when none is known."""
    known = [group for group in groups if group in GROUPS]
    return min(known, key=GROUPS.index) if known else ""


def share(quantity: int, per: int, people: int) -> int:
    """So many for each `per` people, the quotient rounded up (0,21 → 1; 9,68 → 10)."""
    return quantity * -(-people // per)


def functions_of(category: str, above: Mapping[str, str], counts: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The categories against which a device counts: its own, those above it, and each function that it integrates."""
    found = {category, *counts.get(category, ())}
    while category := above.get(category, ""):
        found.add(category)
    return frozenset(found)


def person_limits(limits: Iterable[Limit], group: str) -> list[Limit]:
    """What a person of `group` may have."""
    return [limit for limit in limits if limit.scope == Scope.PERSON and limit.group == group]


def counting(limit: Limit, devices: Iterable[Item]) -> list[Item]:
    """The devices that count against a limit."""
    return [device for device in devices if device.functions & limit.items]


def beyond_person(limits: Iterable[Limit], group: str, devices: Iterable[Item]) -> list[Item]:
    """Of a person's devices those that the personal norm doesn't cover: they count for the room or the unit."""
    own = person_limits(limits, group)
    return [device for device in devices if not any(device.functions & limit.items for limit in own)]


def standing(limit: Limit, allowed: int, devices: Iterable[Item]) -> Standing:
    """How a limit stands with these devices. What was issued before the limit held stays legal (Đ3.2b QĐ 10/2026)."""
    counted = counting(limit, devices)
    before = sum(device.issued_on < limit.valid_from for device in counted)
    kept = max(0, min(before, len(counted) - allowed))
    return Standing(limit, allowed, len(counted), kept, counted)


def of_person(limits: Sequence[Limit], group: str, devices: Sequence[Item]) -> list[Standing]:
    """How the personal norms of `group` stand; nothing where the group isn't known."""
    return [
        standing(limit, limit.quantity, devices) for limit in person_limits(limits, group) if limit.quantity is not None
    ]


def of_room(limits: Sequence[Limit], devices: Sequence[Item]) -> list[Standing]:
    """How the norms of a room stand with what is in it, personal devices left out."""
    return [
        standing(limit, limit.quantity, devices)
        for limit in limits
        if limit.scope == Scope.ROOM and limit.quantity is not None
    ]


def of_unit(limits: Sequence[Limit], people: Mapping[str, int], devices: Sequence[Item]) -> list[Standing]:
    """How the norms of a unit stand: those for so many people (`people`: how many of each group), and its own."""
    found = []
    for limit in limits:
        if limit.quantity is None:
            continue
        if limit.scope == Scope.UNIT:
            found.append(standing(limit, limit.quantity, devices))
        elif limit.scope == Scope.STAFF:
            counted = sum(n for group, n in people.items() if not limit.counted or group in limit.counted)
            found.append(standing(limit, share(limit.quantity, limit.per or 1, counted), devices))
    return found


def dear(limits: Iterable[Limit], device: Item, *, software: Decimal = Decimal(0)) -> Decimal | None:
    """The ceiling that the device's price is above, or None.

    Ceilings are without operating system and software: `software` is what the price has of them. Where several limits
    bear on it, the highest ceiling counts: the price is too high only if no norm allows it.
    """
    ceilings = [limit.ceiling for limit in limits if limit.ceiling is not None and device.functions & limit.items]
    if not ceilings or device.price - software <= max(ceilings):
        return None
    return max(ceilings)
