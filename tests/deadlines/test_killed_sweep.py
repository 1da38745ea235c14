"""kill -9 of the process that sweeps, or of PostgreSQL, at any moment, again and again: each step and notice once.

Real processes on a PostgreSQL of the test's own, which writes to the disk as in production.
"""

import os
import random
import signal
import time
from datetime import date

import pytest

from deadlines.rules import Step
from tests.deadlines.support import STORY, at
from tests.equipment.test_crash import Application, database  # noqa: F401 - the fixture

MANY = {"01.001": 700, "01.002": 700, "48": 3}
OWED = sum(MANY.values())
KILLS = 3
OFF = date(2026, 2, 17)
CLERKS = {"nghiepvu.badinh": 1, "nghiepvu.hoankiem": 1, "nghiepvu.danang": 3}
"""Hundreds of things are one notice; three are three."""
ABOVE = {
    Step.SUPERIOR: {"nghiepvu.hanoi": 1, "admin2.hanoi": 1, "admin1": 3},
    Step.CENTRE: {"admin1": 1},
}


@pytest.fixture
def application(database):  # noqa: F811 - the fixture
    made = Application(database.state.database_url, "tests.deadlines.crash")
    yield made
    made.stop()


@pytest.mark.timeout(300)
def test_each_step_and_notice_once_whatever_is_killed(database, application):  # noqa: F811 - the fixture
    application("prepare", MANY)
    rng = random.Random()
    steps, notices, usual, moments, undone = {}, {}, 0.0, [], 0
    for day, step in sorted([*STORY.items(), (OFF, None)], key=lambda pair: pair[0]):
        before = [dict(steps), dict(notices)]
        if step is not None:
            steps[f"{day} {step.value}"] = OWED
            notices |= {f"{day} {name}": count for name, count in (CLERKS | ABOVE.get(step, {})).items()}
        states = [before, [steps, notices]]  # nothing of the day, or all of it
        for n in range(KILLS if usual else 0):
            moment = (n + rng.random()) / KILLS * usual * 1.1
            moments.append(moment)
            pid = application("sweep", at(day, 7, n).isoformat())
            time.sleep(moment)
            if n == KILLS - 1 and step in {Step.OVERDUE, Step.CENTRE}:
                database.kill()
                application("wait", pid)
                database.start()
            else:
                os.kill(pid, signal.SIGKILL)
                application("wait", pid)
            found = application("look")
            assert found in states, (day, moments)
            undone += step is not None and found == before
        began = time.perf_counter()
        assert application("wait", application("sweep", at(day, 7, 30).isoformat())) == 0
        usual = usual or time.perf_counter() - began
        assert application("look") == [steps, notices]
        assert application("wait", application("sweep", at(day, 8).isoformat())) == 0
        assert application("look") == [steps, notices]
    assert undone, f"no kill came before the end: {usual:.2f} s, {moments}"
