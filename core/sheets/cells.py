"""What a cell may hold, and how a row is written into the normalised copy."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any


@dataclass(frozen=True)
class CellError:
    """A formula that failed: `code` is what the spreadsheet shows, such as "#REF!"."""

    code: str

    def __str__(self) -> str:
        return self.code


Cell = None | str | int | float | bool | date | datetime | CellError

ERRORS = frozenset(
    {
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
        "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!",
    }
)  # fmt: skip
_LIBRE_ERROR = re.compile(r"Err:\d{3}")
_LOST = "\ufffd"
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML 1.0 has no sign for
_EXACT = 1 << 53  # whole numbers beyond it are rounded in a file's floating point


def tidy(value: Any) -> Cell:
    """A value of a file as one of the kinds of Cell: 12.0 is 12, an empty text is nothing, times of day are text.

    Signs that are no text become U+FFFD, which forms refuse by name; everything else in a text stays as it is.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return _whole_second(value)
    if isinstance(value, timedelta):
        return clock(value)
    return value.isoformat() if isinstance(value, time) else value


def _text(value: str) -> Cell:
    if not value:
        return None
    if value[0] in "#E" and (value in ERRORS or _LIBRE_ERROR.fullmatch(value)):
        return CellError(value)
    return _NO_TEXT.sub(_LOST, value)


def _number(value: float) -> Cell:
    if value.is_integer() and abs(value) <= _EXACT:
        return int(value)
    return value if math.isfinite(value) else CellError("#NUM!")


def clock(value: timedelta) -> str:
    """Hours, minutes and seconds: "36:00:00"."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _whole_second(value: datetime) -> datetime:
    """Serial numbers carry parts of seconds that nobody typed."""
    if not value.microsecond:
        return value
    rounded = value.replace(microsecond=0)
    return rounded + timedelta(seconds=1) if value.microsecond >= 500_000 and rounded.year < 9999 else rounded  # noqa: PLR2004 - half a second, the last year


def row_line(cells: Sequence[Cell]) -> str:
    """One line of the copy."""
    return json.dumps(cells, default=_typed, ensure_ascii=False, separators=(",", ":"))


def _typed(value: Any) -> dict[str, str]:
    if isinstance(value, CellError):
        return {"e": value.code}
    return {"t" if isinstance(value, datetime) else "d": value.isoformat()}


def _untyped(value: dict[str, str]) -> Any:
    if "e" in value:
        return CellError(value["e"])
    return datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])


def row_of(line: bytes) -> list[Cell]:
    """The cells of a line of the copy."""
    cells: list[Cell] = json.loads(line, object_hook=_untyped)
    return cells
