"""People of the demonstration: some in the units that it shows, with what they hold."""

from django.core.management import call_command

from equipment.demo.people import UNITS, make_people
from equipment.models import Assignment, Equipment, Holding, Recovery
from personnel.models import Employee
from tests.demo_country import load_country, make


def test_people_hold_devices(db, settings):
    settings.DEMO = True
    load_country()
    call_command("load_titles")
    call_command("load_norms")
    make(devices=8_000)
    made = make_people()
    assert made == Assignment.objects.count() == Holding.objects.filter(until=None).count()
    assert made > 30
    assert Employee.objects.count() == sum(many for _, many, _, _ in UNITS)
    assert Equipment.objects.filter(holder__isnull=False).count() == made
    assert Recovery.objects.filter(closed_on=None).count() >= 3
    assert Assignment.objects.filter(above_norm=True).exists()
    assert Employee.objects.filter(account__username="tracuu.badinh").exists()
