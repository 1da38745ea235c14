"""What of a device's record belongs to the device, and goes along when it moves to another unit (see adr/0012).

Identity, attributes, states, values, units and dates do. The unit's people, rooms, notes, reasons, dossiers and papers
stay behind: a reason is free text and may name anybody.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from core.changes import Change
from core.history import changes_of
from core.models import Event
from dossiers.titles import title_of
from equipment.models import Equipment, EquipmentPast, LedgerEntry
from equipment.rules.attributes import ATTRIBUTES, OF_THE_PLACE
from equipment.rules.lifecycle import EntryKind
from orgs.models import OrgUnit
from ui.blocks import Entry

GOES_ALONG = (
    "unit",
    "category",
    "model",
    "name",
    "serial",
    "status",
    "condition",
    "original_price",
    "received_on",
    "warranty_until",
    "end_of_support",
    "made_year",
    "made_in",
)
REPAIRS = ("equipment.repair_sent", "equipment.repaired", "equipment.replaced", "equipment.upgraded")
"""Events of a device's repairs. Their names go along, what else they tell (dossiers, reasons) doesn't."""


@dataclass
class Past:
    """Of one device, ready for EquipmentPast: what happened, and its books."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    ledger: list[dict[str, Any]] = field(default_factory=list)


def belonging_to(devices: Sequence[Equipment]) -> dict[int, Past]:
    """What belongs to each device so far, at whichever units it came about. The caller is elevated."""
    found: dict[int, Past] = defaultdict(Past)
    keys = [device.pk for device in devices]
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in Equipment.history.filter(id__in=keys).order_by("history_id"):
        rows[row.id].append(row)
    kind = ContentType.objects.get_for_model(Equipment)
    repairs = Event.objects.filter(subject_type=kind, subject_id__in=keys, kind__in=REPAIRS).scoped()
    told_of = list(repairs.order_by("id").values_list("subject_id", "unit", "created_at", "kind"))
    at = {row.unit_id for own in rows.values() for row in own} | {unit for _, unit, *_ in told_of}
    units = dict(OrgUnit.objects.filter(pk__in=at).values_list("pk", "code"))
    for key, own in rows.items():
        changes = changes_of(Equipment, own, only=GOES_ALONG)
        told = zip([None, *own], own, changes, strict=False)
        found[key].entries = [entry for before, row, some in told if (entry := _entry(before, row, some, units))]
    for key, unit, when, event in told_of:
        title = title_of(event).text
        found[key].entries.append({"unit": units[unit], "when": when.isoformat(), "title": title, "changes": []})
    ledger = LedgerEntry.objects.filter(equipment__in=keys).scoped().select_related("unit")
    for line in ledger.order_by("effective_date", "id"):
        found[line.equipment_id].ledger.append(
            {
                "unit": line.unit.code,
                "kind": line.kind,
                "effective_date": line.effective_date.isoformat(),
                "quantity": line.quantity,
                "value": int(line.value),
            }
        )
    return found


def _entry(before: Any, row: Any, changes: Sequence[Change], units: dict[int, str]) -> dict[str, Any] | None:
    """What one row of the history says of the device, or None when it says nothing of it."""
    told = [] if before is None else [*changes, *_attributes(before, row)]
    if before is not None and not told:
        return None
    return {
        "unit": units[row.unit_id],
        "when": row.history_date.isoformat(),
        "title": "Ghi vào sổ thiết bị" if before is None else "Thay đổi thông tin",
        "changes": [[change.label, change.before, change.after] for change in told],
    }


def _attributes(before: Any, after: Any) -> list[Change]:
    old, new = before.attributes, after.attributes
    names = sorted((old.keys() | new.keys()) - OF_THE_PLACE)
    return [
        Change(ATTRIBUTES[name].label if name in ATTRIBUTES else name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def _latest(user: User, item: Equipment) -> tuple[EquipmentPast | None, dict[str, str]]:
    """What came along to where the device is now; names of the units whose own rows the reader doesn't see."""
    past = EquipmentPast.objects.visible_to(user).filter(equipment=item, unit=item.unit_id).order_by("-id").first()
    if past is None:
        return None, {}
    codes = {row["unit"] for row in (*past.entries, *past.ledger)}
    units = OrgUnit.objects.filter(code__in=codes).only("code", "name", "path")
    return past, {unit.code: unit.name for unit in units if not user.scope.reads(unit.path)}


def earlier_entries(user: User, item: Equipment) -> list[Entry]:
    """What happened to the device at units before this one, as far as the reader doesn't see their own rows of it."""
    past, names = _latest(user, item)
    if past is None:
        return []
    return [
        Entry(
            when=datetime.fromisoformat(row["when"]),
            who=names[row["unit"]],
            title=row["title"],
            changes=[Change(*change) for change in row["changes"]],
        )
        for row in past.entries
        if row["unit"] in names
    ]


def earlier_ledger(user: User, item: Equipment) -> list[dict[str, Any]]:
    """The same of the device's books, for a table: the latest first."""
    past, names = _latest(user, item)
    if past is None:
        return []
    return [
        {
            "effective_date": date.fromisoformat(row["effective_date"]),
            "kind": EntryKind(row["kind"]).label,
            "unit": names[row["unit"]],
            "quantity": row["quantity"],
            "value": row["value"],
        }
        for row in reversed(past.ledger)
        if row["unit"] in names
    ]
