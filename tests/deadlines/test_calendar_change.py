"""A change of the working calendar: which days are written, what moves with them, who is told in the log."""

import threading
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.models import Event
from core.scope import entered
from deadlines.actions import fulfil, open_obligation, redate_open
from deadlines.actions.calendar import CalendarChangedError, change_calendar
from deadlines.actions.sweep import sweep
from deadlines.models import CalendarDay, Obligation, Reminder
from deadlines.queries import calendar, known_in_advance
from deadlines.queries.changes import first_moves, plan_of
from deadlines.queries.redating import moves
from deadlines.rules import DAY, Kind, State, Step, WorkingCalendar, due_date
from deadlines.rules.overrides import Override, Wanted, writes_of
from tests.deadlines.support import BEFORE, HANDED_OVER, ON_DAY, OVERDUE, at, days, owe, steps_given, told
from tests.world import draft

WEDNESDAY = date(2026, 3, 11)
FRIDAY, SATURDAY, MONDAY = date(2026, 3, 13), date(2026, 3, 14), date(2026, 3, 16)
dates = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-03-11 09:00 +0700", tick=False):
        yield


def off(first=FRIDAY, last=None, **changes):
    return Wanted(first, last or first, working=False, reason="Nghỉ đột xuất", source="CV 1/VPCP", **changes)


def work(day=SATURDAY):
    return Wanted(day, day, working=True, reason="Làm bù", source="CV 1/VPCP")


def agreed(wanted, by):
    """What a person does who looks and presses the button."""
    return change_calendar(wanted, seen=plan_of(wanted, by=by).fingerprint, by=by)


@pytest.fixture
def owed(world):
    """One term that spans the Friday, one that ended before it, one that is done."""
    spanning = owe(world.units["01.001"], start=WEDNESDAY, label="TN-1")
    earlier = owe(world.units["48"], start=date(2026, 3, 2), label="TN-2")
    done = owe(world.units["48"], start=WEDNESDAY, label="TN-3")
    fulfil(kind=Kind.INTAKE, subject=done.subject, on=WEDNESDAY, by=None)
    return {"spanning": spanning, "earlier": earlier, "done": done}


def test_a_day_off_moves_what_spans_it_and_says_so_everywhere(world, owed):
    admin = world.admin1
    assert owed["spanning"].due_date == MONDAY
    with entered(admin.scope):
        outcome = agreed(off(), admin)
    assert (outcome.days, outcome.moved) == (1, 1)
    spanning, earlier, done = (Obligation.objects.get(pk=owed[name].pk) for name in ("spanning", "earlier", "done"))
    assert (spanning.due_date, spanning.state) == (date(2026, 3, 17), State.OPEN)
    assert (earlier.due_date, done.due_date) == (owed["earlier"].due_date, MONDAY)
    told = spanning.history.first()
    assert (told.history_user, told.due_date) == (admin, spanning.due_date)
    assert told.history_change_reason == "Lịch làm việc thay đổi: nghỉ 13/03/2026 (Nghỉ đột xuất)"
    assert [one.history.count() for one in (spanning, earlier, done)] == [2, 1, 2]
    day = CalendarDay.objects.get()
    assert (day.date, day.working, day.source) == (FRIDAY, False, "CV 1/VPCP")
    assert (day.history.get().history_user, day.history.get().history_change_reason) == (
        admin,
        "1 hạn xử lý chuyển ngày",
    )
    event = Event.objects.get(kind="calendar.changed")
    assert (event.unit, event.actor, event.subject) == (admin.unit, admin, day)
    assert event.payload == {
        "days": ["2026-03-13"], "working": False, "reason": "Nghỉ đột xuất", "source": "CV 1/VPCP", "moved": 1,
    }  # fmt: skip


def test_taking_it_back_gives_what_is_known_without_it(world, owed):
    admin = world.admin1
    agreed(off(), admin)
    with entered(admin.scope):
        outcome = agreed(Wanted(FRIDAY, FRIDAY, None, "Nhập nhầm"), admin)
    assert (outcome.days, outcome.moved) == (1, 1)
    assert Obligation.objects.get(pk=owed["spanning"].pk).due_date == MONDAY
    assert not CalendarDay.objects.exists()
    removed = CalendarDay.history.first()
    assert (removed.history_type, removed.history_user) == ("-", admin)
    assert removed.history_change_reason == "Nhập nhầm: 1 hạn xử lý chuyển ngày"
    assert Event.objects.filter(kind="calendar.changed").count() == 2


