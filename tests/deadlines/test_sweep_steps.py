"""On which day people are told: pure."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.rules import DAY, Step, working_days_between
from deadlines.rules.steps import AFTER, due_until, step_days, step_reached
from tests.deadlines.support import STORY
from tests.deadlines.test_rules import OFFICIAL, calendars, dates, terms

DUE = date(2026, 2, 23)


@pytest.mark.dieu("7.1")
def test_the_days_around_tet():
    assert step_days(DUE, OFFICIAL) == {step: day for day, step in STORY.items()}


def test_a_day_before_a_day_off_and_a_saturday_that_is_worked():
    assert step_days(date(2026, 8, 21), OFFICIAL)[Step.OVERDUE] == date(2026, 8, 22)
    assert step_days(date(2026, 8, 24), OFFICIAL)[Step.BEFORE] == date(2026, 8, 22)


@given(dates, calendars())
def test_steps_fall_on_working_days_in_their_order(due, calendar):
    found = step_days(due, calendar)
    assert list(found) == list(Step)
    assert all(calendar.is_working(day) for day in found.values())
    assert all(earlier < later for earlier, later in pairwise(found.values()))


@given(dates, calendars())
def test_each_is_as_many_working_days_from_the_due_day_as_it_should(due, calendar):
    found = step_days(due, calendar)
    for step, days in AFTER.items():
        assert working_days_between(found[Step.ON_DAY], found[step], calendar) == days
    if calendar.is_working(due):
        assert found[Step.ON_DAY] == due
    assert found[Step.BEFORE] < due
    assert due < found[Step.OVERDUE]


@given(dates, st.integers(-20, 40), calendars())
def test_no_step_is_reached_before_its_day(due, offset, calendar):
    day = due + offset * DAY
    reached, found = step_reached(due, day, calendar), step_days(due, calendar)
    assert [step for step in Step if found[step] <= day] == [step for step in Step if reached and step <= reached]


@given(dates, dates, calendars())
def test_a_later_day_never_takes_a_step_back(due, day, calendar):
    assert (step_reached(due, day, calendar) or 0) <= (step_reached(due, day + DAY, calendar) or 0)


@given(dates, dates, calendars())
def test_an_earlier_due_day_is_never_behind(a, b, calendar):
    first, last = sorted((a, b))
    assert all(step_days(first, calendar)[step] <= step_days(last, calendar)[step] for step in Step)


@given(dates, terms, calendars(), st.sampled_from(Step))
def test_one_boundary_tells_all_due_days_that_have_come_to_a_step(day, n, calendar, step):
    """The sweep asks the database by it."""
    until = due_until(step, day, calendar)
    for due in (until - n * DAY, until, until + DAY, until + n * DAY):
        assert (step_days(due, calendar)[step] <= day) == (due <= until)
