"""Child processes that never outlive the process that started them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PR_SET_PDEATHSIG = 1


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | str = "/",
    user: str | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    stdout: int | Any = None,
) -> subprocess.Popen[bytes]:
    """
    Start a program in a session of its own, so that Ctrl-C reaches only its parent, which stops it in order.

    The kernel sends it `death_signal` when the calling thread dies for any reason, kill -9 included.
    Standard error goes where standard output goes. Raises OSError when the program can't be started.
    """
    return subprocess.Popen(  # noqa: S603 - argv is built by the callers in this package, no shell
        argv,
        env=env,
        cwd=cwd,
        user=user,
        group=user,
        extra_groups=None if user is None else (),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_dies_with_parent(death_signal),  # noqa: PLW1509 - callers have a single thread here
    )


def _dies_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()
    # Loaded before the fork: the child may only make system calls. subprocess changes the user before this
    # runs; the other way round the change of user would clear the setting.
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def set_death_signal() -> None:
        prctl(PR_SET_PDEATHSIG, int(death_signal))
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return set_death_signal


def stop(process: subprocess.Popen[bytes], *, stop_signal: signal.Signals, seconds: float) -> None:
    """Ask a child to stop, wait up to `seconds`, then kill it and what is left of its group."""
    if process.poll() is None:
        process.send_signal(stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process.pid)
    process.wait()


def kill_group(leader: int) -> None:
    """Kill whatever is left in the process group of a child started by `spawn`."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.05) -> bool:
    """Poll a condition for up to `seconds`; tell whether it came true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True
