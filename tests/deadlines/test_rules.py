import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.management.commands import load_calendar
from deadlines.rules import (
    DAY,
    FLOW,
    TERMS,
    Kind,
    State,
    WorkingCalendar,
    clock_text,
    due_date,
    is_overdue,
    state_of,
    working_days_between,
)
from deadlines.texts import ACTIONS

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "calendar_tests.csv").read_text(encoding="utf-8").splitlines()))
OFFICIAL = WorkingCalendar().changed((row["date"], row["working"]) for row in load_calendar.rows())
dates = st.dates(date(2019, 1, 1), date(2026, 12, 31))
terms = st.integers(0, 60)


@st.composite
def calendars(draw):
    days = draw(st.dictionaries(dates, st.booleans(), max_size=60))
    rest = draw(st.frozensets(st.integers(0, 6), max_size=6))
    return WorkingCalendar(weekly_rest=rest).changed(days.items())


@pytest.mark.dieu("7.1")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["event_date"])
def test_official_due_dates(case):
    event, due = date.fromisoformat(case["event_date"]), date.fromisoformat(case["due_date"])
    assert due_date(event, int(case["working_days"]), OFFICIAL) == due
    assert working_days_between(event, due, OFFICIAL) == int(case["working_days"])


def test_all_cases_are_here():
    assert len(CASES) == 12


@given(dates, st.integers(1, 60), calendars())
def test_a_due_date_is_a_working_day_that_many_working_days_later(event, n, calendar):
    due = due_date(event, n, calendar)
    assert due > event
    assert calendar.is_working(due)
    assert working_days_between(event, due, calendar) == n


@given(dates, calendars())
def test_a_term_without_days_ends_on_the_day_or_the_next_working_one(event, calendar):
    due = due_date(event, 0, calendar)
    assert calendar.is_working(due)
    assert calendar.count(event, due) == 1
    assert (due == event) == calendar.is_working(event)


@given(dates, dates, terms, calendars())
def test_a_later_event_is_never_due_earlier(a, b, n, calendar):
    first, last = sorted((a, b))
    assert due_date(first, n, calendar) <= due_date(last, n, calendar)


@given(dates, terms, terms, calendars())
def test_a_longer_term_is_never_due_earlier(event, m, n, calendar):
    shorter, longer = sorted((m, n))
    assert due_date(event, shorter, calendar) <= due_date(event, longer, calendar)


@given(dates, dates, calendars())
def test_counting_agrees_with_looking_at_every_day(a, b, calendar):
    first, last = sorted((a, b))
    days = [first + n * DAY for n in range((last - first).days + 1)]
    assert calendar.count(first, last) == sum(map(calendar.is_working, days))
    assert calendar.count(last, first) == (calendar.is_working(a) if a == b else 0)


@given(dates, dates, dates, calendars())
def test_days_between_add_up_and_change_sign(a, b, c, calendar):
    def between(x, y):
        return working_days_between(x, y, calendar)

    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(calendars(), st.dictionaries(dates, st.booleans(), max_size=20))
def test_given_days_win_over_what_was_known(calendar, days):
    changed = calendar.changed(days.items())
    assert all(changed.is_working(day) == working for day, working in days.items())
    others = [date(2021, 1, 1) + n * DAY for n in range(60)]
    assert all(changed.is_working(day) == calendar.is_working(day) for day in others if day not in days)


def test_a_negative_term_is_refused():
    with pytest.raises(ValueError, match="fewer than 0"):
        due_date(date(2024, 1, 2), -1, OFFICIAL)


def test_a_calendar_without_work_is_refused():
    with pytest.raises(ValueError, match="no due dates"):
        WorkingCalendar(weekly_rest=frozenset(range(7)))
    with pytest.raises(ValueError, match="either off or worked"):
        WorkingCalendar(days_off=frozenset({date(2024, 1, 2)}), working_days=frozenset({date(2024, 1, 2)}))


@pytest.mark.parametrize(
    ("today", "text"),
    [
        ("2024-04-25", "còn 4 ngày làm việc"),
        ("2024-04-26", "còn 3 ngày làm việc"),
        ("2024-05-01", "còn 3 ngày làm việc"),
        ("2024-05-02", "còn 2 ngày làm việc"),
        ("2024-05-03", "còn 1 ngày làm việc"),
        ("2024-05-04", "hạn hôm nay"),  # a Saturday that makes up for 29/04
        ("2024-05-05", "vừa quá hạn"),
        ("2024-05-06", "quá hạn 1 ngày làm việc"),
        ("2024-05-13", "quá hạn 6 ngày làm việc"),
    ],
)
def test_clock_counts_working_days(today, text):
    assert clock_text(date(2024, 5, 4), date.fromisoformat(today), OFFICIAL) == text


def test_clock_names_the_day_when_only_days_off_are_left():
    saturday = date(2023, 1, 14)
    assert clock_text(saturday + DAY, saturday, OFFICIAL) == "hạn 15/01/2023"


@given(dates, dates, calendars())
def test_clock_says_overdue_exactly_after_the_due_day(due, today, calendar):
    assert ("quá hạn" in clock_text(due, today, calendar)) == (today > due)
    assert is_overdue(state=State.OPEN, due=due, today=today) == (today > due)


def test_state_follows_from_the_dates():
    due = date(2024, 5, 4)
    assert state_of(due=due, fulfilled_on=None) == State.OPEN
    assert state_of(due=due, fulfilled_on=due) == State.FULFILLED
    assert state_of(due=due, fulfilled_on=due + DAY) == State.FULFILLED_LATE
    assert state_of(due=due, fulfilled_on=None, waived=True) == State.WAIVED


@pytest.mark.parametrize("state", [State.FULFILLED, State.FULFILLED_LATE, State.WAIVED])
def test_what_is_closed_is_neither_overdue_nor_closed_again(state):
    assert not is_overdue(state=state, due=date(2020, 1, 1), today=date(2024, 1, 1))
    assert not any(FLOW.allows(state, to) for to in State if to != State.OPEN)


def test_only_what_was_waived_is_opened_again():
    assert [state for state in State if FLOW.allows(state, State.OPEN)] == [State.WAIVED]


@pytest.mark.dieu("7.1")
def test_intake_has_three_working_days():
    assert TERMS[Kind.INTAKE].working_days == 3


def test_every_kind_has_its_term_and_its_words():
    assert set(TERMS) == set(Kind)
    assert set(ACTIONS) == set(Kind)
