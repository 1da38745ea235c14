"""
Keeps a set of programs alive and stops them all.

Nothing outlives the supervisor: on SIGINT, SIGTERM or SIGHUP it stops its children in order; when it is
killed the kernel tells them to end. A child that dies is started again, ever more slowly.
"""

from __future__ import annotations

import contextlib
import selectors
import signal
import socket
import sys
import time
from typing import TYPE_CHECKING, NoReturn

from qltb import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qltb.children import Child


class Stopped(Exception):  # noqa: N818 - a request, not an error
    """Somebody asked the supervisor to stop."""


class Supervisor:
    """Starts children, passes on what they write, restarts the dead and stops all in order."""

    def __init__(self) -> None:
        """Take over the signals of this process."""
        self.children: list[Child] = []
        self._stop_requests = 0
        self._stopping = False
        self._muted = False
        self._selector = selectors.DefaultSelector()
        # A signal writes to this pair, which wakes the selector at once.
        self._wake_in, self._wake_out = socket.socketpair()
        for end in (self._wake_in, self._wake_out):
            end.setblocking(False)  # noqa: FBT003 - its only argument
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._wake_out.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # nohup means: live on when the terminal closes.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._on_stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def _on_stop(self, _number: int, _frame: object) -> None:
        self._stop_requests += 1

    def say(self, text: str, *, name: str = "server") -> None:
        """Write lines to standard output under a program's name."""
        for line in text.splitlines():
            self._write(name, line.encode())

    def _write(self, name: str, line: bytes) -> None:
        if self._muted:
            return
        try:
            sys.stdout.buffer.write(f"{name:<8} | ".encode() + line + b"\n")
            sys.stdout.buffer.flush()
        except OSError:  # nobody reads any more; the work goes on
            self._muted = True

    def start(self, child: Child) -> None:
        """Start a child and watch what it writes. Raises OSError or ServiceError when it can't be started."""
        if child not in self.children:
            self.children.append(child)
        child.start()
        self._selector.register(child.output, selectors.EVENT_READ, child)

    def pump(self, seconds: float) -> None:
        """
        Pass on what the children write and note deaths, until something happens or the time is over.

        Raises Stopped once after a signal asked to stop.
        """
        for key, _events in self._selector.select(seconds):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    self._wake_in.recv(4096)
            else:
                self._pass_on(key.data)
        for child in self.children:
            if child.has_ended():
                self._pass_on(child, final=True)
                child.bury()
        if self._stop_requests and not self._stopping:
            raise Stopped

    def _pass_on(self, child: Child, *, final: bool = False) -> None:
        for line in child.read_lines(final=final):
            self._write(child.name, line)
        if final or child.silent:
            with contextlib.suppress(KeyError):
                self._selector.unregister(child.output)

    def wait(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Pump until something holds; tell whether it came to hold in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            look_again = time.monotonic() + 0.1
            while (left := look_again - time.monotonic()) > 0:
                self.pump(left)
            if look_again > deadline:
                return False
        return True

    def run_to_end(self, *children: Child) -> list[str]:
        """Run programs that end by themselves, side by side; return the names of those that failed."""
        for child in children:
            self.start(child)
        while any(child.process for child in children):
            self.pump(0.5)
        for child in children:
            self.children.remove(child)
        return [f"{child.name} ({child.last_words})" for child in children if child.exit_code]

    def run(self, *, is_ready: Callable[[], bool], when_ready: Callable[[], None]) -> NoReturn:
        """Keep all children alive until a signal raises Stopped; call `when_ready` once, when they are."""
        announced = False
        while True:
            self.pump(0.5)
            for child in self.children:
                if child.process is None:
                    self._revive(child)
            if not announced and is_ready():
                announced = True
                when_ready()

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.due is None:
            pause = child.plan_restart()
            self.say(f"{child.name} ended ({child.last_words}); starting it again in {pause:g} s")
        elif child.due <= now:
            self.start(child)

    def stop(self, groups: Iterable[Iterable[str]]) -> None:
        """
        Stop the children group by group, each within its time, then by force.

        A second signal means: at once.
        """
        self._stopping = True
        self._stop_requests = 0
        named = [set(group) for group in groups]
        others = {child.name for child in self.children}.difference(*named)
        for group in [others, *named]:
            self._stop_together([child for child in self.children if child.name in group and child.process])

    def _stop_together(self, group: list[Child]) -> None:
        for child in group:
            if child.process is not None:
                child.process.send_signal(child.stop_signal)
        limit = max((child.stop_seconds for child in group), default=0)
        self.wait(lambda: self._stop_requests > 0 or not any(child.process for child in group), seconds=limit)
        for child in group:
            if child.process is not None:
                self.say(f"{child.name} didn't stop in time and is killed")
                processes.kill_group(child.process.pid)
                child.process.wait()
        self.pump(0)
