"""A disposal as a draft: write, change, give up, take up again. The devices are the dossier's from here on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.bulk import change
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason, transition
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.rules import Kind, State
from disposals.actions.common import (
    check_wiping,
    devices_to_restore,
    keep_devices,
    refuse_done,
    take_devices,
)
from disposals.models import Disposal, DisposalLine
from disposals.queries import lines_of
from disposals.rules.flow import DISPOSABLE, DISPOSAL_FLOW, METHODS, PREFIX, Act, DisposalState
from dossiers.actions import take_number
from dossiers.submissions import first_press, refuse_sent_again
from equipment.actions import life
from equipment.models import Equipment
from equipment.rules.lifecycle import Status

RESERVED = "disposal"
HEADER = ("method", "council", "minutes_number", "minutes_date", "conclusion", "note", "late_reason")
LINE = ("condition", "reason", "method", "proceeds", "wiped_on", "wiped_by", "wipe_method")


@transaction.atomic
def start_draft(
    *,
    devices: Sequence[Equipment],
    act: str,
    reason: str,
    values: Mapping[str, Any],
    by: User,
    submission: UUID | None = None,
) -> Disposal:
    """A new draft for devices of one unit, for which `by` records; `reason` is that of every line.

    The same `submission` (one filled form) again gives the draft that it made. Raises DomainError when a device is in
    another dossier, or in a state from which it isn't disposed of.
    """
    unit, prefix = devices[0].unit, PREFIX[Act(act)]
    key, made = first_press(Disposal, unit=unit, prefix=prefix, submission=submission, by=by)
    if made is not None:
        if made.act == act and _same(made, devices, reason, values):
            return made
        refuse_sent_again(made, otherwise=made.act != act)
        return save_draft(made, devices=devices, reason=reason, values=values, by=by, version=made.version)
    disposal = Disposal(unit=unit, number=take_number(unit, prefix), act=act, created_by=by, submission=key)
    _fill(disposal, values)
    save_with_reason(disposal, by=by, reason="Lập hồ sơ")
    _write_lines(disposal, devices, reason, by=by)
    _owe(disposal, by=by)
    events.record("disposal.drafted", disposal, unit=unit, by=by)
    return disposal


@transaction.atomic
def save_draft(
    disposal: Disposal, *, devices: Sequence[Equipment], reason: str, values: Mapping[str, Any], by: User, version: int
) -> Disposal:
    """Replace a draft's content; a device that stays keeps its line. Raises StaleError or DomainError."""
    disposal = lock(disposal)
    if disposal.state != DisposalState.DRAFT:
        state = disposal.get_state_display()
        message = f"Hồ sơ {disposal.number} đang ở trạng thái “{state}”, không sửa như bản nháp được."
        raise DomainError(message, code="workflow")
    require_version(disposal, version)
    _fill(disposal, values)
    disposal.version += 1
    save_with_reason(disposal, by=by, reason="Lưu nháp")
    _write_lines(disposal, devices, reason, by=by)
    _owe(disposal, by=by)
    return disposal


@transaction.atomic
def describe_line(line: DisposalLine, *, values: Mapping[str, Any], by: User, version: int) -> DisposalLine:
    """What one device has of its own: reason, way, proceeds, wiping. `version` is the dossier's."""
    disposal = lock(line.disposal)
    if disposal.state not in {DisposalState.DRAFT, DisposalState.SUBMITTED, DisposalState.DECIDED}:
        raise DomainError(f"Hồ sơ {disposal.number} đã kết thúc, không sửa được nữa.", code="workflow")
    require_version(disposal, version)
    given = {name: values[name] for name in LINE if name in values}
    if given.get("method") and given["method"] not in METHODS[Act(disposal.act)]:
        message = f"Hình thức này không phải của việc {disposal.get_act_display().lower()}."
        raise DomainError(message, field="method", code="method")
    line = lock(line)
    if given.get("wiped_on") and (problems := check_wiping({line.equipment: given["wiped_on"]})):
        raise problems[0]
    for name, value in given.items():
        setattr(line, name, value)
    line.version += 1
    save_with_reason(line, by=by, reason="Ghi cho từng thiết bị")
    disposal.version += 1
    save_with_reason(disposal, by=by, reason=f"Sửa thiết bị {line.code}", fields=["version"])
    events.record("disposal.line_described", disposal, unit=disposal.unit, by=by, title=line.code)
    return line


@transaction.atomic
def cancel(disposal: Disposal, *, reason: str, by: User, version: int | None = None) -> Disposal:
    """Give the disposal up: the devices go back to what they were, the terms that run fall away."""
    disposal = lock(disposal)
    refuse_done(disposal, DisposalState.CANCELLED, event="disposal.cancelled", by=by, done="được hủy")
    DISPOSAL_FLOW.check(disposal.state, DisposalState.CANCELLED)
    if version is not None:
        require_version(disposal, version)
    lines = lines_of(disposal)
    devices = {device.pk: device for device in life.lock_devices(line.equipment_id for line in lines)}
    former: dict[Status | None, list[Equipment]] = {}
    for line in lines:
        device = devices[line.equipment_id]
        back = line.former_status if line.former_status not in {"", device.status} else ""
        former.setdefault(Status(back) if back else None, []).append(device)
    for status, some in former.items():
        told = {"dossier": disposal.number}
        life.step(some, to=status, by=by, reason=reason, event="equipment.disposal_cancelled", payload=told)
    keep_devices(disposal.lines, by=by, reason="Hủy hồ sơ")
    life.release(list(devices.values()), number=disposal.number)
    done = transition(
        disposal,
        DisposalState.CANCELLED,
        flow=DISPOSAL_FLOW,
        by=by,
        reason=reason,
        event="disposal.cancelled",
        cancel_reason=reason,
    )
    for owed in Obligation.objects.about(done).filter(state=State.OPEN):
        deadlines.waive(kind=Kind(owed.kind), subject=done, reason=f"Hủy hồ sơ: {reason}"[:500], by=by)
    return done


