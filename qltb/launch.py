"""What script/server runs: servers where none are named, preparation, then web, worker and scheduler."""

from __future__ import annotations

import http.client
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qltb import collected
from qltb.children import PYTHON, Child, application
from qltb.services import START_SECONDS, STOP_SECONDS, Valkey, data_folder, is_set, missing_servers
from qltb.state import FolderLock, ServiceError, State, port_is_free, secret_key
from qltb.supervisor import Stopped, Supervisor

if TYPE_CHECKING:
    from qltb.postgres import Postgres

STOP_ORDER: Final = (("database", "static", "beat"), ("web", "worker", "jobs"), ("valkey",), ("postgres",))
DEMO_PASSWORD: Final = "qltb-demo-2026"  # noqa: S105 - public by design, for demo data only
DEMO_ACCOUNTS: Final = {
    "admin1": "quản trị cấp 1, Trung tâm CNTT",
    "ttcntt": "tra cứu toàn quốc, Trung tâm CNTT",
    "vanphong": "nghiệp vụ, Văn phòng BHXH Việt Nam",
    "admin2.hanoi": "quản trị cấp 2, BHXH Hà Nội",
    "nghiepvu.hanoi": "nghiệp vụ, BHXH Hà Nội",
    "tracuu.hanoi": "tra cứu, BHXH Hà Nội",
    "nghiepvu.badinh": "nghiệp vụ, BHXH quận Ba Đình",
    "tracuu.badinh": "tra cứu, BHXH quận Ba Đình",
    "nghiepvu.hoankiem": "nghiệp vụ, BHXH quận Hoàn Kiếm",
    "admin2.danang": "quản trị cấp 2, BHXH Đà Nẵng",
    "nghiepvu.danang": "nghiệp vụ, BHXH Đà Nẵng",
}


class Launch:
    """One run of the application on one data folder."""

    def __init__(self, var: Path) -> None:
        """Read host and port from the environment."""
        self.var = var
        self.host = os.environ.get("BIND", "127.0.0.1")
        self.port = _port(os.environ.get("PORT") or "8000")
        self.embedded = not is_set("DATABASE_URL")
        self.supervisor = Supervisor()
        self.env = os.environ | {
            "QLTB_VAR": str(var),
            "PORT": str(self.port),
            "BIND": self.host,
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "qltb.settings",
        }
        if not is_set("SECRET_KEY"):
            self.env["SECRET_KEY_FILE"] = str(secret_key(var))
        if self.embedded:
            # A trial on one's own machine: plain HTTP and invented data, unless told otherwise.
            self.env.setdefault("DEMO", "true")
            self.env.setdefault("HTTPS", "false")

    @property
    def demo(self) -> bool:
        """Tell whether this run shows invented data."""
        return self.env.get("DEMO", "").lower() in {"1", "true", "yes", "on"}

    def run(self) -> int:
        """Run until told to stop; return the exit code."""
        lock = FolderLock(self.var)
        if not lock.take():
            self.supervisor.say(f"{self.var} is in use: QLTB is running already ({lock.holder()}).")
            return 1
        if not port_is_free(self.port, host=self.host):
            self.supervisor.say(f"Port {self.port} is taken. Choose another: PORT={self.port + 1} script/server")
            return 1
        try:
            self._start()
            self.supervisor.run(is_ready=self._is_ready, when_ready=self._announce)
        except Stopped:
            self.supervisor.say("stopping")
            return 0
        except (ServiceError, OSError) as error:
            self.supervisor.say(str(error))
            return 1
        finally:
            self.supervisor.stop(STOP_ORDER)
            self.supervisor.say("stopped")
            lock.release()

    def _start(self) -> None:
        for server in missing_servers(self.var, State.load(self.var), durable=True):
            self._serve(server)
            self.env[server.setting] = server.address
        owner = self.env | {"DATABASE_ROLE": ""}
        stale = not collected.is_current(Path(self.env.get("STATIC_ROOT") or self.var / "static"))
        parts = ["database", "static"] if stale else ["database"]
        steps = [Child(name=part, argv=[PYTHON, "-m", "qltb.prepare", part], env=owner) for part in parts]
        if failed := self.supervisor.run_to_end(*steps):
            message = f"The preparation failed: {', '.join(failed)}; the reason is above."
            raise ServiceError(message)
        for child in application(self.env, self.var):
            self.supervisor.start(child)

    def _serve(self, server: Postgres | Valkey) -> None:
        server.prepare()
        server.state.save(self.var)
        child = Child(
            name=server.name,
            argv=server.argv,
            env=server.env,
            user=server.user,
            stop_signal=server.stop_signal,
            death_signal=server.stop_signal,
            stop_seconds=STOP_SECONDS,
            before_restart=server.repair,
        )
        self.supervisor.start(child)
        came_up = self.supervisor.wait(lambda: child.process is None or server.is_up(), seconds=START_SECONDS)
        if not came_up or child.process is None:
            message = f"The embedded {server.name} didn't start; its reason is above."
            raise ServiceError(message)
        server.finish()

    def _is_ready(self) -> bool:
        """Ask the application itself, as a load balancer would."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        connection = http.client.HTTPConnection(host, self.port, timeout=1)
        try:
            known = self.env.get("ALLOWED_HOSTS", "").split(",")[0].strip(" *.")
            connection.request("GET", "/readyz", headers={"Host": known or "localhost"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _announce(self) -> None:
        shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        self.supervisor.say(f"QLTB is ready: http://{shown}:{self.port}/   (Ctrl-C stops it)")
        if self.demo:
            self.supervisor.say(f"Demo accounts, all with the password {DEMO_PASSWORD}")
            for name, role in DEMO_ACCOUNTS.items():
                self.supervisor.say(f"  {name:<18} {role}")
            if (keys := self.var / "chu-ky-minh-hoa").is_dir():
                self.supervisor.say(f"Key files to try signing with in this folder's demo data, same password: {keys}")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:  # noqa: PLR2004 - the range of ports
        message = f"PORT={text} is no port number."
        raise ServiceError(message)
    return int(text)


def main() -> int | str:
    """Run the application of this checkout's data folder; return the exit code, or what is wrong."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    try:
        return Launch(data_folder()).run()
    except (ServiceError, OSError) as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(main())
