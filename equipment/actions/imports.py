"""The steps of a batch: uploaded, matched, checked, brought in. The work itself is done by jobs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import counters, events
from core.errors import DomainError
from core.sheets import Book
from core.transitions import lock, save_with_reason, transition
from equipment.importing.fields import all_fields
from equipment.importing.matching import Column, Match, Remembered, check_match, match_sheet, memory_key
from equipment.importing.summary import Summary
from equipment.importing.uploads import check_upload, file_name
from equipment.models import Category, ColumnMatch, ImportBatch
from equipment.rules.imports import IMPORT_FLOW, Existing, ImportState, import_key, import_number
from jobs import actions as jobs
from jobs import files
from jobs.models import Job
from jobs.rules import ACTIVE
from orgs.models import OrgUnit

READ, CHECK, APPLY = "import.read", "import.check", "import.apply"
UPLOAD, BOOK, PLAN, ERRORS = "upload", "book", "plan", "errors"
ALL, VALID = "all", "valid"


@transaction.atomic
def start(*, unit: OrgUnit, existing: str, file: UploadedFile, by: User, submission: UUID | None = None) -> ImportBatch:
    """A new batch of `unit`, for which `by` records; its file is read by a job.

    The same `submission` (one filled form) again gives the batch that it made already. Raises DomainError for a file
    that is too large, empty or of another kind.
    """
    check_upload(file)
    year = timezone.localdate().year
    key = uuid5(submission, f"{by.pk} {unit.pk}") if submission else None
    if key is not None:
        counters.take(unit, import_key(year), count=0)  # a second press waits here for the first one's commit
        if made := ImportBatch.objects.of_unit(unit).filter(submission=key).first():
            return made
    (number,) = counters.take(unit, import_key(year))
    batch = ImportBatch(
        unit=unit,
        number=import_number(unit.code, year, number),
        file_name=file_name(file.name or ""),
        existing=Existing(existing),
        created_by=by,
        submission=key,
    )
    save_with_reason(batch, by=by, reason="Tải tệp lên")
    job = _queue(batch, READ, f"Đọc tệp {batch.file_name}", by=by)
    files.keep(job, name=batch.file_name, content=file, purpose=UPLOAD, shown=False)
    batch.reading = batch.job = job.public_id
    batch.version += 1
    save_with_reason(batch, by=by, reason="Đọc tệp", fields=["reading", "job", "version"])
    events.record("import.uploaded", batch, unit=unit, by=by)
    return batch


def _queue(batch: ImportBatch, kind: str, title: str, *, by: User, **params: Any) -> Job:
    # The version makes the key: a step pressed twice is one job, the same step later is another.
    key = uuid5(batch.submission, f"{kind} {batch.version}") if batch.submission else None
    params = {"batch": batch.number, **params}
    return jobs.start(kind=kind, title=f"{title} ({batch.number})", by=by, params=params, submission=key)


def running_job(batch: ImportBatch, by: User) -> Job | None:
    """The job that is at the batch now, if it is this person's."""
    return Job.objects.owned_by(by).filter(public_id=batch.job, state__in=ACTIVE).first() if batch.job else None


def _idle(batch: ImportBatch, by: User, version: int | None) -> ImportBatch:
    """The batch, locked, with nothing going on. A second press meets the job of the first.

    A page that is older than the batch is refused for good: its columns and counts may be those of another sheet.
    """
    batch = lock(batch)
    if job := running_job(batch, by):
        raise DomainError(f"“{job.title}” đang chạy. Hãy đợi việc này xong hoặc hủy việc.", code="running")
    if batch.state == ImportState.DONE and batch.finished_at:
        moment = timezone.localtime(batch.finished_at)
        message = f"Đợt nhập {batch.number} đã vào sổ lúc {moment:%H:%M ngày %d/%m/%Y}, không cần nhập lại."
        raise DomainError(message, code="done")
    if version is not None and version != batch.version:
        raise DomainError(
            f"Đợt nhập {batch.number} đã có thay đổi sau khi bạn mở trang này. Hãy tải lại trang rồi làm tiếp.",
            code="stale",
        )
    return batch


def remembered(unit: OrgUnit) -> dict[str, Remembered]:
    """What headings meant the last time, by heading."""
    rows = ColumnMatch.objects.of_unit(unit).values_list("header", "field", "encoding", "capitals")
    return {header: Remembered(field, encoding, capitals) for header, field, encoding, capitals in rows}


def attribute_keys() -> list[str]:
    """The attributes that categories name."""
    lists = Category.objects.filter(holds_equipment=True).values_list("attribute_keys", flat=True)
    return list(dict.fromkeys(key for keys in lists for key in keys))


def stored_match(batch: ImportBatch) -> Match:
    """How the batch's sheet is read."""
    return Match(batch.sheet, batch.header_row, tuple(Column.of(column) for column in batch.columns))


@transaction.atomic
def finish_reading(batch: ImportBatch, match: Match, *, by: User) -> ImportBatch:
    """The file could be read: its columns wait to be matched."""
    return transition(
        batch,
        ImportState.MATCHING,
        flow=IMPORT_FLOW,
        by=by,
        reason="Đã đọc tệp",
        event="import.read",
        problem="",
        sheet=match.sheet,
        header_row=match.header_row,
        columns=[column.stored() for column in match.columns],
    )


@transaction.atomic
def fail_reading(batch: ImportBatch, why: str, *, by: User) -> ImportBatch:
    """The file can't be read; `why` tells what to do."""
    return transition(
        batch,
        ImportState.FAILED,
        flow=IMPORT_FLOW,
        by=by,
        reason="Không đọc được tệp",
        event="import.failed",
        problem=why[:500],
        finished_at=timezone.now(),
    )