@transaction.atomic
def restore(disposal: Disposal, *, by: User) -> Disposal:
    """Take a cancelled draft up again, with its devices as far as they are free."""
    disposal = lock(disposal)
    refuse_done(disposal, DisposalState.DRAFT, event="disposal.restored", by=by, done="được khôi phục")
    if disposal.submitted_on is not None:
        message = "Hội đồng đã họp về hồ sơ này nên không khôi phục được. Hãy lập hồ sơ mới."
        raise DomainError(message, code="workflow")
    DISPOSAL_FLOW.check(disposal.state, DisposalState.DRAFT)
    devices = devices_to_restore(disposal.lines.all(), unit=disposal.unit)
    taken = take_devices(devices, unit=disposal.unit, allowed=DISPOSABLE, kind=RESERVED, number=disposal.number)
    _tell_taken(disposal, taken, by=by)
    done = transition(
        disposal,
        DisposalState.DRAFT,
        flow=DISPOSAL_FLOW,
        by=by,
        reason="Khôi phục hồ sơ",
        event="disposal.restored",
        cancel_reason="",
    )
    _owe(done, by=by)
    return done


def _same(made: Disposal, devices: Sequence[Equipment], reason: str, values: Mapping[str, Any]) -> bool:
    """Whether the draft holds just what was sent."""
    blank = Disposal()
    head = all(getattr(made, name) == (values[name] or getattr(blank, name)) for name in HEADER if name in values)
    stored = set(made.lines.values_list("equipment_id", "reason"))
    return head and stored == {(device.pk, reason) for device in devices}


def _fill(disposal: Disposal, values: Mapping[str, Any]) -> None:
    for name in HEADER:
        if name in values:
            setattr(disposal, name, values[name])
    if disposal.method not in METHODS[Act(disposal.act)]:
        message = f"Hãy chọn hình thức của việc {disposal.get_act_display().lower()}."
        raise DomainError(message, field="method", code="method")
    day: date | None = disposal.minutes_date
    if day is not None and day > timezone.localdate():
        raise DomainError(f"Ngày họp {day:%d/%m/%Y} ở tương lai.", field="minutes_date", code="future")


def _write_lines(disposal: Disposal, devices: Sequence[Equipment], reason: str, *, by: User) -> None:
    """One line for each device: new ones get `reason`, which also replaces that of the lines that stay."""
    taken = take_devices(devices, unit=disposal.unit, allowed=DISPOSABLE, kind=RESERVED, number=disposal.number)
    before = {line.equipment_id: line for line in lines_of(disposal)}
    keys = {device.pk for device in taken}
    _drop(disposal, [line for key, line in before.items() if key not in keys], by=by)
    fresh = [device for device in taken if device.pk not in before]
    lines = [
        DisposalLine(
            disposal=disposal,
            unit=disposal.unit,
            equipment=device,
            position=position,
            original_value=device.original_price,
            condition=device.condition,
            reason=reason,
        ).copy(device)
        for position, device in enumerate(fresh, start=1 + max((line.position for line in before.values()), default=0))
    ]
    DisposalLine.objects.bulk_create(lines)
    DisposalLine.history.bulk_history_create(lines, default_user=by, default_change_reason="Đưa vào hồ sơ")
    staying = [line.pk for key, line in before.items() if key in keys and line.reason != reason]
    if staying:
        rows = DisposalLine.objects.filter(pk__in=staying).of_unit(disposal.unit)
        change(rows, {"reason": reason}, by=by, reason="Lưu nháp", when=timezone.now())
    _tell_taken(disposal, fresh, by=by)


def _tell_taken(disposal: Disposal, devices: Sequence[Equipment], *, by: User) -> None:
    told = {"dossier": disposal.number}
    reason = f"Đề nghị {disposal.get_act_display().lower()}"
    life.step(devices, to=None, by=by, reason=reason, event="equipment.disposal_drafted", payload=told)


def _drop(disposal: Disposal, lines: Sequence[DisposalLine], *, by: User) -> None:
    """Devices that are taken out of the draft again."""
    devices = life.lock_devices(line.equipment_id for line in lines)
    for line in lines:
        vars(line).update(_history_user=by, _change_reason="Bỏ khỏi hồ sơ")
        line.delete()
    life.release(devices, number=disposal.number)
    told = {"dossier": disposal.number}
    life.step(devices, to=None, by=by, reason="Bỏ khỏi hồ sơ", event="equipment.disposal_dropped", payload=told)


def _owe(disposal: Disposal, *, by: User) -> None:
    """Art. 10: the dossier right after the council's minutes. No date, no term yet."""
    owed = Obligation.objects.about(disposal).filter(kind=Kind.DISPOSAL_DOSSIER).first()
    if disposal.minutes_date is None:
        if owed is not None and owed.state == State.OPEN:
            deadlines.waive(kind=Kind.DISPOSAL_DOSSIER, subject=disposal, reason="Bỏ ngày họp hội đồng", by=by)
        return
    if owed is not None and owed.state == State.WAIVED:
        deadlines.reopen(kind=Kind.DISPOSAL_DOSSIER, subject=disposal, by=by)
    deadlines.open_obligation(
        kind=Kind.DISPOSAL_DOSSIER,
        subject=disposal,
        unit=disposal.unit,
        start_date=disposal.minutes_date,
        label=disposal.number,
        by=by,
    )
