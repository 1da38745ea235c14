"""Several workers at once, and workers killed between handing a package over and committing."""

import threading
import time

import pytest
from django.db import connection, connections
from redis import Redis

from dispatch import actions
from dispatch.models import Dispatch
from dispatch.rules import Channel, State
from dispatch.tasks import deliver_waiting
from tests.deadlines.processes import Processes, came_true, waiting_for_a_lock
from tests.dispatch.support import sent, status
from tests.jobs.workers import end_sessions

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 90


@pytest.fixture
def processes(settings, out_folder, monkeypatch):
    """Workers whose adapter is the same folder; nothing left after."""
    Redis.from_url(settings.REDIS_URL).flushdb()
    monkeypatch.setenv("DISPATCH_ADAPTER", "folder")
    monkeypatch.setenv("DISPATCH_FOLDER", str(out_folder))
    made = Processes()
    yield made
    made.kill()
    end_sessions()


def at_once(*work):
    """Each in a thread and a connection of its own; gives back what they gave."""
    found = [None] * len(work)
    gate = threading.Barrier(len(work))

    def run(place, do):
        try:
            gate.wait(10)
            found[place] = do()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, do)) for place, do in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def trails():
    return [list(row.trail.order_by("pk").values_list("state", flat=True)) for row in Dispatch.objects.order_by("pk")]


def test_two_workers_send_each_package_once(world, web):
    for _ in range(6):
        sent(world)
    assert sum(at_once(actions.deliver_waiting, actions.deliver_waiting)) == 6
    assert (len(web.filed), len(web.asked)) == (6, 6)
    assert trails() == [["queued", "sent"]] * 6


def test_the_same_news_twice_at_once_counts_once(world, heard):
    row = sent(world)
    body = status(row.document_id, "03")
    found = at_once(*[lambda: actions.take(body, channel=Channel.HTTP)] * 3)
    assert sorted(news.name for news in found) == ["COUNTED", "KNOWN", "KNOWN"]
    assert len(heard) == 1


def test_a_worker_killed_after_delivery_sends_the_same_again(world, processes, out_folder):
    """The row of the trail can't be written while somebody holds its table: there the worker dies."""
    row = sent(world)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE dispatch_dispatchevent IN EXCLUSIVE MODE")
        processes.worker()
        deliver_waiting.delay()
        there = out_folder / "out"
        assert came_true(lambda: there.exists() and any(there.glob("*.edxml")) and waiting_for_a_lock(), PATIENCE)
        (first,) = there.glob("*.edxml")
        content, made = first.read_bytes(), first.stat().st_ino
        processes.kill()
        cursor.execute("ROLLBACK")
    end_sessions()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.QUEUED, 0)  # the delivery isn't known to have happened
    processes.worker()
    deliver_waiting.delay()
    assert came_true(lambda: Dispatch.objects.get().state == State.SENT, PATIENCE)
    time.sleep(1)
    (again,) = there.glob("*.edxml")  # in the same place, the same bytes, under the same document id
    assert (again.name, again.read_bytes()) == (first.name, content)
    assert again.stat().st_ino != made
    assert row.document_id in content.decode()
    assert trails() == [["queued", "sent"]]
