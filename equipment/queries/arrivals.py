"""Since when devices are at their unit: nothing is done with one there on an earlier day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Max

from equipment.models import Equipment, LedgerEntry
from equipment.rules.lifecycle import EntryKind

INCREASES = (EntryKind.INTAKE, EntryKind.FOUND, EntryKind.TRANSFER_IN)


def arrivals(devices: Sequence[Equipment]) -> dict[int, date]:
    """The day on which each device came to the unit where it is now, by key: its last increase in that unit's books.

    Where the books have none it is the day of receipt.
    """
    rows = LedgerEntry.objects.filter(
        equipment__in=[device.pk for device in devices], unit=F("equipment__unit"), kind__in=INCREASES
    ).scoped()
    since = rows.order_by().values("equipment").annotate(on=Max("effective_date")).values_list("equipment", "on")
    return {device.pk: device.received_on for device in devices} | dict(since)
