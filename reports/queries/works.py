"""What was repaired, disposed of, handed over and done in time: figures that set reports put together in many ways."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import TruncMonth

from accounts.models import User
from deadlines.models import Obligation
from deadlines.querysets import standing_so
from deadlines.rules.standings import Stand, Standing
from disposals.models import DisposalLine
from equipment.models import LedgerEntry
from equipment.queries.catalogue import category_codes
from equipment.rules.lifecycle import EntryKind
from orgs.models import OrgUnit
from repairs.queries import costs, with_category
from reports.queries.flows import flows
from transfers.models import Transfer
from transfers.rules import State


@dataclass(frozen=True)
class Work:
    """Devices that are alike: of one unit and category, and of the same `facts`."""

    unit: int
    category: str
    facts: dict[str, Any]
    figures: dict[str, int]


def repaired(user: User, units: Sequence[OrgUnit], first: date, last: date) -> list[Work]:
    """Finished repairs that came back between these days: how often and what they cost. Two queries."""
    lines = with_category(costs(user).filter(unit__in=_keys(units), repair__returned_on__range=(first, last)))
    facts = {"kind": F("repair__kind"), "place": F("repair__sent_to"), "supplier": F("repair__supplier")}
    found = (
        lines.order_by()
        .values("unit", "category", month=TruncMonth("repair__returned_on"), **facts)
        .annotate(many=Count("pk"), paid=Sum("cost"))
    )
    codes = category_codes()
    return [
        Work(
            row["unit"],
            codes.get(row["category"], ""),
            {name: row[name] for name in (*facts, "month")},
            {"times": row["many"], "cost": int(row["paid"] or 0)},
        )
        for row in found
    ]


NO_DOSSIER = {"way": "", "reason": "", "disposal": None}
"""What is told of devices that the books lose by a decision of which the system has no dossier."""


def disposed(user: User, units: Sequence[OrgUnit], first: date, last: date) -> list[Work]:
    """Devices that the books lost by disposal between these days. Three queries; each has the key of its dossier.

    Counted by the entries of the books, as increase and decrease are, so that those without a dossier are among them.
    """
    lines = DisposalLine.objects.visible_to(user)
    own = lines.filter(equipment=OuterRef("equipment"), disposal__number=OuterRef("dossier"))
    entries = LedgerEntry.objects.visible_to(user).filter(
        unit__in=_keys(units), kind=EntryKind.DISPOSAL, effective_date__range=(first, last)
    )
    found = list(
        entries.order_by()
        .values("unit", "category", line=Subquery(own.values("pk")[:1]))
        .annotate(many=-Sum("quantity"), lost=-Sum("value"))
    )
    way = Case(When(method="", then=F("disposal__method")), default=F("method"))
    told = lines.filter(unit__in=_keys(units), disposal__closed_on__range=(first, last)).values(
        "pk", "reason", "disposal", "residual", "proceeds", way=way
    )
    dossiers: dict[int, dict[str, Any]] = {row["pk"]: {**row} for row in told}
    codes = category_codes()
    works = []
    for row in found:
        line = dossiers.get(row["line"], {})
        figures = {"devices": row["many"], "value": int(row["lost"])}
        figures |= {name: int(line.get(name) or 0) for name in ("residual", "proceeds")}
        facts = {name: line.get(name, none) for name, none in NO_DOSSIER.items()}
        works.append(Work(row["unit"], codes.get(row["category"], ""), facts, figures))
    return works


MOVES = {"moved": "out", "received": "in"}


def moved(units: Sequence[OrgUnit], first: date, last: date) -> list[Work]:
    """What the books of the units say of transfers between these days, both ways. Two queries.

    The caller's scope reads the units.
    """
    codes = category_codes()
    return [
        Work(
            flow.unit,
            codes.get(flow.category, ""),
            {},
            {f"{MOVES[flow.name]}_devices": abs(flow.quantity), f"{MOVES[flow.name]}_value": abs(flow.value)},
        )
        for flow in flows(_keys(units), first, last)
        if flow.name in MOVES
    ]


def transfers_of(user: User, units: Sequence[OrgUnit], first: date, last: date) -> dict[int, dict[str, int]]:
    """By unit, dossiers of transfers that were handed over between these days: given, taken, on their way.

    Two queries. What went to a unit is counted where `user` sees the dossier.
    """
    keys = _keys(units)
    rows = Transfer.objects.visible_to(user).filter(handed_over_on__range=(first, last)).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    given = rows.filter(unit__in=keys).values("unit")
    waits = Count("pk", filter=Q(state=State.HANDED_OVER))
    for row in given.annotate(many=Count("pk"), waits=waits):
        found[row["unit"]] |= {"out": row["many"], "waiting": row["waits"]}
    taken = rows.filter(receiver__in=keys, state__in=TAKEN).values("receiver")
    for unit, many in taken.annotate(many=Count("pk")).values_list("receiver", "many"):
        found[unit] |= {"in": many}
    return dict(found)


TAKEN = (State.RECEIVED, State.PARTLY_RECEIVED)


def standings(
    user: User, units: Sequence[OrgUnit], first: date, last: date, today: date
) -> dict[tuple[int, str], Standing]:
    """By unit and kind of obligation, how those stand that are due between these days. One query."""
    counts = {stand.name.lower(): Count("pk", filter=standing_so(stand, today)) for stand in Stand}
    rows = Obligation.objects.visible_to(user).filter(unit__in=_keys(units), due_date__range=(first, last))
    found = rows.order_by().values("unit", "kind").annotate(**counts).values_list("unit", "kind", *counts)
    return {(unit, kind): Standing(*many) for unit, kind, *many in found}


def _keys(units: Sequence[OrgUnit]) -> list[int]:
    return [unit.pk for unit in units]
