"""Who holds a device: the open stretch ends, another begins; what a person who has gone must give back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from core.transitions import save_with_reason
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from equipment.models import Equipment, Holding, Recovery
from equipment.rules.assignment import RecoveryReason
from orgs.models import OrgUnit
from personnel.models import Employee

BACK = "Cán bộ làm việc trở lại tại đơn vị"


def open_holdings(devices: Sequence[Equipment]) -> dict[int, Holding]:
    """Where the locked devices are now, by their keys."""
    rows = Holding.objects.filter(equipment__in=[d.pk for d in devices], until=None).scoped()
    return {holding.equipment_id: holding for holding in rows}


def end(devices: Sequence[Equipment], *, on: date, dossier: str, by: Any) -> None:
    """Nobody holds the locked devices any more: they are returned, passed on, given away, or gone.

    Whoever had to give them back, and holds nothing else of the unit, is done with it. The caller takes the holder off
    the devices in the same transaction, before this.
    """
    ended = list(open_holdings(devices).values())
    for holding in ended:
        holding.until, holding.ended_by = max(on, holding.since), dossier
        holding.save(update_fields=["until", "ended_by"])
    for recovery in _recoveries({holding.employee_id for holding in ended} - {None}, {h.unit_id for h in ended}):
        close_if_done(recovery, on=on, by=by)


def _recoveries(employees: set[Any], units: set[int]) -> list[Recovery]:
    rows = Recovery.objects.filter(employee__in=employees, unit__in=units, closed_on=None).scoped()
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def held_of(recovery: Recovery) -> Any:
    """What the person still holds of the unit."""
    return Equipment.objects.filter(unit=recovery.unit_id, holder=recovery.employee_id).scoped()


def close_if_done(recovery: Recovery, *, on: date, by: Any) -> bool:
    """Close the task when the person holds nothing of the unit any more."""
    if recovery.closed_on is not None or held_of(recovery).exists():
        return False
    recovery.closed_on = max(on, recovery.opened_on)
    recovery.version += 1
    save_with_reason(recovery, by=by, reason="Đã thu hồi, bàn giao lại hết")
    if Obligation.objects.about(recovery).filter(kind=Kind.RECOVERY, state=State.OPEN).exists():
        deadlines.fulfil(kind=Kind.RECOVERY, subject=recovery, on=recovery.closed_on, by=by)
    return True


def open_recovery(
    *, employee: Employee, unit: OrgUnit, code: str, name: str, reason: RecoveryReason, on: date
) -> Recovery | None:
    """A task for `unit` to get back what `employee` holds there; None when that is nothing. The caller is elevated.

    Called again it gives the task that is open.
    """
    if not Equipment.objects.filter(unit=unit, holder=employee).exists():
        return None
    made = Recovery.objects.filter(employee=employee, unit=unit, closed_on=None).first()
    if made is not None:
        return made
    made = Recovery(employee=employee, unit=unit, employee_code=code, employee_name=name, reason=reason, opened_on=on)
    save_with_reason(made, by=None, reason="Cán bộ không còn làm việc tại đơn vị")
    deadlines.open_obligation(kind=Kind.RECOVERY, subject=made, unit=unit, start_date=on, label=name[:100], by=None)
    return made


def drop_recovery(*, employee: Employee, unit: OrgUnit) -> None:
    """The person works at `unit` again: nothing has to be given back. The caller is elevated."""
    for recovery in Recovery.objects.filter(employee=employee, unit=unit, closed_on=None).select_for_update(
        of=("self",)
    ):
        recovery.closed_on = max(timezone.localdate(), recovery.opened_on)
        recovery.version += 1
        save_with_reason(recovery, by=None, reason=BACK)
        deadlines.waive(kind=Kind.RECOVERY, subject=recovery, reason=BACK, by=None)