def test_a_saturday_worked_brings_the_due_day_forward(world, owed):
    assert agreed(work(), world.admin1).moved == 1
    assert Obligation.objects.get(pk=owed["spanning"].pk).due_date == SATURDAY
    assert agreed(Wanted(SATURDAY, SATURDAY, None, "Bỏ"), world.admin1).moved == 1
    assert Obligation.objects.get(pk=owed["spanning"].pk).due_date == MONDAY


def test_a_range_writes_its_working_days_and_names_the_others(world, owed):
    wanted = off(FRIDAY, MONDAY)
    plan = plan_of(wanted, by=world.admin1)
    assert plan.writes.days == [FRIDAY, MONDAY]
    assert [text[:20] for text in plan.writes.left_out] == ["Thứ Bảy 14/03/2026 v", "Chủ nhật 15/03/2026 "]
    assert agreed(wanted, world.admin1).days == 2
    assert Obligation.objects.get(pk=owed["spanning"].pk).due_date == date(2026, 3, 18)
    assert Event.objects.filter(kind="calendar.changed").count() == 1


def test_an_edit_of_the_words_alone_moves_nothing(world, owed):
    agreed(off(), world.admin1)
    edited = Wanted(FRIDAY, FRIDAY, working=False, reason="Nghỉ hoán đổi", source="CV 2/VPCP", editing=True)
    assert agreed(edited, world.admin1).moved == 0
    assert CalendarDay.objects.get().source == "CV 2/VPCP"
    assert CalendarDay.history.count() == 2
    assert owed["spanning"].history.count() == 2


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (off(SATURDAY), "Thứ Bảy 14/03/2026 vốn đã nghỉ nên không cần nhập."),
        (off(date(2026, 4, 30)), "Thứ Năm 30/04/2026 vốn đã nghỉ"),
        (off(SATURDAY, SATURDAY + DAY), "Chủ nhật 15/03/2026 vốn đã nghỉ"),
        (work(FRIDAY), "Thứ Sáu 13/03/2026 vốn đã là ngày làm việc nên không cần nhập."),
        (Wanted(FRIDAY, FRIDAY, None, "x"), "không còn thay đổi nào trong lịch"),
        (off(editing=True), "không còn thay đổi nào trong lịch"),
    ],
)
def test_what_changes_nothing_is_refused_with_the_reason(world, wanted, says):
    with pytest.raises(DomainError, match=says):
        plan_of(wanted, by=world.admin1)
    with pytest.raises(DomainError, match=says):
        change_calendar(wanted, seen="", by=world.admin1)


def test_a_second_press_is_told_who_wrote_it_and_when(world):
    agreed(off(), world.admin1)
    with pytest.raises(DomainError, match=r"đã có trong lịch là ngày nghỉ \(Người dùng admin1, 11/03/2026 09:00\)"):
        plan_of(off(), by=world.admin1)
    with pytest.raises(DomainError, match="hãy gỡ thay đổi"):
        plan_of(work(FRIDAY), by=world.admin1)
    with pytest.raises(DomainError, match="không có gì thay đổi"):
        plan_of(off(editing=True), by=world.admin1)


@pytest.mark.parametrize("meanwhile", ["opened", "fulfilled", "calendar"])
def test_what_changed_meanwhile_is_shown_again_before_anything_is_written(world, owed, meanwhile):
    plan = plan_of(off(), by=world.admin1)
    if meanwhile == "opened":
        owe(world.units["48"], start=WEDNESDAY)
    elif meanwhile == "fulfilled":
        fulfil(kind=Kind.INTAKE, subject=owed["spanning"].subject, on=WEDNESDAY, by=None)
    else:
        agreed(work(date(2026, 5, 9)), world.admin1)
    before = CalendarDay.objects.count()
    with pytest.raises(CalendarChangedError):
        change_calendar(off(), seen=plan.fingerprint, by=world.admin1)
    assert CalendarDay.objects.count() == before
    assert agreed(off(), world.admin1).days == 1


