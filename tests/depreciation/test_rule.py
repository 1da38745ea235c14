"""The counting of wear, without a database: the worked cases, then what must hold for any device."""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.rules.depreciation import (
    AssetLife,
    Basis,
    BookEntry,
    Terms,
    closed_year,
    figures_on,
    half_up,
    schedule,
)

CASES = Path(__file__).with_name("cases.csv")
OLD, NEW = "TT23-2023", "TT141-2025"


def regimes(life=5, rate=None, *, new_life=None, new_rate=None, threshold=10_000_000):
    """What holds before 2026 and from then on."""
    rate = Decimal(rate or Decimal(100) / life)
    before = Terms(OLD, life, rate, threshold)
    after = Terms(NEW, new_life or life, Decimal(new_rate or rate), threshold, restates=True)
    return lambda year: after if year >= 2026 else before


def taken_in(on, value):
    return BookEntry(on, "intake", 1, value)


def device(value, on=date(2020, 3, 20), *more, broken_on=None):
    return AssetLife(on, [taken_in(on, value), *more], broken_on)


def annuals(life, terms, until=2060):
    return {year.year: year.annual for year in schedule(life, terms, until=until) if year.annual}


def cases():
    found = defaultdict(list)
    with CASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (int(row["nguyen_gia"]), int(row["life_years"]), date.fromisoformat(row["in_use_from"]))
            found[key].append(tuple(int(row[name]) for name in list(row)[3:]))
    return found.items()


@pytest.mark.parametrize(("asset", "years"), cases(), ids=lambda value: str(value[0]))
def test_the_worked_cases(asset, years):
    value, life, on = asset
    until = years[-1][0]
    counted = schedule(device(value, on), regimes(life), until=until)
    assert [(y.year, y.annual, y.accumulated, y.residual) for y in counted] == years
    assert {y.basis for y in counted} == {Basis.COUNTED}


def test_the_cases_are_all_there():
    assert sum(len(years) for _, years in cases()) == 36


def test_a_half_is_rounded_up():
    assert [half_up(Decimal(text)) for text in ("2.5", "2.4999", "3.5", "0.5")] == [3, 2, 4, 1]


def test_what_is_below_the_line_is_followed_but_not_worn():
    (year,) = schedule(device(9_999_999), regimes(), until=2020)
    assert (year.basis, year.annual, year.residual) == (Basis.BELOW, 0, 9_999_999)
    assert schedule(device(10_000_000), regimes(), until=2020)[0].annual == 2_000_000


def test_what_rises_above_the_line_is_worn_from_that_year_on():
    grown = BookEntry(date(2022, 5, 1), "value_change", 0, 3_000_000)
    counted = annuals(device(9_000_000, date(2020, 1, 1), grown), regimes())
    assert counted == dict.fromkeys(range(2022, 2027), 2_400_000)


def test_december_counts_for_the_whole_year_and_november_for_none():
    sold = BookEntry(date(2022, 11, 30), "disposal", -1, -20_000_000)
    assert annuals(device(20_000_000, date(2020, 12, 31), sold), regimes()) == {2020: 4_000_000, 2021: 4_000_000}
    later = BookEntry(date(2022, 12, 1), "disposal", -1, -20_000_000)
    gone = schedule(device(20_000_000, date(2020, 12, 31), later), regimes(), until=2030)
    assert [(y.year, y.annual, y.basis) for y in gone][2:] == [
        (2022, 4_000_000, Basis.COUNTED),
        (2023, 0, Basis.OFF_BOOKS),
    ]
    assert (gone[-1].original, gone[-1].residual) == (0, 0)


def test_the_receiver_goes_on_with_the_same_amount():
    on = date(2022, 6, 1)
    moved = (BookEntry(on, "transfer_out", -1, -14_890_000), BookEntry(on, "transfer_in", 1, 14_890_000))
    assert schedule(device(14_890_000, date(2020, 3, 20), *moved), regimes(), until=2030) == schedule(
        device(14_890_000), regimes(), until=2030
    )
    turned = device(14_890_000, date(2020, 3, 20), *moved[::-1])
    assert schedule(turned, regimes(), until=2030) == schedule(device(14_890_000), regimes(), until=2030)


def test_years_in_which_it_was_lost_bear_nothing_and_it_goes_on_when_found():
    lost = BookEntry(date(2021, 5, 1), "lost", -1, -20_000_000)
    found = BookEntry(date(2023, 2, 1), "found", 1, 20_000_000)
    life = device(20_000_000, date(2020, 3, 20), lost, found)
    assert annuals(life, regimes(), until=2025) == dict.fromkeys((2020, 2023, 2024, 2025), 4_000_000)
    assert sum(annuals(life, regimes()).values()) == 20_000_000


