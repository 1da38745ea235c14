"""What a backup consists of, and how it is known to be whole."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from qltb.postgres import programs

FORMAT = 1
DATABASE, DOCUMENTS, MANIFEST = "database.dump", "documents.tar", "manifest.json"
_PIECE = 1 << 20

# What the books say, in one digest: by unit, category and year, so that no two faults can hide each other.
BOOKS = """
SELECT encode(sha256(convert_to(COALESCE(string_agg(line, E'\\n' ORDER BY line), ''), 'UTF8')), 'hex') FROM (
  SELECT concat_ws(' ', u.code, c.code, extract(year FROM l.effective_date), l.kind, count(*), sum(l.quantity),
                   sum(l.value)) AS line
  FROM equipment_ledgerentry l JOIN orgs_orgunit u ON u.id = l.unit_id JOIN equipment_category c ON c.id = l.category_id
  GROUP BY u.code, c.code, extract(year FROM l.effective_date), l.kind) AS books
"""


class KeepingError(Exception):
    """A backup can't be made, trusted or restored; the message says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `files` maps each name to its size in bytes and its SHA-256."""

    made_at: str
    version: str
    postgresql: str
    tables: Mapping[str, int]
    books: str
    documents: int
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Store it in the folder of the backup."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2, sort_keys=True) + "\n")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a backup; raises KeepingError when there is none that this version reads."""
        try:
            stored = json.loads((folder / MANIFEST).read_text())
        except (OSError, ValueError) as error:
            message = f"{folder} holds no finished backup: {MANIFEST} is missing or damaged."
            raise KeepingError(message) from error
        if stored.get("format") != FORMAT:
            message = f"{folder} was made in format {stored.get('format')}; this version reads format {FORMAT}."
            raise KeepingError(message)
        return cls(**stored)


def described(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return {"size": path.stat().st_size, "sha256": digest.hexdigest()}


def check_files(folder: Path, manifest: Manifest) -> None:
    """Refuse (KeepingError) a backup of which a file is missing or not what it was."""
    for name, told in manifest.files.items():
        path = folder / name
        if not path.is_file():
            message = f"{path} is missing: this backup can't be restored, take another one."
            raise KeepingError(message)
        if described(path) != dict(told):
            message = f"{path} isn't what was written when the backup was made: take another copy or another backup."
            raise KeepingError(message)


def table_counts() -> dict[str, int]:
    """How many rows each table has, by its name. Sessions are left out: they end with a restore."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - {"django_session"})
        counts = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - a name that the database gave
            counts[name] = cursor.fetchone()[0]
    return counts


def books() -> str:
    """The digest of the books."""
    with connection.cursor() as cursor:
        cursor.execute(BOOKS)
        return str(cursor.fetchone()[0])


def run_client(program: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore on the application's database; the password is told by the environment alone."""
    options = connection.settings_dict
    env = {
        "PGHOST": options["HOST"] or "127.0.0.1",
        "PGPORT": str(options["PORT"] or 5432),
        "PGUSER": options["USER"],
        "PGPASSWORD": options["PASSWORD"],
        "PGSSLMODE": options["OPTIONS"].get("sslmode", "prefer"),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(  # noqa: S603 - the package's own programs
        [str(programs() / program), *arguments, f"--dbname={options['NAME']}"],
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        message = f"{program} failed: {done.stderr.strip()[-2000:]}"
        raise KeepingError(message)
