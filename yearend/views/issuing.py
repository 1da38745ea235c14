"""Issuing a report for signing, and taking the print back."""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from core.http import Request
from dossiers.forms import ReasonStepForm
from ui.forms import confirm_action, handle_form
from yearend.actions import issuing as actions
from yearend.forms.issuing import IssueForm
from yearend.kinds import REPORT
from yearend.policies import access_report
from yearend.queries.prints import suggested_letter
from yearend.views.stops import stopped

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def report_issue(request: Request, number: str) -> HttpResponse:
    """Number, day and signatories; then the print goes to be signed."""
    report = access_report(request.user, number, "issue")
    if answer := stopped(request, report, "issue"):
        return answer
    return handle_form(
        request,
        form=partial(IssueForm, dossier=report, initial=suggested_letter(report, request.user)),
        act=lambda data: actions.issue(report, by=request.user, **data),
        done=lambda issued: f"Đã ban hành báo cáo {issued.document_number}, chờ ký số.",
        back=REPORT.url("detail", report),
        title="Ban hành báo cáo",
        subtitle=f"Báo cáo năm {report.year} của {report.unit.name}",
        submit="Ban hành, trình ký",
        breadcrumb=REPORT.trail(report),
        extra_context={"report": report},
        template="yearend/issue.html",
    )


@require_http_methods(EDIT)
def report_withdraw(request: Request, number: str) -> HttpResponse:
    """The print isn't used."""
    report = access_report(request.user, number, "withdraw")
    if answer := stopped(request, report, "withdraw"):
        return answer
    return confirm_action(
        request,
        form=partial(ReasonStepForm, dossier=report),
        act=lambda data: actions.withdraw_issue(report, by=request.user, **data),
        title=f"Hủy bản in {report.document_number or number}",
        text=f"Hủy bản in đã ban hành của báo cáo {number}?",
        consequence="Chữ ký đã có trên bản in không còn dùng được. Số liệu vẫn khóa; bạn in và trình ký lại được.",
        submit="Hủy bản in",
        done=f"Đã hủy bản in của báo cáo {number}.",
        back=REPORT.url("detail", report),
        breadcrumb=REPORT.trail(report),
    )
