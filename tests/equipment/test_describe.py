"""Editing what describes a device."""

import pytest

from core.models import Event
from equipment.actions import equipment
from tests import world as w

pytestmark = pytest.mark.django_db


def test_saving_what_stands_there_writes_nothing(world):
    (item,) = w.devices(w.confirmed(world, world.nghiepvu_badinh, ["SN1"]))
    same = {"name": item.name, "serial": item.serial, "model": item.model, "attributes": dict(item.attributes)}
    equipment.describe(item, values=same, reason="Bấm lưu", by=world.nghiepvu_badinh, version=item.version)
    item.refresh_from_db()
    assert item.version == 1
    assert item.history.count() == 1
    assert not Event.objects.filter(kind="equipment.described").exists()


def test_a_change_is_written_with_its_reason(world):
    (item,) = w.devices(w.confirmed(world, world.nghiepvu_badinh, ["SN1"]))
    equipment.describe(item, values={"note": "Đã dán nhãn"}, reason="Bổ sung", by=world.nghiepvu_badinh, version=1)
    item.refresh_from_db()
    assert (item.version, item.note) == (2, "Đã dán nhãn")
    assert item.history.first().history_change_reason == "Bổ sung"
