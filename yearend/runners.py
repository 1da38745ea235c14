"""Long work of this app, done by workers within the scope of whoever asked for it."""

from core.errors import DomainError
from jobs.models import Job
from jobs.running import Outcome, Progress, runner
from yearend.actions.recounting import KIND
from yearend.actions.reports import recount
from yearend.kinds import REPORT
from yearend.policies import REPORT_CHECKS, report_rows


@runner(KIND)
def recount_report(job: Job, progress: Progress) -> Outcome:
    """Count the draft of a report anew, if its owner still records for the unit."""
    report = report_rows().visible_to(job.owner).filter(number=job.params["report"]).first()
    if report is None or not REPORT_CHECKS["recount"](job.owner, report):
        raise DomainError("Bạn không còn quyền cập nhật báo cáo của đơn vị này.", code="forbidden")
    recount(report, by=job.owner, step=progress.step)
    return Outcome(
        f"Đã tính lại số liệu của báo cáo {report.number}.", url=REPORT.url("detail", report), link="Mở báo cáo"
    )
