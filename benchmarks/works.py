"""Long work: an intake, an import, an export. Needs a Django that is set up on the measured database."""

import statistics
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from benchmarks.pages import Page
from benchmarks.site import memory, say
from core.scope import entered
from dossiers import actions as papers
from equipment.actions import confirm, imports, intake
from equipment.importing.matching import Column
from equipment.models import Category, EquipmentModel, ImportBatch
from jobs import actions as jobs
from jobs.models import Job
from jobs.rules import ACTIVE

LONGEST = 300.0
OFFICER = "nghiepvu.badinh"


def count_queries(page: Page) -> int:
    """What one warm request asks the database, without transaction commands."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=page.who))
    client.get(page.path)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.path)
    return len([query for query in asked if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


def intake_of(devices: int, times: int) -> None:
    """From the filled form to the books: the draft is saved, then confirmed."""
    by = User.objects.get(username=OFFICER)
    category = Category.objects.get(code="MAY_TINH_BAN")
    model = EquipmentModel.objects.filter(category=category).first()
    saved, taken = [], []
    for _ in range(times):
        serials = [f"DO{uuid.uuid4().hex[:14].upper()}" for _ in range(devices)]
        line = intake.LineData(
            category=category,
            model=model,
            name="",
            quantity=devices,
            unit_price=Decimal(14_500_000),
            warranty_months=36,
            items=[{"serial": serial} for serial in serials],
            attributes={},
        )
        with entered(by.scope):
            began = time.perf_counter()
            made = intake.start_draft(unit=by.unit, header=_header(), lines=[line], by=by)
            saved.append(time.perf_counter() - began)
            papers.attach(made, paper="minutes", file=_pdf(), by=by)
        made.refresh_from_db()
        began = time.perf_counter()
        with entered(by.scope):
            confirm.confirm(made, by=by)
        taken.append(time.perf_counter() - began)
    line_ = statistics.median(saved) + statistics.median(taken)
    say(
        f"{f'intake of {devices} devices':<36}{line_ * 1000:>7.0f}ms   reach 400 ms"
        f"   (draft {statistics.median(saved) * 1000:.0f}, confirmation {statistics.median(taken) * 1000:.0f})"
    )


def _header() -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "handover_date": today,
        "supplier": "Công ty TNHH Thiết bị Sao Mai",
        "contract_number": "12/2026/HĐ",
        "contract_date": today - timedelta(days=30),
        "fund_source": "operating",
        "place": "Trụ sở",
        "giver_name": "Trần Văn Giao",
        "receiver_name": "Lê Thị Nhận",
    }


def _pdf() -> SimpleUploadedFile:
    document, buffer = pikepdf.new(), BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.save(buffer)
    return SimpleUploadedFile("bien-ban.pdf", buffer.getvalue(), content_type="application/pdf")


def import_of(rows: int, folder: Path) -> None:
    """The three jobs of an import, done by the worker: read, check, bring in."""
    by = User.objects.get(username=OFFICER)
    before = memory(folder)
    took = {}

    def step(name: str, act: Callable[[], ImportBatch]) -> ImportBatch:
        began = time.perf_counter()
        with transaction.atomic():
            batch = act()
        job = _finished(batch.job)
        took[name] = time.perf_counter() - began
        batch.refresh_from_db()
        if job.state != "done":
            raise SystemExit(f"{name}: {job.state}: {job.message}")
        return batch

    file = _inventory(rows)
    batch = step("read", lambda: imports.start(unit=by.unit, existing="refuse", file=file, by=by))
    columns = [Column.of(column) for column in batch.columns]
    batch = step("check", lambda: imports.match_columns(batch, columns=columns, by=by, version=batch.version))
    fresh = batch.fresh
    batch = step("bring in", lambda: imports.apply(batch, mode="all", by=by, version=batch.version))
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in took.items())
    say(f"{f'Excel import of {rows:,} rows':<36}{sum(took.values()):>8.1f}s   reach 10 s   ({parts}; {fresh} devices)")
    say(f"{'':<36}memory before {_told(before)}; after {_told(memory(folder))}")


def _inventory(rows: int) -> SimpleUploadedFile:
    buffer = BytesIO()
    heads = (
        "Loại thiết bị",
        "Tên thiết bị",
        "Số máy (serial)",
        "Nguyên giá",
        "Ngày tiếp nhận",
        "Người sử dụng",
        "Tình trạng",
    )
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        for n in range(1, rows + 1):
            serial = f"DO{uuid.uuid4().hex[:12].upper()}"
            cells = (
                "Máy vi tính để bàn (máy trạm)",
                f"Máy tính số {n}",
                serial,
                14_500_000,
                "15/03/2022",
                "Lê Thị Nhận",
                "Tốt",
            )
            sheet.write_row(n, 0, cells)
    return SimpleUploadedFile("kiem-ke.xlsx", buffer.getvalue())


def export_of(rows: int, kind: str, folder: Path) -> None:
    """A long list, written by the worker."""
    by = User.objects.get(username="ttcntt")
    before = memory(folder)
    query = f"category=MAY_IN&export={kind}"
    params = {"path": "/thiet-bi/", "query": query, "name": "thiet-bi", "kind": kind, "count": rows}
    began = time.perf_counter()
    with transaction.atomic():
        started = jobs.start(kind="export", title="Xuất thiết bị", by=by, params=params)
    job = _finished(started.public_id)
    seconds = time.perf_counter() - began
    if job.state != "done":
        raise SystemExit(f"export: {job.state}: {job.message}")
    made = job.result["rows"]
    name, each = f"{kind.upper()} export, all columns", seconds / made * 100_000
    say(f"{name:<36}{seconds:>8.1f}s   reach 15 s for 100,000   ({made:,} rows; {each:.1f} s for 100,000)")
    say(f"{'':<36}memory before {_told(before)}; after {_told(memory(folder))}")


def _finished(public_id: Any) -> Job:
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        job = Job.objects.get(public_id=public_id)
        if job.state not in ACTIVE:
            return job
        time.sleep(0.05)
    raise SystemExit("A job doesn't end; see benchmark.log")


def _told(found: dict[str, int]) -> str:
    return ", ".join(f"{kind} {megabytes} MB" for kind, megabytes in sorted(found.items()))
