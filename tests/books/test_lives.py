"""Random lives over random trees keep the books; and each kind of step does happen in them."""

from datetime import date, timedelta
from random import Random

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from equipment.queries import books
from tests.books.lives import STEPS, act, check, grow

pytestmark = pytest.mark.django_db
START = date(2023, 1, 9)

steps = st.tuples(
    st.sampled_from([*STEPS, "intake", "transfer", "transfer"]), st.integers(0, 2**32), st.integers(1, 200)
)


@pytest.mark.dieu("9")
@settings(max_examples=10, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(st.integers(0, 5), max_size=4), st.lists(steps, min_size=1, max_size=14))
def test_random_lives_keep_the_books(db, shape, lives):
    with transaction.atomic(), time_machine.travel(START, tick=False) as clock:
        country = grow(shape)
        act(country, "intake", 1)
        for name, seed, days in lives:
            clock.shift(timedelta(days=days))
            event(f"{name}: {'done' if act(country, name, seed) else 'refused'}")
        check(country)
        assert books.faults() == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", STEPS)
def test_each_kind_of_step_is_taken(db, name):
    """Or the random lives might be made of refusals alone."""
    with time_machine.travel(START, tick=False) as clock:
        country = grow([0, 2])
        rng = Random(name)
        for _ in range(4):
            assert act(country, "intake", rng.randrange(1000))
        clock.shift(timedelta(days=40))
        for before in {"find": ["lose"]}.get(name, []):
            assert act(country, before, 1)
        assert [act(country, name, rng.randrange(1000)) for _ in range(3)].count(True) >= 1
        check(country)
        assert books.faults() == []


def test_the_check_of_the_lives_can_fail(db):
    with time_machine.travel(START, tick=False):
        country = grow([])
        act(country, "intake", 1)
        pk, (unit, value) = next(iter(country.places.items()))
        country.places[pk] = (unit, value + 1)
        with pytest.raises(AssertionError):
            check(country)
