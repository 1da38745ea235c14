"""Days that can't be: a wipe or a council before the unit had the device."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError
from disposals.actions import draft, steps
from tests import world as w
from tests.disposals import support as s
from tests.equipment.pages import Person
from tests.transfers import support as t


@pytest.fixture
def storing(world):
    world.desktop.stores_data = True
    world.desktop.save()
    return world


def wiped(day):
    return {"wiped_on": day, "wiped_by": "Phạm Văn Cường", "wipe_method": "Khử từ"}


def days_around(since):
    """Days that are refused, and what for."""
    return [
        (date(1950, 1, 1), "order"),
        (since - timedelta(days=1), "order"),
        (timezone.localdate() + timedelta(days=1), "future"),
    ]


@pytest.mark.dieu("10")
def test_a_device_is_wiped_while_the_unit_has_it(storing):
    by = storing.nghiepvu_badinh
    (device,) = s.in_books(storing, by, days=40)
    made = s.decided([device], by)
    line = made.lines.get()
    for day, code in days_around(device.received_on):
        with pytest.raises(DomainError) as refusal:
            draft.describe_line(line, values=wiped(day), by=by, version=made.version)
        assert (refusal.value.field, refusal.value.code) == ("wiped_on", code)
    for day, _ in days_around(device.received_on):
        with pytest.raises(DomainError) as refusal:
            steps.close(made, values=s.ending(**wiped(day)), by=by)
        assert {problem.field for problem in getattr(refusal.value, "problems", [refusal.value])} == {"wiped_on"}
    draft.describe_line(line, values=wiped(device.received_on), by=by, version=made.version)
    assert steps.close(s.fresh(made), values=s.ending(), by=by).state == "closed"


def test_the_refusal_stands_at_the_field(storing, client_of):
    by = storing.nghiepvu_badinh
    (device,) = s.in_books(storing, by)
    made = s.drafted([device], by)
    page = Person(client_of(by)).fill(f"/thanh-ly/{made.number}/thiet-bi/{device.code}/", **wiped("01/01/1950"))
    assert page.status == 422
    assert f"{device.code} ({device.received_on:%d/%m/%Y})" in page.errors("wiped_on")


@pytest.mark.dieu("10")
def test_the_council_meets_on_what_the_unit_has(world):
    """The receiver of a transfer had the device from its receipt on, whenever the first unit got it."""
    (device,) = s.in_books(world, world.nghiepvu_badinh)
    t.received(world, [device])
    device = s.fresh(device)
    by, today = world.nghiepvu_hoankiem, timezone.localdate()
    early = s.drafted([device], by, minutes_date=today - timedelta(days=1), late_reason="Chờ chữ ký")
    with pytest.raises(DomainError, match=rf"{device.code} \({today:%d/%m/%Y}\)") as refusal:
        steps.submit(early, by=by)
    assert refusal.value.field == "minutes_date"
    early = draft.save_draft(early, devices=[device], reason="other", values=s.values(), by=by, version=early.version)
    assert steps.submit(early, by=by).state == "submitted"


def test_the_council_meets_after_the_find(world):
    by = world.nghiepvu_badinh
    (device,) = s.in_books(world, by)
    s.lost([device], by, happened_on=w.past(9))
    s.found([device], by, happened_on=w.past(3))
    made = s.drafted([s.fresh(device)], by, minutes_date=w.past(5), late_reason="Chờ chữ ký")
    with pytest.raises(DomainError, match="trước ngày đơn vị tiếp nhận"):
        steps.submit(made, by=by)
