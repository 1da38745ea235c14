"""PDFs of dossiers: kept outside the web root under names that tell nothing, handed out only by `serve`.

A file and its row live and die together. The file is written first; if the transaction rolls back the file goes too,
and what a crash leaves behind is found by `remove_orphans`. A row never waits for its file.
"""

import hashlib
import io
import logging
import os
import re
import threading
import weakref
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pikepdf
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile, File
from django.db import connection, models, transaction
from django.http import FileResponse
from django.utils import timezone

from core.document_checks import CheckedPdf, check_pdf, clean_title
from core.downloads import attachment
from core.errors import DomainError
from core.models import Document, document_storage, random_name
from core.scope import ScopedQuerySet, elevated
from core.transitions import lock

if TYPE_CHECKING:
    from orgs.models import OrgUnit

logger = logging.getLogger("qltb.documents")
_CHUNK = 1 << 20
_STORED_NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{36}\.pdf")


@transaction.atomic
def attach(
    subject: models.Model,
    *,
    unit: "OrgUnit",
    kind: str,
    file: File,
    by: Any,
    field: str = "file",
    partner: "OrgUnit | None" = None,
) -> Document:
    """Keep a PDF that `by` uploaded for `subject`. The caller holds the right to write for `unit`; `partner` reads it.

    Raises DomainError (with `field`) if the content is no PDF that we keep; see `check_pdf`.
    """
    checked = check_pdf(file, max_bytes=settings.DOCUMENT_MAX_BYTES, field=field)
    file.seek(0)
    document = Document(
        subject=subject, unit=unit, partner=partner, kind=kind, title=clean_title(file.name), created_by=by
    )
    return _keep(document, file, checked)


@transaction.atomic
def issue(
    subject: models.Model,
    *,
    unit: "OrgUnit",
    kind: str,
    title: str,
    content: bytes,
    by: Any,
    reissue: bool = False,
    partner: "OrgUnit | None" = None,
) -> Document:
    """Freeze a form that the system printed. A form that was issued before is returned as it is, unless `reissue`.

    Two at once get the same one: the subject's row is locked, hence the caller must be allowed to write it.
    """
    lock(subject)
    if not reissue and (former := issued(subject, kind)):
        return former
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    checked = CheckedPdf(pages=pages, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    document = Document(
        subject=subject, unit=unit, partner=partner, kind=kind, title=clean_title(title), created_by=by, issued=True
    )
    return _keep(document, ContentFile(content), checked)


def issued(subject: models.Model, kind: str) -> Document | None:
    """The form of that kind issued last for `subject`, or None: ask before printing it again."""
    return documents_of(subject).filter(kind=kind, issued=True).order_by("-id").first()


@transaction.atomic
def remove(document: Document, *, by: Any) -> None:
    """Take an attached file away; the file itself goes when the transaction commits.

    Raises DomainError for a form that the system issued: it is part of the record.
    """
    if document.issued:
        raise DomainError(f"“{document.title}” là biểu mẫu đã phát hành nên không xóa được.", code="issued")
    name = str(document.file.name)
    logger.info("document removed", extra={"document": str(document.public_id), "user": by.pk if by else None})
    document.delete()
    transaction.on_commit(partial(document_storage().delete, name), robust=True)


def documents_of(subject: models.Model) -> ScopedQuerySet:
    """The documents of an object that came through a door, in the order in which they were added."""
    kind = ContentType.objects.get_for_model(subject)
    found = Document.objects.filter(subject_type=kind, subject_id=subject.pk).order_by("id")
    return cast("ScopedQuerySet", found).scoped()


def serve(document: Document) -> FileResponse:
    """The file, streamed, for saving and not for opening inside the site; the caller has checked who asks.

    Raises DomainError if the stored file is missing or not of the size it was.
    """
    storage, name = document_storage(), str(document.file.name)
    try:
        whole = storage.size(name) == document.size
    except OSError:
        whole = False
    if not whole:
        logger.error("stored document missing or changed", extra={"document": str(document.public_id)})
        raise DomainError(
            f"Tệp “{document.title}” trên máy chủ bị thiếu hoặc không còn nguyên vẹn. "
            "Hãy báo Trung tâm CNTT để khôi phục từ bản sao lưu.",
            code="document_damaged",
        )
    return attachment(storage.open(name), name=document.title, content_type="application/pdf")


def verify(document: Document) -> bool:
    """Whether the stored file is, bit for bit, the one that was kept. Reads it all, in pieces."""
    try:
        with document_storage().open(str(document.file.name)) as file:
            return _sha256(file) == document.sha256
    except OSError:
        return False


def remove_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete stored files that no row names: what a crash between writing and committing left. Returns how many.

    Younger files are left alone: their transaction may still be running. Files that don't bear a name of ours too.
    """
    root = Path(document_storage().location)
    before = (timezone.now() - older_than).timestamp()
    old = [
        str(path.relative_to(root))
        for path in root.glob("??/??/*.pdf")
        if _STORED_NAME.fullmatch(str(path.relative_to(root))) and path.stat().st_mtime < before
    ]
    return _delete_orphans(old)


def _delete_orphans(names: Iterable[str]) -> int:
    names = list(names)
    removed = 0
    for start in range(0, len(names), 1000):
        batch = names[start : start + 1000]
        with elevated("documents: which stored files belong to no row of any unit"):
            known = set(Document.objects.filter(file__in=batch).values_list("file", flat=True))
        for name in set(batch) - known:
            document_storage().delete(name)
            logger.info("document file without a row removed", extra={"file": name})
            removed += 1
    return removed


def _keep(document: Document, content: File, checked: CheckedPdf) -> Document:
    """Write the file, make sure that what lies on the disk is what was checked, then write the row."""
    storage = document_storage()
    name = storage.save(random_name(document, ""), content)
    transaction.on_commit(_Fate(name), robust=True)
    with storage.open(name) as stored:
        same = _sha256(stored) == checked.sha256
        os.fsync(stored.fileno())
    _settle(Path(storage.path(name)).parent)
    if not same:
        raise DomainError("Máy chủ chưa ghi được trọn vẹn tệp. Hãy thử tải lên lại.", field="file", code="not_stored")
    document.file = name
    document.sha256, document.size, document.pages = checked.sha256, checked.size, checked.pages
    document.save(force_insert=True)
    return document


def _sha256(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _settle(folder: Path) -> None:
    """Put the new directory entry on the disk too, or a power cut could keep the row and lose the file."""
    for place in (folder, folder.parent, folder.parent.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class _Fate:
    """Lies among the transaction's on-commit hooks: called after a commit, dropped by Django after a rollback.

    Being dropped isn't proof of a rollback (another hook may have failed, the answer to COMMIT may have got lost), so
    the file is removed only if the database, asked over a connection of its own, has no row that names it.
    """

    def __init__(self, name: str) -> None:
        self._dropped = weakref.finalize(self, _after_rollback, name)
        self._dropped.atexit = False

    def __call__(self) -> None:
        self._dropped.detach()


def _after_rollback(name: str) -> None:
    asking = threading.Thread(target=_remove_if_orphan, args=(name,), name="documents-after-rollback")
    asking.start()
    asking.join()


def _remove_if_orphan(name: str) -> None:
    try:
        _delete_orphans([name])
    except Exception:  # the sweep will find the file
        logger.exception("could not look after a file whose transaction ended", extra={"file": name})
    finally:
        connection.close()
