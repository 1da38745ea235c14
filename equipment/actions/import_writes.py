"""Bringing a checked file into the books: devices, codes, history, ledger, events, all in the caller's transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.utils import timezone

from accounts.models import User
from core import counters, events
from core.bulk import insert_from, record_history
from core.database import broken_constraint
from core.errors import DomainError
from core.sheets import Cell
from core.transitions import lock, transition
from equipment.actions.confirm import SERIAL_ONCE
from equipment.actions.equipment import DESCRIPTIVE
from equipment.actions.imports import ALL, counts_of
from equipment.actions.periods import hold_books
from equipment.importing.changes import Planned
from equipment.importing.check import Checker
from equipment.importing.faults import Fault, FaultKind
from equipment.importing.summary import Summary
from equipment.models import Equipment, ImportBatch, LedgerEntry
from equipment.rules.imports import IMPORT_FLOW, ImportState
from equipment.rules.lifecycle import EntryKind
from equipment.rules.numbers import ASSET, asset_code

BATCH = 2000
Rows = list[tuple[Planned, Sequence[Cell]]]
Step = Callable[[str], None]


@dataclass
class Written:
    """What became of the rows: those that were not taken in stay with their faults."""

    batch: ImportBatch
    summary: Summary
    faulty: Rows = field(default_factory=list)


@transaction.atomic
def write(
    batch: ImportBatch, *, checker: Checker, mode: str, seen: Mapping[str, Sequence[int]], by: User, step: Step
) -> Written:
    """Check every row again, as of now, and take in those that stand.

    `seen` holds, by line, the device and its version that the preview showed: what was changed meanwhile is handed
    back, not overwritten. Raises DomainError, with nothing written, when with `mode` "all" a row no longer stands.
    """
    batch = lock(batch)
    IMPORT_FLOW.check(batch.state, ImportState.DONE)
    hold_books([batch.unit])
    step("Kiểm tra lại từng dòng")
    rows: Rows = list(checker.plans())
    _refuse_what_was_not_shown(rows, seen)
    locked = _lock_known(batch, rows)
    summary = Summary(checker.match)
    for plan, row in rows:
        summary.add(plan, row)
    if mode == ALL and summary.faulty:
        raise DomainError(
            f"Từ lúc kiểm tra đến nay có {summary.faulty} dòng không còn nhập được. Chưa có gì được ghi; "
            "hãy kiểm tra lại để xem các dòng đó.",
            code="changed_meanwhile",
        )
    now, reason = timezone.now(), f"Nhập từ danh sách {batch.number}"
    step("Ghi thiết bị mới")
    _create(batch, [plan for plan, _ in rows if plan.fresh and not plan.faults], by=by, now=now, reason=reason)
    step("Ghi thay đổi")
    serials = _update(locked, [plan for plan, _ in rows if not plan.fresh and not plan.faults], by=by, reason=reason)
    done = transition(
        batch,
        ImportState.DONE,
        flow=IMPORT_FLOW,
        by=by,
        reason="Đã nhập",
        event="import.finished",
        finished_at=now,
        report={**summary.report(checker.skipped), "serials": serials, "job": batch.report.get("job")},
        **counts_of(summary),
    )
    return Written(done, summary, [(plan, row) for plan, row in rows if plan.faults])


def _stale(plan: Planned) -> Fault:
    code = plan.known["code"] if plan.known else ""
    return Fault(
        -1, FaultKind.STALE, f"Thiết bị {code} vừa được người khác sửa hoặc ghi sổ. Hãy xem lại rồi gửi lại dòng này."
    )


def _refuse_what_was_not_shown(rows: Rows, seen: Mapping[str, Sequence[int]]) -> None:
    for plan, _ in rows:
        if plan.known is None or not plan.values or plan.faults:
            continue
        if list(seen.get(str(plan.line), ())) != [plan.known["pk"], plan.known["version"]]:
            plan.faults.append(_stale(plan))


def _lock_known(batch: ImportBatch, rows: Rows) -> dict[int, Equipment]:
    """The devices to be changed, locked in ascending order. One that changed before the lock is handed back."""
    wanted = {plan.known["pk"]: plan for plan, _ in rows if plan.known and plan.values and not plan.faults}
    mine = Equipment.objects.of_unit(batch.unit).filter(pk__in=list(wanted))
    locked = {item.pk: item for item in mine.select_for_update(of=("self",)).order_by("pk")}
    for pk, plan in wanted.items():
        assert plan.known is not None  # noqa: S101 - chosen so; for the type checker
        item = locked.get(pk)
        if item is None or item.version != plan.known["version"]:
            plan.faults.append(_stale(plan))
    return locked


def _create(batch: ImportBatch, plans: Sequence[Planned], *, by: User, now: datetime, reason: str) -> None:
    if not plans:
        return
    numbers = counters.take(batch.unit, ASSET, count=len(plans))
    devices = [
        Equipment(code=asset_code(batch.unit.code, number), unit_id=batch.unit_id, batch_id=batch.pk, **plan.values)
        for number, plan in zip(numbers, plans, strict=True)
    ]
    try:
        with transaction.atomic():
            Equipment.objects.bulk_create(devices, batch_size=BATCH)
    except IntegrityError as error:  # somebody else took one of the serials in this very moment
        if broken_constraint(error) != SERIAL_ONCE:
            raise
        raise DomainError(
            "Một số máy trong tệp vừa được người khác ghi sổ. Chưa có gì được nhập; hãy kiểm tra lại để xem số nào.",
            code="duplicate_serial",
        ) from error
    mine = Equipment.objects.of_unit(batch.unit).filter(batch=batch)
    record_history(mine, created=True, by=by, reason=reason, when=now)
    insert_from(
        LedgerEntry,
        mine,
        {
            "equipment": "pk",
            "unit": "unit_id",
            "category": "category_id",
            "kind": Value(EntryKind.INTAKE.value),
            "effective_date": "received_on",
            "quantity": Value(1),
            "value": "original_price",
            "dossier": Value(batch.number),
            "recorded_at": Value(now),
            "recorded_by": Value(by.pk),
        },
    )
    events.record_rows("equipment.imported", mine, unit=batch.unit, by=by, payload={"dossier": batch.number})


def _update(locked: Mapping[int, Equipment], plans: Sequence[Planned], *, by: User, reason: str) -> list[int]:
    """Write what is changed of devices that are there; gives those whose serial is another now."""
    changed, serials = [], []
    for plan in plans:
        if plan.known is None or not plan.values:
            continue
        item = locked[plan.known["pk"]]
        for name, value in plan.values.items():
            setattr(item, name, value)
        item.version += 1
        changed.append(item)
        if "serial" in plan.values:
            serials.append(item.pk)
    if changed:
        _store(changed)
        unit = changed[0].unit
        mine = Equipment.objects.of_unit(unit).filter(pk__in=[item.pk for item in changed])
        record_history(mine, created=False, by=by, reason=reason, when=timezone.now())
        events.record_many("equipment.updated", changed, unit=unit, by=by, payloads=[{"reason": reason}] * len(changed))
    return serials


def _store(changed: Sequence[Equipment]) -> None:
    """One statement for many rows, each with values of its own; the rows are locked and the history follows."""
    try:
        with transaction.atomic():
            Equipment.objects.bulk_create(
                changed,
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[*DESCRIPTIVE, "version"],
            )
    except IntegrityError as error:
        if broken_constraint(error) != SERIAL_ONCE:
            raise
        raise DomainError(
            "Một số máy trong tệp vừa được ghi cho thiết bị khác. Chưa có gì được nhập; hãy kiểm tra lại.",
            code="duplicate_serial",
        ) from error


def seen_versions(rows: Sequence[tuple[Planned, Any]]) -> dict[str, list[int]]:
    """What the preview shows of devices that would change: by line, which device in which version."""
    return {
        str(plan.line): [plan.known["pk"], plan.known["version"]]
        for plan, _ in rows
        if plan.known is not None and plan.values and not plan.faults
    }
