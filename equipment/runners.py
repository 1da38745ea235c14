"""Long work of this app, done by workers within the scope of whoever asked for it."""

import io
import json
import tempfile
from functools import partial
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO, cast

from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.sheets import SheetError, read
from core.text import fold
from equipment.actions import bulk, bulk_undo
from equipment.actions import import_writes as writes
from equipment.actions import imports as actions
from equipment.importing.check import Checker
from equipment.importing.handback import HandBack
from equipment.importing.matching import match_book
from equipment.importing.summary import Summary
from equipment.models import ImportBatch
from equipment.policies import records
from equipment.printing import label_job  # noqa: F401 - registers its runner
from equipment.rules.bulk import KIND, Wanted
from jobs import files
from jobs.models import Job
from jobs.running import Outcome, Progress, runner
from ui.formats import number


def _batch(job: Job) -> ImportBatch:
    """The batch that the job is for, if its owner still records for its unit."""
    batch = ImportBatch.objects.visible_to(job.owner).select_related("unit").filter(number=job.params["batch"]).first()
    if batch is None or not records(job.owner, batch):
        raise DomainError("Bạn không còn quyền nhập thiết bị cho đơn vị này.", code="forbidden")
    return batch


def _page(batch: ImportBatch) -> str:
    return reverse("imports:detail", args=[batch.number])


@runner(actions.READ)
def read_file(job: Job, progress: Progress) -> Outcome:
    """Read the upload into a copy that is safe to read again, and find out what its columns mean."""
    batch = _batch(job)
    progress.step(0, 0, "Đọc tệp")
    try:
        with files.open_file(job, actions.UPLOAD) as upload:
            book = read(cast("BinaryIO", upload), batch.file_name)
    except SheetError as refusal:
        actions.fail_reading(batch, refusal.message, by=job.owner)
        return Outcome(refusal.message, url=_page(batch), link="Mở đợt nhập", failed=True)
    progress.step(0, 0, "Tìm tiêu đề cột")
    with tempfile.TemporaryFile() as copy:
        book.save(copy)
        copy.seek(0)
        files.keep(job, name="ban-doc.gz", content=copy, purpose=actions.BOOK, shown=False)
    match = match_book(book, keys=actions.attribute_keys(), remembered=actions.remembered(batch.unit))
    actions.finish_reading(batch, match, by=job.owner)
    understood = f"Nhận ra {match.score}/{len(match.columns)} cột"
    return Outcome(f"Đã đọc tệp. {understood}; hãy xem lại cách ghép cột.", url=_page(batch), link="Ghép cột")


def _checker(batch: ImportBatch, job: Job) -> Checker:
    book = actions.book_of(batch, job.owner)
    match = actions.stored_match(batch)
    return Checker(book=book, match=match, unit=batch.unit, existing=batch.existing, today=timezone.localdate())


def _hand_back(job: Job, batch: ImportBatch, checker: Checker, rows: writes.Rows) -> None:
    """Keep the faulty rows as a file, if there are any."""
    if not any(plan.faults for plan, _ in rows):
        return
    with tempfile.TemporaryFile() as file:
        match = checker.match
        header = next(islice(checker.book.rows(match.sheet), match.header_row, None), [])
        back = HandBack(file, match=match, header=header)
        for plan, row in rows:
            if plan.faults:
                back.add(row, plan.faults)
        count = back.close()
        file.seek(0)
        name = f"dong-loi-{fold(PurePath(batch.file_name).stem).replace(' ', '-')[:80]}.xlsx"
        label = f"{number(count)} dòng lỗi, kèm lý do"
        files.keep(job, name=name, content=file, purpose=actions.ERRORS, label=label)


@runner(actions.CHECK)
def check_rows(job: Job, progress: Progress) -> Outcome:
    """Check every row by the rules of the forms; what is wrong is written beside the rows for handing back."""
    batch = _batch(job)
    progress.step(0, 0, "Kiểm tra từng dòng")
    checker = _checker(batch, job)
    summary = Summary(checker.match)
    rows: writes.Rows = []
    for plan, row in checker.plans():
        rows.append((plan, row))
        summary.add(plan, row)
        progress.step(len(rows), checker.count, "Kiểm tra từng dòng")
    _hand_back(job, batch, checker, rows)
    seen = io.BytesIO(json.dumps(writes.seen_versions(rows)).encode())
    files.keep(job, name="da-xem.json", content=seen, purpose=actions.PLAN, shown=False)
    actions.finish_checking(batch, summary, summary.report(checker.skipped), job=job, by=job.owner)
    return Outcome(_told(summary), url=_page(batch), link="Xem trước và nhập")


def _told(summary: Summary) -> str:
    parts = (
        (summary.fresh, "thiết bị mới"),
        (summary.changed, "thiết bị có thay đổi"),
        (summary.unchanged, "dòng không thay đổi"),
        (summary.faulty, "dòng lỗi"),
    )
    said = ", ".join(f"{number(count)} {what}" for count, what in parts if count)
    return f"Đã kiểm tra {number(summary.total)} dòng: {said or 'không có thiết bị nào'}."


@runner(actions.APPLY)
def bring_in(job: Job, progress: Progress) -> Outcome:
    """Bring the rows into the books."""
    batch = _batch(job)
    with files.open_file(actions.checking_job(batch, job.owner), actions.PLAN) as stored:
        seen = json.load(stored)
    checker = _checker(batch, job)
    step = partial(progress.step, 0, 0)
    written = writes.write(batch, checker=checker, mode=job.params["mode"], seen=seen, by=job.owner, step=step)
    _hand_back(job, written.batch, checker, written.faulty)
    summary = written.summary
    said = [f"Đã nhập {number(summary.fresh)} thiết bị mới"] if summary.fresh else []
    said += [f"đã cập nhật {number(summary.changed)} thiết bị"] if summary.changed else []
    said += [f"{number(summary.unchanged)} dòng không thay đổi"] if summary.unchanged else []
    said += [f"trả lại {number(summary.faulty)} dòng lỗi"] if summary.faulty else []
    text = ", ".join(said)
    return Outcome(f"{text[:1].upper()}{text[1:]}.", url=_page(batch), link="Mở đợt nhập")


@runner(KIND)
def change_devices(job: Job, progress: Progress) -> Outcome:
    """One change to many devices, or one such change taken back."""
    params, by = job.params, job.owner
    step = partial(progress.step, phase="Ghi từng thiết bị")
    progress.step(0, 0, "Kiểm tra các thiết bị")
    if "undo" in params:
        act = bulk_undo.act_of(params["undo"], by)
        if act is None:
            raise DomainError("Không còn thiết bị nào của lần sửa này mà bạn cập nhật được.", code="gone")
        when, count = bulk_undo.undo(act, by=by, step=step)
        said = f"Đã hoàn tác {number(count)} thiết bị."
    else:
        wanted = Wanted.of(params["wanted"])
        when, count = bulk.change_many(
            params["pks"], seen=params["seen"], wanted=wanted, reason=params["reason"], by=by, step=step
        )
        said = f"Đã sửa {number(count)} thiết bị."
    return Outcome(said, url=reverse("equipment:bulk_done", args=[bulk_undo.stamp_of(when)]), link="Xem các thay đổi")
