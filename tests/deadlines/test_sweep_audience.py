"""Who hears of what is due, and of what is done no longer."""

import logging
from datetime import date

import pytest
from time_machine import travel

from accounts.models import User
from accounts.rules import Kind as AccountKind
from core.scope import entered
from deadlines.actions import fulfil, reopen, waive
from deadlines.actions.sweep import Swept
from deadlines.models import Obligation, Reminder
from deadlines.rules import Kind, Step
from notices.models import Notice
from notices.rules import Topic
from tests.deadlines.support import (
    BEFORE,
    CENTRE,
    HANDED_OVER,
    ON_DAY,
    OVERDUE,
    SUPERIOR,
    at,
    owe,
    owed,
    swept,
    told,
)
from tests.world import draft, make_user

pytestmark = pytest.mark.django_db
END = date(2026, 3, 13)
CLERK, ABOVE = "nghiepvu.badinh", ["admin2.hanoi", "nghiepvu.hanoi"]


@pytest.fixture(autouse=True)
def _calendar(official_calendar):
    """Tết of 2026 as it was decided."""


@pytest.fixture
def badinh(world):
    return world.units["01.001"]


def test_a_unit_that_nobody_records_for_is_told_of_above_as_soon_as_it_is_late(badinh):
    User.objects.filter(username=CLERK).update(is_active=False)
    owed(badinh)
    swept(ON_DAY)
    assert told() == {}
    swept(OVERDUE)
    assert list(told()) == ABOVE
    assert "Hiện không có tài khoản nào của đơn vị nhận được lời nhắc này" in Notice.objects.first().text
    swept(CENTRE)
    assert {name: len(titles) for name, titles in told().items()} == {"admin1": 1, **dict.fromkeys(ABOVE, 2)}


def test_where_the_superior_has_nobody_either_the_it_center_hears(badinh, caplog):
    User.objects.filter(unit__code__in=["01", "01.001"]).update(is_active=False)
    owed(badinh)
    swept(OVERDUE)
    assert list(told()) == ["admin1"]
    assert not caplog.records
    User.objects.update(is_active=False)
    with caplog.at_level(logging.WARNING):
        swept(SUPERIOR)
    assert [record.units for record in caplog.records] == [[badinh.pk]]  # nobody is left but the log
    assert Reminder.objects.count() == 4


def test_whoever_records_for_a_unit_in_custody_is_reminded_of_it(world):
    owed(world.units["00.PC"])
    swept(SUPERIOR)
    assert {name: [title[:30] for title in titles] for name, titles in told().items()} == {
        "admin1": ["Vụ Pháp chế quá hạn 3 ngày làm"],
        "vanphong": ["Quá hạn 3 ngày làm việc: Cập n"],
    }
    assert Notice.objects.get(owner__username="vanphong").text.startswith("Vụ Pháp chế: ")


def test_a_province_is_told_of_to_the_it_center_at_both_steps(world):
    owed(world.units["48"])
    swept(SUPERIOR)
    swept(CENTRE)
    assert {name: len(titles) for name, titles in told().items()} == {"admin1": 2, "nghiepvu.danang": 2}


def test_the_it_center_hears_of_itself(world):
    make_user("nghiepvu.cntt", world.units["00.CNTT"], AccountKind.BUSINESS)
    owed(world.units["00.CNTT"])
    swept(OVERDUE)
    assert list(told()) == ["nghiepvu.cntt"]
    assert "được báo" not in Notice.objects.get().text
    swept(CENTRE)
    assert {name: len(titles) for name, titles in told().items()} == {"admin1": 1, "nghiepvu.cntt": 2}


def test_answers_are_asked_of_those_who_answer(world):
    """At the IT Center nobody records; admins answer."""
    owed(world.units["00.CNTT"], kind=Kind.SUPPORT, start=ON_DAY)
    owed(world.units["01"], kind=Kind.SUPPORT, start=ON_DAY)
    swept(BEFORE)
    assert set(told()) == {"admin1", *ABOVE}
    assert set(Notice.objects.values_list("topic", flat=True)) == {Topic.DEADLINE}


@pytest.mark.parametrize("close", ["fulfil", "waive"])
def test_nobody_is_reminded_any_more_of_what_is_done(badinh, world, close):
    with travel(at(HANDED_OVER, 10)):
        made, other = draft(world, world.nghiepvu_badinh, ["S-1"]), owe(badinh)
    swept(SUPERIOR)
    assert Notice.objects.filter(read_at=None).count() == 6
    with travel(at(SUPERIOR, 9)), entered(world.nghiepvu_badinh.scope):
        if close == "fulfil":
            fulfil(kind=Kind.INTAKE, subject=made, on=SUPERIOR, by=world.nghiepvu_badinh)
        else:
            waive(kind=Kind.INTAKE, subject=made, reason="Hồ sơ đã hủy", by=world.nghiepvu_badinh)
        assert not Notice.objects.visible_to(world.nghiepvu_hanoi).exists()  # back behind the walls
    unread = Notice.objects.filter(read_at=None)
    assert {notice.key for notice in unread} == {f"obligation:{other.pk}:{Step.SUPERIOR.value}"}
    assert unread.count() == 3
    swept(END)
    assert not Reminder.objects.filter(obligation__state="open").exclude(obligation=other).exists()
    assert Reminder.objects.exclude(obligation=other).count() == 4


def test_what_was_waived_and_opened_again_goes_on_where_it_was(badinh):
    one = owed(badinh)
    swept(OVERDUE)
    waive(kind=Kind.INTAKE, subject=one.subject, reason="Nhầm", by=None)
    reopen(kind=Kind.INTAKE, subject=one.subject, by=None)
    assert swept(date(2026, 2, 25)) == Swept()
    assert swept(SUPERIOR).reminders == 1


def test_what_was_closed_while_a_sweep_told_of_it_is_cleared_by_the_next(badinh):
    owed(badinh)
    swept(OVERDUE)
    Obligation.objects.update(state="waived")  # by a transaction that the sweep didn't see
    Notice.objects.create(
        owner=User.objects.get(username=CLERK), unit=badinh, topic=Topic.DEADLINE, key="digest:deadline:x", title="x"
    )
    assert Notice.objects.filter(read_at=None).count() == 2
    swept(date(2026, 2, 25))
    assert [notice.key for notice in Notice.objects.filter(read_at=None)] == ["digest:deadline:x"]


def test_other_units_hear_nothing_and_see_no_reminder(badinh, world):
    owed(badinh)
    swept(END)
    assert set(told()) == {CLERK, *ABOVE, "admin1"}
    for name, count in (("nghiepvu_hoankiem", 0), ("nghiepvu_danang", 0), ("tracuu_badinh", 5), ("tracuu_hanoi", 5)):
        reader = world.users[name]
        with entered(reader.scope):
            assert Reminder.objects.visible_to(reader).count() == count
            assert Reminder.objects.all().scoped().count() == count
