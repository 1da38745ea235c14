"""What a data folder remembers about its embedded servers: ports, passwords, and who runs them."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
import sys
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO

# Below the range from which Linux takes the ports of outgoing connections (32768 and up): a remembered port
# must not be taken by a passing connection while the servers are down.
PORTS = range(20000, 32000)


class ServiceError(Exception):
    """An embedded server can't do its work; the message says what to do."""


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass
class State:
    """Ports and passwords of one data folder, kept in `services.json`, which only its owner may read."""

    postgres_port: int = 0
    valkey_port: int = 0
    superuser_password: str = field(default_factory=_password)
    postgres_password: str = field(default_factory=_password)
    valkey_password: str = field(default_factory=_password)

    @classmethod
    def load(cls, var: Path) -> State:
        """Read what the folder remembers; make new passwords for a new folder."""
        try:
            known = json.loads((var / "services.json").read_text())
        except FileNotFoundError:
            return cls()
        except ValueError as error:
            message = f"{var / 'services.json'} is damaged ({error}). Put it back from a backup."
            raise ServiceError(message) from error
        return cls(**{item.name: known[item.name] for item in fields(cls) if item.name in known})

    def save(self, var: Path) -> None:
        """Write the state so that a crash leaves either the former or the new one."""
        write_private(var / "services.json", json.dumps(asdict(self), indent=2) + "\n")

    @property
    def database_url(self) -> str:
        """Where the application finds its database."""
        return f"postgresql://qltb:{self.postgres_password}@127.0.0.1:{self.postgres_port}/qltb"

    @property
    def superuser_dsn(self) -> str:
        """Where the roles and the database are made; never given to the application."""
        return f"postgresql://postgres:{self.superuser_password}@127.0.0.1:{self.postgres_port}/postgres"

    @property
    def redis_url(self) -> str:
        """Where the application finds its broker and cache."""
        return f"redis://:{self.valkey_password}@127.0.0.1:{self.valkey_port}/0"


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only its owner may read it."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:  # noqa: PTH123 - a descriptor
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def secret_key(var: Path) -> Path:
    """Return the file with the signing key of this installation, made on first use."""
    path = var / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path


def port_is_free(port: int, *, host: str = "127.0.0.1") -> bool:
    """Tell whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(remembered: int, *, other: int = 0) -> int:
    """Return the remembered port, or another when somebody else has taken it."""
    if remembered and port_is_free(remembered):
        return remembered
    for _ in range(1000):
        port = secrets.choice(PORTS)
        if port != other and port_is_free(port):
            return port
    message = f"No free port between {PORTS.start} and {PORTS.stop} on 127.0.0.1."
    raise ServiceError(message)


class FolderLock:
    """The right to run the servers of a data folder: held by one living process, freed by the kernel."""

    def __init__(self, var: Path) -> None:
        """Name the lock of a data folder, without taking it."""
        self.path = var / "services.lock"
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Take the lock; False when another process has it."""
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(f"process {os.getpid()}: {' '.join(Path(arg).name for arg in sys.argv[:2])}\n")
        file.flush()
        self._file = file
        return True

    def holder(self) -> str:
        """Say which process holds the lock, for a message to a person."""
        return self.path.read_text().strip() or "another process"

    def release(self) -> None:
        """Let another process run the servers."""
        if self._file is not None:
            self._file.close()
            self._file = None
