"""A real worker, killed in the middle: after the restart the job is done, once."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from equipment.models import Brand
from jobs import actions, running
from jobs.models import Job
from jobs.rules import State
from qltb.services import REPOSITORY

pytestmark = pytest.mark.django_db(transaction=True)
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "qltb.celery:app", "worker", "--queues=jobs"]


class Worker:
    """`celery worker` with the jobs of the tests, on the test's database, a process group of its own."""

    def __init__(self) -> None:
        given = connection.get_connection_params()
        address = f"postgresql://{given['user']}@{given['host']}:{given.get('port') or 5432}/{given['dbname']}"
        env = os.environ | {
            "DATABASE_URL": address,
            "PGPASSWORD": given.get("password") or "",
            "REDIS_URL": settings.REDIS_URL,
            "DOCUMENTS_ROOT": str(settings.DOCUMENTS_ROOT),
            "DJANGO_SETTINGS_MODULE": "qltb.settings_test",
        }
        self.process = subprocess.Popen(
            [*CELERY, "--concurrency=1", "--without-gossip", "--without-mingle", "--include=tests.jobs.runners"],
            env=env,
            cwd=REPOSITORY,
            start_new_session=True,
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_child(self) -> None:
        """Only the process that does the work; its parent lives."""
        (child, *_) = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        os.kill(int(child), signal.SIGKILL)


@pytest.fixture
def worker():
    made = []

    def start() -> Worker:
        made.append(Worker())
        return made[-1]

    yield start
    for one in made:
        if one.process.poll() is None:
            one.kill()


def wait(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, [(j.kind, j.state, j.message, j.attempts) for j in Job.objects.all()]
        time.sleep(0.05)


@pytest.mark.parametrize("whom", ["worker", "child"])
def test_killed_in_the_middle_and_started_again(start, worker, whom):
    first = worker()
    job = start(count=20, pause=0.1)
    wait(lambda: running.standing_of(job).done >= 5)
    assert not Brand.objects.filter(name__startswith="Hãng").exists()  # nothing half-done is to be seen
    if whom == "worker":
        first.kill()
        worker()
        actions.resume()
    else:
        first.kill_child()  # the message of the dead goes back into the queue by itself
    wait(lambda: Job.objects.get(pk=job.pk).state == State.DONE)
    job.refresh_from_db()
    assert (job.attempts, job.message, job.files.count()) == (2, "Đã ghi 20 hãng.", 1)
    assert Brand.objects.filter(name__startswith="Hãng").count() == 20
