"""The table under a change to many devices: what stands there, and what will, or did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from equipment.actions.bulk import Plan
from equipment.actions.bulk_undo import Act, before
from equipment.rules.bulk import APPEND, KEEP, NO_ROOM, Wanted
from equipment.rules.lifecycle import Condition
from orgs.models import OrgUnit

SHOWN = 50
LABELS = {"room": "Phòng, tổ", "condition": "Tình trạng", "note": "Ghi chú"}
Values = Mapping[str, str]


@dataclass(frozen=True)
class BulkRow:
    """One device; for each further column its name, and what stood there before and after."""

    code: str
    name: str
    cells: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class BulkTable:
    """The first rows, and the names of what changes."""

    heads: Sequence[str]
    rows: Sequence[BulkRow]


def planned(plan: Plan, wanted: Wanted) -> BulkTable:
    """What the change would do to the first devices that it reaches."""
    names = {"room": wanted.room, "condition": wanted.condition, "note": wanted.note_mode}
    changing = [name for name, value in names.items() if value != KEEP]
    rooms = dict(OrgUnit.objects.filter(code=wanted.room).values_list("code", "name"))
    given = {"room": rooms.get(wanted.room, ""), "condition": _condition(wanted.condition), "note": wanted.note}
    rows = []
    for item in plan.changing.select_related("room").order_by("code")[:SHOWN]:
        now = _shown(item.room.name if item.room else "", item.condition, item.note)
        after = {**now, **{name: given[name] for name in changing}}
        if wanted.note_mode == APPEND:
            after["note"] = "\n".join(filter(None, (item.note, wanted.note)))
        if wanted.room == NO_ROOM:
            after["room"] = ""
        rows.append(BulkRow(item.code, item.name, [(LABELS[name], now[name], after[name]) for name in changing]))
    return BulkTable([LABELS[name] for name in changing], rows)


def done(act: Act) -> BulkTable:
    """What an act did to its first devices."""
    first = list(act.rows.order_by("code")[:SHOWN])
    former = before(first)
    found = [(row, former.get(row.id)) for row in first]
    keys = {key for row, old in found for key in (row.room_id, old.room_id if old else None)} - {None}
    rooms = dict(OrgUnit.objects.filter(pk__in=keys).values_list("pk", "name"))

    def values(row: Any) -> Values:
        return _shown(rooms.get(row.room_id, ""), row.condition, row.note)

    pairs = [(row, values(old) if old else {}, values(row)) for row, old in found]
    names = [name for name in LABELS if any(old.get(name, "") != new[name] for _, old, new in pairs)]
    rows = [
        BulkRow(row.code, row.name, [(LABELS[n], old.get(n, ""), new[n]) for n in names]) for row, old, new in pairs
    ]
    return BulkTable([LABELS[name] for name in names], rows)


def _shown(room: str, condition: str, note: str) -> dict[str, str]:
    return {"room": room, "condition": _condition(condition), "note": note}


def _condition(value: str) -> str:
    return str(dict(Condition.choices).get(value, value))
