"""kill -9 of the process that closes a disposal, at any moment: no trace, or the whole end."""

import os
import random
import signal
import time

import pytest

from tests.equipment.test_crash import Application, database  # noqa: F401 - the fixture

SIZE, KILLS = 60, 6
NOTHING = ["decided", 0, 0, 0, SIZE, 0, 0, 0, "open"]
WHOLE = ["closed", SIZE, SIZE, SIZE, 0, 1, SIZE, SIZE, "fulfilled"]


@pytest.fixture
def application(database):  # noqa: F811 - the fixture
    made = Application(database.state.database_url, "tests.disposals.crash")
    yield made
    made.stop()


def test_no_trace_or_the_whole_end(application):
    numbers = application("prepare", KILLS + 1, SIZE)
    assert set(map(tuple, application("look").values())) == {tuple(NOTHING)}

    start = time.perf_counter()
    assert application("wait", application("close", numbers[0])) == 0
    usual = time.perf_counter() - start

    rng = random.Random()
    moments = [(n + rng.random()) / KILLS * usual * 1.15 for n in range(KILLS)]
    for number, moment in zip(numbers[1:], moments, strict=True):
        pid = application("close", number)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        application("wait", pid)
    found = application("look")
    assert all(state in (NOTHING, WHOLE) for state in found.values()), (moments, found)
    lost = [number for number, state in found.items() if state == NOTHING]
    assert lost, f"no kill came before the end: {usual:.2f} s, {moments}"
    # Nothing is in the way afterwards.
    assert application("wait", application("close", lost[0])) == 0
    assert application("look")[lost[0]] == WHOLE
