"""Logs as one JSON object a line, without personal data: what code gives in `extra`, never request bodies."""

import json
import logging
import re
from datetime import UTC, datetime

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}
# PostgreSQL repeats the values of the row it refused; they may run over several lines.
_ROW = re.compile(r"^DETAIL:.*?(?=^(?:HINT|CONTEXT):|^\s*$|^Traceback |\Z)", re.MULTILINE | re.DOTALL)

# The secret part of these addresses opens them to whoever knows it: a person's calendar, a paper to be signed.
_SECRET = re.compile(r"(?:(?<=/lich-han/)|(?<=/ky-so/ngoai/tep/))[^/\s\"]+")


def without_secrets(text: str) -> str:
    """A line of a log with what nobody may read in it left out."""
    return _SECRET.sub("…", text)


class JsonFormatter(logging.Formatter):
    """For every handler in every process."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {k: v for k, v in vars(record).items() if k not in _STANDARD and not k.startswith("_")}
        if record.exc_info:
            line["exception"] = _ROW.sub("DETAIL:  (left out)\n", self.formatException(record.exc_info))
        return without_secrets(json.dumps(line, ensure_ascii=False, default=str))
