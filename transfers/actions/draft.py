"""Writes on a transfer before it is decided: the draft, giving it up, taking it up again; wiping and licences."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.transitions import lock, save_with_reason, transition
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.rules import Kind
from deadlines.rules import State as ObligationState
from dossiers.actions import take_number
from dossiers.submissions import first_press
from equipment.actions.life import lock_devices, release, reserve
from equipment.models import Equipment
from equipment.queries.arrivals import arrivals
from orgs.models import OrgUnit
from transfers.actions.lines import KIND, arrange, keys, lines_of, write_devices
from transfers.models import Transfer, TransferLine
from transfers.rules import FLOW, PREFIX, Licences, State

HEADER = ("receiver", "reason", "place", "licences")


@transaction.atomic
def start_draft(
    *, header: Mapping[str, Any], devices: Sequence[Equipment], by: User, submission: UUID | None = None
) -> Transfer:
    """A draft of the unit whose devices these are; they are reserved for it. The receiver knows nothing of it.

    The same `submission` again gives the draft that it made already. Raises DomainError for a receiver that can't be
    one, for devices in other dossiers or states.
    """
    unit = devices[0].unit
    key, made = first_press(Transfer, unit=unit, prefix=PREFIX, submission=submission, by=by)
    if made is not None:
        return made
    _check_receiver(header["receiver"], unit)
    transfer = Transfer(unit=unit, number=take_number(unit, PREFIX), created_by=by, submission=key)
    _fill(transfer, header)
    save_with_reason(transfer, by=by, reason="Lập hồ sơ")
    write_devices(transfer, lock_devices(device.pk for device in devices), by=by)
    events.record("transfer.drafted", transfer, unit=unit, by=by)
    return transfer


@transaction.atomic
def save_draft(
    transfer: Transfer, *, header: Mapping[str, Any], devices: Sequence[Equipment], by: User, version: int
) -> Transfer:
    """Replace a draft's content. Raises StaleError if somebody saved meanwhile, DomainError if it is no draft."""
    transfer = lock(transfer)
    require_state(transfer, State.DRAFT)
    require_version(transfer, version)
    _check_receiver(header["receiver"], transfer.unit)
    other = transfer.licences != header["licences"]
    _fill(transfer, header)
    transfer.version += 1
    save_with_reason(transfer, by=by, reason="Lưu nháp")
    locked = lock_devices({device.pk for device in devices} | set(keys(lines_of(transfer))))
    wanted = {device.pk for device in devices}
    if other:
        for line in lines_of(transfer):
            line.licences = transfer.licences
            save_with_reason(line, by=by, reason="Đổi cách xử lý phần mềm", fields=["licences"])
    write_devices(transfer, [device for device in locked if device.pk in wanted], by=by)
    return transfer


@transaction.atomic
def prepare(
    transfer: Transfer,
    *,
    wiped: Mapping[int, bool],
    licences: Mapping[int, Licences],
    on: date | None,
    person: str,
    method: str,
    by: User,
    version: int,
) -> Transfer:
    """State whose data were wiped (on that day, by whom, how), and what becomes of the software; by line.

    A line that was wiped already keeps what was stated of it. Raises DomainError when a statement lacks a part.
    """
    transfer = lock(transfer)
    require_state(transfer, State.DRAFT, State.DECIDED)
    require_version(transfer, version)
    lines = {line.pk: line for line in lines_of(transfer)}
    fresh = [lines[pk] for pk, done in wiped.items() if done and not lines[pk].data_wiped]
    if fresh and not (on and person and method):
        named = ", ".join(line.code for line in fresh[:5])
        raise DomainError(f"Hãy ghi đủ ngày, người và cách xóa dữ liệu của {named}.", field="wiped_on", code="wipe")
    if fresh and on and on > timezone.localdate():
        raise DomainError("Ngày xóa dữ liệu không thể ở tương lai.", field="wiped_on", code="future")
    devices = lock_devices(keys(lines.values()))
    if fresh and on:
        _check_there(fresh, devices, on)
    for line in fresh:
        _wipe(line, on=on, person=person, method=method, by=by)
    for pk, done in wiped.items():
        if not done and lines[pk].data_wiped:
            _wipe(lines[pk], on=None, person="", method="", by=by)
    for pk, choice in licences.items():
        if lines[pk].licences != choice:
            lines[pk].licences = choice
            save_with_reason(lines[pk], by=by, reason="Đổi cách xử lý phần mềm", fields=["licences"])
    arrange(transfer, by=by)
    transfer.version += 1
    save_with_reason(transfer, by=by, reason="Ghi việc xóa dữ liệu, phần mềm", fields=["version"])
    events.record(
        "transfer.prepared", transfer, unit=transfer.unit, partner=transfer.partner, by=by, detail=_told(fresh)
    )
    return transfer


