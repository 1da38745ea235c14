"""A step that writes history and an event is told once."""

import pytest

from core.scope import entered
from dossiers.blocks import whole_timeline
from dossiers.titles import Title, tell, title_of
from equipment.actions import equipment, life
from equipment.models import Equipment
from equipment.rules.lifecycle import Status
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(world):
    taken_in(world, world.nghiepvu_badinh, ["A1"])
    return Equipment.objects.get()


def test_the_event_s_words_stand_over_the_history_s_changes(world, device):
    by = world.nghiepvu_badinh
    tell({"test.sent": Title("Gửi sửa chữa", "warn")})
    with entered(by.scope):
        (device,) = life.step(
            life.lock_devices([device.pk]),
            to=Status.IN_REPAIR,
            by=by,
            reason="Hỏng nguồn",
            event="test.sent",
            payload={"dossier": "SC-1"},
        )
        equipment.describe(
            device, values={"note": "Chờ linh kiện"}, reason="Ghi chú thêm", by=by, version=device.version
        )
        described, sent, made = whole_timeline(by, device, created="Ghi vào sổ").entries
    assert (sent.title, sent.text, sent.tone) == ("Gửi sửa chữa", "SC-1 – Hỏng nguồn", "warn")
    assert [(c.label, c.before, c.after) for c in sent.changes] == [("Trạng thái", "Trong kho", "Đang sửa chữa")]
    assert (described.title, described.text) == ("Thay đổi thông tin", "Ghi chú thêm")
    assert made.title == "Ghi vào sổ"


def test_an_event_without_words_is_told_by_its_name():
    assert title_of("nobody.knows") == Title("nobody.knows")
