"""The unit tree from the project's data (orgs/data): loads it, and brings it up to later data.

Nothing is ever deleted: a unit ends by its `valid_to`, and a unit that the data doesn't list is left alone.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from core.text import clean_text
from orgs.models import OrgUnit
from orgs.rules import AGENCIES, UnitKind

DATA = Path(__file__).parent / "data"
AS_OF = date(2024, 12, 31)
"""The day that the data describes: the last year-end before the reorganisation of 2025."""
REASON = "Nạp cây đơn vị từ dữ liệu của phần mềm"
BATCH = 500
PARENT_KINDS = {
    UnitKind.HQ: frozenset[str](),
    UnitKind.HQ_UNIT: frozenset({UnitKind.HQ}),
    UnitKind.PROVINCE: frozenset({UnitKind.HQ}),
    UnitKind.DISTRICT: frozenset({UnitKind.PROVINCE}),
    UnitKind.DEPARTMENT: AGENCIES,
}


class OrgDataError(Exception):
    """The data can't be loaded safely; `problems` has a line for each reason. Nothing was written."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit as the data has it; `parent` and `custodian` are codes."""

    code: str
    name: str
    kind: str
    parent: str = ""
    custodian: str = ""
    sector_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    nationwide: bool = False
    source: str = ""

    def in_force(self, day: date) -> bool:
        """Whether the unit exists on `day`."""
        return _in_force(self.valid_from, self.valid_to, day)


@dataclass
class Report:
    """What a load did: codes of the units it wrote."""

    created: Sequence[str] = ()
    updated: Sequence[str] = ()
    moved: Sequence[str] = ()
    unchanged: int = 0
    unlisted: Sequence[str] = ()


