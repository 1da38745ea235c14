"""Confirming an intake: one transaction makes the devices, their codes, history, ledger, event and the fulfilment."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import counters, documents
from core.database import broken_constraint
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.models import DocumentKind
from core.transitions import lock, transition
from deadlines import actions as deadlines
from deadlines.queries import calendar
from deadlines.rules import TERMS, Kind, due_date
from equipment.actions.periods import closed_late_paper, hold_books
from equipment.models import Equipment, Intake, IntakeLine, LedgerEntry
from equipment.rules.device import default_name, warranty_end
from equipment.rules.intake import (
    SHOWN_FAULTS,
    IntakeFacts,
    LineFacts,
    check_intake,
    is_late,
)
from equipment.rules.lifecycle import INTAKE_FLOW, EntryKind, IntakeState, Status
from equipment.rules.numbers import ASSET, asset_code

BATCH = 1000
SERIAL_ONCE = "equipment_serial_once_in_unit"


class DuplicateSerialError(DomainError):
    """A serial that the unit has already; `code` in the message names a device of that same unit."""

    def __init__(self, *, serial: str, device: str, field: str = "") -> None:
        super().__init__(
            f"Số máy “{serial}” đã có ở thiết bị {device} của đơn vị.", field=field, code="duplicate_serial"
        )
        self.device = device


@transaction.atomic
def confirm(intake: Intake, *, by: User, version: int | None = None) -> Intake:
    """Take the devices into the books (art. 7).

    Raises StaleError if the draft was saved after the page was opened, DomainError if it is no draft any more,
    SeveralProblemsError with all that is missing; then nothing is stored.
    """
    intake = lock(intake)
    if intake.state == IntakeState.CONFIRMED and intake.confirmed_at:
        moment = timezone.localtime(intake.confirmed_at)
        message = f"Hồ sơ {intake.number} đã được {intake.confirmed_by} tiếp nhận lúc {moment:%H:%M ngày %d/%m/%Y}."
        raise DomainError(f"{message} Thiết bị đã vào sổ, không cần tiếp nhận lại.", code="workflow")
    INTAKE_FLOW.check(intake.state, IntakeState.CONFIRMED)
    if version is not None:
        require_version(intake, version)
    hold_books([intake.unit])
    lines = list(intake.lines.for_form())
    now, today = timezone.now(), timezone.localdate()
    due = _due(intake)
    if refusals := problems(intake, lines):
        raise SeveralProblemsError(refusals)
    assert intake.handover_date is not None  # noqa: S101 - checked above; for the type checker
    devices = _devices(intake, lines)
    try:
        with transaction.atomic():
            Equipment.objects.bulk_create(devices, batch_size=BATCH)
    except IntegrityError as error:  # somebody else took one of the serials in this very moment
        if broken_constraint(error) != SERIAL_ONCE:
            raise
        raise DomainError(
            "Một số máy trong hồ sơ vừa được người khác tiếp nhận. Hãy tải lại trang để xem số nào.",
            code="duplicate_serial",
        ) from error
    reason = f"Tiếp nhận theo hồ sơ {intake.number}"
    Equipment.history.bulk_history_create(
        devices, batch_size=BATCH, default_user=by, default_change_reason=reason, default_date=now
    )
    LedgerEntry.objects.bulk_create(_entries(intake, devices, by=by, now=now), batch_size=BATCH)
    late = is_late(due, today)
    done = transition(
        intake,
        IntakeState.CONFIRMED,
        flow=INTAKE_FLOW,
        by=by,
        reason=EntryKind.INTAKE.label,
        event="intake.confirmed",
        confirmed_at=now,
        confirmed_by=by,
        late=late,
    )
    deadlines.fulfil(kind=Kind.INTAKE, subject=done, on=today, by=by, reason=intake.late_reason if late else "")
    return done


def problems(
    intake: Intake, lines: Sequence[IntakeLine], *, kinds: Iterable[str] | None = None, due: date | None = None
) -> list[DomainError]:
    """Everything that stands against confirming now; empty when nothing does.

    `kinds` of paper and the `due` day spare a question each to a caller who has read them.
    """
    if kinds is None:
        kinds = documents.documents_of(intake).values_list("kind", flat=True)
    facts = facts_of(intake, lines, due=due or _due(intake), kinds=kinds)
    return [
        *check_intake(facts, today=timezone.localdate()),
        *closed_late_paper(intake.unit, intake.handover_date, field="handover_date"),
        *_serials_taken(intake, lines),
    ]


def facts_of(intake: Intake, lines: Sequence[IntakeLine], *, due: date | None, kinds: Iterable[str]) -> IntakeFacts:
    """The dossier as the rules see it."""
    return IntakeFacts(
        handover_date=intake.handover_date,
        supplier=intake.supplier,
        fund_source=intake.fund_source,
        contract_date=intake.contract_date,
        late_reason=intake.late_reason,
        due_date=due,
        documents=frozenset(kinds),
        names=dict(DocumentKind.choices),
        lines=[
            LineFacts(
                position=line.position,
                category_name=line.category.name,
                category_open=line.category.closed_on is None and line.category.holds_equipment,
                serial_required=line.category.serial_required,
                quantity=line.quantity,
                unit_price=line.unit_price,
                items=line.items,
                key=f"lines-{line.position - 1}",
            )
            for line in lines
        ],
    )


def _due(intake: Intake) -> date | None:
    if intake.handover_date is None:
        return None
    return due_date(intake.handover_date, TERMS[Kind.INTAKE].working_days, calendar())


def _serials_taken(intake: Intake, lines: Sequence[IntakeLine]) -> list[DomainError]:
    """Serials that stand in this unit's books already. Other units are not looked at: that would tell of them."""
    at = {
        item["serial"].upper(): f"lines-{line.position - 1}-items"
        for line in lines
        for item in line.items
        if item.get("serial")
    }
    taken = Equipment.objects.of_unit(intake.unit).with_serials(list(at)).values_list("serial", "code")
    return [
        DuplicateSerialError(serial=serial, device=code, field=at[serial.upper()])
        for serial, code in taken.order_by("code")[:SHOWN_FAULTS]
    ]


