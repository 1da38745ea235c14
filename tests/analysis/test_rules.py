"""When it runs, when an alert speaks, which days a period has: pure."""

import itertools
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rules.alerts import Compare, Standing, judge
from analysis.rules.periods import Recent, days_of
from analysis.rules.schedules import Every, next_slot

HERE = timezone(timedelta(hours=7))


def at(day, hour=12, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE)


def weekday(day):
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("every", "after", "slot"),
    [
        (Every.DAY, at(date(2026, 11, 20)), date(2026, 11, 23)),  # Friday noon: Monday
        (Every.DAY, at(date(2026, 11, 20), 7), date(2026, 11, 20)),
        (Every.WEEK, at(date(2026, 11, 20)), date(2026, 11, 23)),
        (Every.MONTH, at(date(2026, 7, 15)), date(2026, 8, 3)),  # 1 August is a Saturday
        (Every.QUARTER, at(date(2026, 11, 20)), date(2027, 1, 1)),
    ],
)
def test_the_next_moment(every, after, slot):
    assert next_slot(every, after, weekday) == at(slot, 7, 30)


@given(
    every=st.sampled_from(Every),
    days=st.integers(0, 3650),
    minutes=st.integers(0, 1439),
    off=st.sets(st.integers(0, 6), max_size=6),
)
def test_the_next_moment_is_later_and_a_working_day(every, days, minutes, off):
    after = at(date(2020, 1, 1), 0) + timedelta(days=days, minutes=minutes)
    slot = next_slot(every, after, lambda day: day.weekday() not in off)
    assert slot > after
    assert slot.weekday() not in off
    assert next_slot(every, slot, lambda day: day.weekday() not in off) > slot


@pytest.mark.parametrize(
    ("recent", "first", "last"),
    [
        (Recent.THIS_MONTH, date(2026, 1, 1), date(2026, 1, 31)),
        (Recent.LAST_MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        (Recent.LAST_QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
        (Recent.THIS_QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (Recent.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (Recent.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_recent_periods(recent, first, last):
    assert days_of(recent, date(2026, 1, 15)) == (first, last)


@given(values=st.lists(st.integers(0, 20), max_size=30), threshold=st.integers(0, 20), low=st.booleans())
def test_each_crossing_is_told_once_and_each_return(values, threshold, low):
    compare = Compare.AT_MOST if low else Compare.AT_LEAST
    standing, told = Standing.CALM, []
    for value in values:
        verdict = judge(
            compare=compare, threshold=Decimal(threshold), value=Decimal(value), standing=standing, reference=None
        )
        if verdict.tell:
            told.append(verdict.standing)
        assert verdict.standing == (
            Standing.CROSSED if (value <= threshold if low else value >= threshold) else Standing.CALM
        )
        standing = verdict.standing
    assert all(a != b for a, b in itertools.pairwise(told))
    assert told[:1] in ([], [Standing.CROSSED])


def test_a_change_is_reckoned_from_what_was_told_last():
    reference, told = None, []
    for value in (100, 104, 109, 110, 115, 121, 100):
        verdict = judge(
            compare=Compare.CHANGE,
            threshold=Decimal(10),
            value=Decimal(value),
            standing=Standing.CALM,
            reference=reference,
        )
        reference = verdict.reference
        told += [value] if verdict.tell else []
    assert told == [110, 121, 100]


def test_no_number_changes_nothing():
    verdict = judge(
        compare=Compare.AT_MOST, threshold=Decimal(5), value=None, standing=Standing.CROSSED, reference=Decimal(4)
    )
    assert (verdict.standing, verdict.tell, verdict.reference) == (Standing.CROSSED, False, Decimal(4))
