"""Nobody is told what isn't so: reminders that weren't given, days that are no longer."""

from datetime import date

import pytest
from django.urls import reverse
from time_machine import travel

from core.events import deliver
from core.models import Event
from core.scope import entered
from deadlines.actions import open_obligation
from deadlines.actions.calendar import change_calendar
from deadlines.actions.oversight import excuse
from deadlines.blocks.record import timeline
from deadlines.models import Obligation
from deadlines.queries.changes import plan_of
from deadlines.rules import Kind, Step
from deadlines.rules.overrides import Wanted
from notices import actions as notices
from notices.models import Mail, Notice
from notices.rules import Tone, Topic
from tests.deadlines.support import BEFORE, CENTRE, HANDED_OVER, ON_DAY, OVERDUE, STORY, SUPERIOR, at, owed, swept
from tests.notices.support import mailed

pytestmark = pytest.mark.django_db
CLERK = "nghiepvu.badinh"


@pytest.fixture(autouse=True)
def _calendar(official_calendar):
    """Tết of 2026 as it was decided."""


@pytest.fixture
def badinh(world):
    return world.units["01.001"]


def said_of(one, reader):
    """The reminders on the page of an obligation: what was said, and what is told of it; the latest first."""
    labels = {step.label for step in Step}
    with entered(reader.scope):
        return [(entry.title, entry.text) for entry in timeline(reader, one).entries if entry.title in labels]


def change(world, first, last, *, working=False):
    wanted = Wanted(first, last, working=working, reason="Nghỉ đột xuất", source="CV 1/VPCP")
    with entered(world.admin1.scope):
        change_calendar(wanted, seen=plan_of(wanted, by=world.admin1).fingerprint, by=world.admin1)


def test_steps_that_were_missed_are_not_claimed(world, badinh):
    one = owed(badinh)
    swept(SUPERIOR)
    ((title, text),) = said_of(one, world.nghiepvu_badinh)
    assert title == Step.SUPERIOR.label
    assert text == (
        "Hạn lúc nhắc: 23/02/2026. Các bước trước (Nhắc trước hạn, Nhắc trong ngày đến hạn, Nhắc quá hạn) không nhắc"
        " được đúng ngày (hệ thống tạm ngừng hoặc việc được ghi muộn), gộp vào lần nhắc này."
    )


def test_the_superior_was_told_even_on_the_day_of_the_center(world, badinh):
    one = owed(badinh)
    swept(CENTRE)
    said = dict(said_of(one, world.nghiepvu_badinh))
    assert set(said) == {Step.SUPERIOR.label, Step.CENTRE.label}
    assert said[Step.SUPERIOR.label] == "Hạn lúc nhắc: 23/02/2026"
    assert "Báo đơn vị cấp trên" not in said[Step.CENTRE.label]


def test_steps_given_each_on_its_day_are_all_told(world, badinh):
    one = owed(badinh)
    for day in STORY:
        swept(day)
    said = said_of(one, world.nghiepvu_badinh)
    assert said == [(step.label, "Hạn lúc nhắc: 23/02/2026") for step in reversed(Step)]


@pytest.mark.dieu("14.4")
def test_a_moved_day_is_told_and_that_of_before_no_longer(world, badinh):
    mailed(world.nghiepvu_badinh)
    one, other = owed(badinh), owed(badinh)
    swept(BEFORE)
    assert Notice.objects.filter(read_at=None, due_date=ON_DAY).count() == 2
    with travel(at(BEFORE, 7, 5)):
        change(world, ON_DAY, OVERDUE)
    assert not Notice.objects.filter(read_at=None, due_date=ON_DAY).exists()
    said = Notice.objects.get(read_at=None)
    assert (said.owner, said.topic, said.tone, said.due_date) == (
        world.nghiepvu_badinh,
        Topic.DEADLINE,
        Tone.INFO,
        None,
    )
    assert said.title == "2 hạn chuyển ngày theo lịch làm việc, sớm nhất nay là 25/02/2026"
    assert said.text == (
        "Lịch làm việc thay đổi: nghỉ 23/02/2026 đến 24/02/2026 (Nghỉ đột xuất)."
        " 23/02/2026 → 25/02/2026: 2 việc. Mở danh sách để xem hạn mới của từng việc."
    )
    assert (said.law, said.address) == ("Điều 7 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH", reverse("deadlines:mine"))
    with travel(at(BEFORE, 12)):
        assert notices.gather() == 1
    assert Mail.objects.get().subject == said.title
    assert one.subject_label not in Mail.objects.get().text + other.subject_label


def test_a_day_that_comes_earlier_is_a_warning_and_each_hears_of_their_own(world, badinh):
    owed(badinh)
    owed(world.units["01.002"], kind=Kind.SUPPORT, start=ON_DAY)
    with travel(at(HANDED_OVER, 11)):
        change(world, date(2026, 2, 14), date(2026, 2, 14), working=True)
    said = Notice.objects.get()
    assert (said.owner.username, said.tone) == (CLERK, Tone.WARNING)
    assert said.title.startswith("1 hạn chuyển ngày")


def test_corrected_facts_take_back_what_was_said(badinh, world):
    one, other = owed(badinh), owed(badinh)
    swept(OVERDUE)
    with travel(at(OVERDUE, 9)), entered(world.nghiepvu_badinh.scope):
        again = Obligation.objects.visible_to(world.nghiepvu_badinh).get(pk=one.pk)
        open_obligation(
            kind=Kind.INTAKE,
            subject=again.subject,
            unit=badinh,
            start_date=OVERDUE,
            label=again.subject_label,
            by=world.nghiepvu_badinh,
        )
    assert [notice.title for notice in Notice.objects.filter(read_at=None)] == [
        f"Quá hạn 1 ngày làm việc: Cập nhật thiết bị tiếp nhận {other.subject_label}"
    ]


def test_what_was_waived_has_no_day(badinh, world):
    one = owed(badinh)
    with travel(at(SUPERIOR, 9)), entered(world.nghiepvu_hanoi.scope):
        excuse(one, reason="Thiết bị đã trả nhà cung cấp", by=world.nghiepvu_hanoi)
    assert deliver(Event.objects.get(kind="obligation.waived").pk)
    said = Notice.objects.get()
    assert said.title.startswith("Được miễn: ")
    assert (said.due_date, said.law) == (None, one.legal_basis)
