"""Writes on drafts of repairs: open, change, give up, take up again."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from core.transitions import lock, save_with_reason, transition
from dossiers.actions import take_number
from dossiers.submissions import first_press
from equipment.actions import life
from equipment.models import Equipment
from repairs.actions.common import (
    KIND,
    before_arrival,
    fill,
    fit_devices,
    locked,
    record,
    refuse,
    require_fresh,
    require_state,
    send_back,
    tell_devices,
)
from repairs.models import Repair, RepairLine
from repairs.rules.flow import MAX_DEVICES, PREFIX, REPAIR_FLOW, RepairState

HEADER = (
    "kind",
    "opened_on",
    "assessment",
    "sent_to",
    "supplier",
    "supplier_contact",
    "expected_on",
    "note",
)
_BLANK: dict[str, Any] = {
    "work_done": "",
    "parts": [],
    "cost": None,
    "result": "",
    "new_serial": "",
    "new_warranty_until": None,
    "new_price": None,
    "new_attributes": {},
    "result_note": "",
}


@transaction.atomic
def open_draft(
    devices: Sequence[Equipment],
    *,
    header: Mapping[str, Any],
    fault: str = "",
    by: User,
    submission: UUID | None = None,
) -> Repair:
    """A new dossier of the devices, all of one unit for which `by` records; `fault` is said of each of them.

    From now on they can enter no other dossier. The same `submission` (one filled form) again gives the dossier that it
    made already. Raises DomainError for too many devices, and for one that is elsewhere or in another dossier.
    """
    _check_count(devices)
    unit = devices[0].unit
    key, made = first_press(Repair, unit=unit, prefix=PREFIX, submission=submission, by=by)
    if made is not None:
        return _sent_again(made, devices, header)
    names = {device.pk: device.code for device in devices}
    devices = fit_devices(names, unit_id=unit.pk, names=names)
    repair = Repair(unit=unit, number=take_number(unit, PREFIX), created_by=by, submission=key)
    fill(repair, {name: header[name] for name in HEADER if name in header})
    _check_days(repair, devices)
    save_with_reason(repair, by=by, reason="Lập hồ sơ")
    life.reserve(devices, kind=KIND, number=repair.number)
    _add_lines(repair, devices, fault=fault, after=0, by=by)
    record("repair.drafted", repair, by=by)
    tell_devices(repair, devices, event="equipment.repair_drafted", by=by, reason="Lập hồ sơ sửa chữa")
    return repair


def _sent_again(made: Repair, devices: Sequence[Equipment], header: Mapping[str, Any]) -> Repair:
    same = {line.equipment_id for line in made.lines.all()} == {device.pk for device in devices}
    if same and all(getattr(made, name) == header[name] for name in HEADER if name in header):
        return made
    raise DomainError(
        f"Lần nhập này đã được lưu thành hồ sơ {made.number}. Hãy mở hồ sơ đó để sửa tiếp.", code="sent_again"
    )


def _check_count(devices: Sequence[Any]) -> None:
    if not devices:
        raise DomainError("Hãy nhập ít nhất một mã thiết bị.", field="devices")
    if len(devices) > MAX_DEVICES:
        message = f"Một hồ sơ sửa chữa nhận nhiều nhất {MAX_DEVICES} thiết bị, ở đây có {len(devices)}."
        raise DomainError(f"{message} Hãy tách thành nhiều hồ sơ.", field="devices", code="too_many")


def _check_days(repair: Repair, devices: Sequence[Equipment]) -> None:
    if repair.opened_on > timezone.localdate():
        raise DomainError("Ngày đánh giá ở tương lai. Hãy kiểm tra lại.", field="opened_on")
    if repair.expected_on and repair.expected_on < repair.opened_on:
        raise DomainError("Ngày hẹn trả trước ngày đánh giá. Hãy kiểm tra lại.", field="expected_on")
    refuse(before_arrival(devices, repair.opened_on, field="opened_on", what="ngày đánh giá"))


def _add_lines(repair: Repair, devices: Sequence[Equipment], *, fault: str, after: int, by: User) -> None:
    lines = [
        RepairLine(repair=repair, unit=repair.unit, equipment=device, position=at, fault=fault, **_facts(device))
        for at, device in enumerate(sorted(devices, key=lambda device: device.code), start=after + 1)
    ]
    RepairLine.objects.bulk_create(lines)
    RepairLine.history.bulk_history_create(lines, default_user=by, default_change_reason="Đưa vào hồ sơ")


def _facts(device: Equipment) -> dict[str, Any]:
    """What a line keeps of its device."""
    return {
        "code": device.code,
        "name": device.name,
        "serial": device.serial,
        "warranty_until": device.warranty_until,
    }


@transaction.atomic
def save_draft(
    repair: Repair,
    *,
    devices: Sequence[Equipment],
    header: Mapping[str, Any],
    lines: Mapping[int, Mapping[str, Any]],
    by: User,
    version: int,
) -> Repair:
    """Replace a draft's content: its head, its devices, and by a line's key what is said of it (`fault`, `estimate`).

    Raises StaleError if somebody saved meanwhile, DomainError if it is no draft any more.
    """
    repair = lock(repair)
    require_state(repair, RepairState.DRAFT)
    require_fresh(repair, version)
    _check_count(devices)
    _change_devices(repair, devices, by=by)
    for line in repair.lines.all():
        if line.pk in lines and fill(line, dict(lines[line.pk])):
            line.version += 1
            save_with_reason(line, by=by, reason="Lưu nháp")
    fill(repair, {name: header[name] for name in HEADER if name in header})
    _check_days(repair, devices)
    repair.version += 1
    save_with_reason(repair, by=by, reason="Lưu nháp")
    return repair


def _change_devices(repair: Repair, devices: Sequence[Equipment], *, by: User) -> None:
    """Make the lines those of the devices."""
    stored = {line.equipment_id: line for line in repair.lines.all()}
    fresh = {device.pk: device.code for device in devices if device.pk not in stored}
    gone = {pk: line for pk, line in stored.items() if pk not in {device.pk for device in devices}}
    both = life.lock_devices([*fresh, *gone])
    taken = fit_devices(fresh, unit_id=repair.unit_id, names=fresh)
    life.reserve(taken, kind=KIND, number=repair.number)
    let_go = [device for device in both if device.pk in gone]
    life.release(let_go, number=repair.number)
    for line in gone.values():
        vars(line).update(_history_user=by, _change_reason="Bỏ khỏi hồ sơ")
        line.delete()
    tell_devices(repair, let_go, event="equipment.repair_left", by=by, reason="Bỏ khỏi hồ sơ sửa chữa")
    last = max((line.position for line in stored.values()), default=0)
    _add_lines(repair, taken, fault="", after=last, by=by)
    tell_devices(repair, taken, event="equipment.repair_drafted", by=by, reason="Đưa vào hồ sơ sửa chữa")


@transaction.atomic
def cancel(repair: Repair, *, reason: str, by: User, version: int) -> Repair:
    """Give the dossier up: devices that were sent go back to what they were, and all of them are free again."""
    repair = locked(repair, RepairState.CANCELLED, version=version)
    lines = list(repair.lines.all())
    devices = life.lock_devices(line.equipment_id for line in lines)
    if repair.state == RepairState.SENT:
        send_back(repair, lines, by=by, reason=reason, event="equipment.repair_cancelled")
    else:
        tell_devices(repair, devices, event="equipment.repair_cancelled", by=by, reason=reason)
    life.release(devices, number=repair.number)
    return transition(
        repair,
        RepairState.CANCELLED,
        flow=REPAIR_FLOW,
        by=by,
        reason=reason,
        event="repair.cancelled",
        cancel_reason=reason,
    )


@transaction.atomic
def restore(repair: Repair, *, by: User) -> Repair:
    """Take a cancelled dossier up again as a draft; what was recorded as results is blank again.

    Raises DomainError naming devices that have gone elsewhere meanwhile.
    """
    repair = locked(repair, RepairState.DRAFT, version=None)
    lines = list(repair.lines.all())
    names = {line.equipment_id: line.code for line in lines}
    devices = fit_devices(names, unit_id=repair.unit_id, names=names)
    life.reserve(devices, kind=KIND, number=repair.number)
    now = {device.pk: device for device in devices}
    for line in lines:
        if fill(line, _BLANK | {"former_status": ""} | _facts(now[line.equipment_id])):
            line.version += 1
            save_with_reason(line, by=by, reason="Khôi phục hồ sơ")
    tell_devices(repair, devices, event="equipment.repair_drafted", by=by, reason="Khôi phục hồ sơ sửa chữa")
    return transition(
        repair,
        RepairState.DRAFT,
        flow=REPAIR_FLOW,
        by=by,
        reason="Khôi phục hồ sơ",
        event="repair.restored",
        sent_on=None,
        returned_on=None,
        cancel_reason="",
        cost_reason="",
        late_reason="",
    )
