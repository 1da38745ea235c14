"""Devices that are lost, and found again: the same steps in two directions."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.transitions import lock, save_with_reason, transition
from disposals.actions.common import (
    check_books_day,
    depart,
    devices_to_restore,
    keep_devices,
    refuse_done,
    take_devices,
)
from disposals.models import LossLine, LossReport
from disposals.rules.flow import AFTERWARDS, CONCERNED, LOSS_FLOW, LOSS_PREFIX, Happening, LossState
from dossiers.actions import require_papers, take_number
from dossiers.submissions import first_press, refuse_sent_again
from equipment.actions import life
from equipment.models import Equipment
from equipment.rules.lifecycle import EntryKind

RESERVED = "loss"
HEADER = ("happened_on", "minutes_number", "circumstances", "responsible", "condition")


@transaction.atomic
def start_draft(
    *,
    kind: Happening,
    devices: Sequence[Equipment],
    values: Mapping[str, Any],
    by: User,
    submission: UUID | None = None,
) -> LossReport:
    """A new report on devices of one unit. The same `submission` again gives the draft that it made.

    Raises DomainError when a device is in another dossier, or in a state in which this can't be said of it.
    """
    unit, prefix = devices[0].unit, LOSS_PREFIX[kind]
    key, made = first_press(LossReport, unit=unit, prefix=prefix, submission=submission, by=by)
    if made is not None:
        same = set(made.lines.values_list("equipment_id", flat=True)) == {device.pk for device in devices}
        if same and all(getattr(made, name) == (values[name] or "") for name in HEADER if name in values):
            return made
        refuse_sent_again(made)
        return save_draft(made, devices=devices, values=values, by=by, version=made.version)
    report = LossReport(unit=unit, number=take_number(unit, prefix), kind=kind, created_by=by, submission=key)
    _fill(report, values)
    save_with_reason(report, by=by, reason="Lập hồ sơ")
    _write_lines(report, devices, by=by)
    events.record("loss.drafted", report, unit=unit, by=by)
    return report


@transaction.atomic
def save_draft(
    report: LossReport, *, devices: Sequence[Equipment], values: Mapping[str, Any], by: User, version: int
) -> LossReport:
    """Replace a draft's content. Raises StaleError or DomainError."""
    report = lock(report)
    if report.state != LossState.DRAFT:
        state = report.get_state_display()
        raise DomainError(f"Hồ sơ {report.number} đang ở trạng thái “{state}”, không sửa được.", code="workflow")
    require_version(report, version)
    _fill(report, values)
    report.version += 1
    save_with_reason(report, by=by, reason="Lưu nháp")
    _write_lines(report, devices, by=by)
    return report


@transaction.atomic
def confirm(report: LossReport, *, by: User, version: int | None = None) -> LossReport:
    """Write it into the books: lost devices leave them, found ones come back at their former original price.

    Raises StaleError, DomainError if it was done already, SeveralProblemsError with all that is missing.
    """
    report = lock(report)
    refuse_done(report, LossState.CONFIRMED, event="loss.confirmed", by=by, done="được ghi sổ")
    LOSS_FLOW.check(report.state, LossState.CONFIRMED)
    if version is not None:
        require_version(report, version)
    devices = life.lock_devices(report.lines.values_list("equipment_id", flat=True))
    problems = [*require_papers(report), *check_books_day(report.happened_on, devices, field="happened_on")]
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralProblemsError(problems)
    keep_devices(report.lines, by=by, reason="Ghi sổ")
    kind = Happening(report.kind)
    facts: dict[str, Any] = {
        "to": AFTERWARDS[kind],
        "event": f"equipment.{kind.value}",
        "by": by,
        "reason": f"{kind.label} ngày {report.happened_on:%d/%m/%Y}",
    }
    if kind == Happening.LOST:
        depart(devices, kind=EntryKind.LOST, on=report.happened_on, dossier=report.number, **facts)
    else:
        told, on = {"dossier": report.number}, report.happened_on
        life.step(devices, payload=told, values={"condition": report.condition}, **facts)
        life.post(devices, kind=EntryKind.FOUND, on=on, dossier=report.number, by=by, quantity=1)
        life.release(devices, number=report.number)
    return transition(report, LossState.CONFIRMED, flow=LOSS_FLOW, by=by, reason="Ghi sổ", event="loss.confirmed")


