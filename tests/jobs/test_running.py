"""A job is done once, whole or not at all."""

import threading
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import DomainError
from equipment.models import Brand
from jobs import actions, files, running
from jobs.models import Job, JobFile, job_storage
from jobs.rules import MAX_ACTIVE, MAX_ATTEMPTS, State
from tests.world import confirmed


def again(job):
    return Job.objects.get(pk=job.pk)


def ours():
    return Brand.objects.filter(name__startswith="Hãng").count()


def test_a_job_is_done_once(start):
    job = start()
    assert (job.state, ours()) == (State.QUEUED, 0)
    assert running.run(job.pk)
    assert not running.run(job.pk)
    job = again(job)
    assert (job.state, job.message, job.attempts, ours()) == (State.DONE, "Đã ghi 3 hãng.", 1, 3)
    assert job.result == {"url": "/quan-tri/danh-muc/hang/", "link": "Mở kết quả", "count": 3}
    assert job.started_at <= job.finished_at
    (kept,) = job.files.all()
    assert (kept.name, kept.size, kept.owner, kept.unit) == ("hang.csv", 12, job.owner, job.unit)
    with files.open_file(job, "result") as content:
        assert content.read() == b"ten\n" * 3


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("test.refused", "Tệp thiếu cột “Số máy”. Hãy thêm cột rồi gửi lại."),
        ("test.broken", "Việc này dừng vì lỗi của hệ thống, không có gì được ghi. Hãy báo Trung tâm CNTT, nêu mã"),
    ],
)
def test_a_job_that_fails_leaves_nothing(start, kind, says):
    job = start(kind)
    assert running.run(job.pk)
    job = again(job)
    assert job.state == State.FAILED
    assert job.message.startswith(says)
    assert "bí mật" not in job.message
    assert not Brand.objects.filter(name="Không được giữ").exists()
    assert not job.files.exists()


def test_a_job_can_fail_and_keep_what_it_wrote_about_it(start):
    job = start("test.told")
    assert running.run(job.pk)
    assert (again(job).state, again(job).message) == (State.FAILED, "Tệp không phải bảng tính.")
    assert Brand.objects.filter(name="Hãng được giữ").exists()


def test_the_owner_s_walls_stand_around_a_job(world, start):
    for name in ("nghiepvu_badinh", "nghiepvu_hoankiem", "nghiepvu_danang"):
        confirmed(world, world.users[name], [f"{name}-1"])
    seen = {
        "nghiepvu_badinh": ["01.001"],
        "tracuu_hanoi": ["01.001", "01.002"],
        "ttcntt": ["01.001", "01.002", "48"],
        "vanphong": [],
    }
    for name, codes in seen.items():
        job = start("test.look", by=world.users[name])
        assert running.run(job.pk)
        assert again(job).result["codes"] == codes, name


def test_an_account_that_was_closed_meanwhile_gets_nothing(world, start):
    job = start()
    type(world.nghiepvu_badinh).objects.filter(pk=world.nghiepvu_badinh.pk).update(is_active=False)
    assert not running.run(job.pk)
    assert (again(job).state, ours()) == (State.FAILED, 0)


def test_a_waiting_job_that_is_cancelled_does_not_start(start):
    job = start()
    actions.cancel(job)
    assert not running.run(job.pk)
    assert (again(job).state, ours()) == (State.CANCELLED, 0)
    with pytest.raises(DomainError, match="đã kết thúc"):
        actions.cancel(again(job))


def test_the_same_form_sent_twice_is_one_job(world):
    key = uuid4()
    jobs = [
        actions.start(kind="test.brands", title="x", by=by, submission=key)
        for by in (world.nghiepvu_badinh, world.nghiepvu_badinh, world.nghiepvu_danang)
    ]
    assert jobs[0] == jobs[1] != jobs[2]


def test_one_account_does_not_fill_the_queue(world, start):
    for _ in range(MAX_ACTIVE):
        start()
    with pytest.raises(DomainError, match="chưa xong"):
        start()
    start(by=world.nghiepvu_danang)


def test_a_job_that_takes_its_worker_with_it_is_given_up(start):
    job = start()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=MAX_ATTEMPTS)
    assert not running.run(job.pk)
    assert again(job).state == State.FAILED
    assert f"{MAX_ATTEMPTS} lần" in again(job).message


