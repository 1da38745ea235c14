"""The figures of a period by plain Python, device after device: slow, and knowing nothing of the product's SQL."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils import timezone

from disposals.models import Disposal
from equipment.models import Category, Equipment, LedgerEntry
from equipment.queries.depreciation import Rules
from equipment.rules.depreciation import AssetLife, BookEntry, figures_on
from reports.rules.annual import AnnualLine

COLUMN = {
    "intake": "bought", "transfer_in": "received", "found": "found", "transfer_out": "moved", "lost": "lost",
}  # fmt: skip


def replay(unit, first: date, last: date) -> dict[str, AnnualLine]:
    """The lines of a unit between two days, norms left out."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    entries = list(LedgerEntry.objects.filter(effective_date__lte=last).order_by("effective_date", "id"))
    destroyed = set(Disposal.objects.filter(act="destruction").values_list("number", flat=True))
    for entry in entries:
        if entry.unit_id == unit.pk and entry.effective_date >= first:
            line = found[entry.category.code]
            name = column(entry, destroyed)
            sign = 1 if name in {"bought", "received", "found", "other_in"} else -1
            line[f"{name}_quantity"] += sign * entry.quantity
            line[f"{name}_value"] += sign * int(entry.value)
    for day, side in ((first - timedelta(days=1), "opening"), (last, "closing")):
        for device, category, value in held(unit, entries, day):
            line = found[category.code]
            wear = wear_of(device, category, entries, day)
            line[f"{side}_quantity"] += 1
            line[f"{side}_value"] += value
            line[f"{side}_residual"] += value - wear
            if side == "closing":
                line["closing_wear"] += wear
                state = state_of(device, unit, day)
                line[state.condition] += 1
                line["in_repair"] += state.status == "in_repair"
                years = category.life_years
                used = state.status in {"in_use", "in_repair"}
                line["past_life"] += bool(used and years and day.year - device.received_on.year >= years)
    return {code: AnnualLine(**line) for code, line in found.items() if any(line.values())}


def column(entry, destroyed) -> str:
    if entry.kind == "disposal":
        return "destroyed" if entry.dossier in destroyed else "liquidated"
    if entry.kind in COLUMN:
        return COLUMN[entry.kind]
    return "other_in" if entry.quantity > 0 or (not entry.quantity and entry.value > 0) else "other_out"


def held(unit, entries, day):
    sums = defaultdict(lambda: [0, 0])
    for entry in entries:
        if entry.unit_id == unit.pk and entry.effective_date <= day:
            sums[entry.equipment_id, entry.category_id][0] += entry.quantity
            sums[entry.equipment_id, entry.category_id][1] += int(entry.value)
    for (device, category), (quantity, value) in sums.items():
        if quantity:
            yield Equipment.objects.get(pk=device), Category.objects.get(pk=category), value


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.max.time()))


def state_of(device, unit, day):
    """The unit's last row of the history by then, or its first one of after."""
    rows = [row for row in Equipment.history.filter(id=device.pk).order_by("history_id") if row.unit_id == unit.pk]
    before = [row for row in rows if row.history_date <= end_of(day)]
    return before[-1] if before else rows[0]


def wear_of(device, category, entries, day) -> int:
    own = [
        BookEntry(entry.effective_date, entry.kind, entry.quantity, int(entry.value))
        for entry in entries
        if entry.equipment_id == device.pk and entry.effective_date <= day
    ]
    since = None
    for row in Equipment.history.filter(id=device.pk, history_date__lte=end_of(day)).order_by("history_id"):
        broken = row.status in {"pending_disposal", "disposed"} and row.condition == "poor"
        since = (since or timezone.localdate(row.history_date)) if broken else None
    life = AssetLife(device.received_on, own, since)
    return figures_on(life, Rules().of(category.pk), on=day).accumulated