@transaction.atomic
def cancel(report: LossReport, *, reason: str, by: User, version: int | None = None) -> LossReport:
    """Give a draft up; it stays on record and can be restored."""
    report = lock(report)
    refuse_done(report, LossState.CANCELLED, event="loss.cancelled", by=by, done="được hủy")
    LOSS_FLOW.check(report.state, LossState.CANCELLED)
    if version is not None:
        require_version(report, version)
    devices = life.lock_devices(report.lines.values_list("equipment_id", flat=True))
    keep_devices(report.lines, by=by, reason="Hủy hồ sơ")
    life.release(devices, number=report.number)
    _tell(report, devices, "loss_dropped", by=by, reason=reason)
    return transition(
        report,
        LossState.CANCELLED,
        flow=LOSS_FLOW,
        by=by,
        reason=reason,
        event="loss.cancelled",
        cancel_reason=reason,
    )


@transaction.atomic
def restore(report: LossReport, *, by: User) -> LossReport:
    """Take a cancelled draft up again, with its devices as far as they are free."""
    report = lock(report)
    refuse_done(report, LossState.DRAFT, event="loss.restored", by=by, done="được khôi phục")
    LOSS_FLOW.check(report.state, LossState.DRAFT)
    devices = devices_to_restore(report.lines.all(), unit=report.unit)
    _take(report, devices, by=by, known=())
    return transition(
        report,
        LossState.DRAFT,
        flow=LOSS_FLOW,
        by=by,
        reason="Khôi phục hồ sơ",
        event="loss.restored",
        cancel_reason="",
    )


def _fill(report: LossReport, values: Mapping[str, Any]) -> None:
    for name in HEADER:
        if name in values:
            setattr(report, name, values[name])
    if report.happened_on > timezone.localdate():
        message = f"Ngày {report.happened_on:%d/%m/%Y} ở tương lai."
        raise DomainError(message, field="happened_on", code="future")


def _take(report: LossReport, devices: Sequence[Equipment], *, by: User, known: Sequence[int]) -> list[Equipment]:
    allowed = CONCERNED[Happening(report.kind)]
    taken = take_devices(devices, unit=report.unit, allowed=allowed, kind=RESERVED, number=report.number)
    _tell(report, [device for device in taken if device.pk not in known], "loss_drafted", by=by, reason="Lập hồ sơ")
    return taken


def _write_lines(report: LossReport, devices: Sequence[Equipment], *, by: User) -> None:
    before = {line.equipment_id: line for line in report.lines.all()}
    taken = _take(report, devices, by=by, known=list(before))
    keys = {device.pk for device in taken}
    gone = [line for key, line in before.items() if key not in keys]
    dropped = life.lock_devices(line.equipment_id for line in gone)
    for line in gone:
        vars(line).update(_history_user=by, _change_reason="Bỏ khỏi hồ sơ")
        line.delete()
    life.release(dropped, number=report.number)
    _tell(report, dropped, "loss_dropped", by=by, reason="Bỏ khỏi hồ sơ")
    first = 1 + max((line.position for line in before.values()), default=0)
    lines = [
        LossLine(
            report=report, unit=report.unit, equipment=device, position=position, original_value=device.original_price
        ).copy(device)
        for position, device in enumerate((d for d in taken if d.pk not in before), start=first)
    ]
    LossLine.objects.bulk_create(lines)
    LossLine.history.bulk_history_create(lines, default_user=by, default_change_reason="Đưa vào hồ sơ")


def _tell(report: LossReport, devices: Sequence[Equipment], event: str, *, by: User, reason: str) -> None:
    told = {"dossier": report.number}
    life.step(devices, to=None, by=by, reason=reason, event=f"equipment.{event}", payload=told)
