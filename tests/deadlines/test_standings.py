"""The on-time rate and the ranks by it: pure, and true of all counts."""

import itertools
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from deadlines.rules import DAY, State
from deadlines.rules.periods import Length, Period
from deadlines.rules.standings import Stand, Standing, on_time_rate, percent, ranks, stand_of

counts = st.integers(0, 10**6)
standings = st.builds(Standing, counts, counts, counts, counts, counts)
days = st.dates(date(2010, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("in_time", "late", "overdue", "rate"),
    [
        (0, 0, 0, None),
        (5, 0, 0, Fraction(1)),
        (0, 3, 1, Fraction(0)),
        (3, 1, 0, Fraction(3, 4)),
        (1, 1, 1, Fraction(1, 3)),
    ],
)
def test_the_rate(in_time, late, overdue, rate):
    assert on_time_rate(in_time=in_time, late=late, overdue=overdue) == rate


@given(standings, counts)
def test_what_was_waived_or_has_time_changes_no_rate(one, more):
    other = Standing(one.running + more, one.overdue, one.in_time, one.late, one.waived + more)
    assert other.rate == one.rate


@given(standings)
def test_a_rate_is_a_part(one):
    rate = one.rate
    assert (rate is None) == (one.counted == 0)
    if rate is not None:
        assert 0 <= rate <= 1
        assert (rate == 1) == (one.late + one.overdue == 0)
        assert rate * one.counted == one.in_time


@given(standings)
def test_doing_one_more_in_time_never_harms_and_being_late_never_helps(one):
    assume(one.rate is not None)
    better, worse = one + Standing(in_time=1), one + Standing(late=1)
    assert worse.rate <= one.rate <= better.rate
    assert (one + Standing(overdue=1)).rate == worse.rate


@given(standings, standings)
def test_a_superiors_rate_lies_between_those_of_its_units(one, other):
    assume(one.rate is not None and other.rate is not None)
    assert min(one.rate, other.rate) <= (one + other).rate <= max(one.rate, other.rate)
    assert (one + other).total == one.total + other.total


@given(st.fractions(0, 1))
def test_a_percentage_is_never_rounded_up(rate):
    shown = percent(rate)
    assert shown <= rate * 100 < shown + Fraction(1, 10)
    assert (shown == 100) == (rate == 1)


@given(st.dictionaries(st.integers(), st.none() | st.fractions(0, 1)))
def test_ranks_follow_the_rates(rates):
    placed = ranks(rates)
    assert set(placed) == {key for key, rate in rates.items() if rate is not None}
    for key, place in placed.items():
        assert place == 1 + sum(rates[other] > rates[key] for other in placed)


@given(st.sampled_from(State), days, days)
def test_everything_stands_in_one_way(state, due, today):
    stand = stand_of(state=state, due=due, today=today)
    if state == State.OPEN:
        assert stand == (Stand.OVERDUE if due < today else Stand.RUNNING)
    else:
        assert stand.value == state.value


@given(days, st.sampled_from(Length))
def test_each_day_lies_in_one_period_of_each_length(day, length):
    period = Period.of(day, length)
    assert period.first <= day <= period.last
    assert Period.parse(period.key) == period
    assert (period.before.last, period.after.first) == (period.first - DAY, period.last + DAY)
    months = period.months()
    assert (len(months), months[-1].last) == (12, period.last)
    assert all(a.after == b for a, b in itertools.pairwise(months))


@pytest.mark.parametrize(
    ("key", "label"), [("2026", "Năm 2026"), ("2026-Q4", "Quý IV/2026"), ("2026-03", "Tháng 03/2026")]
)
def test_periods_have_names(key, label):
    assert Period.parse(key).label == label


@pytest.mark.parametrize(
    "key", ["", "26", "2026-", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "1999", "٢٠٢٦", "2026 "]
)
def test_other_texts_name_no_period(key):
    with pytest.raises(ValueError):
        Period.parse(key)
