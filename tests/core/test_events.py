"""The outbox: nothing announced that did not happen, nothing that happened forgotten, each told once."""

import json
import random
import time
from datetime import timedelta

import pytest
import redis
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from kombu import pools

from core import events
from core.models import Event
from core.tasks import deliver_event, deliver_pending_events
from equipment.models import Brand
from qltb.celery import app
from tests import world as w
from tests.core.threads import at_once, failures
from tests.equipment.pages import Person

KIND = "test.happened"
FAR = timedelta(days=400)


@pytest.fixture
def handled(monkeypatch):
    """Handlers of the test's own kind of event."""
    handlers = []
    monkeypatch.setitem(events._handlers, KIND, handlers)
    return handlers


@pytest.fixture
def far_numbers():
    """Events whose numbers no other test run on the same broker has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('core_event_id_seq', %s)", [random.randrange(10**9, 10**15)])


def happened(world):
    with transaction.atomic():
        return events.record(KIND, world.units["01"], unit=world.units["01"], by=world.admin1, note="x")


def messages():
    """Events whose delivery was asked for and not yet begun."""
    queue = redis.Redis.from_url(settings.REDIS_URL)
    waiting = [json.loads(raw) for raw in queue.lrange("celery", 0, -1)]
    return [json.loads(m["headers"]["argsrepr"].replace("(", "[").replace(",)", "]"))[0] for m in waiting]


@pytest.mark.django_db
def test_handlers_run_once_and_the_event_knows(world, handled):
    seen = []
    handled += [seen.append, seen.append]
    event = happened(world)
    assert events.deliver(event.pk)
    assert not events.deliver(event.pk)
    assert not events.deliver(event.pk + 1)
    assert [e.pk for e in seen] == [event.pk] * 2
    event.refresh_from_db()
    assert event.delivered_at is not None
    assert deliver_event.run(event.pk) is None
    assert len(seen) == 2


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_once_deliver_once(handled):
    calls = []

    def slow(event):
        calls.append(event.pk)
        Brand.objects.create(name=f"Hãng {len(calls)}")
        time.sleep(0.2)

    handled.append(slow)
    event = happened(w.make_world())
    given = at_once(*(lambda: events.deliver(event.pk) for _ in range(3)))
    assert not failures(given)
    assert sorted(given) == [False, False, True]
    assert calls == [event.pk]
    assert Brand.objects.filter(name__startswith="Hãng").count() == 1


@pytest.mark.django_db
def test_a_failing_handler_leaves_nothing_and_is_tried_again_later_and_later(world, handled):
    fails = [True, True, False]

    def write(event):
        Brand.objects.create(name="Ghi rồi")

    def fail(event):
        if fails.pop(0):
            raise RuntimeError

    handled += [write, fail]
    event = happened(world)
    start = timezone.now()
    with time_machine.travel(start + FAR, tick=False):
        assert deliver_pending_events() == 0
        assert not Brand.objects.filter(name="Ghi rồi").exists()
        event.refresh_from_db()
        assert (event.attempts, event.next_try_at) == (1, timezone.now() + events.RETRY_AFTER)
        assert deliver_pending_events() == 0
        assert len(fails) == 2, "tried again before its time"
    with time_machine.travel(start + FAR + events.RETRY_AFTER, tick=False):
        assert deliver_pending_events() == 0
        event.refresh_from_db()
        assert (event.attempts, event.next_try_at) == (2, timezone.now() + 2 * events.RETRY_AFTER)
    with time_machine.travel(start + FAR + 4 * events.RETRY_AFTER, tick=False):
        assert deliver_pending_events() == 1
        assert deliver_pending_events() == 0
    assert Brand.objects.filter(name="Ghi rồi").count() == 1


@pytest.mark.django_db
def test_a_handler_that_breaks_its_transaction_holds_nobody_up(world, handled):
    def break_it(event):
        if event.pk == first.pk:
            connection.cursor().execute("SELECT 1/0")

    handled.append(break_it)
    first, second = happened(world), happened(world)
    with time_machine.travel(timezone.now() + FAR):
        assert events.deliver_pending() == 1
    second.refresh_from_db()
    assert second.delivered_at is not None


@pytest.mark.django_db
def test_attempts_never_overflow(world, handled):
    def fail(event):
        raise RuntimeError

    handled.append(fail)
    event = happened(world)
    Event.objects.filter(pk=event.pk).update(attempts=1000)
    events.deliver(event.pk)
    event.refresh_from_db()
    assert event.attempts == 1000
    assert event.next_try_at < timezone.now() + timedelta(hours=1, minutes=1)


@pytest.mark.django_db(transaction=True)
def test_delivery_is_asked_for_at_the_commit_only(far_numbers):
    world = w.make_world()
    with transaction.atomic():
        event = events.record(KIND, world.units["01"], unit=world.units["01"], by=None)
        assert event.pk not in messages()
    assert event.pk in messages()
    with transaction.atomic():
        undone = events.record(KIND, world.units["01"], unit=world.units["01"], by=None)
        transaction.set_rollback(True)
    assert undone.pk not in messages()
    assert not Event.objects.filter(pk=undone.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_sweep_finds_what_a_lost_message_left(handled):
    """Valkey was emptied, or the process died between the commit and the sending."""
    seen = []
    handled.append(seen.append)
    event = happened(w.make_world())
    Event.objects.exclude(pk=event.pk).update(delivered_at=timezone.now())
    assert events.deliver_pending() == 0, "the message itself gets its time first"
    with time_machine.travel(timezone.now() + events.GRACE + timedelta(seconds=1)):
        assert events.deliver_pending() == 1
    assert [e.pk for e in seen] == [event.pk]


@pytest.fixture
def no_broker():
    """A broker that nobody listens for: port 9 of this machine."""

    def forget():
        app._pool = app.amqp._producer_pool = None
        pools.reset()

    with pytest.MonkeyPatch.context() as patch:
        for name in ("broker_write_url", "broker_url"):  # the former follows the latter until it is set
            patch.setattr(app.conf, name, "redis://127.0.0.1:9/0")
        forget()
        yield
    forget()


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_fails_no_request(client_of, no_broker):
    world = w.make_world()
    made = w.draft(world, world.nghiepvu_badinh, ["SN1", "SN2"])
    with pytest.raises(Exception, match=r"refused|Connection"):
        deliver_event.delay(1)
    person = Person(client_of(world.nghiepvu_badinh))
    start = time.perf_counter()
    page = person.fill(f"/tiep-nhan/{made.number}/tiep-nhan/")
    assert time.perf_counter() - start < 10, "a person waits for the broker that isn't there"
    assert page.status == 200
    assert "Đã tiếp nhận 2 thiết bị" in page.text
    event = Event.objects.get(kind="intake.confirmed")
    assert event.delivered_at is None
    with time_machine.travel(timezone.now() + FAR):
        events.deliver_pending()
    event.refresh_from_db()
    assert event.delivered_at is not None
