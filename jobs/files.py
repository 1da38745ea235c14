"""Files of jobs: uploads that a job reads, results that it gives. They go away with their job."""

import mimetypes
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.http import FileResponse
from django.utils import timezone

from core.downloads import attachment
from core.errors import DomainError
from core.scope import elevated
from jobs.models import Job, JobFile, job_storage, random_name

TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
}


def keep(job: Job, *, name: str, content: IO[bytes], purpose: str, label: str = "", shown: bool = True) -> JobFile:
    """Store what `content` holds from its present place on, for the owner of `job`.

    Files that are not `shown` are the job's own business and are not offered for saving. A file whose transaction
    rolls back is left without a row; `remove_orphans` finds it.
    """
    stored = JobFile(job=job, unit_id=job.unit_id, owner_id=job.owner_id, purpose=purpose, label=label, name=name)
    stored.label = label or name if shown else ""
    storage = job_storage()
    stored.file = storage.save(random_name(stored, ""), File(content))
    stored.size = storage.size(str(stored.file))
    stored.save(force_insert=True)
    return stored


def open_file(job: Job, purpose: str) -> IO[bytes]:
    """The newest file of that purpose, to be read; raises DomainError when it is gone."""
    found = job.files.filter(purpose=purpose).order_by("-id").first()
    try:
        if found is not None:
            return job_storage().open(str(found.file))
    except FileNotFoundError:
        pass
    raise DomainError("Tệp đã hết thời gian lưu trên máy chủ. Hãy tải tệp lên lại.", code="expired")


def serve(stored: JobFile) -> FileResponse:
    """The file, for saving; raises DomainError when it is gone."""
    try:
        content = job_storage().open(str(stored.file))
    except FileNotFoundError:
        raise DomainError("Tệp đã hết thời gian lưu trên máy chủ. Hãy làm lại từ đầu.", code="expired") from None
    kind = TYPES.get(Path(stored.name).suffix.lower()) or mimetypes.guess_type(stored.name)[0]
    return attachment(content, name=stored.name, content_type=kind or "application/octet-stream")


def remove_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete stored files that no row names and that no running transaction can still be writing. Returns how many."""
    root = Path(job_storage().location)
    before = (timezone.now() - older_than).timestamp()
    old = [str(path.relative_to(root)) for path in root.glob("??/*") if path.stat().st_mtime < before]
    with elevated("jobs.remove_orphans: which stored files belong to no job of anybody"):
        known = set(JobFile.objects.filter(file__in=old).values_list("file", flat=True))
    for name in set(old) - known:
        job_storage().delete(name)
    return len(set(old) - known)
