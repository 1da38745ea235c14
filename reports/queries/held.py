"""What units had on the books at the end of a day, counted together where it is alike, with its wear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from equipment.queries.catalogue import category_codes
from equipment.queries.depreciation import wear_rules
from equipment.rules.depreciation import closed_year
from equipment.rules.figures import last_day
from orgs.models import OrgUnit
from reports.definition import Step, unheard
from reports.queries.annual import TOGETHER, beyond_units, lives_on
from reports.queries.stocks import broken_since, stocks
from reports.queries.wear import Wear, thresholds_of


@dataclass(frozen=True, slots=True)
class Held:
    """Devices of one unit and category that are alike; values of all of them together, in đồng.

    `wear` is what the books say at the end of the day, `worn` how much of it came in the last year that was closed by
    then; `life` the years of use that the category stated on that day.
    """

    unit: int
    category: str
    status: str
    condition: str
    received: int
    count: int
    value: int
    wear: int
    worn: int
    life: int | None


def held_on(units: Sequence[OrgUnit], day: date, *, step: Step = unheard) -> list[Held]:
    """What the units had at the end of that day. The caller got them through a door; a constant number of queries for
    each forty units."""
    found: list[Held] = []
    with beyond_units(units):
        rules, lives, codes = wear_rules(), lives_on(day), category_codes()
        thresholds, before = thresholds_of(rules, day.year), last_day(closed_year(day) - 1)
        wear = Wear(rules, [before, day])
        for start in range(0, len(units), TOGETHER):
            step(start, len(units), "Đang tổng hợp sổ")
            keys = [unit.pk for unit in units[start : start + TOGETHER]]
            broken = broken_since(keys, [before, day])
            stopped = sorted({pk for since in broken.values() for pk in since})
            held = [one for one in stocks(keys, day, day, thresholds=thresholds, broken=stopped) if one.closed]
            wear.read((pk for one in held for pk in one.apart), broken)
            for one in held:
                now = wear.of(one, day)
                found.append(
                    Held(
                        one.unit,
                        codes[one.category],
                        one.status,
                        one.condition,
                        one.received,
                        one.count,
                        one.worth,
                        now,
                        now - wear.of(one, before),
                        lives.get(one.category),
                    )
                )
    return found
