"""The figures of a period: they balance, they are those of a slow replay, and they stay what they were."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.scope import entered
from equipment.models import Equipment, PeriodLock
from orgs.models import OrgUnit
from reports.queries.annual import lines_between, lines_by_unit
from reports.rules.annual import added, as_json, digest, total
from tests.books.lives import STEPS, act, grow
from tests.depreciation.support import both
from tests.disposals import support as disposals
from tests.equipment.support import taken_in
from tests.reports.replay import replay

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
START = date(2023, 10, 9)
steps = st.tuples(
    st.sampled_from([*STEPS, "intake", "transfer", "repair", "dispose"]), st.integers(0, 2**32), st.integers(1, 150)
)


def agencies() -> list[OrgUnit]:
    return list(OrgUnit.objects.agencies())


def ruled(country) -> None:
    """Desktops wear and are meant for two years."""
    both(country.world.desktop, life=3, percent=33.33)
    country.world.desktop.life_years = 2
    country.world.desktop.save()


def frozen(year: int) -> dict[int, str]:
    return {unit: digest(as_json(lines)) for unit, lines in lines_by_unit(agencies(), year).items()}


def check(first: date, last: date) -> None:
    found = lines_between(agencies(), first, last, norms=False)
    for unit in agencies():
        assert found[unit.pk] == replay(unit, first, last), (unit, first, last)
        assert [line.faults() for line in found[unit.pk].values() if line.faults()] == []
    whole = total(added(found.values()).values())
    assert whole.moved_quantity == whole.received_quantity
    assert whole.moved_value == whole.received_value
    standing = Equipment.objects.exclude(status__in=["disposed", "lost"])
    if last >= timezone.localdate():
        assert whole.closing_quantity == standing.count()


@settings(max_examples=12, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.integers(0, 5), max_size=3), st.lists(steps, min_size=1, max_size=14))
def test_random_lives_give_the_figures_of_the_replay_and_closed_years_keep_theirs(db, shape, lives):
    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        country, kept = grow(shape), {}
        ruled(country)
        act(country, "intake", 1)
        for name, seed, days in lives:
            before = timezone.localdate().year
            clock.shift(timedelta(days=days))
            for year in range(before, timezone.localdate().year):
                kept[year] = frozen(year)
                for unit in agencies():
                    PeriodLock.objects.create(
                        unit=unit, year=year, closed_until=date(year, 12, 31), locked_by=country.world.admin1
                    )
            act(country, name, seed)
        today = timezone.localdate()
        for year in range(START.year, today.year + 1):
            check(date(year, 1, 1), date(year, 12, 31))
        check(START + timedelta(days=40), today - timedelta(days=20))
        assert {year: frozen(year) for year in kept} == kept
        transaction.set_rollback(True)


def test_the_opening_is_the_closing_of_the_year_before(db):
    with time_machine.travel(START, tick=False) as clock:
        country = grow([1, 0, 2])
        ruled(country)
        for turn, name in enumerate(
            ["intake", "intake", "repair", "transfer", "intake", "dispose", "lose", "transfer"]
        ):
            act(country, name, turn)
            clock.shift(timedelta(days=120))
        for year in range(START.year, timezone.localdate().year):
            earlier, later = (lines_by_unit(agencies(), y) for y in (year, year + 1))
            for unit in agencies():
                closing, opening = total(earlier[unit.pk].values()), total(later[unit.pk].values())
                assert opening.opening_quantity == closing.closing_quantity
                assert opening.opening_value == closing.closing_value
                assert opening.opening_residual == closing.closing_residual


def test_disposals_are_parted_by_their_act(world):
    by, year = world.nghiepvu_badinh, timezone.localdate().year
    devices = disposals.in_books(world, by, 3)
    disposals.closed(devices[:2], by)
    disposals.closed(devices[2:], by, act="destruction")
    line = lines_by_unit([by.unit], year)[by.unit_id]["MAY_TINH_BAN"]
    assert (line.liquidated_quantity, line.destroyed_quantity) == (2, 1)
    assert line.closing_quantity == 0


def test_what_is_entered_later_with_an_earlier_day_is_as_it_was_entered(world):
    """Handed over on 30 December, recorded on 4 January, put to use on the 5th."""
    by = world.nghiepvu_badinh
    with time_machine.travel(date(2026, 1, 5), tick=False) as clock:
        taken = taken_in(world, by, ["X1"], handover_date=date(2025, 12, 30), contract_date=date(2025, 12, 1))
        clock.shift(timedelta(days=1))
        disposals.use(list(Equipment.objects.filter(intake=taken)), by)
        clock.shift(timedelta(days=1))
        line = lines_by_unit([by.unit], 2025)[by.unit_id]["MAY_TINH_BAN"]
    assert (line.closing_quantity, line.good, line.in_repair, line.faults()) == (1, 1, 0, [])


def test_the_years_of_use_are_those_of_that_day(world):
    by = world.nghiepvu_badinh
    with time_machine.travel(date(2025, 3, 3), tick=False):
        world.desktop.life_years = 1
        world.desktop.save()
        taken = taken_in(world, by, ["X1"], handover_date=date(2024, 3, 1), contract_date=date(2024, 1, 1),
                         late_reason="Nhập dữ liệu cũ")  # fmt: skip
        disposals.use(list(Equipment.objects.filter(intake=taken)), by)
    with time_machine.travel(date(2026, 2, 2), tick=False):
        world.desktop.life_years = 9
        world.desktop.save()
        past = {year: lines_by_unit([by.unit], year)[by.unit_id]["MAY_TINH_BAN"].past_life for year in (2025, 2026)}
    assert past == {2025: 1, 2026: 0}


def test_the_queries_dont_grow_with_devices(world):
    by = world.nghiepvu_badinh
    counts = []
    for at in range(2):
        disposals.in_books(world, by, 2 + 10 * at, prefix=f"N{at}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines_by_unit([by.unit], timezone.localdate().year)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_only_units_that_the_scope_reads_are_counted(world):
    disposals.in_books(world, world.nghiepvu_badinh, 1)
    with entered(world.tracuu_badinh.scope):
        own = lines_by_unit([world.units["01.001"]], timezone.localdate().year)
        assert total(own[world.units["01.001"].pk].values()).closing_quantity == 1
        with pytest.raises(PermissionDenied):
            lines_by_unit([world.units["01.001"], world.units["01.002"]], timezone.localdate().year)
    with entered(world.tracuu_hanoi.scope):
        assert len(lines_by_unit([world.units["01.001"], world.units["01.002"]], timezone.localdate().year)) == 2
