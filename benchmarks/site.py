"""The system that is measured: its database, its servers, and a browser to ask it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psycopg

from qltb.state import State, secret_key

REPOSITORY = Path(__file__).resolve().parent.parent
PASSWORD = "qltb-demo-2026"  # noqa: S105 - the demonstration's
READY_SECONDS = 180
LOADED = "SELECT payload->>'devices' FROM core_event WHERE kind = 'demo.loaded'"


def say(text: str) -> None:
    """A line of the report."""
    print(text, flush=True)  # noqa: T201 - a report


def manage(folder: Path, *command: str) -> None:
    """One management command on the folder's database."""
    env = os.environ | {"QLTB_VAR": str(folder), "DEMO": "true"}
    subprocess.run([sys.executable, "manage.py", *command], cwd=REPOSITORY, env=env, check=True)  # noqa: S603 - ours


def build(folder: Path, devices: int) -> None:
    """A database of so many devices; one that stands is used again."""
    mark = folder / f"benchmark-{devices}"
    folder.mkdir(parents=True, exist_ok=True)
    manage(folder, "migrate", "-v0")
    if mark.exists():
        return
    for command in ("load_units", "load_catalogue", "load_titles", "load_calendar"):
        manage(folder, command)
    manage(folder, "load_demo", "--devices", str(devices))
    mark.touch()


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Everything that `script/server` runs, on a free port; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"QLTB_VAR": str(folder), "PORT": str(port), "DEMO": "true", "HTTPS": "false"}
    log = folder / "benchmark.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "qltb.launch"], cwd=REPOSITORY, env=env, stdout=out, stderr=out
        )
        try:
            ends = time.monotonic() + READY_SECONDS
            while b"QLTB is ready" not in log.read_bytes():
                if server.poll() is not None or time.monotonic() > ends:
                    raise SystemExit(f"The server didn't start; see {log}")
                time.sleep(0.3)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def settle(folder: Path) -> dict[str, str]:
    """The environment in which Django of this process works on the folder's servers, as the owner of the tables."""
    state = State.load(folder)
    return {
        "QLTB_VAR": str(folder),
        "SECRET_KEY_FILE": str(secret_key(folder)),
        "DATABASE_URL": state.database_url,
        "REDIS_URL": state.redis_url,
        "DATABASE_ROLE": "",
        "DEMO": "true",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "qltb.settings",
    }


def owner(folder: Path) -> psycopg.Connection:
    """A bare connection as the tables' owner, for the floor."""
    return psycopg.connect(State.load(folder).database_url, autocommit=True, options="-c jit=off")


class Browser:
    """One connection with its cookies."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80)
        self.origin = address.rstrip("/")
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """Status and body of one request; cookies are kept, redirects are not followed."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Referer": self.origin + path}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):  # idle for longer than the server keeps it
            self.connection.close()
            self.connection.request(method, path, body or None, headers)
            answer = self.connection.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.read()

    def log_in(self, username: str) -> None:
        """Through the form, as a person would."""
        self.ask("GET", "/dang-nhap/")
        token = self.cookies["qltb_csrf"]
        form = {"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        status, _ = self.ask("POST", "/dang-nhap/", urlencode(form))
        if status != http.client.FOUND:
            raise SystemExit(f"{username} can't log in ({status}): is this a server with demonstration data?")


def memory(folder: Path) -> dict[str, int]:
    """Resident megabytes of the largest process of each kind that serves `folder`."""
    kinds = {"gunicorn": "web", "--queues=jobs": "jobs", "--queues=celery": "worker"}
    found: dict[str, int] = {}
    wanted = f"QLTB_VAR={folder}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if wanted not in (process / "environ").read_bytes().split(b"\0"):
                continue
            status = (process / "status").read_text()
        except OSError:
            continue
        resident = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0) // 1024
        for sign, kind in kinds.items():
            if sign in command:
                found[kind] = max(found.get(kind, 0), resident)
    return found
