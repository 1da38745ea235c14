"""Writes on people: what a record, a form or a step says of one of them."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import counters, events
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason
from orgs.models import OrgUnit
from personnel.models import Employee
from personnel.queries import is_fed
from personnel.rules import EVENTS, EmployeeState, Source

EDITABLE = ("full_name", "room", "title", "email", "state", "state_since", "account")
FED_EDITABLE = ("room", "account")
"""Of whom the HR system tells, the unit says only what that system doesn't know."""


def own_code(unit: OrgUnit, typed: str) -> str:
    """The code of a person whom the unit itself brings in: with the unit's in front, so that units can't clash."""
    typed = typed.upper()
    return typed if typed.startswith(f"{unit.code}-") else f"{unit.code}-{typed}"


def settle(employee: Employee, values: Mapping[str, Any], *, by: User | None, reason: str) -> bool:
    """Make a locked (or new) person what `values` say, with history and the event; False if nothing changes.

    Who moves to another unit, retires or leaves is told of under the unit that has to get its devices back. Of the new
    unit nothing is told there. An account stays behind with the unit that gave it.
    """
    former_unit, former_state = employee.unit if employee.pk else None, employee.state
    values = dict(values)
    if former_unit is not None and "unit" in values and values["unit"].pk != former_unit.pk:
        values = {"room": None, "account": None, **values}
    if all(getattr(employee, name) == value for name, value in values.items()) and employee.pk:
        return False
    for name, value in values.items():
        setattr(employee, name, value)
    if former_unit is not None:
        employee.version += 1
        if employee.state != former_state and values.get("state_since") is None:
            employee.state_since = timezone.localdate()
    try:
        with transaction.atomic():
            save_with_reason(employee, by=by, reason=reason)
    except IntegrityError as error:  # the same code or account, given by somebody else in this very moment
        raise DomainError("Mã hoặc tài khoản này vừa được người khác dùng. Hãy tải lại trang.", code="taken") from error
    if former_unit is not None:
        _tell(employee, former_unit, former_state, by=by)
    return True


def _tell(employee: Employee, former_unit: OrgUnit, former_state: str, *, by: User | None) -> None:
    facts = {"name": employee.full_name, "code": employee.code, "on": str(employee.state_since or "")}
    if employee.unit_id != former_unit.pk:
        events.record("employee.moved", employee, unit=former_unit, by=by, **facts)
        if employee.state == EmployeeState.WORKING:
            events.record("employee.returned", employee, unit=employee.unit, by=by, **facts)
    elif employee.state != former_state and (kind := EVENTS.get(EmployeeState(employee.state))):
        events.record(kind, employee, unit=former_unit, by=by, **facts)


@transaction.atomic
def add(*, unit: OrgUnit, code: str, values: Mapping[str, Any], by: User) -> Employee:
    """Bring a person in by hand. Without a code it is the unit's next number that nobody has.

    Raises DomainError for a code that the unit has already, or when the HR system tells of the unit's people.
    """
    _require_unfed(unit)
    given = own_code(unit, code) if code else _next_code(unit)
    if Employee.objects.of_unit(unit).filter(code=given).exists():
        raise DomainError(f"Đơn vị đã có cán bộ mã {given}.", field="code", code="taken")
    employee = Employee(code=given, unit=unit, source=Source.HAND)
    _check(employee, values)
    settle(employee, values, by=by, reason="Thêm cán bộ")
    return employee


def _next_code(unit: OrgUnit) -> str:
    """The unit's next number, past those that a file or a person at the form has given already."""
    (first,) = counters.take(unit, "employee")
    taken = set(
        Employee.objects.of_unit(unit).filter(code__startswith=own_code(unit, "CB")).values_list("code", flat=True)
    )
    number = next(n for n in count(first) if own_code(unit, f"CB{n:04}") not in taken)
    if number > first:
        counters.take(unit, "employee", count=number - first)
    return own_code(unit, f"CB{number:04}")


@transaction.atomic
def edit(employee: Employee, *, values: Mapping[str, Any], version: int, by: User) -> Employee:
    """Change what the unit may of one of its people. Raises StaleError, or DomainError for another unit's room."""
    employee = lock(employee)
    require_version(employee, version)
    allowed = FED_EDITABLE if employee.source == Source.HR else EDITABLE
    given = {name: value for name, value in values.items() if name in allowed}
    _check(employee, given)
    settle(employee, given, by=by, reason="Sửa thông tin cán bộ")
    return employee


def _require_unfed(unit: OrgUnit) -> None:
    if is_fed(unit):
        raise DomainError(
            "Danh sách cán bộ của đơn vị do phần mềm quản lý nhân sự cập nhật. "
            "Hãy bổ sung người này ở phần mềm đó, lần đồng bộ sau sẽ có ở đây.",
            code="fed",
        )


def _check(employee: Employee, values: Mapping[str, Any]) -> None:
    room, account, day = values.get("room"), values.get("account"), values.get("state_since")
    if room is not None and not OrgUnit.objects.departments_of(employee.unit).filter(pk=room.pk).exists():
        raise DomainError("Phòng, tổ này không thuộc đơn vị.", field="room", code="foreign")
    if account is not None:
        if account.unit_id != employee.unit_id:
            raise DomainError("Tài khoản này không thuộc đơn vị.", field="account", code="foreign")
        taken = Employee.objects.of_unit(employee.unit).filter(account=account).exclude(pk=employee.pk).first()
        if taken:
            raise DomainError(f"Tài khoản này đã gắn với {taken}.", field="account", code="taken")
    if isinstance(day, date) and day > timezone.localdate():
        raise DomainError("Ngày này chưa đến. Hãy ghi khi việc đã xảy ra.", field="state_since", code="future")