def test_old_jobs_go_with_their_files(start, settings):
    old, young, waiting = start(), start(), start()
    for job in (old, young):
        running.run(job.pk)
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=settings.JOB_DAYS, hours=1))
    name = old.files.get().file.name
    assert job_storage().exists(name)
    assert actions.remove_expired() == 1
    assert set(Job.objects.all()) == {young, waiting}
    assert not job_storage().exists(name)
    assert JobFile.objects.count() == 1


def test_files_without_a_row_go(start):
    job = start()
    running.run(job.pk)
    kept = Path(job_storage().path(job.files.get().file.name))
    orphan = kept.with_name("0" * 40)
    orphan.write_bytes(b"x")
    assert files.remove_orphans() == 0  # its transaction may be running
    assert files.remove_orphans(older_than=timedelta(seconds=-5)) == 1
    assert kept.exists()
    assert not orphan.exists()


@pytest.mark.django_db(transaction=True)
class TestSeveralAtOnce:
    """Several workers, real connections."""

    @staticmethod
    def _in_thread(function):
        def work():
            try:
                function()
            finally:
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        return thread

    def test_two_workers_at_one_job(self, start):
        job = start(count=5, pause=0.1)
        ended = []
        threads = [self._in_thread(lambda: ended.append(running.run(job.pk))) for _ in range(4)]
        for thread in threads:
            thread.join()
        assert sorted(ended) == [False, False, False, True]
        assert (again(job).state, again(job).attempts, ours()) == (State.DONE, 1, 5)

    def test_a_worker_that_is_overtaken_counts_no_attempt(self, start, monkeypatch):
        """Both take the job up, one after the other, before either starts on it."""
        job = start(count=3, pause=0.1)
        both = threading.Barrier(2)
        take_up = running._take_up

        def meet(pk):
            taken = take_up(pk)
            both.wait(timeout=20)
            return taken

        monkeypatch.setattr(running, "_take_up", meet)
        ended = []

        def second():
            while again(job).state == State.QUEUED:
                time.sleep(0.01)
            ended.append(running.run(job.pk))

        threads = [self._in_thread(lambda: ended.append(running.run(job.pk))), self._in_thread(second)]
        for thread in threads:
            thread.join()
        assert sorted(ended) == [False, True]
        assert (again(job).state, again(job).attempts, ours()) == (State.DONE, 1, 3)

    def test_a_running_job_stops_when_it_is_told_to(self, start):
        job = start(count=200, pause=0.05)
        thread = self._in_thread(lambda: running.run(job.pk))
        while again(job).state == State.QUEUED:
            time.sleep(0.02)
        actions.cancel(again(job))
        thread.join(timeout=10)
        assert not thread.is_alive()
        assert (again(job).state, ours()) == (State.CANCELLED, 0)
        assert "không có gì được ghi" in again(job).message

    def test_the_sweep_finds_only_what_nobody_is_at(self, start):
        busy, dead, waiting, lost = start(count=60, pause=0.05), start(), start(), start()
        Job.objects.filter(pk=dead.pk).update(state=State.RUNNING, attempts=1)
        Job.objects.filter(pk=lost.pk).update(queued_at=timezone.now() - timedelta(minutes=6))
        thread = self._in_thread(lambda: running.run(busy.pk))
        while running.standing_of(again(busy)).done < 1:
            time.sleep(0.02)
        before = again(dead).queued_at, again(lost).queued_at
        assert actions.resume() == 2
        assert before < (again(dead).queued_at, again(lost).queued_at)
        assert again(waiting).queued_at == waiting.queued_at
        thread.join()
        assert running.run(dead.pk)
        assert (again(dead).state, again(dead).attempts) == (State.DONE, 2)

    def test_progress_is_seen_while_the_job_runs(self, start):
        job = start(count=20, pause=0.1)
        thread = self._in_thread(lambda: running.run(job.pk))
        seen = set()
        while thread.is_alive():
            standing = running.standing_of(job)
            seen.add((standing.phase, standing.total))
            time.sleep(0.02)
        thread.join()
        assert ("Ghi hãng", 20) in seen
