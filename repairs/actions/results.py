"""What came out of a repair: recorded device by device, and in the end taken over into the devices and the books."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from core import documents
from core.database import broken_constraint
from core.errors import DomainError
from core.models import DocumentKind
from core.transitions import lock, save_with_reason, transition
from dossiers.actions import require_papers
from equipment.actions import life
from equipment.actions.confirm import SERIAL_ONCE
from equipment.actions.periods import closed_problems, hold_books
from equipment.models import Equipment, LedgerEntry
from equipment.rules.attributes import clean_attribute
from equipment.rules.lifecycle import Condition, EntryKind, Status
from repairs.actions.common import (
    change_lines,
    fill,
    locked,
    record,
    refuse,
    require_fresh,
    require_state,
    send_back,
    told,
)
from repairs.models import Repair, RepairLine
from repairs.rules.checks import check_finish, check_results
from repairs.rules.flow import REPAIR_FLOW, RepairKind, RepairState, Result
from ui.formats import money, vndate

HEADER = ("returned_on", "cost_reason", "late_reason")
RESULT = (
    "work_done",
    "parts",
    "cost",
    "result",
    "new_serial",
    "new_warranty_until",
    "new_price",
    "new_attributes",
    "result_note",
)
Lines = Sequence[RepairLine]


def lines_of(repair: Repair) -> list[RepairLine]:
    """The lines with their devices, which are the unit's own as long as the dossier is open."""
    return list(repair.lines.select_related("equipment__category"))


@transaction.atomic
def record_results(
    repair: Repair, *, header: Mapping[str, Any], results: Mapping[int, Mapping[str, Any]], by: User, version: int
) -> Repair:
    """Write down what came out, as far as it is known; by a line's key its `RESULT` fields. Devices stay as they are.

    Raises StaleError if somebody saved meanwhile, SeveralProblemsError for what contradicts itself.
    """
    repair = lock(repair)
    require_state(repair, RepairState.SENT)
    require_fresh(repair, version)
    fill(repair, {name: header[name] for name in HEADER if name in header})
    lines = lines_of(repair)
    changed = []
    for line in lines:
        given = {name: value for name, value in results.get(line.pk, {}).items() if name in RESULT}
        if given and fill(line, given):
            changed.append(line)
        _clean_attributes(line)
    refuse([*check_results(repair, lines, today=timezone.localdate()), *_serials_taken(repair, lines)])
    for line in changed:
        line.version += 1
        save_with_reason(line, by=by, reason="Ghi kết quả")
    repair.version += 1
    save_with_reason(repair, by=by, reason="Ghi kết quả")
    record("repair.results", repair, by=by)
    return repair


def _clean_attributes(line: RepairLine) -> None:
    known = {attribute.key: attribute for attribute in line.equipment.category.attributes}
    if line.result != Result.UPGRADED:
        line.new_attributes = {}
    line.new_attributes = {
        key: clean_attribute(known[key], value) for key, value in line.new_attributes.items() if key in known
    }


def _serials_taken(repair: Repair, lines: Lines) -> list[DomainError]:
    """New serials that another device of the unit has. Other units aren't looked at: that would tell of them."""
    wanted = {line.new_serial.upper(): line for line in lines if line.new_serial}
    taken = Equipment.objects.of_unit(repair.unit).with_serials(list(wanted)).values_list("serial", "code")
    return [
        DomainError(
            f"{line.code}: số máy “{serial}” đã có ở thiết bị {code} của đơn vị.", field=f"new_serial_{line.pk}"
        )
        for serial, code in taken
        if (line := wanted[serial.upper()]).code != code
    ]


def problems(repair: Repair, lines: Lines) -> list[DomainError]:
    """Everything that stands against finishing now; empty when nothing does."""
    return [
        *check_finish(repair, lines, today=timezone.localdate()),
        *_serials_taken(repair, lines),
        *_before_books(repair, lines),
        *require_papers(repair),
    ]


def _before_books(repair: Repair, lines: Lines) -> list[DomainError]:
    """An upgrade is written into the books behind what stands there, and into open ones."""
    upgraded = [line for line in lines if line.result == Result.UPGRADED]
    if not upgraded or repair.returned_on is None:
        return []
    entries = LedgerEntry.objects.of_unit(repair.unit).filter(equipment__in=[line.equipment_id for line in upgraded])
    latest = dict(
        entries.order_by().values("equipment").annotate(day=Max("effective_date")).values_list("equipment", "day")
    )
    return [
        DomainError(
            f"{line.code}: ngày nghiệm thu trước bút toán gần nhất của thiết bị ({vndate(day)}).", field="returned_on"
        )
        for line in upgraded
        if (day := latest.get(line.equipment_id)) and day > repair.returned_on
    ] + closed_problems([repair.unit], repair.returned_on, field="returned_on")


