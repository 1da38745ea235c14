"""Long work of this app, done by workers within the scope of whoever asked for it."""

import io

from django.http import QueryDict
from django.urls import reverse

from core.errors import DomainError
from jobs import files
from jobs.models import Job
from jobs.running import Outcome, Progress, runner
from reports.actions.making import SHEET
from reports.definition import Asked, Sheet, report_of
from reports.forms.parameters import Asking
from reports.keeping import sheet_as_json
from reports.printing.sheets import sheet_pdf
from reports.workbook import workbook_of
from ui.exports import file_name
from ui.formats import number

PRINTED = 3000
"""Lines above which nobody prints: some hundred pages."""


@runner(SHEET)
def make(job: Job, progress: Progress) -> Outcome:
    """Make the report, its workbook and, where it can be printed, its PDF."""
    report = report_of(job.params["key"])
    if report is None:
        raise DomainError("Báo cáo này không còn trong hệ thống. Hãy chọn báo cáo khác.", code="gone")
    data = QueryDict(mutable=True)
    for name, values in job.params["asked"].items():
        data.setlist(name, values)
    asking = Asking(report, data, by=job.owner, unit=job.params["unit"])
    if not asking.valid:
        raise DomainError("Bạn không còn xem được đơn vị này, hoặc ngày báo cáo không còn hợp lệ.", code="forbidden")
    given = asking.unit.cleaned_data
    sheet = report.build(Asked(job.owner, given["unit"], given["below"] == "1", asking.own.cleaned_data, progress.step))
    lines = sum(len(part.lines) for part in sheet.parts)
    progress.step(0, 0, "Ghi tệp")
    _keep(job, sheet, report.key)
    if lines <= PRINTED:
        progress.step(0, 0, "Dàn trang PDF")
        progress.keep(name=file_name(report.key, "pdf"), content=io.BytesIO(sheet_pdf(sheet, by=job.owner)))
    address = reverse("reports:result", args=[job.public_id])
    return Outcome(f"Đã lập báo cáo, {number(lines)} dòng.", url=address, link="Xem báo cáo")


def _keep(job: Job, sheet: Sheet, key: str) -> None:
    """What the page shows, and the workbook."""
    files.keep(job, name="bao-cao.json", content=io.BytesIO(sheet_as_json(sheet)), purpose=SHEET, shown=False)
    files.keep(job, name=file_name(key, "xlsx"), content=io.BytesIO(workbook_of(sheet)), purpose="result")
