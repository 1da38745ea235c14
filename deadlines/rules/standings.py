"""How obligations stand, how well a unit keeps its terms, and who keeps them best. Pure."""

from collections.abc import Hashable, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from django.db import models

from deadlines.rules import State, is_overdue

Key = TypeVar("Key", bound=Hashable)


class Stand(models.TextChoices):
    """How one obligation stands today: the states, with what is open parted by its due day. Each has exactly one."""

    RUNNING = "running", "Đang trong hạn"
    OVERDUE = "overdue", "Quá hạn"
    IN_TIME = "fulfilled", "Đúng hạn"
    LATE = "fulfilled_late", "Trễ hạn"
    WAIVED = "waived", "Được miễn"


TONES = {
    Stand.RUNNING: "info",
    Stand.OVERDUE: "bad",
    Stand.IN_TIME: "ok",
    Stand.LATE: "warn",
    Stand.WAIVED: "muted",
}
COUNTED = (Stand.IN_TIME, Stand.LATE, Stand.OVERDUE)
"""What the on-time rate is made of: what was waived, and what still has time, says nothing of anybody."""


def stand_of(*, state: str, due: date, today: date) -> Stand:
    """How an obligation in that state stands."""
    if state == State.OPEN:
        return Stand.OVERDUE if is_overdue(state=state, due=due, today=today) else Stand.RUNNING
    return Stand(state)


@dataclass(frozen=True)
class Standing:
    """How many obligations stand how."""

    running: int = 0
    overdue: int = 0
    in_time: int = 0
    late: int = 0
    waived: int = 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def of(self, stand: Stand) -> int:
        """How many stand so."""
        return int(getattr(self, stand.name.lower()))

    @property
    def total(self) -> int:
        """All of them."""
        return sum(astuple(self))

    @property
    def counted(self) -> int:
        """What the rate is made of."""
        return sum(self.of(stand) for stand in COUNTED)

    @property
    def rate(self) -> Fraction | None:
        """What part was done in time of what was to be done by now; None where nothing was."""
        return on_time_rate(in_time=self.in_time, late=self.late, overdue=self.overdue)


def on_time_rate(*, in_time: int, late: int, overdue: int) -> Fraction | None:
    """In time / (in time + late + overdue), exact; None where nothing was to be done."""
    counted = in_time + late + overdue
    return Fraction(in_time, counted) if counted else None


def percent(rate: Fraction) -> Fraction:
    """In tenths of a percent, rounded down: only who did everything in time has 100."""
    return Fraction(int(rate * 1000), 10)


def ranks(rates: Mapping[Key, Fraction | None]) -> dict[Key, int]:
    """The place of each by its exact rate, the best first; equal ones share a place, without a rate there is none."""
    known = {key: rate for key, rate in rates.items() if rate is not None}
    better = sorted(known.values(), reverse=True)
    return {key: better.index(rate) + 1 for key, rate in known.items()}