@transaction.atomic
def finish(repair: Repair, *, by: User, version: int) -> Repair:
    """Take the devices back as the results say (art. 8) and close the dossier.

    Repaired: as before. Replaced: its new serial. Upgraded: value and attributes, through the books, on the day of
    acceptance. Beyond repair: waits for disposal. Nothing else touches the books, whatever it cost.
    Raises SeveralProblemsError with all that is missing; StaleError.
    """
    repair = locked(repair, RepairState.DONE, version=version)
    hold_books([repair.unit])
    lines = lines_of(repair)
    devices = {device.pk: device for device in life.lock_devices(line.equipment_id for line in lines)}
    refuse(problems(repair, lines))
    by_result: dict[str, list[RepairLine]] = defaultdict(list)
    for line in lines:
        line.equipment = devices[line.equipment_id]
        by_result[line.result].append(line)
    reason = f"Theo hồ sơ sửa chữa {repair.number}"
    for result, event in (
        (Result.REPAIRED, "equipment.repaired"),
        (Result.NOT_DONE, "equipment.repair_not_done"),
    ):
        send_back(repair, by_result[result], by=by, reason=reason, event=event)
    _replace(repair, by_result[Result.REPLACED], by=by, reason=reason)
    _upgrade(repair, by_result[Result.UPGRADED], by=by, reason=reason)
    _give_up(repair, by_result[Result.BEYOND_REPAIR], by=by, reason=reason)
    if repair.kind == RepairKind.MAINTENANCE:
        change_lines(by_result[Result.REPAIRED], {"upkept_on": repair.returned_on}, by=by, reason="Hoàn thành")
    life.release(list(devices.values()), number=repair.number)
    return transition(
        repair, RepairState.DONE, flow=REPAIR_FLOW, by=by, reason="Hoàn thành sửa chữa", event="repair.finished"
    )


def _replace(repair: Repair, lines: Lines, *, by: User, reason: str) -> None:
    """A new machine under the old asset: the history keeps the old serial."""
    for line in lines:
        values: dict[str, Any] = {"serial": line.new_serial}
        if line.new_warranty_until:
            values["warranty_until"] = line.new_warranty_until
        told_of = told(repair, f"{line.equipment.serial or 'không số máy'} → {line.new_serial}")
        try:
            with transaction.atomic():
                life.step(
                    [line.equipment],
                    to=Status(line.former_status),
                    by=by,
                    reason=reason,
                    event="equipment.replaced",
                    payload=told_of,
                    values=values,
                )
        except IntegrityError as error:  # somebody else took the serial in this very moment
            if broken_constraint(error) != SERIAL_ONCE:
                raise
            message = f"{line.code}: số máy “{line.new_serial}” vừa được ghi cho thiết bị khác của đơn vị."
            raise DomainError(message, code="duplicate_serial") from error


def _upgrade(repair: Repair, lines: Lines, *, by: User, reason: str) -> None:
    """A new original value goes through the books; it and new attributes into the device."""
    assert repair.returned_on is not None  # noqa: S101 - checked by the rules; for the type checker
    differences: dict[int, Decimal | int] = {}
    for line in lines:
        device = line.equipment
        price = line.new_price if line.new_price is not None else device.original_price
        if price != device.original_price:
            differences[device.pk] = price - device.original_price
        life.step(
            [device],
            to=Status(line.former_status),
            by=by,
            reason=reason,
            event="equipment.upgraded",
            payload=told(repair, f"Nguyên giá {money(device.original_price)} → {money(price)}"),
            values={"original_price": price, "attributes": {**device.attributes, **line.new_attributes}},
        )
    changed = [line.equipment for line in lines if line.equipment_id in differences]
    life.post(
        changed,
        kind=EntryKind.VALUE_CHANGE,
        on=repair.returned_on,
        dossier=repair.number,
        by=by,
        quantity=0,
        values=differences,
    )


def _give_up(repair: Repair, lines: Lines, *, by: User, reason: str) -> None:
    """What can't be repaired waits for its disposal (art. 10)."""
    life.step(
        [line.equipment for line in lines],
        to=Status.PENDING_DISPOSAL,
        by=by,
        reason=reason,
        event="equipment.beyond_repair",
        payload=told(repair),
        values={"condition": Condition.POOR},
    )


def reminders(repair: Repair, lines: Lines) -> list[str]:
    """What should be there by now though nothing waits for it."""
    paid = sum((line.cost or 0 for line in lines), Decimal(0))
    kinds = documents.documents_of(repair).values_list("kind", flat=True)
    if paid and DocumentKind.INVOICE not in set(kinds):
        return [f"Chi phí {money(paid)} nhưng hồ sơ chưa có {DocumentKind.INVOICE.label.lower()}."]
    return []
