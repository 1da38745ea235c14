"""Writes on a device outside its dossiers: descriptive fields, and serials that clash across units."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Upper

from accounts.models import User
from core import events
from core.errors import DomainError
from core.history import require_version
from core.scope import elevated
from core.transitions import lock, save_with_reason
from equipment.actions.confirm import DuplicateSerialError
from equipment.models import Equipment, Intake, SerialClash
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from orgs.rules import UnitKind

DESCRIPTIVE = (
    "name",
    "model",
    "serial",
    "inventory_number",
    "room",
    "holder_name",
    "condition",
    "warranty_until",
    "end_of_support",
    "made_year",
    "made_in",
    "attributes",
    "note",
)
ENDED = frozenset({Status.DISPOSED, Status.IN_TRANSFER})


@transaction.atomic
def describe(item: Equipment, *, values: Mapping[str, Any], reason: str, by: User, version: int) -> Equipment:
    """Correct what describes a device; its unit, category, price and state change by their dossiers only.

    Raises StaleError when somebody saved meanwhile, DuplicateSerialError for a serial that the unit has already,
    DomainError for a room of another unit, a model of another category, or a device whose life has ended.
    """
    item = lock(item)
    if item.status in ENDED:
        raise DomainError(f"Thiết bị đang ở trạng thái “{item.get_status_display()}”, không sửa được.", code="workflow")
    require_version(item, version)
    for name in DESCRIPTIVE:
        if name in values:
            setattr(item, name, values[name])
    _check_references(item)
    item.version += 1
    try:
        with transaction.atomic():
            save_with_reason(item, by=by, reason=reason)
    except IntegrityError as error:
        raise _duplicate(item) from error
    events.record("equipment.described", item, unit=item.unit, by=by, reason=reason)
    return item


def _check_references(item: Equipment) -> None:
    room = item.room
    if room is not None and (
        room.kind != UnitKind.DEPARTMENT
        or room.depth != item.unit.depth + 1
        or not room.path.startswith(item.unit.path)
    ):
        raise DomainError("Phòng, tổ này không thuộc đơn vị.", field="room", code="foreign")
    if item.model is not None and item.model.category_id != item.category_id:
        raise DomainError("Mẫu này không thuộc loại của thiết bị.", field="model", code="foreign")


def _duplicate(item: Equipment) -> DomainError:
    other = Equipment.objects.of_unit(item.unit).with_serials([item.serial]).exclude(pk=item.pk).first()
    device = other.code if other else ""
    return DuplicateSerialError(serial=item.serial, device=device, field="serial")


def flag_serial_clashes(intake: Intake) -> int:
    """Tell IT Center (and nobody else) of serials that another unit has too; returns how many are new.

    The unit that took the devices in isn't told: it would learn of other units' equipment (art. 6).
    """
    with elevated("flag_serial_clashes: compares serials across units for IT Center"):
        mine = dict(
            Equipment.objects.filter(intake=intake)
            .exclude(serial="")
            .annotate(key=Upper("serial"))
            .values_list("key", "pk")
        )
        others = (
            Equipment.objects.annotate(key=Upper("serial"))
            .filter(key__in=list(mine))
            .exclude(unit=intake.unit)
            .values_list("key", "serial", "pk")
        )
        root = OrgUnit.objects.get_first_root_node()
        clashes = [
            SerialClash(unit=root, serial=serial, equipment_id=mine[key], other_id=pk) for key, serial, pk in others
        ]
        SerialClash.objects.bulk_create(clashes, ignore_conflicts=True)
        return len(clashes)
