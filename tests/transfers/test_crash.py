"""kill -9 of the process that receives, at any moment: nothing has moved, or everything has."""

import os
import random
import signal
import time

import pytest

from tests.equipment.test_crash import Application, database  # noqa: F401 - a fixture

SIZE = 40
KILLS = 8
NOTHING = ["handed_over", 0, 0, 0, 0, 0, SIZE, "open"]
WHOLE = ["received", SIZE, SIZE, SIZE, SIZE, SIZE, 0, "fulfilled"]


@pytest.fixture
def application(database):  # noqa: F811 - the fixture
    made = Application(database.state.database_url, module="tests.transfers.crash")
    yield made
    made.stop()


def test_nothing_or_everything_of_a_receipt(application):
    numbers = application("prepare", KILLS + 1, SIZE)
    assert set(map(tuple, application("look").values())) == {tuple(NOTHING)}

    start = time.perf_counter()
    assert application("wait", application("receive", numbers[0])) == 0
    usual = time.perf_counter() - start

    rng = random.Random()
    moments = [(n + rng.random()) / KILLS * usual for n in range(KILLS)]
    for number, moment in zip(numbers[1:], moments, strict=True):
        pid = application("receive", number)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        application("wait", pid)
    found = application("look")
    assert all(state in (NOTHING, WHOLE) for state in found.values()), (moments, found)
    lost = [number for number, state in found.items() if state == NOTHING]
    assert lost, f"no kill came before the end: {usual:.2f} s, {moments}"
    assert application("wait", application("receive", lost[0])) == 0, "nothing is in the way of doing it again"
    assert application("look")[lost[0]] == WHOLE
