"""A backup: the database as of one moment, and every document that it names."""

from __future__ import annotations

import os
import shutil
import tarfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from qltb.keeping.parts import (
    DATABASE,
    DOCUMENTS,
    KeepingError,
    Manifest,
    books,
    described,
    run_client,
    table_counts,
)

PREFIX = "qltb-"


def make_backup(target: Path, *, keep: int = 0) -> Path:
    """Write a backup into a new folder of `target` and return it; with `keep` older ones beyond that many go.

    The folder gets its name when everything in it is written, so that what has the name is whole. Documents are written
    before their rows and go after them: what lies there before the dump, and what came while it was made, holds
    every file that the dump names. Raises KeepingError.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.localtime()
    partial = target / f".{PREFIX}{now:%Y%m%d-%H%M%S}.partial"
    partial.mkdir(mode=0o700)
    try:
        _write(partial, now)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    finished = target / f"{PREFIX}{now:%Y%m%d-%H%M%S}"
    _settle(partial)
    partial.rename(finished)
    _settle(target)
    if keep:
        remove_older(target, keep=keep)
    return finished


def _write(folder: Path, now: datetime) -> None:
    root = Path(settings.DOCUMENTS_ROOT)
    with tarfile.open(folder / DOCUMENTS, "w") as tar:
        taken = _take(tar, root, frozenset())
        manifest = _dump(folder, now)
        taken |= _take(tar, root, taken)
    (folder / DOCUMENTS).chmod(0o600)
    files = {name: described(folder / name) for name in (DATABASE, DOCUMENTS)}
    replace(manifest, documents=len(taken), files=files).write(folder)
    (folder / "SHA256SUMS").write_text("".join(f"{told['sha256']}  {name}\n" for name, told in files.items()))


def _dump(folder: Path, now: datetime) -> Manifest:
    """The dump and what is counted are of one and the same moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
            snapshot, version = cursor.fetchone()
        run_client(
            "pg_dump",
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--file={folder / DATABASE}",
            "--exclude-table-data=django_session",
        )
        (folder / DATABASE).chmod(0o600)
        return Manifest(now.isoformat(), settings.VERSION, version, table_counts(), books(), 0)


def _take(tar: tarfile.TarFile, root: Path, taken: frozenset[str] | set[str]) -> set[str]:
    """Add what isn't in the archive yet; what goes away in between is of a transaction that took it back."""
    found: set[str] = set()
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        name = str(path.relative_to(root))
        if name in taken or path.is_symlink() or not path.is_file():
            continue
        try:
            tar.add(path, arcname=name, recursive=False)
        except FileNotFoundError:
            continue
        found.add(name)
    return found


def _settle(folder: Path) -> None:
    """Have the disk hold what was written: a backup that a power cut empties is none."""
    for path in (*(p for p in folder.iterdir() if p.is_file()), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def finished_backups(target: Path) -> list[Path]:
    """The finished backups of a folder, the latest first."""
    return sorted((path for path in target.glob(f"{PREFIX}*") if path.is_dir()), reverse=True)


def remove_older(target: Path, *, keep: int) -> list[Path]:
    """Delete all but the latest `keep` finished backups; returns what went. Nothing else in the folder is touched."""
    if keep < 1:
        message = "At least one backup has to be kept."
        raise KeepingError(message)
    old = finished_backups(target)[keep:]
    for path in old:
        shutil.rmtree(path)
    return old
