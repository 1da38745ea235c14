"""Starts the application for real, kills its parts and looks at what is left."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from qltb import processes
from qltb.services import REPOSITORY
from qltb.state import State, choose_port, port_is_free

LAUNCH = [sys.executable, "-m", "qltb.launch"]
GIVEN = {"DATABASE_URL", "DATABASE_ROLE", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
GIVEN |= {f"{name}_FILE" for name in GIVEN}


def environment(var, **more):
    kept = {name: value for name, value in os.environ.items() if name not in GIVEN}
    return kept | {"QLTB_VAR": str(var), "PYTHONPATH": str(REPOSITORY)} | more


def processes_of(var):
    """Every living process that belongs to a data folder: by its environment, command or working folder."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (folder / "cmdline").read_bytes().split(b"\0")
            marks = (folder / "environ").read_bytes().split(b"\0")
            here = str((folder / "cwd").readlink())
            belongs = (
                f"QLTB_VAR={var}".encode() in marks
                or any(word.startswith(str(var).encode()) for word in words)
                or here.startswith(str(var))
            )
            if belongs:  # a zombie has no working folder to read
                found[int(folder.name)] = b" ".join(words).decode(errors="replace")
    return found


USE_SERVERS = """
import gc, sys
from qltb import services
addresses = services.ensure(durable=False)
gc.collect()  # the right to run the servers must not go with the garbage
print(addresses, flush=True)
sys.stdin.read()
"""


class Installation:
    """One running launch on a data folder of its own."""

    def __init__(self, var, **more):
        var.mkdir(parents=True, exist_ok=True)
        self.var = var
        self.port = choose_port(0)
        self.log = var.parent / f"{var.name}.log"
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                LAUNCH,
                env=environment(var, PORT=str(self.port), DEMO="false", WORKER_CONCURRENCY="1", **more),
                cwd=REPOSITORY,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def ask(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def is_ready(self):
        return self.ask("/readyz")[0] == 200

    def wait_ready(self, seconds=90):
        ended = processes.wait_until(lambda: self.process.poll() is not None or self.is_ready(), seconds=seconds)
        assert ended, self.said()
        assert self.process.poll() is None, self.said()

    def said(self):
        return self.log.read_text(errors="replace")[-5000:]

    def pids(self, *words):
        return {pid for pid, command in processes_of(self.var).items() if all(word in command for word in words)}

    def ports(self):
        state = State.load(self.var)
        return [self.port, state.postgres_port, state.valkey_port]

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(40)


@pytest.fixture
def folder():
    """A folder that the database's user may pass through, as it may not through pytest's own."""
    with tempfile.TemporaryDirectory(prefix="qltb-services.") as name:
        yield Path(name)


@pytest.fixture
def start(folder):
    running = []

    def start(name, **more):
        # They share the collected static files, whose compression takes the longest.
        installation = Installation(folder / name, STATIC_ROOT=str(folder / "static"), **more)
        running.append(installation)
        return installation

    yield start
    for installation in running:
        if installation.process.poll() is None:
            installation.stop()
        for pid in processes_of(installation.var):
            os.kill(pid, signal.SIGKILL)


def assert_nothing_left(installation, seconds=0.0):
    gone = processes.wait_until(lambda: not processes_of(installation.var), seconds=seconds)
    assert gone, processes_of(installation.var)
    assert all(port_is_free(port) for port in installation.ports()), installation.ports()


def listening():
    """Return address (as the kernel writes it, in hexadecimal) and port of everything that listens."""
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    sockets = [line[1].split(":") for line in lines if line[3] == "0A"]
    return [(address, int(port, 16)) for address, port in sockets]


@pytest.mark.timeout(400)
def test_life_of_two_installations(start, folder):
    """One test, for a start costs seconds: side by side, refusals, kills, clean stop, crash, repair."""
    one = start("one")
    one.wait_ready()
    two = start("two")
    two.wait_ready()
    assert len({*one.ports(), *two.ports()}) == 6
    assert json.loads(one.ask("/readyz")[1])["migrations"] == "ok"

    assert_refused(one.var, port=choose_port(0), reason="running already")
    assert_refused(folder / "three", port=one.port, reason=f"Port {one.port} is taken")
    assert not processes_of(folder / "three")
    assert_private(one)
    assert one.stop(signal.SIGTERM) == 0, one.said()
    assert_nothing_left(one)

    for words in (
        ["gunicorn"],
        ["celery", "--queues=celery"],
        ["celery", "--queues=jobs"],
        ["celery", "beat"],
        ["bin/postgres", "-D"],
        ["valkey-server"],
    ):
        assert_comes_back(two, *words)
    web_worker = max(two.pids("gunicorn"))
    os.kill(web_worker, signal.SIGKILL)
    assert processes.wait_until(lambda: web_worker not in two.pids("gunicorn") and two.is_ready(), seconds=30)

    two.process.kill()
    two.process.wait()
    assert_nothing_left(two, seconds=60)  # a web worker may finish what it is at first
    # The pid file of the killed database now names a living process that has nothing to do with it.
    (two.var / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    again = start("two")
    again.wait_ready()
    assert again.stop(signal.SIGINT) == 0, again.said()
    assert_nothing_left(again)


def assert_refused(var, *, port, reason):
    """A start that must not happen says why and leaves what runs alone."""
    env = environment(var, PORT=str(port))
    done = subprocess.run(LAUNCH, env=env, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert reason in done.stdout


def assert_private(installation):
    """Only this machine reaches the servers, and only with the password, which nobody else may read."""
    state = State.load(installation.var)
    for secret in ("services.json", "secret_key", "valkey/valkey.conf"):
        assert (installation.var / secret).stat().st_mode & 0o077 == 0, secret
    assert [address for address, port in listening() if port in installation.ports()] == ["0100007F"] * 3
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://qltb:wrong@127.0.0.1:{state.postgres_port}/qltb")


def assert_comes_back(installation, *words):
    before = installation.pids(*words)
    assert before, words
    os.kill(min(before), signal.SIGKILL)
    came_back = processes.wait_until(
        lambda: installation.pids(*words) - before and installation.is_ready(), seconds=40, every=0.2
    )
    assert came_back, (words, installation.said())


def test_commands_and_tests_share_the_servers_of_a_folder(folder):
    """The first process runs them, the second uses them, and they end with the first."""
    command = [sys.executable, "-c", USE_SERVERS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment(folder), **pipes) as first:
        said = first.stdout.readline()
        second = subprocess.run(
            command, env=environment(folder), input="", capture_output=True, text=True, timeout=30, check=True
        )
        assert second.stdout == said
        assert processes_of(folder)
        first.stdin.close()
        assert first.wait(20) == 0
    assert not processes_of(folder)


def test_throwaway_servers_are_gone_after_a_failure(folder):
    show = "import os, sys; print(os.environ['QLTB_VAR'], os.environ['DATABASE_URL']); sys.exit(7)"
    done = subprocess.run(
        [sys.executable, "-m", "qltb.throwaway", sys.executable, "-c", show],
        env=environment(folder),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    folder, url = done.stdout.split()
    assert not Path(folder).exists()
    assert not processes_of(folder)
    assert port_is_free(int(url.rpartition(":")[2].split("/")[0]))


def test_a_remembered_port_is_left_when_another_program_has_it():
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        assert choose_port(taken) != taken
    assert choose_port(taken) == taken
