"""What the history says, and the guard against overwriting what others saved."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import StaleError
from core.history import NOTHING, require_version, revisions
from equipment.actions import equipment, intake
from tests import world as w

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world):
    return w.draft(world, world.nghiepvu_badinh, ["SN1"])


def save(made, world, **changes):
    made.refresh_from_db()
    rows = [
        intake.LineData(pk=line.pk, category=line.category, quantity=1, unit_price=line.unit_price, items=line.items)
        for line in made.lines.all()
    ]
    return intake.save_draft(
        made, header=w.header(**changes), lines=rows, by=world.nghiepvu_badinh, version=made.version
    )


def test_the_same_version_passes(draft):
    require_version(draft, draft.version)


@pytest.mark.dieu("13.3")
def test_an_older_version_is_told_every_change_since_with_who_and_when(world, draft):
    seen = draft.version
    save(draft, world, supplier="Công ty B")
    made = save(draft, world, supplier="Công ty C", handover_date=date(2026, 11, 2), fund_source="project")
    with pytest.raises(StaleError) as stale:
        require_version(made, seen)
    assert stale.value.version == made.version == seen + 2
    told = [(c.label, c.before, c.after) for c in stale.value.changes]
    assert told[0] == ("Bên giao (nhà cung cấp)", "Công ty TNHH Thiết bị Sao Mai", "Công ty B")
    assert ("Bên giao (nhà cung cấp)", "Công ty B", "Công ty C") in told
    assert ("Nguồn kinh phí", "Chi phí quản lý BHXH", "Dự án, viện trợ, tài trợ") in told
    assert any(c[0] == "Ngày ký biên bản bàn giao" and c[2] == "02/11/2026" for c in told)
    assert {c.who for c in stale.value.changes} == {str(world.nghiepvu_badinh)}
    assert all(c.when for c in stale.value.changes)


@pytest.mark.parametrize("version", [0, 99, 2**31 - 1])
def test_a_version_that_never_was_is_no_way_round_the_guard(draft, version):
    with pytest.raises(StaleError) as stale:
        require_version(draft, version)
    assert stale.value.version == draft.version


def test_revisions_newest_first_with_reason_and_before_and_after(world):
    made = w.confirmed(world, world.nghiepvu_badinh, ["SN1"])
    (device,) = w.devices(made)
    room = world.units["01.001.T1"]
    values = {"holder_name": "Lê Thị Nhận", "room": room, "attributes": {"RAM": "16 GB"}, "warranty_until": None}
    equipment.describe(device, values=values, reason="Giao máy", by=world.nghiepvu_badinh, version=1)
    last, first = revisions(device)
    assert (first.kind, first.changes, first.reason) == ("+", (), f"Tiếp nhận theo hồ sơ {made.number}")
    assert (last.kind, last.reason, last.who) == ("~", "Giao máy", str(world.nghiepvu_badinh))
    told = {c.label: (c.before, c.after) for c in last.changes}
    assert told["Người sử dụng"] == (NOTHING, "Lê Thị Nhận")
    assert told["Phòng, tổ"] == (NOTHING, room.name)
    assert told["Bảo hành đến"][1] == NOTHING
    assert "Version" not in told
    assert "Thuộc tính" in told or any("RAM" in label for label in told)


def test_lines_added_changed_and_removed_leave_history(world, draft):
    (line,) = draft.lines.all()
    Line = type(line)  # noqa: N806 - a class
    rows = [
        intake.LineData(pk=line.pk, category=world.desktop, quantity=2, unit_price=Decimal(9), items=line.items),
        intake.LineData(category=world.office, quantity=5, unit_price=Decimal(1)),
    ]
    made = intake.save_draft(draft, header=w.header(), lines=rows, by=world.nghiepvu_badinh, version=draft.version)
    added = made.lines.get(category=world.office)
    made = intake.save_draft(made, header=w.header(), lines=rows[:1], by=world.nghiepvu_badinh, version=made.version)
    assert list(made.lines.values_list("pk", "quantity")) == [(line.pk, 2)]
    kept = Line.history.filter(id=line.pk)
    assert list(kept.values_list("history_type", "quantity")) == [("~", 2), ("+", 1)], "unchanged lines add no row"
    gone = Line.history.filter(id=added.pk)
    assert list(gone.values_list("history_type", "history_user", "history_change_reason")) == [
        ("-", world.nghiepvu_badinh.pk, "Bỏ dòng"),
        ("+", world.nghiepvu_badinh.pk, "Lưu nháp"),
    ]
