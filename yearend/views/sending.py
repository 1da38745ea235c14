"""Sending a report; and what its receiver does with it."""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from core.http import Request
from dossiers.forms import StepForm
from ui.forms import confirm_action, handle_form
from yearend.actions import receiving
from yearend.actions.sending import TOP, late_since, send
from yearend.blocks.sending import checked_block
from yearend.forms.answering import CompareForm, ReturnForm, SendForm
from yearend.kinds import REPORT
from yearend.policies import access_report
from yearend.queries.verification import verify
from yearend.tree import superior_of
from yearend.views.stops import stopped

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def report_send(request: Request, number: str) -> HttpResponse:
    report = access_report(request.user, number, "send")
    above = superior_of(report.unit)
    if answer := stopped(request, report, "send", told="" if above else TOP):
        return answer
    late = late_since(report)
    to = above.name if above else "cấp trên"
    told = f" Báo cáo đã quá hạn gửi {late:%d/%m/%Y}, hãy ghi lý do." if late else ""
    return confirm_action(
        request,
        form=partial(SendForm, dossier=report, late=late is not None),
        act=lambda data: send(report, by=request.user, **data),
        title=f"Gửi báo cáo {number}",
        text=f"Gửi báo cáo năm {report.year} đã ký số đến {to}?",
        consequence=f"Chữ ký và số liệu được kiểm tra lại ngay trước khi gửi.{told}",
        submit="Gửi",
        done=lambda sent: f"Đã gửi báo cáo {number} đến {sent.partner.name} (lần gửi {sent.number}).",
        back=REPORT.url("detail", report),
        danger=False,
        breadcrumb=REPORT.trail(report),
    )


@require_http_methods(EDIT)
def report_accept(request: Request, number: str) -> HttpResponse:
    """What the check found stands above the button."""
    report = access_report(request.user, number, "receive")
    if answer := stopped(request, report, "accept"):
        return answer
    checked = verify(report)
    return handle_form(
        request,
        form=partial(StepForm, dossier=report),
        act=lambda data: receiving.accept(report, by=request.user, version=data["version"]),
        done=f"Đã tiếp nhận báo cáo {number} của {report.unit.name}.",
        back=REPORT.url("detail", report),
        title=f"Tiếp nhận báo cáo {number}",
        subtitle=f"{report.unit.name}, năm {report.year}",
        submit="Tiếp nhận",
        breadcrumb=REPORT.trail(report),
        template="yearend/receive.html",
        extra_context={
            "checked": checked,
            "checked_block": checked_block(report, checked),
            "consequence": f"{report.unit.name} và hệ thống quản lý văn bản được báo là đã tiếp nhận.",
            "return_url": REPORT.url("send_back", report),
        },
    )


@require_http_methods(EDIT)
def report_send_back(request: Request, number: str) -> HttpResponse:
    report = access_report(request.user, number, "receive")
    if answer := stopped(request, report, "send_back"):
        return answer
    return confirm_action(
        request,
        form=partial(ReturnForm, dossier=report),
        act=lambda data: receiving.send_back(report, by=request.user, **data),
        title=f"Trả lại báo cáo {number}",
        text=f"Trả lại báo cáo năm {report.year} cho {report.unit.name}?",
        consequence="Đơn vị phải sửa theo lý do nêu dưới đây rồi gửi lại.",
        submit="Trả lại",
        done=f"Đã trả lại báo cáo {number}.",
        back=REPORT.url("detail", report),
        breadcrumb=REPORT.trail(report),
    )


@require_http_methods(EDIT)
def report_file_check(request: Request, number: str) -> HttpResponse:
    """A file that came on a stick, by mail or through another system."""
    report = access_report(request.user, number, "receive")
    if answer := stopped(request, report, "file_check"):
        return answer
    return handle_form(
        request,
        form=CompareForm,
        act=lambda data: receiving.take_in(report, content=data["file"].read(), by=request.user),
        done="Tệp đúng từng byte với bản đã ký, chữ ký hợp lệ.",
        back=REPORT.url("detail", report),
        title=f"Đối chiếu tệp báo cáo {number}",
        subtitle=f"{report.unit.name}, năm {report.year}: nhận qua USB, thư hoặc hệ thống khác. "
        "Báo cáo đã ký mà đơn vị chưa gửi được trong phần mềm sẽ được ghi là đã gửi khi tệp khớp.",
        submit="Đối chiếu",
        breadcrumb=REPORT.trail(report),
    )
