"""An uploaded spreadsheet, read in a process of its own."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, BinaryIO

from core.sheets.book import Book, read_head
from core.sheets.limits import MAX_BYTES, MEGABYTE, WALL_SECONDS
from core.sheets.refusals import sheet_error

logger = logging.getLogger("qltb.sheets")
_ROOT = Path(__file__).resolve().parents[2]
_STARVED = frozenset({-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT, -signal.SIGXFSZ})


def read(file: BinaryIO, name: str) -> Book:
    """The book that `file` holds; `name` is what its owner calls it, for the messages.

    Raises SheetError within seconds for what is no list, and within WALL_SECONDS whatever it is.
    """
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[-100:] or "chưa đặt tên"
    with tempfile.TemporaryFile() as kept, tempfile.TemporaryFile() as copy:
        _keep(file, kept, name)
        _run(kept, copy, name)
        try:
            head = read_head(copy)
        except (EOFError, ValueError, OSError) as fault:
            raise sheet_error("damaged", name=name) from fault
        if code := head.get("refused"):
            raise sheet_error(code, name=name, **head["named"])
        return Book(copy)


def _keep(file: BinaryIO, kept: IO[bytes], name: str) -> None:
    """A real file with the upload's bytes, as far as they are allowed."""
    file.seek(0)
    size = 0
    while piece := file.read(MEGABYTE):
        size += len(piece)
        if size > MAX_BYTES:
            raise sheet_error("too_big", name=name)
        kept.write(piece)
    if not size:
        raise sheet_error("empty", name=name)
    kept.flush()
    kept.seek(0)


def _run(kept: IO[bytes], copy: IO[bytes], name: str) -> None:
    """Let the child read. What it dies of counts as the file's fault, except that the clock runs out."""
    passed_on = {key: os.environ[key] for key in ("LD_LIBRARY_PATH", "TMPDIR") if key in os.environ}
    try:
        run = subprocess.run(
            [sys.executable, "-s", "-m", "core.sheets.child"],
            stdin=kept,
            stdout=copy,
            stderr=subprocess.PIPE,
            timeout=WALL_SECONDS,
            check=False,
            cwd=_ROOT,
            env={"LANG": "C.UTF-8", **passed_on},
        )
    except subprocess.TimeoutExpired as fault:
        logger.warning("no time to read a spreadsheet")
        raise sheet_error("busy", name=name) from fault
    if not run.returncode:
        return
    starved = run.returncode in _STARVED or b"MemoryError" in run.stderr
    logger.warning("the reader of spreadsheets ended with %s: %s", run.returncode, run.stderr[-500:].decode("latin-1"))
    raise sheet_error("too_complex" if starved else "damaged", name=name)
