"""The receiver confirms each device, the books of both units move; the sender settles what didn't arrive."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.bulk import change
from core.database import broken_constraint
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.models import DocumentKind
from core.scope import elevated
from core.transitions import lock, transition
from deadlines import actions as deadlines
from deadlines.models import Obligation
from deadlines.rules import Kind
from dossiers.actions import kinds_of
from equipment.actions.confirm import SERIAL_ONCE, DuplicateSerialError
from equipment.actions.licences import follow, free_seats
from equipment.actions.life import lock_devices, post, release, step
from equipment.actions.periods import closed_problems, first_open_day, hold_books
from equipment.models import Equipment, EquipmentPast
from equipment.queries.past import belonging_to
from equipment.rules.attributes import OF_THE_PLACE
from equipment.rules.lifecycle import EntryKind, Status
from transfers.actions.draft import require_state
from transfers.actions.lines import keys, lines_of
from transfers.actions.steps import NOBODY, due_in
from transfers.models import Transfer, TransferLine
from transfers.rules import (
    DIFFERENCES,
    FLOW,
    Arrival,
    Outcome,
    Result,
    State,
    check_arrivals,
    check_day,
    check_late,
    field_of,
    state_after,
)

_EVENTS = {
    State.RECEIVED: "transfer.received",
    State.PARTLY_RECEIVED: "transfer.closed",
    State.REFUSED: "transfer.closed",
    State.DIFFERENCE: "transfer.difference",
}


class WithoutPlace(models.Func):
    """The attributes of a device without those of its place at the former unit."""

    template = f"(%(expressions)s - ARRAY[{', '.join(repr(key) for key in sorted(OF_THE_PLACE))}])"
    output_field = models.JSONField()


def open_lines(lines: Sequence[TransferLine]) -> list[TransferLine]:
    """Devices of which it isn't settled yet whether they arrive; what goes along follows its computer."""
    return [
        line
        for line in lines
        if line.along_id is None and line.result != Result.RECEIVED and line.outcome == Outcome.OPEN
    ]


@transaction.atomic
def receive(
    transfer: Transfer,
    *,
    arrivals: Mapping[str, Arrival],
    on: date,
    receiver_name: str,
    receiver_title: str,
    late_reason: str = "",
    by: User,
    version: int,
) -> Transfer:
    """Take what has arrived into the receiver's books, with the effective date of the hand-over; state the rest.

    Where a side's books were closed since for that day, both books move on the first day that is open for both: the
    closed year has the device with the sender, in transfer.

    `arrivals` are by code. What was stated as missing or refused may still arrive as long as the sender hasn't settled
    it. Raises StaleError, or DomainError with everything that stands against it; then nothing is stored.
    """
    if transfer.partner_id is None or transfer.partner_id not in by.scope.write_units:
        raise DomainError("Chỉ bên nhận mới xác nhận được.", code="forbidden")
    with elevated("transfers.receive: the books of both units move"):
        transfer = lock(transfer)
        require_state(transfer, State.HANDED_OVER, State.DIFFERENCE)
        require_version(transfer, version)
        first = transfer.state == State.HANDED_OVER
        lines = lines_of(transfer)
        devices = {device.pk: device for device in lock_devices(keys(lines))}
        stated = [(line, arrivals.get(line.code, Arrival(Result(line.result)))) for line in open_lines(lines)]
        today = timezone.localdate()
        # An earlier statement is only ever followed by arrivals.
        stated = stated if first else [(line, one) for line, one in stated if one.result == Result.RECEIVED]
        paper = DocumentKind.DIFFERENCE in kinds_of(transfer, by=transfer.partner)
        problems = [
            *check_day(on, earliest=transfer.handed_over_on, today=today, field="on", what="ngày nhận"),
            *(check_late(receiver_due(transfer), today=today, reason=late_reason) if first else []),
            *check_arrivals(stated, paper=paper),
        ]
        if not stated:
            problems.append(DomainError("Chưa chọn thiết bị nào đã nhận thêm.", code="nothing"))
        arrived = [line for line, one in stated if one.result == Result.RECEIVED]
        taken = [*arrived, *_companions(lines, arrived)]
        problems += _serials_taken(transfer, taken, devices)
        if problems:
            raise SeveralProblemsError(problems)
        _move(transfer, [devices[pk] for pk in sorted(keys(taken))], by=by)
        _state(transfer, lines, {line.pk: one for line, one in stated}, by=by)
        now = lines_of(transfer)
        state = state_after((line.result, line.outcome) for line in now)
        said = [one.note for _, one in stated if one.result in DIFFERENCES and one.note]
        done = transition(
            transfer,
            state,
            flow=FLOW,
            by=by,
            reason=state.label,
            event=_EVENTS[state],
            received_on=transfer.received_on or on,
            received_at=timezone.now(),
            received_by=by,
            receiver_name=receiver_name,
            receiver_title=receiver_title,
            receiver_late_reason=late_reason or transfer.receiver_late_reason,
            refusal_reason="; ".join(said)[:500] if first else transfer.refusal_reason,
        )
        if first:
            deadlines.fulfil(kind=Kind.TRANSFER_IN, subject=done, on=today, by=by, reason=late_reason)
    return done


