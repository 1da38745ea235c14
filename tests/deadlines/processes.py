"""Real workers and schedulers of the ordinary queue, on the test's database, to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from qltb.services import REPOSITORY
from tests.jobs.workers import NAME

WORKER = ["worker", "--queues=celery", "--concurrency=1", "--without-gossip", "--without-mingle", "--without-heartbeat"]
WAITING = (
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Processes:
    """What was started, each with a process group of its own."""

    def __init__(self, smtp_port: int = 0) -> None:
        given = connection.get_connection_params()
        address = f"postgresql://{given['user']}@{given['host']}:{given.get('port') or 5432}/{given['dbname']}"
        self.env = os.environ | {
            "DATABASE_URL": address,
            "PGPASSWORD": given.get("password") or "",
            "REDIS_URL": settings.REDIS_URL,
            "PGAPPNAME": NAME,
            "DOCUMENTS_ROOT": str(settings.DOCUMENTS_ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.deadlines.settings_smtp" if smtp_port else "qltb.settings_test",
            "TEST_SMTP_PORT": str(smtp_port),
        }
        self.running: list[subprocess.Popen] = []

    def worker(self, moment: datetime | None = None) -> subprocess.Popen:
        return self._start(WORKER, moment)

    def beat(self, schedule: Path, moment: datetime | None = None) -> subprocess.Popen:
        return self._start(["beat", f"--schedule={schedule}"], moment)

    def _start(self, arguments: list[str], moment: datetime | None) -> subprocess.Popen:
        clocked = (
            ["tests.deadlines.clocked", moment.isoformat()]
            if moment
            else ["celery", "--quiet", "-A", "qltb.celery:app"]
        )
        self.running.append(
            subprocess.Popen(
                [sys.executable, "-m", *clocked, *arguments], env=self.env, cwd=REPOSITORY, start_new_session=True
            )
        )
        return self.running[-1]

    def kill(self) -> None:
        """All of them at once, as when the machine loses its power."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.running:
            process.wait()
        self.running.clear()


def kill_child(worker: subprocess.Popen) -> None:
    """Only the process that does the work; its parent lives."""
    found = subprocess.run(["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=True)
    os.kill(int(found.stdout.split()[0]), signal.SIGKILL)


def waiting_for_a_lock() -> int:
    """How many sessions stand before a lock. (What they say of themselves is kept for a whole transaction.)"""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


def came_true(condition: Callable[[], bool], seconds: float) -> bool:
    """Look again and again for so long."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