def _check_there(lines: Sequence[TransferLine], devices: Sequence[Equipment], on: date) -> None:
    """Nobody of the unit wiped what it didn't have yet."""
    since = arrivals(devices)
    problems = [
        DomainError(
            f"{line.code} vào sổ của đơn vị ngày {since[line.equipment_id]:%d/%m/%Y}, "
            f"sau ngày xóa dữ liệu ({on:%d/%m/%Y}).",
            field="wiped_on",
            code="order",
        )
        for line in lines
        if on < since[line.equipment_id]
    ]
    if problems:
        raise SeveralProblemsError(problems)


def _wipe(line: TransferLine, *, on: date | None, person: str, method: str, by: User) -> None:
    line.data_wiped_on, line.data_wiped_by, line.data_wipe_method = on, person, method
    fields = ["data_wiped_on", "data_wiped_by", "data_wipe_method"]
    save_with_reason(line, by=by, reason="Ghi việc xóa dữ liệu", fields=fields)


def _told(lines: Sequence[TransferLine]) -> str:
    return f"đã xóa dữ liệu {len(lines)} thiết bị" if lines else ""


@transaction.atomic
def cancel(transfer: Transfer, *, reason: str, by: User) -> Transfer:
    """Give it up before the hand-over; the devices are free again, the term falls away."""
    transfer = lock(transfer)
    require_state(transfer, State.DRAFT, State.DECIDED)
    devices = lock_devices(keys(lines_of(transfer)))
    transfer = transition(
        transfer,
        State.CANCELLED,
        flow=FLOW,
        by=by,
        reason=reason,
        event="transfer.cancelled",
        cancel_reason=reason,
    )
    release(devices, number=transfer.number)
    owed = Obligation.objects.about(transfer).filter(kind=Kind.TRANSFER_OUT, state=ObligationState.OPEN)
    if owed.exists():
        deadlines.waive(kind=Kind.TRANSFER_OUT, subject=transfer, reason=f"Hủy hồ sơ: {reason}", by=by)
    return transfer


@transaction.atomic
def restore(transfer: Transfer, *, by: User) -> Transfer:
    """Take a cancelled draft up again, if its devices are still there and free.

    What had been decided isn't taken up again: the receiver has read of its end. Raises DomainError.
    """
    transfer = lock(transfer)
    require_state(transfer, State.CANCELLED)
    if transfer.partner_id is not None:
        raise DomainError("Hồ sơ đã có quyết định thì không khôi phục được. Hãy lập hồ sơ mới.", code="workflow")
    lines = lines_of(transfer)
    devices = lock_devices(keys(lines))
    if gone := [line.code for line in lines if line.equipment_id not in {d.pk for d in devices}]:
        raise DomainError(f"Thiết bị {', '.join(gone)} không còn ở đơn vị.", code="gone")
    transfer = transition(
        transfer,
        State.DRAFT,
        flow=FLOW,
        by=by,
        reason="Khôi phục hồ sơ",
        event="transfer.restored",
        cancel_reason="",
    )
    reserve(devices, kind=KIND, number=transfer.number)
    mine = {line.equipment_id for line in lines if line.along_id is None}
    write_devices(transfer, [device for device in devices if device.pk in mine], by=by)
    return transfer


def require_state(transfer: Transfer, *states: State) -> None:
    """Refuse a step that somebody has taken already, and say who has; raises DomainError."""
    if transfer.state in states:
        return
    message = f"Hồ sơ {transfer.number} đang ở trạng thái “{transfer.get_state_display()}”"
    last = transfer.history.select_related("history_user").order_by("-history_id").first()
    if last is not None:
        moment = timezone.localtime(last.history_date)
        message += f", do {last.history_user or 'hệ thống'} cập nhật lúc {moment:%H:%M ngày %d/%m/%Y}"
    raise DomainError(f"{message}. Bước này không làm được nữa.", code="workflow")


def _check_receiver(receiver: OrgUnit, unit: OrgUnit) -> None:
    today = timezone.localdate()
    if receiver.pk == unit.pk:
        raise DomainError("Bên nhận phải khác bên giao.", field="receiver", code="same")
    closed = (receiver.valid_to and receiver.valid_to < today) or (receiver.valid_from and receiver.valid_from > today)
    if not receiver.is_agency or closed:
        raise DomainError("Bên nhận phải là cơ quan giữ sổ riêng, đang hoạt động.", field="receiver", code="receiver")


def _fill(transfer: Transfer, header: Mapping[str, Any]) -> None:
    for name in HEADER:
        setattr(transfer, name, header[name])