def _devices(intake: Intake, lines: Sequence[IntakeLine]) -> list[Equipment]:
    total = sum(line.quantity for line in lines)
    numbers = iter(counters.take(intake.unit, ASSET, count=total))
    devices = []
    for line in lines:
        items = [*line.items, *({} for _ in range(line.quantity - len(line.items)))]
        devices += [_device(intake, line, item, asset_code(intake.unit.code, next(numbers))) for item in items]
    return devices


def _device(intake: Intake, line: IntakeLine, item: dict[str, str], code: str) -> Equipment:
    assert intake.handover_date is not None  # noqa: S101 - checked by the rules; for the type checker
    own = {key: value for key, value in item.items() if key not in {"serial", "inventory_number"}}
    attributes = {**line.attributes, **own}
    support_ends = attributes.pop("ngay_het_ho_tro", "")
    return Equipment(
        code=code,
        unit=intake.unit,
        category=line.category,
        model=line.model,
        name=line.name or default_name(line.category.name, line.model),
        serial=item.get("serial", ""),
        inventory_number=item.get("inventory_number", ""),
        status=Status.IN_STOCK,
        original_price=line.unit_price or 0,
        received_on=intake.handover_date,
        warranty_until=warranty_end(intake.handover_date, line.warranty_months),
        end_of_support=date.fromisoformat(support_ends)
        if support_ends
        else (line.model.end_of_support if line.model else None),
        made_year=line.made_year,
        made_in=line.made_in,
        attributes=attributes,
        intake=intake,
    )


def _entries(intake: Intake, devices: Sequence[Equipment], *, by: User, now: datetime) -> list[LedgerEntry]:
    assert intake.handover_date is not None  # noqa: S101 - checked by the rules; for the type checker
    return [
        LedgerEntry(
            equipment=device,
            unit=intake.unit,
            category=device.category,
            kind=EntryKind.INTAKE,
            effective_date=intake.handover_date,
            quantity=1,
            value=device.original_price,
            dossier=intake.number,
            recorded_at=now,
            recorded_by=by,
        )
        for device in devices
    ]
