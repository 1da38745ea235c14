"""The lines of a transfer: which devices it holds, and what the other side reads of them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from accounts.models import User
from core.errors import DomainError
from core.transitions import save_with_reason
from equipment.actions.licences import bound_to
from equipment.actions.life import release, reserve
from equipment.models import Equipment, Installation
from equipment.queries.depreciation import figures_of
from equipment.rules.attributes import OF_THE_PLACE
from transfers.models import Transfer, TransferLine
from transfers.rules import MOVABLE, Licences

KIND = "transfer"
_TAKEN = (
    "code",
    "name",
    "serial",
    "category_id",
    "model_id",
    "made_year",
    "made_in",
    "condition",
    "original_price",
)


def lines_of(transfer: Transfer) -> list[TransferLine]:
    """The lines in their order, with what pages and steps read of them."""
    return list(transfer.lines.for_pages())


def snapshot(line: TransferLine, device: Equipment) -> None:
    """Write down the device as it is now, as far as the receiver may know: no person, room or note of the sender."""
    for name in _TAKEN:
        setattr(line, name, getattr(device, name))
    line.attributes = {key: value for key, value in device.attributes.items() if key not in OF_THE_PLACE}


def write_devices(transfer: Transfer, devices: Sequence[Equipment], *, by: User) -> None:
    """Make the lines of a draft hold exactly these devices, and the software that goes along. They are reserved.

    Raises DomainError for a device that is in another dossier, of another unit, or in a state that doesn't allow it.
    """
    problems = [
        DomainError(f"{device.code} đang ở trạng thái “{device.get_status_display()}”.", field="devices")
        for device in devices
        if device.status not in MOVABLE or device.unit_id != transfer.unit_id
    ]
    if problems:
        raise problems[0]
    wanted = {device.pk: device for device in devices}
    kept = {line.equipment_id: line for line in lines_of(transfer) if line.along_id is None}
    for key in kept.keys() - wanted.keys():
        _drop(transfer, kept.pop(key), by=by)
    explicit = transfer.lines.filter(along__isnull=False, equipment__in=wanted)
    for line in explicit:  # what went along is now asked for by itself
        _delete(line, by=by)
    reserve(list(devices), kind=KIND, number=transfer.number)
    for device in devices:
        line = kept.get(device.pk) or TransferLine(
            transfer=transfer, unit=transfer.unit, equipment=device, licences=transfer.licences
        )
        _write(line, device, by=by)
    arrange(transfer, by=by)


def arrange(transfer: Transfer, *, by: User) -> None:
    """Have the software that runs on a computer of the transfer alone go along, or stay, as its line says.

    Then the lines are numbered: each computer, and what goes along with it.
    """
    lines = lines_of(transfer)
    main = [line for line in lines if line.along_id is None]
    listed = {line.equipment_id for line in main}
    wanted = {
        software.pk: (line, software)
        for line in main
        if line.licences == Licences.GO
        for software in _bound(transfer, line)
        if software.pk not in listed
    }
    there = {line.equipment_id: line for line in lines if line.along_id is not None}
    for key in there.keys() - wanted.keys():
        _drop(transfer, there.pop(key), by=by)
    reserve([software for _, software in wanted.values()], kind=KIND, number=transfer.number)
    for key, (computer, software) in wanted.items():
        line = there.get(key) or TransferLine(
            transfer=transfer, unit=transfer.unit, partner=transfer.partner, equipment=software
        )
        if line.along_id != computer.pk:
            line.along = computer
            snapshot(line, software)
            save_with_reason(line, by=by, reason="Đi cùng máy")
    _number(transfer, by=by)


def _bound(transfer: Transfer, line: TransferLine) -> list[Equipment]:
    if line.equipment_id not in _with_software(transfer):
        return []
    return bound_to(Equipment(pk=line.equipment_id, unit=transfer.unit))


def _with_software(transfer: Transfer) -> set[int]:
    """Which computers of the transfer have anything installed: for the others nobody need ask what it is."""
    running = Installation.objects.of_unit(transfer.unit).filter(
        removed_on=None, computer__in=transfer.lines.values("equipment")
    )
    return set(running.values_list("computer_id", flat=True))


def _number(transfer: Transfer, *, by: User) -> None:
    lines = lines_of(transfer)
    along: dict[int, list[TransferLine]] = {}
    for line in lines:
        if line.along_id is not None:
            along.setdefault(line.along_id, []).append(line)
    ordered: list[TransferLine] = []
    for line in sorted((one for one in lines if one.along_id is None), key=lambda one: one.code):
        ordered += [line, *sorted(along.get(line.pk, ()), key=lambda one: one.code)]
    for position, line in enumerate(ordered, start=1):
        if line.position != position:
            line.position = position
            save_with_reason(line, by=by, reason="Xếp thứ tự", fields=["position"])


def _write(line: TransferLine, device: Equipment, *, by: User) -> None:
    before = None if line.pk is None else {name: getattr(line, name) for name in (*_TAKEN, "attributes")}
    snapshot(line, device)
    if before is None or any(getattr(line, name) != value for name, value in before.items()):
        save_with_reason(line, by=by, reason="Ghi thông tin thiết bị")


def _drop(transfer: Transfer, line: TransferLine, *, by: User) -> None:
    """Take a device out of the draft, with the software that would have gone along."""
    gone = [*line.companions.all(), line]
    devices = [Equipment(pk=one.equipment_id) for one in gone]
    for one in gone:
        _delete(one, by=by)
    release(devices, number=transfer.number)


def _delete(line: TransferLine, *, by: User) -> None:
    vars(line).update(_history_user=by, _change_reason="Bỏ khỏi hồ sơ")
    line.delete()


def refresh(lines: Iterable[TransferLine], devices: Sequence[Equipment], *, on: date | None, by: User) -> None:
    """Write the devices down anew; with `on` also what the books say of their wear on that day."""
    known = {device.pk: device for device in devices}
    figures = figures_of(devices, on=on) if on is not None else {}
    for line in lines:
        snapshot(line, known[line.equipment_id])
        found = figures.get(line.equipment_id)
        if found is not None and found.counted:
            line.accumulated, line.residual = found.accumulated, found.residual
        save_with_reason(line, by=by, reason="Ghi thông tin thiết bị")


def keys(lines: Iterable[Any]) -> list[int]:
    """The devices of the lines, by their keys."""
    return [line.equipment_id for line in lines]