def test_it_is_all_or_nothing(world, owed, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    seen = plan_of(off(), by=world.admin1).fingerprint
    monkeypatch.setattr("core.events.record", fail)
    with pytest.raises(RuntimeError):
        change_calendar(off(), seen=seen, by=world.admin1)
    assert not CalendarDay.history.exists()
    assert Obligation.objects.get(pk=owed["spanning"].pk).due_date == MONDAY


def test_the_plan_counts_by_kind_of_unit_and_names_the_first(world, owed):
    owe(world.units["48"], start=WEDNESDAY - DAY, label="TN-4")
    plan = plan_of(off(), by=world.admin1)
    assert plan.by_kind == [("BHXH tỉnh, thành phố", 1), ("BHXH quận, huyện", 1)]
    first = [
        (row["owed"].subject_label, row["move"].before, row["move"].after) for row in first_moves(plan, by=world.admin1)
    ]
    assert first == [("TN-4", FRIDAY, MONDAY), ("TN-1", MONDAY, date(2026, 3, 17))]


def test_the_cost_does_not_grow_with_what_is_open(world, owed, django_assert_num_queries):
    for n in range(20):
        owe(world.units["48"], start=WEDNESDAY - n % 3 * DAY)
    with django_assert_num_queries(20):
        redate_open(reason="Thử", by=None, under=known_in_advance(2031).changed([(FRIDAY, False)]))


def test_a_draft_of_a_real_dossier_moves_too(world):
    made = draft(world, world.nghiepvu_badinh, ["L1"], handover_date=WEDNESDAY)
    agreed(off(), world.admin1)
    assert Obligation.objects.about(made).get().due_date == date(2026, 3, 17)


@pytest.mark.dieu("7.1")
@pytest.mark.dieu("14.4")
def test_a_calendar_changed_a_week_before_moves_the_due_day_and_repeats_no_reminder(world, official_calendar):
    """Over Tết: reminded on 13 February of the 23rd; on the 16th two more days become free, the due day is the 25th."""
    with time_machine.travel(at(HANDED_OVER, 10)):
        owed = owe(world.units["01.001"], label="TN-1")
    assert owed.due_date == ON_DAY
    swept(HANDED_OVER, BEFORE)
    assert steps_given() == {BEFORE: [Step.BEFORE]}
    with time_machine.travel(at(date(2026, 2, 16), 9)), entered(world.admin1.scope):
        assert agreed(off(ON_DAY, OVERDUE), world.admin1).moved == 1
    moved = Obligation.objects.get(pk=owed.pk)
    assert moved.due_date == date(2026, 2, 25)
    assert moved.history.first().history_change_reason == (
        "Lịch làm việc thay đổi: nghỉ 23/02/2026 đến 24/02/2026 (Nghỉ đột xuất)"
    )
    swept(date(2026, 2, 16), date(2026, 3, 13))
    assert steps_given() == {
        BEFORE: [Step.BEFORE],
        date(2026, 2, 25): [Step.ON_DAY],
        date(2026, 2, 26): [Step.OVERDUE],
        date(2026, 3, 2): [Step.SUPERIOR],
        date(2026, 3, 6): [Step.CENTRE],
    }
    heard = told()["nghiepvu.badinh"]
    assert heard[1] == "1 hạn chuyển ngày theo lịch làm việc, sớm nhất nay là 25/02/2026"
    assert len(heard) == len(Step) + 1


@pytest.mark.dieu("14.4")
def test_a_reminder_given_too_early_by_the_calendar_of_before_is_not_given_again(world, official_calendar):
    """The day comes when it has been told of as due already; then the calendar puts it off."""
    with time_machine.travel(at(HANDED_OVER, 10)):
        owe(world.units["01.001"], label="TN-1")
    swept(HANDED_OVER, OVERDUE)
    given_before = steps_given()
    with time_machine.travel(at(OVERDUE, 15)):
        agreed(off(ON_DAY, OVERDUE), world.admin1)
    swept(OVERDUE, date(2026, 3, 13))
    assert steps_given() == {**given_before, date(2026, 3, 2): [Step.SUPERIOR], date(2026, 3, 6): [Step.CENTRE]}
    assert [r.due_date for r in Reminder.objects.order_by("step")] == [ON_DAY] * 3 + [date(2026, 2, 25)] * 2


def swept(first, last):
    """Every morning, and once more at noon."""
    for day in days(first, last):
        for hour in (7, 12):
            with time_machine.travel(at(day, hour)):
                sweep()


@pytest.mark.django_db(transaction=True)
def test_what_is_opened_at_the_same_moment_is_not_overlooked(world):
    """A dossier is being written by the old calendar while IT Center changes it: one waits for the other."""
    written, asked = threading.Event(), threading.Event()
    unit = world.units["01.001"]
    failures = []

    def write() -> None:
        try:
            with transaction.atomic():
                owe(unit, start=WEDNESDAY, label="TN-9")
                written.set()
                assert asked.wait(20)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    assert written.wait(20)
    timer = threading.Timer(0.5, asked.set)
    timer.start()
    seen = plan_of(off(), by=world.admin1)
    assert not seen.moves
    with pytest.raises(CalendarChangedError):  # it came into sight after the person had looked
        change_calendar(off(), seen=seen.fingerprint, by=world.admin1)
    thread.join()
    timer.join()
    assert failures == []
    assert agreed(off(), world.admin1).moved == 1
    assert Obligation.objects.get().due_date == date(2026, 3, 17)


def known() -> WorkingCalendar:
    return known_in_advance(2031)


@given(st.dictionaries(dates, st.booleans(), max_size=30), dates, st.integers(0, 10), st.booleans())
def test_only_what_departs_from_the_known_calendar_is_written(rows, first, length, working):
    standing = {day: Override(was, "x", "y", "z") for day, was in rows.items()}
    wanted = Wanted(first, first + length * DAY, working, "a", "b")
    try:
        writes = writes_of(wanted, standing, known())
    except DomainError:
        writes = None
    expected = [
        day for day in wanted.days if known().is_working(day) != working and (day not in rows or rows[day] != working)
    ]
    assert (writes.days if writes else []) == expected
    if writes:
        assert len(writes.left_out) == len(wanted.days) - len(expected)
        after = known().changed((rows | dict.fromkeys(writes.days, working)).items())
        assert all(after.is_working(day) == working for day in writes.days)


@given(dates, st.integers(0, 30), dates, st.booleans())
def test_a_changed_day_moves_only_terms_that_span_it_and_in_one_direction(start, days, changed, working):
    """A day off never brings a due day forward, a day worked never puts one off."""
    before = due_date(start, days, known())
    after = due_date(start, days, known().changed([(changed, working)]))
    if not start <= changed <= max(before, after):
        assert after == before
    assert (after >= before) if not working else (after <= before)


@given(dates, st.integers(0, 30), st.dictionaries(dates, st.booleans(), max_size=10))
def test_changes_taken_back_leave_no_trace(start, days, rows):
    changed = known().changed(rows.items())
    back = changed.changed((day, known().is_working(day)) for day in rows)
    assert due_date(start, days, back) == due_date(start, days, known())
    assert due_date(start, days, changed) >= start


@pytest.mark.django_db
def test_set_based_and_row_by_row_agree(world):
    """The one write gives what computing each row would give."""
    for n in range(40):
        subject = Event.objects.create(kind="test.dossier", unit=world.units["48"], subject=world.units["48"])
        open_obligation(
            kind=Kind.INTAKE, subject=subject, unit=world.units["48"], start_date=date(2026, 2, 1) + timedelta(days=n),
            label=f"TN-{n}", by=None, working_days=n % 5,
        )  # fmt: skip
    under = calendar().changed([(date(2026, 2, 5), False), (date(2026, 2, 7), True), (FRIDAY, False)])
    expected = {row.pk: due_date(row.start_date, row.working_days, under) for row in Obligation.objects.all()}
    moved = redate_open(reason="Thử", by=None, under=under)
    assert {row.pk: row.due_date for row in Obligation.objects.all()} == expected
    assert moved == Obligation.history.filter(history_change_reason="Thử").count() == 4
    assert moves(Obligation.objects.open(), under) == ()
