"""Steps of a report that belong to no other module: counting anew, describing, consolidating anew, papers."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from dossiers import views as dossiers
from dossiers.policies import require_recording
from ui.actions import run_action
from ui.forms import confirm_action, handle_form
from yearend.actions import reports as actions
from yearend.actions.drafting import start_report
from yearend.actions.recounting import ask_recount
from yearend.forms.consolidating import ConsolidateForm
from yearend.forms.describing import DescribeForm
from yearend.forms.starting import StartForm
from yearend.kinds import LIST, REPORT
from yearend.models import AnnualReport
from yearend.policies import access_report
from yearend.queries.categories import noted
from yearend.queries.reports import is_large, unreported
from yearend.rules.terms import last_year
from yearend.views.stops import stopped

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def report_start(request: Request) -> HttpResponse:
    """A report of a unit for which the system has made none."""
    require_recording(request.user)
    year = last_year(timezone.localdate())
    units = unreported(request.user, year)
    if not units:
        messages.info(request, f"Các đơn vị bạn cập nhật đều đã có báo cáo năm {year}.")
        return redirect("yearend:list")
    return handle_form(
        request,
        form=partial(StartForm, units=units),
        act=lambda data: start_report(data["unit"], year, by=request.user),
        done=lambda report: f"Đã lập báo cáo {report.number} với số liệu tính đến lúc này.",
        back=lambda report: REPORT.url("detail", report) if report else LIST.url,
        cancel=LIST.url,
        title=f"Lập báo cáo năm {year}",
        submit="Lập báo cáo",
        breadcrumb=[LIST],
    )


@require_POST
def report_recount(request: Request, number: str) -> HttpResponse:
    """Count the draft anew: at once, or by a worker where the books are large."""
    report = access_report(request.user, number, "recount")
    if is_large(report.unit):
        return run_action(
            request,
            lambda: ask_recount(report, by=request.user),
            done="Sổ lớn nên việc tính lại chạy ở chế độ nền: theo dõi ở mục Công việc, xong thì số liệu ở đây đổi.",
            back=REPORT.url("detail", report),
        )
    return run_action(
        request,
        lambda: actions.recount(report, by=request.user),
        done=f"Đã tính lại số liệu của báo cáo {number}.",
        back=REPORT.url("detail", report),
    )


@require_http_methods(EDIT)
def report_describe(request: Request, number: str) -> HttpResponse:
    """Notes, assessment, proposal."""
    report = access_report(request.user, number, "record")
    if answer := stopped(request, report, "describe"):
        return answer
    return handle_form(
        request,
        form=partial(DescribeForm, dossier=report, categories=noted(report)),
        act=lambda data: actions.describe(report, by=request.user, **data),
        done=f"Đã lưu ghi chú, đánh giá của báo cáo {number}.",
        back=REPORT.url("detail", report),
        title="Ghi chú, đánh giá",
        subtitle=f"Báo cáo năm {report.year} của {report.unit.name}",
        breadcrumb=REPORT.trail(report),
    )


@require_http_methods(EDIT)
def report_consolidate(request: Request, number: str) -> HttpResponse:
    """A new edition with what subordinates have frozen since."""
    report = access_report(request.user, number, "consolidate")
    if answer := stopped(request, report, "consolidate"):
        return answer
    return confirm_action(
        request,
        form=partial(ConsolidateForm, dossier=report),
        act=lambda data: actions.consolidate(report, by=request.user, **data),
        title=f"Tổng hợp lại báo cáo {number}",
        text=f"Tạo bản số liệu mới của báo cáo năm {report.year} với số liệu cấp dưới đã khóa đến lúc này?",
        consequence="Bản số liệu cũ vẫn được giữ. Cấp trên đã dùng bản cũ sẽ thấy báo cáo của mình cần tổng hợp lại.",
        submit="Tổng hợp lại",
        done=_consolidated,
        back=REPORT.url("detail", report),
        danger=False,
        breadcrumb=REPORT.trail(report),
    )


def _consolidated(report: AnnualReport) -> str:
    return (
        f"Đã tổng hợp lại báo cáo {report.number}, bản số liệu lần {report.edition.edition}." if report.edition else ""
    )


@require_http_methods(EDIT)
def report_attach(request: Request, number: str) -> HttpResponse:
    """Add a paper."""
    return dossiers.attach(request, REPORT, number)


@require_http_methods(EDIT)
def report_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    """Take a wrong paper away."""
    return dossiers.detach(request, REPORT, number, public_id)