def test_what_was_used_before_the_books_began_has_worn_already():
    life = AssetLife(date(2021, 7, 1), [taken_in(date(2024, 1, 1), 10_000_000)])
    assert annuals(life, regimes()) == dict.fromkeys(range(2021, 2026), 2_000_000)


# A change of regime: residual value at the end of 2025 over the years that the new life leaves.


def test_a_longer_life_spreads_what_is_left():
    assert annuals(device(20_000_000, date(2024, 1, 1)), regimes(5, new_life=8, new_rate="12.5")) == {
        2024: 4_000_000, 2025: 4_000_000, **dict.fromkeys(range(2026, 2032), 2_000_000),
    }  # fmt: skip


def test_a_life_that_is_over_under_the_new_regime_is_charged_whole():
    assert annuals(device(80_000_000, date(2019, 1, 1)), regimes(8, new_life=5, new_rate="20")) == {
        **dict.fromkeys(range(2019, 2026), 10_000_000), 2026: 10_000_000,
    }  # fmt: skip
    assert annuals(device(80_000_000, date(2020, 1, 1)), regimes(8, new_life=5, new_rate="20"))[2026] == 20_000_000


def test_the_new_regime_restates_even_where_life_and_rate_stay():
    # 7,999,999 left over three years is 2,666,666.3 a year; it was 2,666,667 before.
    counted = annuals(device(13_333_333, date(2024, 1, 1)), regimes())
    assert counted == {2024: 2_666_667, 2025: 2_666_667, 2026: 2_666_666, 2027: 2_666_666, 2028: 2_666_667}


def test_a_regime_that_changes_nothing_and_restates_nothing_goes_on():
    older = Terms("TT45-2018", 5, Decimal(20), 10_000_000)
    later = Terms("TT23-2023", 5, Decimal(20), 10_000_000)
    counted = schedule(device(13_333_333, date(2021, 1, 1)), lambda y: later if y >= 2023 else older, until=2025)
    assert [year.annual for year in counted] == [2_666_667] * 4 + [2_666_665]
    assert [year.regime for year in counted] == ["TT45-2018"] * 2 + ["TT23-2023"] * 3


# A change of the original value.


def test_an_upgrade_gives_the_years_that_the_new_amount_needs():
    upgraded = BookEntry(date(2022, 6, 1), "value_change", 0, 3_000_000)
    # 18 million by 20 % is 3.6; 6 million were charged, 12 are left: 3.33 years, so 4.
    assert annuals(device(15_000_000, date(2020, 1, 1), upgraded), regimes()) == {
        2020: 3_000_000, 2021: 3_000_000, 2022: 3_600_000, 2023: 3_600_000, 2024: 3_600_000, 2025: 1_200_000,
    }  # fmt: skip


def test_an_upgrade_after_the_end_of_life_is_worn_too():
    upgraded = BookEntry(date(2025, 6, 1), "value_change", 0, 5_000_000)
    assert annuals(device(10_000_000, date(2018, 1, 1), upgraded), regimes()) == {
        **dict.fromkeys(range(2018, 2023), 2_000_000), 2025: 3_000_000, 2026: 2_000_000,
    }  # fmt: skip


def test_a_part_taken_away_keeps_the_life():
    smaller = BookEntry(date(2022, 6, 1), "value_change", 0, -3_000_000)
    assert annuals(device(18_000_000, date(2020, 1, 1), smaller), regimes()) == {
        2020: 3_600_000, 2021: 3_600_000, 2022: 3_000_000, 2023: 3_000_000, 2024: 1_800_000,
    }  # fmt: skip


def test_more_of_the_value_gone_than_is_left_ends_the_wear():
    smaller = BookEntry(date(2024, 6, 1), "value_change", 0, -10_000_000)
    years = schedule(device(20_000_000, date(2020, 1, 1), smaller), regimes(), until=2025)
    assert [(y.annual, y.accumulated, y.residual) for y in years][3:] == [
        (4_000_000, 16_000_000, 4_000_000), (0, 10_000_000, 0), (0, 10_000_000, 0),
    ]  # fmt: skip


def test_a_correction_after_the_end_of_life_is_charged_in_its_year():
    mended = BookEntry(date(2026, 6, 1), "correction", 0, 5_000_000)
    assert annuals(device(10_000_000, date(2018, 1, 1), mended), regimes())[2026] == 5_000_000


# What stops it.


def test_the_fully_worn_stays_on_the_books():
    years = schedule(device(10_000_000), regimes(), until=2027)
    assert [(y.basis, y.original, y.residual) for y in years][-2:] == [(Basis.SPENT, 10_000_000, 0)] * 2