def book_of(batch: ImportBatch, by: User) -> Book:
    """What was read from the file; raises DomainError when it is gone."""
    job = Job.objects.owned_by(by).filter(public_id=batch.reading).first() if batch.reading else None
    if job is None:
        raise DomainError("Tệp đã hết thời gian lưu trên máy chủ. Hãy tải tệp lên lại.", code="expired")
    with files.open_file(job, BOOK) as stored:
        return Book.load(stored)


def checking_job(batch: ImportBatch, by: User) -> Job:
    """The job that checked the rows and keeps what was shown; raises DomainError when it is gone."""
    job = Job.objects.owned_by(by).filter(public_id=batch.report.get("job")).first()
    if job is None:
        raise DomainError("Kết quả kiểm tra đã hết thời gian lưu. Hãy tải tệp lên lại.", code="expired")
    return job


@transaction.atomic
def choose_sheet(
    batch: ImportBatch, *, sheet: int, by: User, version: int, header_row: int | None = None
) -> ImportBatch:
    """Read another sheet of the file, or the same one from another line of headings on."""
    batch = _idle(batch, by, version)
    book = book_of(batch, by)
    if not 0 <= sheet < len(book.sheets):
        raise DomainError("Tệp không có trang tính này. Hãy chọn trong danh sách.", field="sheet", code="sheet")
    if header_row is not None and not 0 <= header_row < book.sheets[sheet].rows:
        most = book.sheets[sheet].rows
        raise DomainError(f"Trang tính chỉ có {most} dòng.", field="header_row", code="header_row")
    match = match_sheet(book, sheet, keys=attribute_keys(), remembered=remembered(batch.unit), header_row=header_row)
    return finish_reading(batch, match, by=by)


@transaction.atomic
def match_columns(batch: ImportBatch, *, columns: Sequence[Column], by: User, version: int) -> ImportBatch:
    """Take the match that a person confirmed, remember it for the unit, and check every row by it (a job).

    Raises SeveralProblemsError for columns that can't mean what they are said to, or that are missing.
    """
    batch = _idle(batch, by, version)
    check_match(columns, all_fields(attribute_keys()), updating=batch.existing == Existing.UPDATE)
    batch = transition(
        batch,
        ImportState.MATCHING,
        flow=IMPORT_FLOW,
        by=by,
        reason="Ghép cột",
        event="import.matched",
        columns=[column.stored() for column in columns],
        report={},
    )
    _remember(batch.unit, columns)
    return check_again(batch, by=by, version=batch.version)


def _remember(unit: OrgUnit, columns: Sequence[Column]) -> None:
    rows = {
        memory_key(column.header): ColumnMatch(
            unit=unit,
            header=memory_key(column.header),
            field=column.field,
            encoding=column.encoding,
            capitals=column.capitals,
        )
        for column in columns
        if memory_key(column.header)
    }
    ColumnMatch.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["unit", "header"],
        update_fields=["field", "encoding", "capitals"],
    )


@transaction.atomic
def check_again(batch: ImportBatch, *, by: User, version: int | None) -> ImportBatch:
    """Check the rows against the books as they are now (a job)."""
    batch = _idle(batch, by, version)
    IMPORT_FLOW.check(batch.state, ImportState.CHECKED)
    return _hand_over(batch, _queue(batch, CHECK, f"Kiểm tra {batch.file_name}", by=by), by=by)


def _hand_over(batch: ImportBatch, job: Job, *, by: User) -> ImportBatch:
    batch.job = job.public_id
    batch.version += 1
    save_with_reason(batch, by=by, reason=job.title[:100], fields=["job", "version"])
    return batch


@transaction.atomic
def finish_checking(
    batch: ImportBatch, summary: Summary, report: Mapping[str, Any], *, job: Job, by: User
) -> ImportBatch:
    """Every row was looked at: the person decides. `job` keeps what they were shown."""
    return transition(
        batch,
        ImportState.CHECKED,
        flow=IMPORT_FLOW,
        by=by,
        reason="Đã kiểm tra",
        event="import.checked",
        report={**report, "job": str(job.public_id)},
        **counts_of(summary),
    )


def counts_of(summary: Summary) -> dict[str, Any]:
    """How many lines would do what, by the fields of a batch."""
    return {name: getattr(summary, name) for name in ("total", "fresh", "changed", "unchanged", "faulty")}


@transaction.atomic
def apply(batch: ImportBatch, *, mode: str, by: User, version: int) -> ImportBatch:
    """Bring the rows into the books (a job): all of them, or the valid ones with the others handed back."""
    batch = _idle(batch, by, version)
    IMPORT_FLOW.check(batch.state, ImportState.DONE)
    if mode not in {ALL, VALID}:
        raise DomainError("Hãy chọn nhập cả tệp hoặc chỉ các dòng hợp lệ.", code="mode")
    if mode == ALL and batch.faulty:
        raise DomainError(
            f"Còn {batch.faulty} dòng lỗi. Hãy nhập các dòng hợp lệ, hoặc sửa tệp rồi tải lại.", code="faulty"
        )
    if not batch.fresh + batch.changed:
        raise DomainError("Tệp không có dòng nào để nhập: không có gì mới hoặc thay đổi.", code="nothing")
    job = _queue(batch, APPLY, f"Nhập thiết bị từ {batch.file_name}", by=by, mode=mode)
    return _hand_over(batch, job, by=by)


@transaction.atomic
def cancel(batch: ImportBatch, *, by: User, version: int | None = None) -> ImportBatch:
    """Give the batch up before anything came in."""
    batch = _idle(batch, by, version)
    return transition(
        batch,
        ImportState.CANCELLED,
        flow=IMPORT_FLOW,
        by=by,
        reason="Hủy đợt nhập",
        event="import.cancelled",
        finished_at=timezone.now(),
    )
