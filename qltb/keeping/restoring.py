"""Brings a backup into an empty database and an empty folder of documents, and compares the two with it."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from core import walls
from core.documents import verify
from core.models import Document
from qltb.keeping.parts import DATABASE, DOCUMENTS, KeepingError, Manifest, books, check_files, run_client, table_counts


def restore_backup(folder: Path) -> Manifest:
    """Restore everything, or nothing of the database. Raises KeepingError.

    Checked before: every file of the backup, that the database is empty and that no document lies in the folder.
    Checked after, still before migrating: each table's rows, the digest of the books, every document bit by bit.
    """
    manifest = Manifest.read(folder)
    check_files(folder, manifest)
    _require_empty()
    with connection.cursor() as cursor:
        cursor.execute(walls.MAKE_ROLE)
    _restore_documents(folder / DOCUMENTS)
    run_client("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(folder / DATABASE))
    compare(manifest)
    call_command("migrate", interactive=False, verbosity=0)
    if gaps := walls.missing():
        raise KeepingError("Row-level security isn't whole after the restore:\n" + "\n".join(gaps))
    return manifest


def _require_empty() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if tables:
        message = (
            f"The database {connection.settings_dict['NAME']} isn't empty ({len(tables)} tables). Nothing was changed. "
            "Restore into a new, empty database, or with a new QLTB_VAR."
        )
        raise KeepingError(message)
    root = Path(settings.DOCUMENTS_ROOT)
    if root.is_dir() and any(path.is_file() for path in root.rglob("*")):
        message = f"{root} already holds documents. Nothing was changed. Choose another DOCUMENTS_ROOT or empty it."
        raise KeepingError(message)


def _restore_documents(archive: Path) -> None:
    """Unpack beside the final place first: a broken archive leaves nothing half there."""
    root = Path(settings.DOCUMENTS_ROOT)
    fresh = root.with_name(f"{root.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(fresh, filter="data")
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in fresh.iterdir():
            shutil.move(str(path), root / path.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def compare(manifest: Manifest) -> None:
    """Refuse (KeepingError) a database or documents that aren't what the backup says."""
    found = table_counts()
    wrong = [
        f"{name}: {manifest.tables.get(name, 0)} rows were kept, {found.get(name, 0)} are there"
        for name in sorted({*found, *manifest.tables})
        if manifest.tables.get(name, 0) != found.get(name, 0)
    ]
    if books() != manifest.books:
        wrong.append("the books don't say what they said when the backup was made")
    wrong += [
        f"document {document.public_id}: its file is missing or not what was kept"
        for document in Document.objects.order_by("pk").iterator()
        if not verify(document)
    ]
    if wrong:
        raise KeepingError("The restored data differs from the backup:\n" + "\n".join(wrong[:50]))
