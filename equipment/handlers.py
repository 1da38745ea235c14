"""What follows an event of this app."""

from django.utils import timezone

from core.events import on
from core.models import Event
from equipment.actions import holdings
from equipment.actions.equipment import flag_serial_clashes
from equipment.models import Equipment, ImportBatch, Intake
from equipment.rules.assignment import RecoveryReason
from personnel.models import Employee


@on("intake.confirmed")
def compare_serials(event: Event) -> None:
    flag_serial_clashes(Intake.objects.get(pk=event.subject_id))


@on("equipment.described")
def compare_serial(event: Event) -> None:
    """A corrected serial may be another unit's, or no longer be."""
    flag_serial_clashes(Equipment.objects.get(pk=event.subject_id))


@on("import.finished")
def compare_imported_serials(event: Event) -> None:
    flag_serial_clashes(ImportBatch.objects.get(pk=event.subject_id))


@on("employee.moved")
@on("employee.retired")
@on("employee.left")
def recover_devices(event: Event) -> None:
    """Who has gone gives back what the former unit has lent (art. 7, 13.2)."""
    holdings.open_recovery(
        employee=Employee.objects.get(pk=event.subject_id),
        unit=event.unit,
        code=event.payload["code"],
        name=event.payload["name"],
        reason=RecoveryReason(event.kind.removeprefix("employee.")),
        on=timezone.localdate(event.created_at),
    )


@on("employee.returned")
def keep_devices(event: Event) -> None:
    """Who is back, or never was away, keeps them."""
    holdings.drop_recovery(employee=Employee.objects.get(pk=event.subject_id), unit=event.unit)
