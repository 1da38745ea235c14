"""A delivery of thousands: five thousand serials at once, and one more."""

import time

import pytest
from django.utils import timezone

from core.models import Event
from equipment.actions import confirm
from equipment.models import Equipment, Intake, IntakeLine, LedgerEntry
from equipment.rules.intake import MAX_DEVICES
from tests.equipment.support import paper, ready

pytestmark = pytest.mark.django_db
NEW = "/tiep-nhan/moi/"


def pasted(count, start=0):
    return "\n".join(f"SN-{n:06d}" for n in range(start, start + count))


def typed(count, quantity=None):
    return {
        "handover_date": "",
        "supplier": "Công ty A",
        "fund_source": "operating",
        "lines-0-category": "MAY_TINH_BAN",
        "lines-0-quantity": str(count if quantity is None else quantity),
        "lines-0-unit_price": "14500000",
        "lines-0-items": pasted(count),
    }


@pytest.mark.dieu("7.1")
def test_five_thousand_serials_pasted_are_one_confirmation(world, person, capsys):
    technician = person(world.nghiepvu_badinh)
    today = f"{timezone.localdate():%d/%m/%Y}"
    start = time.perf_counter()
    page = technician.post(NEW, technician.get(NEW).form() | typed(MAX_DEVICES) | {"handover_date": today})
    saved = time.perf_counter() - start
    assert page.status == 200, page.summary
    made = Intake.objects.get()
    paper(made, world.nghiepvu_badinh)
    url = f"/tiep-nhan/{made.number}/tiep-nhan/"
    form = technician.get(url).form()
    start = time.perf_counter()
    page = technician.post(url, form, follow=False)
    took = time.perf_counter() - start
    with capsys.disabled():
        print(f"\n5,000 devices: draft saved in {saved:.1f} s, confirmed in {took:.1f} s")  # noqa: T201 - for the reader
    assert page.status == 302
    assert Equipment.objects.count() == LedgerEntry.objects.count() == Equipment.history.count() == MAX_DEVICES
    assert Equipment.objects.order_by("code").last().code == "01.001-005000"
    assert Event.objects.filter(kind="intake.confirmed").count() == 1
    page = technician.get(f"/tiep-nhan/{made.number}/?tab=thiet-bi")
    assert page.status == 200
    assert len(page.rows) == 200, "the first of them; the rest is a list away"
    assert "5.000" in technician.get("/thiet-bi/").main


@pytest.mark.parametrize("quantity", [MAX_DEVICES, MAX_DEVICES + 1, 1])
def test_five_thousand_and_one_are_refused_and_come_back(world, person, quantity):
    technician = person(world.nghiepvu_badinh)
    text = pasted(MAX_DEVICES + 1)
    page = technician.post(NEW, technician.get(NEW).form() | typed(MAX_DEVICES + 1, quantity))
    assert page.status == 422
    assert "5.000 thiết bị" in page.errors("lines-0-items")
    assert page.form()["lines-0-items"].replace("\r\n", "\n") == text
    assert not Intake.objects.exists()


def test_five_thousand_and_one_in_two_lines_are_refused(world, person):
    technician = person(world.nghiepvu_badinh)
    two = {
        "lines-TOTAL_FORMS": "2",
        "lines-1-category": "UD_VAN_PHONG",
        "lines-1-quantity": "2501",
    }
    page = technician.post(NEW, technician.get(NEW).form() | typed(2500) | two)
    assert page.status == 422
    assert "5.000 thiết bị" in page.summary
    assert not Intake.objects.exists()
    assert not IntakeLine.objects.exists()
    page = technician.post(NEW, technician.get(NEW).form() | typed(2500) | two | {"lines-1-quantity": "2500"})
    assert page.status == 200


def test_a_hundred_devices(world, person, capsys, django_assert_max_num_queries):
    other = ready(world, world.nghiepvu_badinh, [f"Q{n}" for n in range(100)])
    with django_assert_max_num_queries(40):  # together, not one by one
        confirm.confirm(other, by=world.nghiepvu_badinh)
    made = ready(world, world.nghiepvu_badinh, [f"H{n}" for n in range(100)])
    technician = person(world.nghiepvu_badinh)
    url = f"/tiep-nhan/{made.number}/tiep-nhan/"
    form = technician.get(url).form()
    start = time.perf_counter()
    page = technician.post(url, form, follow=False)
    with capsys.disabled():
        print(f"\n100 devices: confirmed in {(time.perf_counter() - start) * 1000:.0f} ms")  # noqa: T201 - for the reader
    assert page.status == 302
    assert Equipment.objects.count() == 200
