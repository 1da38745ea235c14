"""The morning sweep: who is told what, on which day, once."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from deadlines.actions import redate_open
from deadlines.actions.sweep import SINGLY, Swept, sweep
from deadlines.models import CalendarDay, Obligation, Reminder
from deadlines.rules import TERMS, Kind, Step
from deadlines.tasks import sweep_deadlines
from notices.models import Notice
from notices.rules import Tone, Topic
from tests.deadlines.support import (
    BEFORE,
    HANDED_OVER,
    ON_DAY,
    OVERDUE,
    STORY,
    SUPERIOR,
    at,
    days,
    owe,
    owed,
    steps_given,
    swept,
    told,
)
from tests.world import draft

pytestmark = pytest.mark.django_db
END = date(2026, 3, 13)
CLERK, ABOVE = "nghiepvu.badinh", ["admin2.hanoi", "nghiepvu.hanoi"]


@pytest.fixture(autouse=True)
def _calendar(official_calendar):
    """Tết of 2026 as it was decided."""


@pytest.fixture
def badinh(world):
    return world.units["01.001"]


@pytest.mark.dieu("7.1")
@pytest.mark.dieu("13.1")
@pytest.mark.dieu("14.4")
def test_an_intake_that_nobody_completes_over_tet(world):
    with travel(at(HANDED_OVER, 10)):
        made = draft(world, world.nghiepvu_badinh, ["S-1"])
    for day in days(HANDED_OVER, END):
        for hour, minute in ((7, 0), (7, 30), (12, 0), (17, 30)):
            swept(day, hour, minute)
    assert steps_given() == {day: [step] for day, step in STORY.items()}
    what = f"Cập nhật thiết bị tiếp nhận {made.number}"
    assert told() == {
        CLERK: [
            f"Sắp đến hạn 23/02/2026: {what}",
            f"Hạn hôm nay: {what}",
            f"Quá hạn 1 ngày làm việc: {what}",
            f"Quá hạn 3 ngày làm việc: {what}",
            f"Quá hạn 7 ngày làm việc: {what}",
        ],
        **{name: [f"BHXH quận Ba Đình quá hạn 3 ngày làm việc: {what}"] for name in ABOVE},
        "admin1": [f"BHXH quận Ba Đình quá hạn 7 ngày làm việc: {what}"],
    }
    days_told = Notice.objects.filter(owner__username=CLERK).order_by("pk").values_list("created_at__date", flat=True)
    assert list(days_told) == list(STORY)


def test_a_notice_names_the_thing_the_law_the_day_and_the_action(world):
    with travel(at(HANDED_OVER, 10)):
        made = draft(world, world.nghiepvu_badinh, ["S-1"])
    for day in STORY:
        swept(day)
    heard = list(Notice.objects.filter(owner__username=CLERK).order_by("pk"))
    assert {(n.law, n.due_date, n.address, n.topic, n.unit) for n in heard} == {
        (TERMS[Kind.INTAKE].legal_basis, ON_DAY, f"/tiep-nhan/{made.number}/", Topic.DEADLINE, made.unit)
    }
    assert [n.tone for n in heard] == [Tone.INFO, Tone.WARNING, Tone.DANGER, Tone.DANGER, Tone.DANGER]
    subject = f"BHXH quận Ba Đình: “Cập nhật thiết bị tiếp nhận” ({made.number})"
    action = "Mở hồ sơ, bổ sung thông tin và biên bản còn thiếu, rồi bấm “Tiếp nhận”."
    assert [n.text for n in heard] == [
        f"{subject} phải xong chậm nhất ngày 23/02/2026. {action}",
        f"{subject} phải xong trong hôm nay, 23/02/2026. {action}",
        (
            f"{subject} đến hạn ngày 23/02/2026, nay quá hạn 1 ngày làm việc. {action}"
            " Nếu còn chậm, việc này được báo BHXH thành phố Hà Nội."
        ),
        (
            f"{subject} đến hạn ngày 23/02/2026, nay quá hạn 3 ngày làm việc. {action}"
            " Việc này đã được báo BHXH thành phố Hà Nội."
        ),
        (
            f"{subject} đến hạn ngày 23/02/2026, nay quá hạn 7 ngày làm việc. {action}"
            " Việc này đã được báo Trung tâm Công nghệ thông tin."
        ),
    ]
    superior = Notice.objects.get(owner__username="nghiepvu.hanoi")
    assert (superior.topic, superior.tone, superior.address) == (Topic.ESCALATION, Tone.DANGER, heard[0].address)
    assert superior.text == (
        f"{subject} đến hạn ngày 23/02/2026, nay quá hạn 3 ngày làm việc."
        " Đề nghị xem hồ sơ, đôn đốc và hỗ trợ đơn vị; việc không còn phải làm thì ghi miễn kèm lý do."
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_words(badinh, kind):
    owed(badinh, kind=kind)
    swept(END)
    texts = [*Notice.objects.values_list("title", "text", "law", "address")]
    assert texts
    assert all(kind.label in title and kind.label in text and law and link for title, text, law, link in texts)


def test_days_off_are_left_alone_and_worked_saturdays_are_not(badinh):
    owed(badinh)
    assert swept(date(2026, 2, 14)) == swept(date(2026, 2, 17)) == Swept()
    CalendarDay.objects.filter(date=date(2026, 2, 17)).delete()
    CalendarDay.objects.create(date=date(2026, 2, 14), working=True, reason="Làm bù")
    assert swept(date(2026, 2, 14)).reminders == 1


def test_after_days_of_downtime_everybody_hears_once(badinh):
    owed(badinh)
    assert swept(END) == Swept(reminders=5, notices=4)
    assert steps_given() == {END: list(Step)}
    late = "quá hạn 14 ngày làm việc: Cập nhật thiết bị tiếp nhận"
    assert {name: len(titles) for name, titles in told().items()} == dict.fromkeys([CLERK, *ABOVE, "admin1"], 1)
    assert all(late in title.lower().replace("cập", "Cập") for (title,) in told().values())
    assert swept(END, 7, 30) == Swept()


def test_more_than_five_things_are_one_notice(world, badinh):
    hoankiem = world.units["01.002"]
    for unit in [badinh] * SINGLY + [hoankiem] * SINGLY:
        owed(unit)
    owed(badinh, kind=Kind.TRANSFER_OUT)
    swept(END)
    heard = told()
    assert len(heard.pop("nghiepvu.hoankiem")) == SINGLY
    assert heard == {
        CLERK: ["Đơn vị bạn phụ trách: nhắc 6 việc quá hạn (ngày 13/03/2026)"],
        **{name: ["2 đơn vị cấp dưới: mới báo lên 11 việc quá hạn (ngày 13/03/2026)"] for name in [*ABOVE, "admin1"]},
    }
    digest = Notice.objects.get(owner__username=CLERK)
    assert digest.text == (
        "Đơn vị bạn phụ trách: hôm nay nhắc 6 việc quá hạn. Cập nhật thiết bị tiếp nhận: 5; Cập nhật điều chuyển đi: 1."
        " Danh sách có mọi việc chưa xong, kể cả việc đã nhắc: mở và làm việc quá hạn lâu nhất trước."
    )
    assert digest.law == "Điều 7, 9 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH"
    assert Notice.objects.get(owner__username="admin1").text == (
        "2 đơn vị cấp dưới: hôm nay mới báo lên 11 việc quá hạn. Cập nhật thiết bị tiếp nhận: 10;"
        " Cập nhật điều chuyển đi: 1. Danh sách có mọi việc đang quá hạn,"
        " kể cả việc đã báo: mở để xem, đôn đốc và hỗ trợ đơn vị."
    )


def test_a_digest_leads_to_the_list_of_what_it_counts(world, badinh, client_of):
    for _ in range(SINGLY + 1):
        owed(badinh)
    swept(END)
    found = dict(Notice.objects.values_list("owner__username", "address"))
    with travel(at(END, 9)):
        page = client_of(world.nghiepvu_hanoi).get(found["nghiepvu.hanoi"])
        assert page.context["count"] == SINGLY + 1
        mine = client_of(world.nghiepvu_badinh).get(found[CLERK])
    assert mine.status_code == 200
    assert "TN-01.001-2026-" in mine.content.decode()


def test_a_digest_counts_what_is_due_apart_from_what_is_late(badinh):
    for start in (date(2026, 2, 9), date(2026, 2, 9), date(2026, 2, 10), HANDED_OVER, HANDED_OVER, HANDED_OVER):
        owed(badinh, start=start)
    swept(date(2026, 2, 13))
    said = "Đơn vị bạn phụ trách: nhắc 2 việc quá hạn, 1 việc hạn hôm nay, 3 việc sắp đến hạn (ngày 13/02/2026)"
    assert told()[CLERK] == [said]
    assert Notice.objects.get(owner__username=CLERK).tone == Tone.DANGER


def test_a_digest_of_every_kind_fits(badinh):
    for kind in Kind:
        owed(badinh, kind=kind)
    swept(END)
    assert Notice.objects.get(owner__username=CLERK, topic=Topic.DEADLINE).law == (
        "Điều 7, 9, 10, 12, 13.2, 13.4, 13.8, 14 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH"
    )


def test_what_was_entered_today_is_told_of_tomorrow(badinh):
    with travel(at(END, 9)):
        owe(badinh)
    assert swept(END, 9, 30) == Swept()
    assert swept(date(2026, 3, 16)).reminders == 5


def test_a_moved_due_day_repeats_no_step(badinh, world):
    owed(badinh)
    for day in (BEFORE, ON_DAY):
        swept(day)
    CalendarDay.objects.create(date=OVERDUE, working=False, reason="Nghỉ đột xuất")
    CalendarDay.objects.create(date=date(2026, 2, 25), working=False, reason="Nghỉ đột xuất")
    CalendarDay.objects.create(date=ON_DAY, working=False, reason="Nghỉ đột xuất")
    assert redate_open(reason="Lịch làm việc thay đổi", by=world.admin1) == 1
    for day in days(OVERDUE, END):
        swept(day)
    assert Obligation.objects.get().due_date == date(2026, 2, 26)
    assert steps_given() == {
        BEFORE: [Step.BEFORE],
        ON_DAY: [Step.ON_DAY],
        date(2026, 2, 27): [Step.OVERDUE],
        date(2026, 3, 3): [Step.SUPERIOR],
        date(2026, 3, 9): [Step.CENTRE],
    }
    assert set(Reminder.objects.values_list("step", "due_date")) >= {
        (Step.ON_DAY, ON_DAY),
        (Step.OVERDUE, date(2026, 2, 26)),
    }


def test_the_questions_are_as_many_for_many_as_for_few(world):
    asked = []
    for many in (2, 30):
        for unit in ("01.001", "01.002", "48", "01"):
            for _ in range(many):
                owed(world.units[unit])
        with CaptureQueriesContext(connection) as queries, travel(at(END)):
            sweep()
        asked.append(len(queries))
        Reminder.objects.all().delete()
        Notice.objects.all().delete()
    assert asked[0] >= asked[1]
    assert asked[0] <= 30


def test_the_command_and_the_task_do_the_same(badinh):
    owed(badinh)
    out = StringIO()
    with travel(at(OVERDUE)):
        call_command("sweep_deadlines", stdout=out)
        assert sweep_deadlines() == 0
    assert out.getvalue() == "Reminders written: 3; notices: 1\n"
    with travel(at(SUPERIOR)):
        assert sweep_deadlines() == 1


def test_every_half_hour_of_the_working_day(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["sweep-deadlines"]
    assert entry["task"] == sweep_deadlines.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == (set(range(7, 18)), {0, 30})
    assert sweep_deadlines.acks_late
