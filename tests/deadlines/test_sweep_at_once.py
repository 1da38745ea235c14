"""Two sweeps at once on real PostgreSQL: each step and notice once."""

from datetime import date, timedelta

import pytest
from celery.exceptions import Retry
from django.db import connection, transaction
from time_machine import travel

from core.database import take
from deadlines.actions import fulfil
from deadlines.actions.sweep import LOCK, Swept, sweep
from deadlines.models import Reminder
from deadlines.rules import Kind, State, Step
from deadlines.tasks import sweep_deadlines
from notices.models import Notice
from tests.core.threads import at_once, failures
from tests.deadlines.support import HANDED_OVER, at, owe, told

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(date(2026, 3, 13))
UNITS = ("01.001", "01.001", "01.002", "48")


@pytest.fixture
def owed(world, official_calendar):
    with travel(NOW - timedelta(days=30)):
        return [owe(world.units[code], start=HANDED_OVER) for code in UNITS]


def assert_each_once():
    assert Reminder.objects.count() == len(UNITS) * len(Step)
    assert {name: len(titles) for name, titles in told().items()} == {
        "nghiepvu.badinh": 2, "nghiepvu.hoankiem": 1, "nghiepvu.danang": 1, "nghiepvu.hanoi": 3, "admin2.hanoi": 3,
        "admin1": 4,
    }  # fmt: skip


def test_many_at_once_do_it_once(owed):
    with travel(NOW):
        given = at_once(*[sweep] * 4)
    assert failures(given) == []
    assert sorted(one.reminders for one in given) == [0, 0, 0, len(UNITS) * len(Step)]
    assert_each_once()


def test_the_second_leaves_at_once(owed):
    """Not after the first has ended: that one ends only after it has left."""
    with travel(NOW):

        def second() -> Swept:
            with transaction.atomic():
                return sweep()

        with transaction.atomic():
            assert take(LOCK)
            (left,) = at_once(second)
            assert left == Swept(busy=True)
            (asked_again,) = at_once(sweep_deadlines)
            assert isinstance(asked_again, Retry)
        assert not Reminder.objects.exists()
        assert sweep() == Swept(reminders=20, notices=14)
    assert_each_once()


def test_what_is_closed_while_a_sweep_is_at_work(owed, world):
    """Neither waits for the other; what the sweep says of it all the same, the next one takes back."""
    first = owed[0]
    with travel(NOW), transaction.atomic():
        sweep()
        closed = at_once(lambda: fulfil(kind=Kind.INTAKE, subject=first.subject, on=NOW.date(), by=None))
        assert failures(closed) == []
    first.refresh_from_db()
    assert first.state == State.FULFILLED_LATE
    about = Notice.objects.filter(key__startswith=f"obligation:{first.pk}:", read_at=None)
    assert about.exists()
    with travel(NOW + timedelta(minutes=30)):
        assert sweep() == Swept()
    assert not about.exists()
    assert connection.in_atomic_block is False
