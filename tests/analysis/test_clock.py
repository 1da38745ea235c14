"""Schedules and alerts by the clock: once, within the owner's scope of the moment, stopped when that is gone."""

import threading
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.actions import sync_grants
from analysis.actions import resting, scheduling, watching
from analysis.models import Alert, AlertReading, Schedule, ScheduleRun
from analysis.rules.alerts import Compare, Standing
from analysis.rules.schedules import Every, FileKind
from equipment.models import Equipment
from jobs import actions as jobs
from jobs import running
from jobs.models import Job, JobFile, job_storage
from jobs.rules import State
from notices.models import Notice
from tests.analysis.support import saved, stock
from tests.core.threads import at_once, failures
from tests.jobs.workers import wait

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stocked(world):
    stock(world)
    return world


def scheduled(by, **asked):
    kept = saved(by, rows="unit", cols="", measure="n", name=f"Máy {Schedule.objects.count()}", **asked)
    return scheduling.schedule(name=kept.name, every=Every.DAY, file_kind=FileKind.XLSX, by=by, source=kept)


def later(days=10):
    return timezone.now() + timedelta(days=days)


def run_jobs():
    for job in Job.objects.filter(state=State.QUEUED).order_by("pk"):
        running.run(job.pk)


def told(user):
    return list(Notice.objects.filter(owner=user).order_by("pk").values_list("title", flat=True))


def test_missed_moments_are_one_run_and_the_file_has_what_the_owner_sees(stocked):
    by = stocked.nghiepvu_hanoi
    row = scheduled(by)
    assert scheduling.run_due() == 0
    moment = later()
    assert scheduling.run_due(moment) == 1
    assert scheduling.run_due(moment) == 0
    run_jobs()
    row.refresh_from_db()
    assert row.next_at > moment
    (job,) = Job.objects.all()
    assert job.state == State.DONE, job.message
    with job_storage().open(str(JobFile.objects.get().file)) as file:
        lines = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))
    expected = Equipment.objects.filter(unit__path__startswith=by.unit.path).exclude(status__in=["disposed", "lost"])
    assert lines[-1] == ("Tổng cộng", expected.count())
    assert {line[0] for line in lines[1:-1]} == {unit.name for code, unit in stocked.units.items()
                                                 if code in {"01", "01.001", "01.002"}}  # fmt: skip
    assert told(by) == [f"Đã có “{row.name}”"]


def test_two_beats_at_once_begin_it_once(stocked):
    for name in ("nghiepvu_hanoi", "nghiepvu_badinh", "ttcntt"):
        scheduled(stocked.users[name])
    moment = later()
    given = at_once(*[lambda: scheduling.run_due(moment)] * 4)
    assert failures(given) == []
    assert sum(given) == 3
    assert ScheduleRun.objects.count() == Job.objects.count() == 3


