"""Lists behind the figures: entries of the books, and the devices that stood on them on a day, as they were then."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from disposals.models import Disposal
from disposals.rules.flow import Act
from equipment.models import Equipment, LedgerEntry
from equipment.queries.norms import ISSUED
from equipment.rules.lifecycle import EntryKind
from reports.queries.annual import lives_on
from reports.queries.stocks import end_of
from reports.rules.annual import DECREASES, INCREASES

KINDS = {
    "bought": EntryKind.INTAKE,
    "received": EntryKind.TRANSFER_IN,
    "found": EntryKind.FOUND,
    "moved": EntryKind.TRANSFER_OUT,
    "lost": EntryKind.LOST,
}
OTHER = ~Q(kind__in=[*KINDS.values(), EntryKind.DISPOSAL])
HISTORY = Equipment.history.model


def of_flow(rows: QuerySet, flow: str, user: Any) -> QuerySet:
    """The entries that go into one column of AnnualLine; "up" and "down": into any increase or decrease."""
    if flow in {"up", "down"}:
        wanted = Q(pk__in=[])
        for name in INCREASES if flow == "up" else DECREASES:
            wanted |= _condition(name, user)
        return rows.filter(wanted)
    return rows.filter(_condition(flow, user))


def _condition(flow: str, user: Any) -> Q:
    if flow in KINDS:
        return Q(kind=KINDS[flow])
    if flow in {"liquidated", "destroyed"}:
        destroyed = Q(dossier__in=Disposal.objects.visible_to(user).filter(act=Act.DESTRUCTION).values("number"))
        return Q(kind=EntryKind.DISPOSAL) & (destroyed if flow == "destroyed" else ~destroyed)
    up = Q(quantity__gt=0) | Q(quantity=0, value__gt=0)
    return OTHER & (up if flow == "other_in" else ~up)


def held_on(rows: QuerySet, day: date) -> QuerySet:
    """Of these entries those by which devices came that were still there at the end of that day: one for each."""
    after = Q(effective_date__gt=OuterRef("effective_date")) | Q(
        effective_date=OuterRef("effective_date"), pk__gt=OuterRef("pk")
    )
    left = LedgerEntry.objects.filter(
        after, equipment=OuterRef("equipment"), unit=OuterRef("unit"), quantity=-1, effective_date__lte=day
    )
    return rows.filter(~Exists(left), quantity=1, effective_date__lte=day)


def with_state(rows: QuerySet, day: date) -> QuerySet:
    """The same with `then_status`, `then_condition` and `then_received` of each device (`reports.queries.stocks`)."""
    own = HISTORY.objects.filter(id=OuterRef("equipment"), unit=OuterRef("unit"))
    before = own.filter(history_date__lt=end_of(day)).order_by("-history_id")
    after = own.filter(history_date__gte=end_of(day)).order_by("history_id")
    return rows.annotate(
        **{
            f"then_{name}": Coalesce(Subquery(before.values(field)[:1]), Subquery(after.values(field)[:1]))
            for name, field in (("status", "status"), ("condition", "condition"), ("received", "received_on"))
        }
    )


def of_life(rows: QuerySet, life: str, day: date) -> QuerySet:
    """By the age against the years of use that the category stated on that day: past, past_in_use, ending, unstated."""
    lives = lives_on(day)
    if life == "unstated":
        return rows.exclude(category__in=lives)
    wanted = Q(pk__in=[])
    for category, years in lives.items():
        at = day.year - years
        wanted |= Q(category=category, **({"born": at + 1} if life == "ending" else {"born__lte": at}))
    found = rows.annotate(born=ExtractYear("then_received")).filter(wanted)
    return found.filter(then_status__in=ISSUED) if life == "past_in_use" else found


def told(rows: Sequence[dict[str, Any]]) -> None:
    """Put into rows (`equipment`, `unit`) what the unit's own history calls the device, and whether its page opens.

    The device itself may be another unit's by now, which alone sees it. Two queries.
    """
    pairs = {(row["equipment"], row["unit"]) for row in rows}
    history = (
        HISTORY.objects.filter(id__in={device for device, _ in pairs}, unit__in={unit for _, unit in pairs})
        .order_by("id", "unit", "-history_id")
        .distinct("id", "unit")
        .values_list("id", "unit", "code", "name", "serial")
    )
    known = {(device, unit): rest for device, unit, *rest in history}
    keys = [device for device, _ in pairs]
    here = set(Equipment.objects.filter(pk__in=keys).scoped().values_list("pk", flat=True))
    for row in rows:
        row["code"], row["name"], row["serial"] = known.get((row["equipment"], row["unit"]), ("", "", ""))
        row["opens"] = row["equipment"] in here
