"""What follows an event of a repair."""

from core.events import on
from core.models import Event
from equipment.actions.equipment import flag_serial_clashes
from equipment.models import Equipment


@on("equipment.replaced")
def compare_new_serial(event: Event) -> None:
    """The serial of the new machine may be another unit's; the old one clashes no more."""
    flag_serial_clashes(Equipment.objects.get(pk=event.subject_id))
