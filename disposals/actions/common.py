"""What the writes of disposals and of loss reports share."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from core.transitions import save_with_reason
from disposals.queries import last_booked, steps_taken
from equipment.actions import holdings, life
from equipment.actions.licences import free_seats
from equipment.actions.periods import closed_problems, hold_books
from equipment.models import Equipment
from equipment.queries.arrivals import arrivals
from equipment.rules.lifecycle import EntryKind, Status
from orgs.models import OrgUnit

SHOWN = 10


def take_devices(
    devices: Sequence[Equipment], *, unit: OrgUnit, allowed: Collection[Status], kind: str, number: str
) -> list[Equipment]:
    """Lock the devices and take them into the dossier; those that it has already stay.

    Raises DomainError for none, for one that went elsewhere meanwhile, or that another dossier has.
    """
    locked = life.lock_devices(device.pk for device in devices)
    if not locked:
        raise DomainError("Hồ sơ cần ít nhất một thiết bị.", field="devices", code="nothing_selected")
    for device in locked:
        if device.unit_id != unit.pk:
            message = f"Thiết bị {device.code} không thuộc {unit.name}; mỗi hồ sơ chỉ ghi cho một đơn vị."
            raise DomainError(message, field="devices", code="unit")
        if device.status not in allowed:
            message = f"Thiết bị {device.code} đang ở trạng thái “{device.get_status_display()}”, không đưa vào được."
            raise DomainError(message, field="devices", code="workflow")
    life.reserve(locked, kind=kind, number=number)
    return locked


def devices_to_restore(rows: Any, *, unit: OrgUnit) -> list[Equipment]:
    """The devices of the `rows` (lines) of a dossier that is taken up again.

    Raises DomainError naming those that have gone to another unit meanwhile.
    """
    lines = list(rows)
    devices = list(Equipment.objects.of_unit(unit).filter(pk__in=[line.equipment_id for line in lines]))
    here = {device.pk for device in devices}
    gone = [line.code for line in lines if line.equipment_id not in here]
    if gone:
        named = f"{', '.join(gone[:SHOWN])}{'…' if len(gone) > SHOWN else ''}"
        message = f"Không còn ở {unit.name}: {named}. Hãy lập hồ sơ mới cho những thiết bị còn lại."
        raise DomainError(message, field="devices", code="unit")
    return devices


def keep_devices(lines: Any, *, by: User, reason: str) -> None:
    """Write into the lines (a queryset) what their devices say now, before the dossier lets them go."""
    for line in lines.select_related("equipment"):
        before = [getattr(line, name) for name in line.copied]
        line.copy(line.equipment)
        if [getattr(line, name) for name in line.copied] != before:
            save_with_reason(line, by=by, reason=reason, fields=list(line.copied))


def check_wiping(wiped: Mapping[Equipment, date]) -> list[DomainError]:
    """A device is wiped while the unit has it: not before it came, nor on a day that hasn't come."""
    found = []
    ahead = sorted({day for day in wiped.values() if day > timezone.localdate()})
    if ahead:
        found.append(DomainError(f"Ngày xóa dữ liệu {ahead[0]:%d/%m/%Y} ở tương lai.", field="wiped_on", code="future"))
    since = arrivals(list(wiped))
    early = [f"{device.code} ({since[device.pk]:%d/%m/%Y})" for device, day in wiped.items() if day < since[device.pk]]
    if early:
        named = f"{', '.join(early[:SHOWN])}{'…' if len(early) > SHOWN else ''}"
        message = f"Ngày xóa dữ liệu trước ngày đơn vị tiếp nhận thiết bị: {named}. Hãy kiểm tra lại."
        found.append(DomainError(message, field="wiped_on", code="order"))
    return found


def refuse_done(dossier: Any, state: str, *, event: str, by: User, done: str) -> None:
    """A step that was taken already is told with who took it and when. Raises DomainError."""
    if dossier.state != state:
        return
    taken = steps_taken(by, dossier).get(event)
    told = f" bởi {taken.who} lúc {timezone.localtime(taken.when):%H:%M ngày %d/%m/%Y}" if taken else ""
    raise DomainError(f"Hồ sơ {dossier.number} đã {done}{told}. Không cần làm lại.", code="workflow")


def check_books_day(day: date, devices: Sequence[Equipment], *, field: str) -> list[DomainError]:
    """Nothing is booked in the future, before what the books tell of the devices already, or in closed books."""
    if day > timezone.localdate():
        return [DomainError(f"Ngày {day:%d/%m/%Y} ở tương lai.", field=field, code="future")]
    last = last_booked(devices)
    if last is not None and day < last:
        message = (
            f"Sổ đã ghi biến động của thiết bị ngày {last:%d/%m/%Y}; ngày ghi giảm, ghi tăng không thể trước ngày đó."
        )
        return [DomainError(message, field=field, code="order")]
    units = {device.unit for device in devices}
    hold_books(units)
    return closed_problems(units, day, field=field)


def depart(
    devices: Sequence[Equipment],
    *,
    to: Status,
    event: str,
    kind: EntryKind,
    on: date,
    dossier: str,
    by: User,
    reason: str,
) -> None:
    """Locked devices leave the unit: its books, its rooms and people, the seats of their software, the dossier."""
    free_seats(devices, by=by, on=on, reason=f"{reason} ({dossier})")
    nobody = {"holder": None, "holder_name": "", "room": None}
    told = {"dossier": dossier}
    life.step(devices, to=to, by=by, reason=reason, event=event, payload=told, values=nobody)
    holdings.end(devices, on=on, dossier=dossier, by=by)
    life.post(devices, kind=kind, on=on, dossier=dossier, by=by, quantity=-1)
    life.release(devices, number=dossier)
