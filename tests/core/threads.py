"""Two people at once: real threads, each with a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

SECONDS = 30


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all `acts` together; what each gave, or the exception that it raised, in their order."""
    gate = threading.Barrier(len(acts))
    given: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(SECONDS)
            given[number] = act()
        except Exception as error:  # noqa: BLE001 - handed to the test
            given[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "a thread waits for ever"
    return given


def failures(given: Sequence[Any]) -> list[Exception]:
    """The exceptions among what `at_once` gave."""
    return [one for one in given if isinstance(one, Exception)]
