"""What is above is the sum of what is below: over random trees, and against sums that PostgreSQL makes by itself."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from orgs.models import OrgUnit
from orgs.queries import superiors
from orgs.rules import UnitKind
from reports.queries.annual import lines_by_unit
from reports.rules.annual import added
from tests.books.lives import act, grow
from tests.equipment.support import taken_in
from tests.yearend.support import drafted, frozen, in_year, last_year
from yearend.models import AnnualReport
from yearend.rules.figures import lines_of
from yearend.tree import below, subordinates

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8"), pytest.mark.dieu("14.6")]
lives = st.tuples(st.sampled_from(["intake", "transfer", "lose"]), st.integers(0, 2**32), st.integers(1, 60))
BY_SQL = """
SELECT count(*) FILTER (WHERE quantity > 0), coalesce(sum(quantity), 0), coalesce(sum(value), 0)
FROM equipment_ledgerentry WHERE effective_date <= %s
"""


def order() -> list[OrgUnit]:
    """Whoever has nobody below first, the IT Center last."""
    rank = {UnitKind.DISTRICT: 0, UnitKind.PROVINCE: 1, UnitKind.HQ_UNIT: 2, UnitKind.HQ: 2}
    return sorted(OrgUnit.objects.agencies(), key=lambda unit: (unit.nationwide, rank[UnitKind(unit.kind)]))


@settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    st.lists(st.integers(0, 5), max_size=4),
    st.lists(lives, min_size=1, max_size=8),
    st.sets(st.integers(0, 20), max_size=4),
)
def test_a_total_is_the_sum_of_the_own_figures_of_all_that_reported(db, shape, steps, silent):
    """Whatever the tree, the books and whoever is silent (with those whose superior is silent)."""
    with transaction.atomic(), time_machine.travel(in_year(2, 1), tick=False) as clock:
        country = grow(shape)
        act(country, "intake", 1)
        for name, seed, days in steps:
            clock.shift(timedelta(days=min(days, 30)))
            act(country, name, seed)
        clock.move_to(in_year(12, 31) + timedelta(days=2))
        drafted_by_now = drafted()
        units, above = order(), superiors()
        told = [unit for at, unit in enumerate(units) if at not in silent or unit.nationwide]
        for unit in told:
            frozen(unit, by=country.world.admin1)
        own = lines_by_unit(units, last_year())
        codes = {unit.pk: unit.code for unit in units}
        for unit in told:
            into = [one for one in told if _goes_into(one, unit, above, {t.pk for t in told})]
            report = AnnualReport.objects.select_related("edition").get(unit=unit)
            assert lines_of(report.edition.figures) == added(own[one.pk] for one in into), unit.code
            silent_below = {codes[pk] for pk, boss in above.items() if boss.pk == unit.pk} - {t.code for t in told}
            assert set(report.edition.missing) == silent_below
        assert set(drafted_by_now) == set(codes.values())
        transaction.set_rollback(True)


def _goes_into(unit, top, above, told) -> bool:
    """Whether the chain of who reports to whom leads from `unit` to `top`, nobody silent between."""
    while unit.pk != top.pk:
        if unit.pk not in above or unit.pk not in told:
            return False
        unit = above[unit.pk]
    return True


def test_the_country_is_what_postgresql_adds_up(world):
    with time_machine.travel(in_year(3, 4), tick=False):
        for at, name in enumerate(
            ("nghiepvu_badinh", "nghiepvu_hoankiem", "nghiepvu_danang", "nghiepvu_hanoi", "vanphong")
        ):
            serials = [f"{name}{n}" for n in range(at + 1)]
            taken_in(world, world.users[name], serials, line={"unit_price": 1_000_000 * (at + 7)})
    drafted()
    for unit in order():
        frozen(unit, by=world.admin1)
    report = AnnualReport.objects.select_related("edition").get(unit=world.units["00.CNTT"])
    lines = lines_of(report.edition.figures).values()
    with connection.cursor() as cursor:
        cursor.execute(BY_SQL, [in_year(12, 31)])
        entries, quantity, value = cursor.fetchone()
    assert (entries, quantity) == (15, 15)
    assert sum(line.closing_quantity for line in lines) == quantity
    assert sum(line.closing_value for line in lines) == value
    assert report.edition.missing == []


def test_who_receives_is_the_same_in_memory_and_in_the_database(world):
    """Two ways to say who reports to whom: units above are asked for by condition, those below one by one."""
    district = OrgUnit(code="48.001", name="BHXH quận Hải Châu", kind=UnitKind.DISTRICT)
    OrgUnit.objects.add_child(OrgUnit.objects.get(code="48"), instance=district)
    above = superiors()
    assert {pk: unit.code for pk, unit in above.items()} | {} == {
        unit.pk: "00.CNTT" if unit.kind != UnitKind.DISTRICT else unit.code.split(".")[0]
        for unit in OrgUnit.objects.agencies()
        if not unit.nationwide
    }
    for name in ("admin1", "nghiepvu_hanoi", "admin2_danang", "nghiepvu_badinh", "tracuu_hanoi", "vanphong"):
        user = User.objects.select_related("unit").get(pk=world.users[name].pk)
        found = set(OrgUnit.objects.agencies().filter(below(user, "")).values_list("code", flat=True))
        supervises = name != "tracuu_hanoi"
        expected = {unit.code for unit in subordinates(user.unit, last_year(), above)} if supervises else set()
        assert found == expected, name
