"""Writes on a device outside its dossiers: descriptive fields, and serials that clash across units."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Upper

from accounts.models import User
from core import events
from core.database import broken_constraint
from core.errors import DomainError
from core.history import require_version
from core.scope import elevated
from core.transitions import lock, save_with_reason
from equipment.actions.confirm import SERIAL_ONCE, DuplicateSerialError
from equipment.models import Equipment, ImportBatch, Intake, SerialClash
from equipment.rules.device import ENDED
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


@transaction.atomic
def describe(item: Equipment, *, values: Mapping[str, Any], reason: str, by: User, version: int) -> Equipment:
    """Correct what describes a device; its unit, category, price and state change by their dossiers only.

    Saving what stands there already writes nothing.

    Raises StaleError when somebody saved meanwhile, DuplicateSerialError for a serial that the unit has already,
    DomainError for a room of another unit, a model of another category, or a device whose life has ended.
    """
    item = lock(item)
    if item.status in ENDED:
        raise DomainError(f"Thiết bị đang ở trạng thái “{item.get_status_display()}”, không sửa được.", code="workflow")
    require_version(item, version)
    given = {name: values[name] for name in DESCRIPTIVE if name in values}
    if all(getattr(item, name) == value for name, value in given.items()):
        return item
    if item.holder_id and given.get("holder_name", item.holder_name) != item.holder_name:
        message = f"{item.holder_name} giữ thiết bị theo hồ sơ bàn giao. Đổi người sử dụng thì lập hồ sơ bàn giao."
        raise DomainError(message, field="holder_name", code="held")
    for name, value in given.items():
        setattr(item, name, value)
    _check_references(item)
    item.version += 1
    try:
        with transaction.atomic():
            save_with_reason(item, by=by, reason=reason)
    except IntegrityError as error:
        if broken_constraint(error) != SERIAL_ONCE:
            raise
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


def flag_serial_clashes(subject: Intake | ImportBatch | Equipment) -> int:
    """Tell IT Center (and nobody else) of serials that another unit has too; returns how many pairs there are.

    `subject` is an intake or an import with its devices, or one device. The unit that keeps them isn't told: it would
    learn of other units' equipment (art. 6). A pair whose serials were corrected since is a clash no more.
    """
    with elevated("flag_serial_clashes: compares serials across units for IT Center"):
        devices = Equipment.objects.filter(_brought_by(subject))
        mine = list(devices.exclude(serial="").annotate(key=Upper("serial")).values_list("key", "unit_id", "pk"))
        others: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        same = Equipment.objects.annotate(key=Upper("serial")).filter(key__in=[key for key, *_ in mine])
        for key, unit, pk, serial in same.values_list("key", "unit_id", "pk", "serial"):
            others[key].append((unit, pk, serial))
        root = OrgUnit.objects.get_first_root_node()
        clashes = [
            # The newer device first, whichever of the two was looked at: a pair is one row.
            SerialClash(unit=root, serial=serial, equipment_id=max(pk, other), other_id=min(pk, other))
            for key, unit, pk in mine
            for other_unit, other, serial in others[key]
            if other_unit != unit
        ]
        SerialClash.objects.bulk_create(clashes, ignore_conflicts=True)
        told = SerialClash.objects.filter(Q(equipment__in=devices) | Q(other__in=devices))
        serials = told.annotate(one=Upper("equipment__serial"), two=Upper("other__serial"))
        SerialClash.objects.filter(pk__in=serials.exclude(one=F("two")).values("pk")).delete()
        return len(clashes)


def _brought_by(subject: Intake | ImportBatch | Equipment) -> Q:
    if isinstance(subject, Intake):
        return Q(intake=subject)
    if isinstance(subject, ImportBatch):  # new devices, and those whose serial the list corrected
        return Q(batch=subject) | Q(pk__in=subject.report.get("serials", []))
    return Q(pk=subject.pk)
