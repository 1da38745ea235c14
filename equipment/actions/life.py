"""What dossiers do to devices: take them, move them through their states, write the books, let them go.

The caller holds the dossier's lock and runs in its transaction; devices are locked here, by ascending key, so that two
dossiers that want the same devices wait for each other instead of blocking each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import events
from core.bulk import change
from core.errors import DomainError, SeveralProblemsError
from equipment.actions import holdings
from equipment.actions.periods import require_open
from equipment.models import Equipment, LedgerEntry, Reservation
from equipment.rules.lifecycle import LIFECYCLE, EntryKind, Status

BATCH = 1000
HELD_NO_MORE = frozenset({Status.DISPOSED, Status.LOST})
"""Nobody holds a device that is gone, nor one that another unit has received."""


def lock_devices(pks: Iterable[int]) -> list[Equipment]:
    """The devices as they are now, locked until the transaction ends. The caller got them through doors of its own."""
    rows = Equipment.objects.filter(pk__in=set(pks)).scoped().select_related("unit", "category")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def reserve(devices: Sequence[Equipment], *, kind: str, number: str) -> None:
    """Take the devices into the open dossier `number`; those that it has already stay.

    Raises DomainError naming the dossier that has one of them: it is one of the same unit.
    """
    taken = dict(_reservations(devices).values_list("equipment_id", "number"))
    _refuse_taken(devices, taken, number)
    fresh = [
        Reservation(equipment=device, unit=device.unit, kind=kind, number=number)
        for device in devices
        if device.pk not in taken
    ]
    try:
        with transaction.atomic():
            Reservation.objects.bulk_create(fresh, batch_size=BATCH)
    except IntegrityError as error:  # another dossier took one of them in this very moment
        _refuse_taken(devices, dict(_reservations(devices).values_list("equipment_id", "number")), number)
        raise DomainError("Có thiết bị vừa được đưa vào hồ sơ khác. Hãy tải lại trang.", code="reserved") from error


def _reservations(devices: Sequence[Equipment]) -> Any:
    return Reservation.objects.filter(equipment__in=[device.pk for device in devices]).scoped()


def _refuse_taken(devices: Sequence[Equipment], taken: Mapping[int, str], number: str) -> None:
    problems = [
        DomainError(f"Thiết bị {device.code} đang ở hồ sơ {taken[device.pk]}, chưa đưa vào hồ sơ khác được.")
        for device in devices
        if taken.get(device.pk, number) != number
    ]
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralProblemsError(problems)


def release(devices: Sequence[Equipment], *, number: str) -> None:
    """Let the devices go from the dossier `number`."""
    _reservations(devices).filter(number=number).delete()


def reserved_by(number: str) -> Any:
    """The devices that the dossier `number` holds, as a queryset of their keys."""
    return Reservation.objects.filter(number=number).scoped().values("equipment")


@transaction.atomic
def step(
    devices: Sequence[Equipment],
    *,
    to: Status | None,
    by: User,
    reason: str,
    event: str,
    payload: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
) -> list[Equipment]:
    """Take locked devices one step on: state (None: as it is), further `values`, history, one event each.

    `payload` is told with each event: name the dossier as `dossier`. Raises DomainError, with nothing written, when the
    life of one of them has no such step. Gives the devices as they are now.
    """
    if to is not None:
        _check_moves(devices, to)
    changes = {**(values or {}), **({"status": to} if to is not None else {})}
    keys = [device.pk for device in devices]
    gone = to in HELD_NO_MORE or "unit" in changes
    if gone:
        changes["holder"] = None
    if changes and devices:
        rows = Equipment.objects.filter(pk__in=keys).scoped()
        change(rows, changes, by=by, reason=reason[:100], when=timezone.now())
    if gone:
        number = str((payload or {}).get("dossier", ""))
        holdings.end(devices, on=timezone.localdate(), dossier=number, by=by)
    by_unit = defaultdict(list)
    for device in devices:
        by_unit[device.unit].append(device)
    for unit, some in by_unit.items():
        told = {"reason": reason, **(payload or {})}
        events.record_many(event, some, unit=unit, by=by, payloads=[told] * len(some))
    return list(Equipment.objects.filter(pk__in=keys).scoped().select_related("unit", "category").order_by("pk"))


def _check_moves(devices: Sequence[Equipment], to: Status) -> None:
    wrong = [device for device in devices if not LIFECYCLE.allows(device.status, to)]
    if wrong:
        named = ", ".join(f"{device.code} ({device.get_status_display().lower()})" for device in wrong[:5])
        raise DomainError(
            f"Không chuyển sang “{to.label}” được: {named}{'…' if len(wrong) > len(named.split(', ')) else ''}.",
            code="workflow",
        )


def post(
    devices: Sequence[Equipment],
    *,
    kind: EntryKind,
    on: date,
    dossier: str,
    by: User,
    quantity: int,
    values: Mapping[int, Decimal | int] | None = None,
    unit: Any = None,
    field: str = "",
) -> None:
    """Write one line of the books for each device, effective `on` that day.

    The value is the device's original price with the sign of `quantity`, unless `values` gives it by the device's key.
    `unit` is whose books they are (default: the device's unit). Raises DomainError at `field` where they are closed for
    that day.
    """
    for books in sorted({unit} if unit else {device.unit for device in devices}, key=lambda one: one.pk):
        require_open(books, on, field=field)
    now = timezone.now()
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                equipment=device,
                unit=unit or device.unit,
                category=device.category,
                kind=kind,
                effective_date=on,
                quantity=quantity,
                value=values[device.pk] if values is not None else device.original_price * quantity,
                dossier=dossier,
                recorded_at=now,
                recorded_by=by,
            )
            for device in devices
        ),
        batch_size=BATCH,
    )