def receiver_due(transfer: Transfer) -> date:
    """Until when the receipt has to be recorded."""
    owed = Obligation.objects.about(transfer).filter(kind=Kind.TRANSFER_IN).first()
    return owed.due_date if owed else due_in(Kind.TRANSFER_IN, transfer.handed_over_on)


def _companions(lines: Sequence[TransferLine], mains: Sequence[TransferLine]) -> list[TransferLine]:
    wanted = {line.pk for line in mains}
    return [line for line in lines if line.along_id in wanted]


def _serials_taken(
    transfer: Transfer, lines: Sequence[TransferLine], devices: Mapping[int, Equipment]
) -> list[DomainError]:
    """Serials that the receiver's books hold already. It is told its own device, nothing else."""
    at = {devices[line.equipment_id].serial.upper(): line for line in lines if devices[line.equipment_id].serial}
    rows = Equipment.objects.filter(unit=transfer.partner).with_serials(list(at)).scoped()
    return [
        DuplicateSerialError(serial=serial, device=code, field=field_of("result", at[serial.upper()]))
        for serial, code in rows.order_by("code").values_list("serial", "code")
    ]


def _move(transfer: Transfer, devices: Sequence[Equipment], *, by: User) -> None:
    """The books, the devices, what belongs to them. Nothing of the sender's people, rooms, notes and papers."""
    day, partner, number = transfer.handed_over_on, transfer.partner, transfer.number
    if not devices or day is None or partner is None:
        return
    # Books of either side that were closed in between keep the device where it was: it moves in the first open year.
    day = first_open_day([transfer.unit, partner], day)
    post(devices, kind=EntryKind.TRANSFER_OUT, on=day, dossier=number, by=by, quantity=-1)
    post(devices, kind=EntryKind.TRANSFER_IN, on=day, dossier=number, by=by, quantity=1, unit=partner)
    past = belonging_to(devices)
    EquipmentPast.objects.bulk_create(
        EquipmentPast(
            equipment=device,
            unit=partner,
            former=transfer.unit,
            dossier=number,
            entries=past[device.pk].entries,
            ledger=past[device.pk].ledger,
        )
        for device in devices
    )
    reason = f"Điều chuyển theo hồ sơ {number}"
    own: dict[str, Any] = {
        **NOBODY,
        "unit": partner,
        "note": "",
        # The sender's intake and list: its history keeps them, the receiver never had them.
        "intake": None,
        "batch": None,
        "attributes": WithoutPlace("attributes"),
    }
    try:
        with transaction.atomic():
            moved = step(
                devices,
                to=Status.IN_STOCK,
                by=by,
                reason=reason,
                event="transfer.device_gone",
                payload={"dossier": number, "title": partner.name},
                values=own,
            )
    except IntegrityError as error:  # the receiver took one of the serials in in this very moment
        if broken_constraint(error) != SERIAL_ONCE:
            raise
        raise DomainError(
            "Một số máy trong hồ sơ vừa được đơn vị tiếp nhận ở hồ sơ khác. Hãy tải lại trang.",
            code="duplicate_serial",
        ) from error
    told = {"dossier": number, "title": transfer.unit.name, "reason": reason}
    events.record_many("transfer.device_received", moved, unit=partner, by=by, payloads=[told] * len(moved))
    follow(moved, unit=partner, by=by, on=day, reason=reason)
    release(devices, number=number)


