"""Panels of the dashboard: each app offers what is told of its work in the units that are shown.

A panel asks one query. They register from their AppConfig.ready, so that the dashboard knows none of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ui.bars import Part
from ui.links import Link


@dataclass(frozen=True)
class Number:
    """A number with its words; `url` leads to what it counts, `tone` is "", "warn" or "bad"."""

    text: str
    label: str
    url: str = ""
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Segment:
    """A piece of the panel's bar, told in its legend."""

    label: str
    text: str
    url: str
    tone: str


@dataclass(frozen=True)
class Panel:
    """What one app tells; `link` leads to the pages that tell more."""

    key: str
    title: str
    numbers: Sequence[Number] = ()
    parts: Sequence[Part] = ()
    segments: Sequence[Segment] = ()
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Where:
    """Of which units is told: the one with `code` and everything below it (keys in `units`); of all that `user` sees
    when there is no single one on top. `units` is None where nothing needs to be narrowed."""

    user: Any
    today: date
    code: str = ""
    name: str = ""
    units: Sequence[int] | None = None
    alone: int | None = None  # the key of the unit when there is nothing below it

    def narrowed(self, rows: Any, key: str = "unit") -> Any:
        """Those of `rows` that belong to these units."""
        return rows if self.units is None else rows.filter(**{f"{key}__in": self.units})

    @property
    def asked(self) -> dict[str, str]:
        """What lists are asked for these units."""
        return {"unit": self.code} if self.code and self.units is not None else {}


Offer = Callable[[Where], Panel | None]

_offers: list[tuple[int, Offer]] = []


def offer(make: Offer, *, position: int) -> None:
    """Have the dashboard show a panel; the offer gives None where there is nothing to tell."""
    _offers.append((position, make))


def panels(where: Where) -> list[Panel]:
    """The panels of the dashboard, in the order of their positions."""
    return [panel for _, make in sorted(_offers, key=lambda one: one[0]) if (panel := make(where))]