def unit_rows() -> list[UnitRow]:
    """The agencies of the data."""
    return [
        UnitRow(
            code=row["code"],
            name=clean_text(row["name"]),
            kind=row["kind"],
            parent=row["parent_code"],
            custodian=row["custodian_code"],
            sector_code=row["sector_code"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            nationwide=row["nationwide"] == "yes",
            source=". ".join(filter(None, (row["source"], row["note"]))),
        )
        for row in _read("units.csv")
    ]


def room_rows(agencies: Iterable[UnitRow], *, as_of: date) -> list[UnitRow]:
    """The rooms that each agency has on `as_of`, by the list of its level that was in force then.

    A room's number belongs to its name, so its code stays the same from one list to the next. A room ends with the
    last list that names it; the latest list of a level counts as going on, since none that follows is known.
    Raises OrgDataError for a day for which a level has no list.
    """
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _read("rooms.csv"):
        lists[row["level"]].append(row)
    rooms = {level: _rooms_of_level(rows, as_of) for level, rows in lists.items()}
    if missing := [level for level, found in rooms.items() if not found]:
        raise OrgDataError([f"rooms.csv has no list of rooms of a {level} in force on {as_of}." for level in missing])
    return [
        UnitRow(code=f"{agency.code}.P{number:02}", parent=agency.code, kind=UnitKind.DEPARTMENT, **room)
        for agency in agencies
        if agency.kind in rooms and agency.in_force(as_of)
        for number, room in rooms[agency.kind].items()
    ]


def _rooms_of_level(rows: list[dict[str, str]], as_of: date) -> dict[int, dict[str, Any]]:
    latest = max(row["valid_from"] for row in rows)
    rooms = {}
    for row in rows:
        if _in_force(_day(row["valid_from"]), _day(row["valid_to"]), as_of):
            listed = [r for r in rows if r["number"] == row["number"]]
            goes_on = any(r["valid_from"] == latest for r in listed)
            rooms[int(row["number"])] = {
                "name": clean_text(row["name"]),
                "valid_from": _day(min(r["valid_from"] for r in listed)),
                "valid_to": None if goes_on else _day(max(r["valid_to"] for r in listed)),
                "source": f"{row['basis']}: {row['confidence']}. {row['note']}",
            }
    return rooms


@transaction.atomic
def load(rows: Sequence[UnitRow]) -> Report:
    """Make the tree say what `rows` say. Raises OrgDataError before anything is written.

    The tree can be read meanwhile, but not changed by others.
    """
    with connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{OrgUnit._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    standing = _standing()
    if problems := [*_contradictions(rows), *_unsafe_changes(rows, standing)]:
        raise OrgDataError(problems)
    created = _create([row for row in rows if row.code not in standing])
    moved = _move(rows) if len(created) < len(rows) else []
    updated = _update(rows, created={*created}, moved={*moved})
    return Report(
        created=created,
        updated=updated,
        moved=moved,
        unchanged=len(rows) - len(created) - len(updated),
        unlisted=sorted(standing.keys() - {row.code for row in rows}),
    )


def _contradictions(rows: Sequence[UnitRow]) -> list[str]:
    """What is wrong with the data by itself."""
    by_code = {row.code: row for row in rows}
    problems = [f"{code}: listed {n} times." for code, n in Counter(row.code for row in rows).items() if n > 1]
    if (roots := sum(not row.parent for row in rows)) != 1:
        problems.append(f"The data has {roots} units without a parent, not one.")
    for row in rows:
        if row.kind not in UnitKind.values:
            problems.append(f"{row.code}: {row.kind} is no kind of unit.")
            continue
        parent, custodian = by_code.get(row.parent), by_code.get(row.custodian)
        if row.parent and parent is None:
            problems.append(f"{row.code}: its parent {row.parent} is not listed.")
        elif (parent is not None and parent.kind not in PARENT_KINDS[UnitKind(row.kind)]) or (
            parent is None and row.kind != UnitKind.HQ
        ):
            problems.append(f"{row.code}: a {row.kind} can't be under {row.parent or 'nothing'}.")
        if row.custodian and (custodian is None or custodian.kind not in AGENCIES or custodian.custodian):
            problems.append(f"{row.code}: {row.custodian} can't be its custodian.")
        if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
            problems.append(f"{row.code}: it ends before it begins.")
    return problems


def _unsafe_changes(rows: Sequence[UnitRow], standing: dict[str, OrgUnit]) -> list[str]:
    """What can't be made of the tree that stands: books, accounts and codes of devices hang on a unit's kind."""
    problems = [
        f"{row.code}: it is a {standing[row.code].kind} and can't become a {row.kind}. "
        "Close it by valid_to and list the new unit under a code of its own."
        for row in rows
        if row.code in standing and standing[row.code].kind != row.kind
    ]
    roots = {unit.code for unit in standing.values() if unit.depth == 1}
    if roots and roots != {row.code for row in rows if not row.parent}:
        problems.append(f"The tree stands under {', '.join(sorted(roots))}; it can't get another root.")
    return problems


def _create(rows: Sequence[UnitRow]) -> list[str]:
    """New units, each after its parent and custodian, appended to the parent's children."""
    if not rows:
        return []
    units = _standing()
    children = Counter(row.parent for row in rows)
    last_step: dict[str, int] = defaultdict(int)
    for unit in units.values():
        parent_path = unit.path[: -OrgUnit.steplen]
        last_step[parent_path] = max(last_step[parent_path], unit._get_lastpos_in_path())  # noqa: SLF001 - see below
    grown = [unit for code, unit in units.items() if code in children]
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if {row.parent, row.custodian} - {""} <= units.keys()]
        batch = []
        for row in ready:
            path, depth = (units[row.parent].path, units[row.parent].depth) if row.parent else ("", 0)
            last_step[path] += 1
            # treebeard's own loader saves node by node, which takes half a minute; its path arithmetic is private.
            new_path = OrgUnit._get_path(path, depth + 1, last_step[path])  # noqa: SLF001
            tree = {"path": new_path, "depth": depth + 1, "numchild": children[row.code]}
            batch.append(OrgUnit(code=row.code, kind=row.kind, **tree, **_facts(row, units)))
        bulk_create_with_history(batch, OrgUnit, batch_size=BATCH, default_change_reason=REASON)
        units |= {unit.code: unit for unit in batch}
        waiting = [row for row in waiting if row.code not in units]
    for unit in grown:
        unit.numchild += children[unit.code]
    OrgUnit.objects.bulk_update(grown, ["numchild"], batch_size=BATCH)  # treebeard's count, no fact of the unit
    return [row.code for row in rows]


def _move(rows: Sequence[UnitRow]) -> list[str]:
    """Units that the data has under another parent, moved with everything below them."""
    units = _standing()
    by_path = {unit.path: code for code, unit in units.items()}
    moving = [row for row in rows if by_path.get(units[row.code].path[: -OrgUnit.steplen], "") != row.parent]
    for row in moving:
        OrgUnit.objects.move(OrgUnit.objects.get(code=row.code), OrgUnit.objects.get(code=row.parent), "last-child")
    return [row.code for row in moving]


def _update(rows: Sequence[UnitRow], *, created: set[str], moved: set[str]) -> list[str]:
    """Changed facts, with a history row each (for a move too, which treebeard writes past the history)."""
    units = _standing()
    changed: list[OrgUnit] = []
    fields: set[str] = set()
    for row in rows:
        unit, facts = units[row.code], _facts(row, units)
        different = {name: value for name, value in facts.items() if getattr(unit, name) != value}
        if row.code not in created and (different or row.code in moved):
            for name, value in different.items():
                setattr(unit, name, value)
            fields |= different.keys()
            changed.append(unit)
    if changed:
        bulk_update_with_history(changed, OrgUnit, sorted(fields), batch_size=BATCH, default_change_reason=REASON)
    return [unit.code for unit in changed]


def _facts(row: UnitRow, units: dict[str, OrgUnit]) -> dict[str, Any]:
    """The fields of a unit that follow the data."""
    return {
        "name": row.name,
        "sector_code": row.sector_code,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "nationwide": row.nationwide,
        "source": row.source,
        "custodian_id": units[row.custodian].pk if row.custodian else None,
    }


def _standing() -> dict[str, OrgUnit]:
    return {unit.code: unit for unit in OrgUnit.objects.all()}


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _in_force(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
