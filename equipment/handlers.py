"""What follows an event of this app."""

from core.events import on
from core.models import Event
from equipment.actions.equipment import flag_serial_clashes
from equipment.models import Equipment, ImportBatch, Intake


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
