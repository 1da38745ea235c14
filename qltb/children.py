"""The programs of one installation: how each is started, how it is asked to stop, and what it writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qltb import processes
from qltb.services import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONGEST_PAUSE: Final = 30.0
# A child that has lived this long had a good start: its next death is a new trouble, not the same one.
HEALTHY_SECONDS: Final = 30.0
PYTHON: Final = sys.executable


@dataclass(kw_only=True)
class Child:
    """One supervised program and its present process."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 20
    user: str | None = None
    cwd: Path = REPOSITORY
    before_restart: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    pause: float = 0
    due: float | None = None
    exit_code: int | None = None
    last_words: str = ""
    silent: bool = False
    _rest: bytes = field(default=b"", repr=False)

    def start(self) -> None:
        """Start the program; what it writes is read through `output`."""
        if self.before_restart is not None and self.started:
            self.before_restart()
        self.due = None
        self.silent = False
        self.started = time.monotonic()
        self.process = processes.spawn(
            self.argv,
            env=self.env,
            cwd=self.cwd,
            user=self.user,
            death_signal=self.death_signal,
            stdout=subprocess.PIPE,
        )
        os.set_blocking(self.output, False)

    @property
    def output(self) -> int:
        """Return the descriptor that delivers what the program writes."""
        if self.process is None or self.process.stdout is None:
            message = f"{self.name} isn't running"
            raise RuntimeError(message)
        return self.process.stdout.fileno()

    def read_lines(self, *, final: bool = False) -> list[bytes]:
        """Return the whole lines written since the last call; at the end also an unfinished one."""
        while True:
            try:
                chunk = os.read(self.output, 65536)
            except BlockingIOError:
                break
            if not chunk:
                self.silent = True
                break
            self._rest += chunk
        *lines, self._rest = self._rest.split(b"\n")
        if final and self._rest:
            lines.append(self._rest)
            self._rest = b""
        return lines

    def has_ended(self) -> bool:
        """Tell whether the program was started and has ended."""
        return self.process is not None and self.process.poll() is not None

    def bury(self) -> None:
        """Clear away an ended process with what is left of its group; note how it ended."""
        if self.process is None or self.process.stdout is None:
            return
        processes.kill_group(self.process.pid)
        self.process.stdout.close()
        code = self.process.returncode
        self.process = None
        self.exit_code = code
        self.last_words = f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    def plan_restart(self) -> float:
        """Start again soon after a long life, ever later after short ones. Returns the pause in seconds."""
        now = time.monotonic()
        lived = now - self.started
        self.pause = 0.5 if lived > HEALTHY_SECONDS else min(max(self.pause * 2, 0.5), LONGEST_PAUSE)
        self.due = now + self.pause
        return self.pause


def application(env: Mapping[str, str], var: Path) -> list[Child]:
    """Return web server, workers and scheduler, in the order in which they start."""
    celery = [PYTHON, "-m", "celery", "--quiet", "-A", "qltb.celery:app"]
    tasks_at_once = env.get("WORKER_CONCURRENCY", "2")
    jobs_at_once = env.get("JOBS_CONCURRENCY", "2")
    alone = ["--without-gossip", "--without-mingle"]
    return [
        Child(
            name="web",
            argv=[PYTHON, "-m", "gunicorn", "-c", "qltb/gunicorn_conf.py", "qltb.wsgi"],
            env=env,
            stop_seconds=40,  # longer than the graceful timeout in gunicorn_conf.py
        ),
        *(
            Child(
                name=name,
                argv=[
                    *celery,
                    "worker",
                    f"--hostname={name}@%h",
                    f"--queues={queue}",
                    "--loglevel=INFO",
                    f"--concurrency={at_once}",
                    *alone,
                ],
                env=env,
                # Its broker dies with the supervisor too, and a warm shutdown would wait for it. Unfinished tasks are
                # delivered again.
                death_signal=signal.SIGQUIT,
                stop_seconds=30,
            )
            for name, queue, at_once in (("worker", "celery", tasks_at_once), ("jobs", "jobs", jobs_at_once))
        ),
        Child(
            name="beat",
            argv=[
                *celery,
                "beat",
                "--loglevel=INFO",
                "--pidfile=",
                f"--schedule={var / 'celerybeat-schedule'}",
            ],
            env=env,
        ),
    ]
