"""What an intake brought, wherever it is now."""

from typing import Any

from equipment.models import Equipment, Intake, LedgerEntry
from equipment.rules.lifecycle import EntryKind


def gone_of(intake: Intake) -> set[int]:
    """Keys of the devices that have been moved to other units since. The caller got the intake through a door.

    The unit's own books name all that came with the intake; a device that moves loses its link to the intake.
    """
    books = LedgerEntry.objects.of_unit(intake.unit).filter(kind=EntryKind.INTAKE, dossier=intake.number)
    return set(books.values_list("equipment", flat=True)) - set(intake.equipment.values_list("pk", flat=True))


def delivered(intake: Intake) -> list[Any]:
    """All its devices in the order of their codes: as they are, or as the unit's history last had those that moved."""
    joined = ("category", "model__brand")
    rows: list[Any] = list(intake.equipment.select_related(*joined))
    if gone := gone_of(intake):
        last = Equipment.history.filter(id__in=gone, intake=intake).order_by("id", "-history_id").distinct("id")
        rows += last.select_related(*joined)
    return sorted(rows, key=lambda row: row.id)
