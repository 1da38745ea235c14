from datetime import timedelta

import pytest
from django.utils import timezone

from equipment.models import Category, Equipment, SoftwareLicence
from repairs.models import Repair
from repairs.rules.flow import months_before
from tests import world as w
from tests.equipment.pages import Person
from tests.equipment.support import taken_in
from tests.repairs import support as repairs


@pytest.fixture
def person(client_of):
    def make(user) -> Person:
        return Person(client_of(user))

    return make


@pytest.fixture
def today():
    return timezone.localdate()


def devices(world, by, serials, **values):
    """Devices of the account's unit with these values, past the forms."""
    made = w.devices(taken_in(world, by, serials, handover_date=w.past(30), late_reason="Chờ giấy"))
    Equipment.objects.filter(pk__in=[device.pk for device in made]).update(**values)
    return made


@pytest.fixture
def furnished(world, today):
    """Something of everything that is watched, at three units; and as much that isn't to be told of."""
    Category.objects.filter(pk=world.desktop.pk).update(maintenance_months=6)
    day = timedelta(days=1)
    for by, mark, many in (
        (world.nghiepvu_badinh, "BD", 2),
        (world.nghiepvu_hanoi, "HN", 3),
        (world.nghiepvu_danang, "DN", 1),
    ):
        rows = [f"{mark}{n}" for n in range(many)]
        devices(world, by, [f"{row}-BH" for row in rows], warranty_until=today + 30 * day)
        devices(world, by, [f"{mark}-BH0"], warranty_until=today)
        devices(world, by, [f"{mark}-XA"], warranty_until=today + 31 * day, end_of_support=today + 91 * day)
        devices(world, by, [f"{mark}-QUA"], warranty_until=today - day, end_of_support=today - day)
        devices(world, by, [f"{mark}-TL"], warranty_until=today, end_of_support=today, status="disposed")
        devices(world, by, [f"{row}-HT" for row in rows], end_of_support=today + 90 * day)
        devices(world, by, [f"{row}-BT" for row in rows], received_on=months_before(today, 6))
        devices(world, by, [f"{row}-CU" for row in rows], received_on=months_before(today, 40))
        devices(world, by, [f"{mark}-MOI"], received_on=months_before(today, 6) + day)
        devices(world, by, [f"{mark}-SUA"], received_on=months_before(today, 40), status="in_repair")
        kept = devices(world, by, [f"{mark}-DA"], received_on=months_before(today, 40))
        repairs.done(kept, by, "repaired", kind="maintenance")
        kept = devices(world, by, [f"{mark}-LAU"], received_on=months_before(today, 40))
        done = repairs.done(kept, by, "repaired", kind="maintenance")
        done.lines.update(upkept_on=months_before(today, 7))
        for row, days in zip(rows, (31, 40, 90), strict=False):
            long_open(repairs.sent(devices(world, by, [f"{row}-LD"]), by), days)
        long_open(repairs.sent(devices(world, by, [f"{mark}-VUA"]), by), 30)
        software(world, by, [f"{row}-PM" for row in rows], today + 60 * day)
        software(world, by, [f"{mark}-PMXA"], today + 61 * day)
        software(world, by, [f"{mark}-PMQUA"], today - day)
    return world


def long_open(repair, days):
    Repair.objects.filter(pk=repair.pk).update(opened_on=w.past(days))


def software(world, by, names, expires_on):
    for made in devices(world, by, names, category=world.office):
        SoftwareLicence.objects.create(software=made, unit=made.unit, expires_on=expires_on)
