"""kill -9 of the process that confirms, or of PostgreSQL, at any moment: no trace, or the whole intake.

Real processes on a PostgreSQL of the test's own, which writes to the disk as in production.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from qltb import processes
from qltb.postgres import Postgres
from qltb.services import REPOSITORY
from qltb.state import State

SIZE = 200
KILLS, DATABASE_KILLS = 10, 2
DRAFTS = KILLS + DATABASE_KILLS + 1
NOTHING = ["draft", 0, 0, 0, 0, 0, 0, "open"]
WHOLE = ["confirmed", SIZE, SIZE, SIZE, SIZE, 1, 1, "fulfilled"]


class Database:
    """A PostgreSQL that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder, State.load(folder)
        self.server = Postgres(folder, self.state, durable=True)
        self.process = None

    def start(self) -> None:
        self.server.prepare()
        with (self.folder / "postgres.log").open("ab") as log:
            self.process = processes.spawn(
                self.server.argv,
                env=self.server.env,
                user=self.server.user,
                death_signal=signal.SIGQUIT,
                stdout=log,
            )
        assert processes.wait_until(self.server.is_up, seconds=60), (self.folder / "postgres.log").read_text()[-2000:]
        self.server.finish()

    def kill(self) -> None:
        """The server with every session of it, as when the machine loses its power."""
        leader = self.process.pid
        children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
        for pid in [leader, *map(int, children)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


class Application:
    """The process of a crash.py, told what to do."""

    def __init__(self, database_url: str, module: str = "tests.equipment.crash") -> None:
        env = os.environ | {
            "DATABASE_URL": database_url,
            "REDIS_URL": settings.REDIS_URL,
            "SECRET_KEY": settings.SECRET_KEY,
            "DJANGO_SETTINGS_MODULE": "qltb.settings_test",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=REPOSITORY,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __call__(self, name, *arguments):
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the application died of {name}"
        return json.loads(answer)

    def stop(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.kill()
        self.process.wait()


@pytest.fixture
def database():
    folder = Path(tempfile.mkdtemp(prefix="qltb-crash."))
    made = Database(folder)
    try:
        made.start()
        yield made
    finally:
        if made.process is not None:
            processes.stop(made.process, stop_signal=signal.SIGQUIT, seconds=10)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def application(database):
    made = Application(database.state.database_url)
    yield made
    made.stop()


def test_no_trace_or_the_whole_intake(database, application):
    numbers = application("prepare", DRAFTS, SIZE)
    assert set(map(tuple, application("look").values())) == {tuple(NOTHING)}

    start = time.perf_counter()
    assert application("wait", application("confirm", numbers[0])) == 0
    usual = time.perf_counter() - start

    # Spread over the whole of a confirmation and a little beyond, each moment a bit by chance.
    rng = random.Random()
    moments = [(n + rng.random()) / KILLS * usual * 1.15 for n in range(KILLS)]
    for number, moment in zip(numbers[1:], moments, strict=False):
        pid = application("confirm", number)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        application("wait", pid)
    found = application("look")
    assert all(state in (NOTHING, WHOLE) for state in found.values()), (moments, found)
    killed = [found[number] for number in numbers[1 : KILLS + 1]]
    assert NOTHING in killed, f"no kill came before the end: {usual:.2f} s, {moments}"

    for number in numbers[KILLS + 1 :]:
        pid = application("confirm", number)
        time.sleep(rng.uniform(0.2, 1.0) * usual)
        database.kill()
        application("wait", pid)
        database.start()
        found = application("look")
        assert all(state in (NOTHING, WHOLE) for state in found.values()), found

    # After the restart nothing is in the way: what was lost is confirmed again, no number is missing, all is told.
    lost = [number for number, state in found.items() if state == NOTHING]
    for number in lost[:2]:
        assert application("wait", application("confirm", number)) == 0
    found = application("look")
    assert [found[number] for number in lost[:2]] == [WHOLE] * len(lost[:2])
    devices = SIZE * sum(state == WHOLE for state in found.values())
    assert application("codes") == [f"01.001-{n:06d}" for n in range(1, devices + 1)]
    assert application("sweep") == 0
