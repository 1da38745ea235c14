"""Bringing in a unit's people from a file, after they were shown."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from orgs.models import OrgUnit
from personnel.actions.people import own_code, settle
from personnel.importing.roster import Roster, plan
from personnel.models import Employee
from personnel.queries import is_fed
from personnel.rules import Source

SALT = "personnel.roster"
HOURS = 12
Rows = Sequence[tuple[int, Mapping[str, Any]]]


def _standing(unit: OrgUnit, *, lock: bool = False) -> dict[str, Employee]:
    """The unit's people by the code that a file has them under."""
    people = Employee.objects.of_unit(unit).select_related("title", "room")
    if lock:
        people = people.select_for_update(of=("self",))
    return {e.code.removeprefix(f"{unit.code}-"): e for e in people}


def preview(rows: Rows, unit: OrgUnit) -> Roster:
    """What the rows would do now. Raises DomainError where the HR system tells of the unit's people."""
    if is_fed(unit):
        raise DomainError(
            f"Danh sách cán bộ của {unit.name} do phần mềm quản lý nhân sự cập nhật, không nhập từ tệp.",
            field="file",
            code="fed",
        )
    return plan(rows, unit, _standing(unit))


def seal(rows: Rows, roster: Roster, unit: OrgUnit, by: User) -> str:
    """The rows and what was shown of them, signed for this account."""
    seen = {e.code: e.version for e, _ in roster.people if e is not None}
    packed = {"unit": unit.code, "rows": rows, "seen": seen, "new": sum(e is None for e, _ in roster.people)}
    text = DjangoJSONEncoder(ensure_ascii=False).encode(packed)
    return signing.dumps(text, salt=f"{SALT}.{by.pk}", compress=True)


@transaction.atomic
def apply(sealed: str, *, units: Sequence[OrgUnit], by: User) -> dict[str, int]:
    """Bring in what was shown; lines with faults stay out. Gives how many were added and changed.

    Raises DomainError when it was changed on its way, is old, or the people are no longer as they were shown.
    """
    packed = _opened(sealed, by)
    unit = next((unit for unit in units if unit.code == packed["unit"]), None)
    if unit is None:
        raise DomainError("Bạn không cập nhật dữ liệu cho đơn vị này.", code="foreign")
    preview(packed["rows"], unit)
    roster = plan(packed["rows"], unit, _standing(unit, lock=True))
    seen = {e.code: e.version for e, _ in roster.people if e is not None}
    new = sum(e is None for e, _ in roster.people)
    if (seen, new) != (packed["seen"], packed["new"]):
        raise DomainError(
            "Danh sách cán bộ đã thay đổi sau khi bạn xem trước, hoặc tệp này đã được nhập rồi. "
            "Chưa nhập gì; hãy chọn lại tệp để xem lại.",
            code="stale",
        )
    for employee, person in roster.people:
        if employee is None:
            made = Employee(code=own_code(unit, person.code), unit=unit, source=Source.FILE)
            settle(made, person.values, by=by, reason="Nhập từ tệp")
        else:
            settle(employee, person.values, by=by, reason="Nhập từ tệp")
    return {"added": new, "changed": len(seen), "faulty": len(roster.faulty)}


def _opened(sealed: str, by: User) -> dict[str, Any]:

    try:
        opened: dict[str, Any] = json.loads(signing.loads(sealed, salt=f"{SALT}.{by.pk}", max_age=HOURS * 3600))
    except signing.BadSignature as fault:
        raise DomainError("Trang xem trước không còn dùng được. Hãy chọn lại tệp.", code="seal") from fault
    return opened