def held_up(table):
    """Whether some session waits for the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
        return bool(cursor.fetchone()[0])


def test_a_job_that_runs_again_tells_once(stocked, worker):
    """A worker killed before its commit leaves nothing; the one after it makes file and notice once."""
    scheduled(stocked.nghiepvu_hanoi)
    first, table = worker(), Notice._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        begin_elsewhere = threading.Thread(target=begin)
        begin_elsewhere.start()
        begin_elsewhere.join()
        wait(lambda: held_up(table))  # the file is kept, the owner not yet told
        first.kill()
    worker()
    wait(lambda: jobs.resume() == 1)  # once PostgreSQL has noticed that the session is gone
    wait(lambda: Job.objects.get().state == State.DONE)
    assert Job.objects.get().attempts == 2
    assert (JobFile.objects.count(), Notice.objects.count()) == (1, 1)


def begin():
    """On a connection of its own: the job is to be seen while the test holds its lock."""
    try:
        scheduling.run_due(later())
    finally:
        connection.close()


def move(user, unit):
    user.unit = unit
    user.save()
    sync_grants(user)


@pytest.mark.dieu("6")
def test_an_owner_who_sees_less_is_told_why_it_stopped(stocked):
    by = stocked.nghiepvu_hanoi
    row = scheduled(by, unit="01.001")
    kept = saved(by, rows="unit", cols="", unit="01.001", name="Ba Đình")
    alert = watching.watch(
        kept, by=by, name="Nhiều", measure="n", compare=Compare.AT_LEAST, threshold=Decimal(1), every=Every.DAY
    )
    by.orgunituserpermission_set.exclude(permission__codename="record_data").delete()
    assert scheduling.run_due(later()) == 1
    assert watching.check_due(later()) == 1
    for one in (row, alert):
        one.refresh_from_db()
        assert one.next_at is None
        assert "không còn" in one.stopped_why or "Đơn vị" in one.stopped_why
    assert not Job.objects.exists()
    assert [title.split(" “")[0] for title in told(by)] == ["Lịch gửi", "Cảnh báo"]
    assert scheduling.run_due(later()) == watching.check_due(later()) == 0


@pytest.mark.parametrize("gone", ["closed", "moved"])
def test_who_is_gone_gets_nothing(stocked, gone):
    by = stocked.nghiepvu_badinh
    row = scheduled(by)
    if gone == "closed":
        by.is_active = False
        by.save()
    else:
        move(by, stocked.units["48"])
    assert scheduling.run_due(later()) == 1
    row.refresh_from_db()
    assert row.stopped_at
    assert row.stopped_why
    assert not Job.objects.exists()
    assert not Notice.objects.exists()


def test_paused_ones_rest_and_what_was_left_out_is_not_made_up(stocked):
    row = scheduled(stocked.nghiepvu_badinh)
    resting.pause(row)
    assert scheduling.run_due(later()) == 0
    resting.go_on(row)
    assert row.next_at > timezone.now()
    assert scheduling.run_due() == 0


def test_at_once_runs_besides_the_clock_and_twice_is_once(stocked):
    by = stocked.nghiepvu_badinh
    row = scheduled(by)
    before = row.next_at
    jobs = {scheduling.run_now(row, by=by).pk for _ in range(2)}
    assert len(jobs) <= 2
    row.refresh_from_db()
    assert row.next_at == before
    assert ScheduleRun.objects.filter(by_hand=True).count() == len(jobs)


def test_an_alert_speaks_when_it_crosses_and_when_it_is_back(stocked):
    by = stocked.nghiepvu_badinh
    kept = saved(by, rows="condition", cols="", measure="n")
    held = Equipment.objects.filter(unit=by.unit, condition="poor").exclude(status__in=["disposed", "lost"])
    many = held.count()
    alert = watching.watch(
        kept,
        by=by,
        name="Máy kém",
        measure="n",
        row="poor",
        compare=Compare.AT_MOST,
        threshold=Decimal(many - 1),
        every=Every.DAY,
    )
    assert (alert.last_value, alert.standing) == (many, Standing.CALM)
    one = held.order_by("pk").first()
    standing, moment = [], timezone.now()
    for condition in ("poor", "good", "good", "poor", "poor", "good"):
        one.condition = condition
        one.save()
        moment += timedelta(days=10)
        assert watching.check_due(moment) == 1
        alert.refresh_from_db()
        standing.append(alert.standing)
    assert standing == ["calm", "crossed", "crossed", "calm", "calm", "crossed"]
    assert len(told(by)) == 3
    assert list(AlertReading.objects.order_by("pk").values_list("told", flat=True)) == [
        "", "", "crossed", "", "calm", "", "crossed",
    ]  # fmt: skip
    assert f"{many - 1}" in told(by)[0]


def test_peers_never_count_and_two_beats_look_once(stocked):
    by = stocked.nghiepvu_hoankiem
    kept = saved(by, rows="unit", cols="", measure="n")
    watched = {"measure": "n", "compare": Compare.AT_LEAST, "threshold": Decimal(1), "every": Every.DAY}
    watching.watch(kept, by=by, name="Tất cả", **watched)
    own = Equipment.objects.filter(unit=by.unit).exclude(status__in=["disposed", "lost"]).count()
    moment = later()
    given = at_once(*[lambda: watching.check_due(moment)] * 3)
    assert failures(given) == []
    assert sum(given) == 1
    assert Alert.objects.get().last_value == own
    assert AlertReading.objects.count() == 2
    assert Alert.objects.get().next_at > moment


def failing_first(monkeypatch, module, name):
    """The first call of it fails in the database, as a question that takes too long would."""
    real, calls = getattr(module, name), []

    def fail(*given):
        calls.append(given)
        if len(calls) > 1:
            return real(*given)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1/0")
        except DatabaseError as error:
            raise OperationalError from error

    monkeypatch.setattr(module, name, fail)


def logged(caplog):
    return [(one.message, one.kind, one.row) for one in caplog.records if one.name == "qltb.analysis"]


def test_an_alert_that_fails_waits_for_its_next_moment_and_holds_up_nobody(stocked, monkeypatch, caplog):
    asked = {"measure": "n", "compare": Compare.AT_LEAST, "threshold": Decimal(1), "every": Every.WEEK}
    first, second = (
        watching.watch(saved(by, rows="unit", cols="", measure="n"), by=by, name="Nhiều", **asked)
        for by in (stocked.nghiepvu_badinh, stocked.nghiepvu_hanoi)
    )
    failing_first(monkeypatch, watching, "watched")
    moment = later()
    assert watching.check_due(moment) == 1
    before = first.checked_at
    for one in (first, second):
        one.refresh_from_db()
        assert one.next_at == resting.coming(Every.WEEK, moment) > moment
        assert one.stopped_at is None
    assert (first.checked_at, second.checked_at) == (before, moment)
    assert (first.readings.count(), second.readings.count()) == (1, 2)
    assert logged(caplog) == [("not done by the clock", "analysis.Alert", first.pk)]
    assert watching.check_due(later(30)) == 2


def test_a_schedule_that_fails_waits_for_its_next_moment_and_holds_up_nobody(stocked, monkeypatch, caplog):
    first, second = (scheduled(by) for by in (stocked.nghiepvu_badinh, stocked.nghiepvu_hanoi))
    failing_first(monkeypatch, scheduling, "obstacle")
    moment = later()
    assert scheduling.run_due(moment) == 1
    for one in (first, second):
        one.refresh_from_db()
        assert one.next_at == resting.coming(Every.DAY, moment) > moment
        assert one.stopped_at is None
    assert [run.schedule for run in ScheduleRun.objects.all()] == [second]
    assert logged(caplog) == [("not done by the clock", "analysis.Schedule", first.pk)]
    assert scheduling.run_due(later(30)) == 2


@pytest.mark.parametrize("lost", ["alert", "schedule"])
def test_a_lost_connection_ends_the_run_and_leaves_the_row_to_the_next(stocked, monkeypatch, lost):
    by = stocked.nghiepvu_badinh
    if lost == "alert":
        asked = {"measure": "n", "compare": Compare.AT_LEAST, "threshold": Decimal(1), "every": Every.DAY}
        row = watching.watch(saved(by, rows="unit", cols="", measure="n"), by=by, name="Nhiều", **asked)
        module, name, run = watching, "watched", watching.check_due
    else:
        row, module, name, run = scheduled(by), scheduling, "obstacle", scheduling.run_due

    def die(*_):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE none; SELECT pg_terminate_backend(pg_backend_pid())")

    before, moment = row.next_at, later()
    with monkeypatch.context() as patched:
        patched.setattr(module, name, die)
        with pytest.raises(DatabaseError):
            run(moment)
    row.refresh_from_db()
    assert row.next_at == before
    assert run(moment) == 1