def test_the_broken_for_good_stops():
    years = schedule(device(20_000_000, broken_on=date(2022, 4, 1)), regimes(), until=2024)
    assert [(y.basis, y.annual) for y in years] == [(Basis.COUNTED, 4_000_000)] * 2 + [(Basis.BROKEN, 0)] * 3
    assert years[-1].residual == 12_000_000
    in_december = schedule(device(20_000_000, broken_on=date(2022, 12, 3)), regimes(), until=2024)
    assert [year.annual for year in in_december] == [4_000_000] * 3 + [0] * 2


@pytest.mark.parametrize("terms", [None, Terms(NEW, None, None, 0), Terms(NEW, 5, None, 0)])
def test_software_without_a_rate_has_no_figure(terms):
    (year,) = schedule(device(90_000_000), lambda _: terms, until=2020)
    assert (year.basis, year.annual, year.residual) == (Basis.UNRATED, 0, 90_000_000)


# On a day.


def test_a_year_is_closed_in_its_december():
    assert [closed_year(date(2026, month, 1)) for month in (1, 11, 12)] == [2025, 2025, 2026]


def test_the_figures_on_a_day_are_those_of_the_last_closed_year():
    life = device(20_000_000, date(2020, 3, 20))
    figures = figures_on(life, regimes(), on=date(2022, 11, 25))
    assert (figures.original, figures.accumulated, figures.residual, figures.year) == (
        20_000_000,
        8_000_000,
        12_000_000,
        2021,
    )
    assert figures_on(life, regimes(), on=date(2022, 12, 25)).residual == 8_000_000
    first = figures_on(life, regimes(), on=date(2020, 6, 1))
    assert (first.original, first.accumulated, first.basis) == (20_000_000, 0, Basis.COUNTED)


def test_before_the_books_and_after_them_there_is_nothing():
    sold = BookEntry(date(2022, 6, 1), "disposal", -1, -20_000_000)
    life = device(20_000_000, date(2020, 3, 20), sold)
    for day in (date(2020, 3, 19), date(2022, 6, 1), date(2030, 1, 1)):
        assert figures_on(life, regimes(), on=day).basis == Basis.OFF_BOOKS
    assert figures_on(life, regimes(), on=date(2022, 5, 31)).residual == 12_000_000
    assert schedule(AssetLife(date(2020, 1, 1), []), regimes(), until=2025) == []


def test_an_upgrade_of_this_year_is_in_the_value_on_the_day():
    upgraded = BookEntry(date(2022, 6, 1), "value_change", 0, 5_000_000)
    life = device(20_000_000, date(2020, 3, 20), upgraded)
    figures = figures_on(life, regimes(), on=date(2022, 7, 1))
    assert (figures.original, figures.accumulated, figures.residual) == (25_000_000, 8_000_000, 17_000_000)


# For any device.

VALUES = st.integers(10_000_000, 10**13)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
LIVES = st.integers(1, 20)
RATES = st.integers(1, 10_000).map(lambda cents: Decimal(cents) / 100).filter(lambda rate: rate >= 1)


@given(VALUES, DAYS, LIVES, LIVES, RATES, RATES)
def test_every_life_is_charged_whole_and_no_more(value, on, life, new_life, rate, new_rate):
    terms = regimes(life, rate, new_life=new_life, new_rate=new_rate)
    years = schedule(device(value, on), terms, until=2100)
    assert sum(year.annual for year in years) == value
    assert years[-1].residual == 0
    for year in years:
        assert year.annual >= 0
        assert year.residual >= 0
        assert year.residual + year.accumulated == value
    for before, after in pairwise(years):
        assert after.accumulated == before.accumulated + after.annual
    assert len([year for year in years if year.annual]) <= max(life, new_life, 2026 - on.year + 1)


CHANGES = st.lists(
    st.tuples(DAYS, st.integers(-5_000_000, 20_000_000), st.sampled_from(["value_change", "correction"]))
)


@given(VALUES, DAYS, LIVES, LIVES, CHANGES)
def test_changes_of_value_never_make_a_figure_negative(value, on, life, new_life, changes):
    entries, running = [], value
    for day, amount, kind in sorted(changes):
        if day > on and running + amount >= 0:
            entries.append(BookEntry(day, kind, 0, amount))
            running += amount
    terms = regimes(life, new_life=new_life)
    years = schedule(device(value, on, *entries), terms, until=2100)
    for year in years:
        assert year.annual >= 0
        assert 0 <= year.accumulated <= year.original
    for before, after in pairwise(years):
        if after.original >= before.original:
            assert after.accumulated == before.accumulated + after.annual
    assert years[-1].original == running
    if running >= 10_000_000:
        assert years[-1].residual == 0
