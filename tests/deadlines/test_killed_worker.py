"""Worker and scheduler as they run in production, killed at random: each step, notice and mail once."""

import random
import time
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from redis import Redis
from time_machine import travel

from accounts.models import User
from deadlines.models import CalendarDay, Reminder
from deadlines.rules import Step
from deadlines.tasks import sweep_deadlines
from notices.models import Mail, Notice
from tests.deadlines.processes import Processes, came_true, kill_child, waiting_for_a_lock
from tests.deadlines.support import HANDED_OVER, STORY, at, owe, steps_given, told
from tests.jobs.workers import end_sessions
from tests.world import draft

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, LIVES = 1, 10  # of each day: how many are cut short at random, how many there are at most
PATIENCE = 90
MAILED = {Step.SUPERIOR: 3, Step.CENTRE: 2}
"""How many people hear of a step that isn't for the clerk alone."""


@pytest.fixture
def processes(settings, mailbox):
    """An empty queue before, nothing left after."""
    Redis.from_url(settings.REDIS_URL).flushdb()
    made = Processes(mailbox.port)
    yield made
    made.kill()
    end_sessions()


@pytest.fixture
def today_is_worked(db):
    """Whatever day it is."""
    CalendarDay.objects.update_or_create(date=timezone.localdate(), defaults={"working": True, "reason": "Làm bù"})


@pytest.mark.dieu("7.1")
@pytest.mark.dieu("14.4")
@pytest.mark.timeout(1200)
def test_an_intake_over_tet_with_worker_and_scheduler_killed(world, official_calendar, processes, mailbox, tmp_path):
    User.objects.update(email="x@bhxh.example")
    with travel(at(HANDED_OVER, 10)):
        made = draft(world, world.nghiepvu_badinh, ["S-1"])
    rng, mails = random.Random(), 0

    def sent() -> bool:
        return len({mail.message["Message-ID"] for mail in mailbox.taken}) == mails

    (schedule,) = schedules(processes, tmp_path / "one")
    for day, step in STORY.items():
        mails += MAILED.get(step, 1)
        for half_hour in range(LIVES):
            moment = at(day, 6, 59) + timedelta(seconds=57, minutes=30 * half_hour)
            processes.worker(moment)
            processes.beat(schedule, moment)
            if half_hour < KILLS:
                came_true(sent, rng.uniform(4, 10))
            else:  # the next life mails what this one told
                known = Notice.objects.count()
                came_true(lambda known=known: sent() or Notice.objects.count() > known, PATIENCE)
            processes.kill()
            end_sessions()
            if half_hour >= KILLS and sent():
                break
        assert sent(), (day, told(), Mail.objects.values())
    assert steps_given() == {day: [step] for day, step in STORY.items()}
    what = f"Cập nhật thiết bị tiếp nhận {made.number}"
    late = [f"Quá hạn {days} ngày làm việc: {what}" for days in (1, 3, 7)]
    expected = {
        "nghiepvu.badinh": [f"Sắp đến hạn 23/02/2026: {what}", f"Hạn hôm nay: {what}", *late],
        "nghiepvu.hanoi": [f"BHXH quận Ba Đình quá hạn 3 ngày làm việc: {what}"],
        "admin2.hanoi": [f"BHXH quận Ba Đình quá hạn 3 ngày làm việc: {what}"],
        "admin1": [f"BHXH quận Ba Đình quá hạn 7 ngày làm việc: {what}"],
    }
    assert told() == expected
    by_id = {mail.message["Message-ID"]: mail.subject for mail in mailbox.taken}
    assert sorted(by_id.values()) == sorted(title for titles in expected.values() for title in titles)
    assert set(by_id) == set(Mail.objects.values_list("message_id", flat=True))
    # What was sent twice, by a worker that was killed after the server's answer, is the same mail to its reader.
    assert {(mail.message["Message-ID"], mail.subject) for mail in mailbox.taken} == set(by_id.items())


def schedules(processes, *folders):
    """What schedulers have kept that ran before: started again, they make up for what was due since."""
    for folder in folders:
        folder.mkdir()
        processes.beat(folder / "schedule", at(HANDED_OVER, 10))
    assert came_true(lambda: all(any(folder.iterdir()) for folder in folders), PATIENCE)
    time.sleep(2)
    processes.kill()
    return [folder / "schedule" for folder in folders]


def stalled(condition, more=0):
    """Keep everybody from writing notices until `condition` came true, and so many seconds more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE notices_notice IN EXCLUSIVE MODE")
        assert came_true(condition, PATIENCE)
        time.sleep(more)


def owe_much(world):
    with travel(timezone.now() - timedelta(days=60)):
        return [owe(world.units[code], start=timezone.localdate()) for code in ("01.001", "01.001", "01.002", "48")]


def assert_each_once(owed):
    assert Reminder.objects.count() == len(owed) * len(Step)
    assert {name: len(titles) for name, titles in told().items()} == {
        "nghiepvu.badinh": 2, "nghiepvu.hoankiem": 1, "nghiepvu.danang": 1, "nghiepvu.hanoi": 3, "admin2.hanoi": 3,
        "admin1": 4,
    }  # fmt: skip


@pytest.mark.parametrize("whom", ["worker", "child"])
def test_killed_in_the_middle_of_a_sweep(world, today_is_worked, processes, whom):
    owed = owe_much(world)
    worker = processes.worker()
    sweep_deadlines.delay()

    def killed_in_the_middle() -> bool:
        if not waiting_for_a_lock():
            return False
        processes.kill() if whom == "worker" else kill_child(worker)
        return True

    stalled(killed_in_the_middle)
    end_sessions()
    if whom == "worker":
        assert not Reminder.objects.exists()  # nothing half-done
        processes.worker()
        sweep_deadlines.delay()  # what the scheduler does half an hour later
    assert came_true(Reminder.objects.exists, PATIENCE)
    assert_each_once(owed)


def test_two_schedulers_and_two_workers(world, official_calendar, processes, tmp_path):
    """Both schedulers ask in the morning; while the first sweep is at it the second one leaves."""
    moment = at(date(2026, 3, 13), 7, 10)
    with travel(moment - timedelta(days=30)):
        owed = [owe(world.units[code], start=HANDED_OVER) for code in ("01.001", "01.001", "01.002", "48")]
    for schedule in schedules(processes, tmp_path / "one", tmp_path / "two"):
        processes.beat(schedule, moment)
        processes.worker(moment)
    stalled(waiting_for_a_lock, more=5)
    assert came_true(Reminder.objects.exists, PATIENCE)
    time.sleep(3)
    assert_each_once(owed)
