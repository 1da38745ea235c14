"""Running numbers: none twice, none left out."""

import pytest
from django.db import transaction

from core import counters
from core.models import Counter
from orgs.models import OrgUnit
from tests.core.threads import at_once


@pytest.fixture
def unit():
    return OrgUnit.objects.add_root(instance=OrgUnit(code="00", name="BHXH Việt Nam", kind="hq"))


@pytest.mark.django_db
def test_numbers_follow_each_other_per_unit_and_key(unit):
    other = OrgUnit.objects.add_child(unit, instance=OrgUnit(code="01", name="BHXH Hà Nội", kind="province"))
    assert list(counters.take(unit, "asset", count=3)) == [1, 2, 3]
    assert list(counters.take(unit, "asset")) == [4]
    assert list(counters.take(unit, "intake-2026")) == [1]
    assert list(counters.take(other, "asset")) == [1]
    assert list(counters.take(unit, "asset", count=0)) == []
    assert list(counters.take(unit, "asset")) == [5]


@pytest.mark.django_db
def test_a_rollback_gives_the_numbers_back(unit):
    counters.take(unit, "asset")
    with transaction.atomic():
        assert list(counters.take(unit, "asset", count=10)) == list(range(2, 12))
        transaction.set_rollback(True)
    assert list(counters.take(unit, "asset")) == [2]


@pytest.mark.django_db(transaction=True)
def test_takers_at_once_get_different_numbers_without_a_gap(unit):
    def take_some():
        taken = []
        for count in (1, 3, 2, 1, 5):
            with transaction.atomic():
                taken += counters.take(unit, "asset", count=count)
        return taken

    one, two, three = at_once(take_some, take_some, take_some)
    assert sorted(one + two + three) == list(range(1, 37))
    assert Counter.objects.get().value == 36


@pytest.mark.django_db(transaction=True)
def test_a_number_given_back_at_once_goes_to_the_one_who_waits(unit):
    def fail():
        with transaction.atomic():
            counters.take(unit, "asset", count=7)
            raise RuntimeError

    def succeed():
        with transaction.atomic():
            return list(counters.take(unit, "asset", count=2))

    failed, taken = at_once(fail, succeed)
    assert isinstance(failed, RuntimeError)
    assert taken == [1, 2]
