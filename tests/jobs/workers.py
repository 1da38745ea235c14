"""A real worker that can be killed."""

import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection

from jobs.models import Job
from qltb.services import REPOSITORY

NAME = "worker-of-a-test"
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
            "PGAPPNAME": NAME,
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
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_child(self) -> None:
        """Only the process that does the work; its parent lives."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True)
        os.kill(int(found.stdout.split()[0]), signal.SIGKILL)


def end_sessions() -> None:
    """End what killed workers have left in the database: a session in the middle of a statement doesn't notice."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = %s AND datname = current_database()",
                [NAME],
            )
            if not cursor.fetchall():
                return
            time.sleep(0.05)


def wait(condition, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, [(j.kind, j.state, j.message, j.attempts) for j in Job.objects.all()]
        time.sleep(0.02)
