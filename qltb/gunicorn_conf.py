"""How gunicorn serves the application; every figure can be set in the environment (docs/operations.md)."""

from __future__ import annotations

import gc
import importlib
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # gunicorn comes without types

from qltb.logs import without_secrets

if TYPE_CHECKING:
    from datetime import timedelta

QUIET_PATHS = frozenset({"/healthz", "/readyz"})


class AccessLog(Logger):
    """Access log as JSON lines, without query strings, addresses, agents or referrers: no personal data."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Write one line a request; health checks only when they fail."""
        status = int(str(resp.status).split(maxsplit=1)[0])
        if not self.cfg.accesslog or (req.path in QUIET_PATHS and status < 400):  # noqa: PLR2004 - HTTP errors start there
            return
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "logger": "access",
            "method": environ["REQUEST_METHOD"],
            "path": without_secrets(req.path),
            "status": status,
            "bytes": getattr(resp, "sent", None),
            "ms": round(request_time.total_seconds() * 1000),
        }
        self.access_log.info(json.dumps(line, ensure_ascii=False))


def when_ready(_server: Any) -> None:
    """
    Load what every request needs before the workers are forked, and keep it out of garbage collections.

    Without it each worker walks the whole application at every full collection, and copies its pages.
    """
    importlib.import_module("qltb.urls")
    from django.template.loader import get_template  # noqa: PLC0415 - needs the application, loaded just before

    get_template("base.html")
    gc.collect()
    gc.freeze()


bind = [f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"]
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
max_requests = 5000
max_requests_jitter = 1000
timeout = 60
graceful_timeout = 30
keepalive = 5
# The heartbeat files must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 - memory, as gunicorn advises
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
# No remote control: it would want a socket in the home folder, shared by all checkouts.
control_socket_disable = True
accesslog = errorlog = "-"
logger_class = AccessLog
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "qltb.logs.JsonFormatter"}, "as_is": {"format": "%(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"},
        "requests": {"class": "logging.StreamHandler", "formatter": "as_is", "stream": "ext://sys.stdout"},
    },
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
        "gunicorn.access": {"level": "INFO", "handlers": ["requests"], "propagate": False},
    },
}
# Large uploads arrive in the body; a header section is never large.
limit_request_line = 8190