def _state(transfer: Transfer, lines: Sequence[TransferLine], stated: Mapping[int, Arrival], *, by: User) -> None:
    """Write what the receiver said into the lines, and into those that go along."""
    groups: dict[Arrival, list[int]] = {}
    for line in lines:
        arrival = stated.get(line.along_id or line.pk)
        if arrival is not None:
            groups.setdefault(arrival, []).append(line.pk)
    for arrival, pks in groups.items():
        rows = TransferLine.objects.filter(pk__in=pks, transfer=transfer).scoped()
        values = {"result": arrival.result, "difference": arrival.note}
        change(rows, values, by=by, reason=arrival.result.label, when=timezone.now())


@transaction.atomic
def settle(transfer: Transfer, *, outcomes: Mapping[str, Outcome], on: date, by: User, version: int) -> Transfer:
    """The sender says of devices that didn't arrive: taken back, or lost on the way (by code).

    A loss needs its minutes and leaves the sender's books on that day. What isn't settled yet may be settled later.
    Raises StaleError, or DomainError with everything that stands against it.
    """
    transfer = lock(transfer)
    require_state(transfer, State.DIFFERENCE)
    require_version(transfer, version)
    lines = lines_of(transfer)
    chosen = [(line, outcomes[line.code]) for line in open_lines(lines) if outcomes.get(line.code, Outcome.OPEN)]
    today = timezone.localdate()
    problems = check_day(on, earliest=transfer.handed_over_on, today=today, field="on", what="ngày xử lý")
    if any(outcome == Outcome.LOST for _, outcome in chosen):
        hold_books([transfer.unit])
        problems += closed_problems([transfer.unit], on, field="on")
    if not chosen:
        problems.append(DomainError("Hãy chọn cách xử lý cho ít nhất một thiết bị.", code="nothing"))
    if any(outcome == Outcome.LOST for _, outcome in chosen) and DocumentKind.LOSS_MINUTES not in kinds_of(transfer):
        message = f"Còn thiếu tài liệu bắt buộc: {DocumentKind.LOSS_MINUTES.label} (PDF). Hãy tải lên rồi làm tiếp."
        problems.append(DomainError(message, code="document"))
    if problems:
        raise SeveralProblemsError(problems)
    devices = {device.pk: device for device in lock_devices(keys(lines))}
    for outcome in (Outcome.RETURNED, Outcome.LOST):
        mains = [line for line, said in chosen if said == outcome]
        whole = [*mains, *_companions(lines, mains)]
        if whole:
            _settle(transfer, whole, [devices[pk] for pk in sorted(keys(whole))], outcome, on=on, by=by)
    state = state_after((line.result, line.outcome) for line in lines_of(transfer))
    return transition(transfer, state, flow=FLOW, by=by, reason="Xử lý chênh lệch", event="transfer.settled")


def _settle(
    transfer: Transfer,
    lines: Sequence[TransferLine],
    devices: Sequence[Equipment],
    outcome: Outcome,
    *,
    on: date,
    by: User,
) -> None:
    lost = outcome == Outcome.LOST
    reason = f"{outcome.label}, hồ sơ điều chuyển {transfer.number}"
    step(
        devices,
        to=Status.LOST if lost else Status.IN_STOCK,
        by=by,
        reason=reason,
        event="transfer.device_lost" if lost else "transfer.device_returned",
        payload={"dossier": transfer.number},
    )
    if lost:
        post(devices, kind=EntryKind.LOST, on=on, dossier=transfer.number, by=by, quantity=-1, field="on")
        free_seats(devices, by=by, on=on, reason=reason)
    release(devices, number=transfer.number)
    rows = TransferLine.objects.filter(pk__in=[line.pk for line in lines]).scoped()
    change(rows, {"outcome": outcome, "settled_on": on}, by=by, reason=outcome.label, when=timezone.now())


def value_of(lines: Sequence[TransferLine]) -> Decimal:
    """What the devices cost together."""
    return sum((line.original_price for line in lines), Decimal(0))
