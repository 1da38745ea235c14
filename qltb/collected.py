"""Tells whether the collected static files are those of this checkout, without starting Django to find out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from qltb.services import REPOSITORY


def _fingerprint() -> str:
    # Libraries bring static files too: they change with the pins.
    state = hashlib.sha256((REPOSITORY / "requirements" / "base.txt").read_bytes())
    for path in sorted((REPOSITORY / "static").rglob("*")):
        details = path.stat()
        state.update(f"{path}:{details.st_size}:{details.st_mtime_ns}\n".encode())
    return state.hexdigest()


def is_current(static_root: Path) -> bool:
    """Tell whether nothing has changed since the files were collected there."""
    stamp = static_root / ".collected"
    return stamp.exists() and stamp.read_text() == _fingerprint()


def mark_current(static_root: Path) -> None:
    """Note that the files have just been collected."""
    (static_root / ".collected").write_text(_fingerprint())
