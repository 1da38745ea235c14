"""How far units are with their yearly reports. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from deadlines.rules.standings import Stand, stand_of
from yearend.rules.flow import State

MISSING = "missing"
"""Instead of a state: no report has been made."""


@dataclass(frozen=True)
class Standing:
    """One unit's report of a year; without a number there is none. `due` is None where nothing is owed."""

    number: str = ""
    state: str = MISSING
    outdated: bool = False
    due: date | None = None
    duty: str = ""
    locked_at: datetime | None = None
    sent_at: datetime | None = None
    accepted_at: datetime | None = None

    def stand(self, today: date) -> Stand | None:
        """How its term stands; None where nothing is owed."""
        return stand_of(state=self.duty, due=self.due, today=today) if self.due else None


@dataclass(frozen=True)
class Counts:
    """How many units have come how far. The states and `missing` add up to `total`; the others go across them."""

    total: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    stands: Mapping[str, int] = field(default_factory=dict)
    outdated: int = 0

    def of(self, state: str) -> int:
        """How many are in that state, or have no report."""
        return self.states.get(state, 0)

    @property
    def missing(self) -> int:
        """How many have no report."""
        return self.of(MISSING)

    @property
    def done(self) -> int:
        """How many have sent theirs, and not been sent it back."""
        return self.of(State.SENT) + self.of(State.ACCEPTED)

    @property
    def overdue(self) -> int:
        """How many should have sent theirs by now."""
        return self.stands.get(Stand.OVERDUE, 0)

    @property
    def late(self) -> int:
        """How many have sent theirs after their day."""
        return self.stands.get(Stand.LATE, 0)


def counted(standings: Iterable[Standing], today: date) -> Counts:
    """What several units add up to."""
    total = outdated = 0
    states: dict[str, int] = {}
    stands: dict[str, int] = {}
    for one in standings:
        total += 1
        states[one.state] = states.get(one.state, 0) + 1
        outdated += one.outdated
        if stand := one.stand(today):
            stands[stand] = stands.get(stand, 0) + 1
    return Counts(total, states, stands, outdated)
