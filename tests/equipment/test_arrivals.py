"""Since when a device is at its unit, by the books of that unit."""

from datetime import timedelta

import pytest

from equipment.actions.life import post
from equipment.models import Equipment, LedgerEntry
from equipment.queries.arrivals import arrivals
from equipment.rules.lifecycle import EntryKind
from tests.equipment.support import taken_in
from tests.world import devices

pytestmark = pytest.mark.django_db


def test_the_last_increase_at_the_present_unit_counts(world, django_assert_num_queries):
    by = world.nghiepvu_badinh
    stays, moved, found, bare = devices(taken_in(world, by, ["A1", "A2", "A3", "A4"]))
    received = stays.received_on
    other = world.units["01.002"]
    later = received + timedelta(days=20)
    Equipment.objects.filter(pk=moved.pk).update(unit=other)
    post([moved], kind=EntryKind.TRANSFER_OUT, on=later, dossier="DC-1", by=by, quantity=-1, unit=by.unit)
    post([moved], kind=EntryKind.TRANSFER_IN, on=later, dossier="DC-1", by=by, quantity=1, unit=other)
    post([found], kind=EntryKind.LOST, on=received + timedelta(days=5), dossier="MT-1", by=by, quantity=-1)
    post([found], kind=EntryKind.FOUND, on=later, dossier="MT-1", by=by, quantity=1)
    # What the books of another unit say isn't when it came to this one; nor is a change of its value.
    post([stays], kind=EntryKind.TRANSFER_IN, on=later, dossier="DC-2", by=by, quantity=1, unit=other)
    post([stays], kind=EntryKind.VALUE_CHANGE, on=later, dossier="SC-1", by=by, quantity=0)
    Equipment.objects.filter(pk=bare.pk).update(unit=other)
    moved.refresh_from_db()
    bare.refresh_from_db()
    with django_assert_num_queries(1):
        since = arrivals([stays, moved, found, bare])
    assert since == {stays.pk: received, moved.pk: later, found.pk: later, bare.pk: bare.received_on}
    assert LedgerEntry.objects.filter(equipment=bare, unit=other).count() == 0
