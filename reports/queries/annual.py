"""The figures of units between two days, by category: what a yearly report freezes and what reports of the books show.

Everything is counted from what is never changed: the books, the devices' history and the validity of the rules. So
what is counted today of a past day is what was counted then, unless something with an earlier date came in since;
closed books let nothing in (docs/adr/0016-reports-as-of.md).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from core.scope import elevated, wall_reads
from equipment.models import Category
from equipment.queries.catalogue import category_codes, kinds
from equipment.queries.depreciation import wear_rules
from equipment.queries.norms import ISSUED, Book
from equipment.queries.standings import lines as standings
from equipment.rules.figures import first_day, last_day
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit
from reports.definition import Step, unheard
from reports.queries.flows import flows
from reports.queries.stocks import Stock, broken_since, end_of, stocks
from reports.queries.wear import Wear, thresholds_of
from reports.rules.annual import DECREASES, AnnualLine

TOGETHER = 40
"""Units that are asked for at once: a province with its districts mostly."""

Figures = dict[str, int]
Place = tuple[int, int]  # unit, category


def lines_by_unit(units: Sequence[OrgUnit], year: int, *, step: Step = unheard) -> dict[int, dict[str, AnnualLine]]:
    """The lines of each unit by the code of the category, for that year, from what is known of its 31 December.

    The caller got the units through a door: it is elevated or its scope reads them all, else PermissionDenied.
    `step` is told of each forty units.
    """
    return lines_between(units, first_day(year), last_day(year), step=step)


def lines_between(
    units: Sequence[OrgUnit], first: date, last: date, *, norms: bool = True, step: Step = unheard
) -> dict[int, dict[str, AnnualLine]]:
    """The same for any days: the opening is what stood before `first`, the closing what stood at the end of `last`.

    A norm that several categories share stands in the line of the first of them in the order of the catalogue, with
    everything that counts against it; `norms` False leaves norms out. The number of queries doesn't grow with devices.
    """
    with beyond_units(units):
        return _lines(units, first, last, norms=norms, step=step)


@contextmanager
def beyond_units(units: Sequence[OrgUnit]) -> Iterator[None]:
    """Out of the walls, to count what stands on the books of units that the caller reads; else PermissionDenied.

    The wear of a device began in units before this one, whose rows the reader of this one may not see; and what has
    gone to other units since is theirs, though it was this one's on that day.
    """
    if not wall_reads([unit.pk for unit in units]):
        raise PermissionDenied
    with elevated("reports: figures of units that the caller reads, of devices that came from others or went there"):
        yield


def _lines(
    units: Sequence[OrgUnit], first: date, last: date, *, norms: bool, step: Step
) -> dict[int, dict[str, AnnualLine]]:
    rules, lives, codes = wear_rules(), lives_on(last), category_codes()
    thresholds, wear = thresholds_of(rules, last.year), Wear(rules, [first - timedelta(days=1), last])
    book = Book.of(last) if norms else None
    order = list(codes.values())
    found: dict[int, dict[str, AnnualLine]] = {}
    step(0, len(units), "Đang tổng hợp sổ")
    for start in range(0, len(units), TOGETHER):
        some = units[start : start + TOGETHER]
        keys = [unit.pk for unit in some]
        figures: dict[tuple[int, str], Figures] = defaultdict(lambda: defaultdict(int))
        for (unit, category), one in _of_books(keys, first, last, wear, thresholds, lives).items():
            figures[unit, codes[category]] = one
        for unit in some if book else ():
            for code, name, many in _of_norms(unit, last, book, order):
                figures[unit.pk, code][name] += many
        for unit in some:
            found[unit.pk] = {}
        for (unit, code), one in sorted(figures.items()):
            if any(one.values()):
                found[unit][code] = AnnualLine(**one)
        step(start + len(some), len(units), "Đang tổng hợp sổ")
    return found


def _of_books(
    units: Sequence[int], first: date, last: date, wear: Wear, thresholds: dict[int, int], lives: dict[int, int]
) -> dict[Place, Figures]:
    before = first - timedelta(days=1)
    found: dict[Place, Figures] = defaultdict(lambda: defaultdict(int))
    for flow in flows(units, first, last):
        sign = -1 if flow.name in DECREASES else 1
        one = found[flow.unit, flow.category]
        one[f"{flow.name}_quantity"] += sign * flow.quantity
        one[f"{flow.name}_value"] += sign * flow.value
        one["closing_quantity"] += flow.quantity
        one["closing_value"] += flow.value
    broken = broken_since(units, [before, last])
    stopped = sorted({pk for since in broken.values() for pk in since})
    held = stocks(units, first, last, thresholds=thresholds, broken=stopped)
    wear.read((pk for stock in held for pk in stock.apart), broken)
    for stock in held:
        one = found[stock.unit, stock.category]
        if stock.opened:
            one["opening_residual"] -= wear.of(stock, before)
        if stock.closed:
            one["closing_wear"] += wear.of(stock, last)
            _count(one, stock, lives.get(stock.category), last.year)
    for one in found.values():
        one["opening_residual"] += one["opening_value"]
        one["closing_residual"] = one["closing_value"] - one["closing_wear"]
    return found


def _count(one: Figures, stock: Stock, life: int | None, year: int) -> None:
    """How the devices were at the end: condition, under repair, in use beyond the time they are meant for."""
    one[Condition(stock.condition).value] += stock.count
    if stock.status == Status.IN_REPAIR:
        one["in_repair"] += stock.count
    if stock.status in ISSUED and life is not None and year - stock.received >= life:
        one["past_life"] += stock.count


def lives_on(day: date) -> dict[int, int]:
    """The years of use that each category stated at the end of that day, where it stated any: one query.

    IT Center may change them (art. 14.3) without days of validity: their history tells. What was entered later counts
    as it was entered.
    """
    end = end_of(day)
    found: dict[int, int | None] = {}
    rows = Category.history.order_by("id", "history_id").values_list("id", "history_date", "life_years")
    for pk, when, years in rows:
        if pk not in found or when < end:
            found[pk] = years
    for pk, kind in kinds().items():
        found.setdefault(pk, kind.life_years)
    return {pk: years for pk, years in found.items() if years is not None}


def _of_norms(unit: OrgUnit, day: date, book: Book | None, order: list[str]) -> Iterator[tuple[str, str, int]]:
    """What the norms of that day allow and what counts against them."""
    for line in standings(unit, day, book):
        now = line.standing
        code = min(now.limit.items, key=order.index)
        yield code, "norm_allowed", now.allowed
        yield code, "norm_actual", now.has
        yield code, "norm_difference", now.has - now.allowed
