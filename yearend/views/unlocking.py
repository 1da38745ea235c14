"""Requests to open closed books: the unit's and the level-1 admin's pages."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from core import documents
from core.http import Request
from core.searching import containing
from dossiers import views as dossiers
from dossiers.forms import StepForm
from ui.forms import confirm_action, handle_form
from ui.links import Empty
from ui.lists import render_list
from ui.records import render_record
from yearend.actions import unlocking
from yearend.forms.unlocking import AskForm, DecideForm
from yearend.kinds import LIST, REPORT
from yearend.models import UnlockRequest
from yearend.policies import access_report
from yearend.rules import UnlockState
from yearend.unlocks import blocks
from yearend.unlocks.filters import UnlockFilter
from yearend.unlocks.kind import UNLOCK, UNLOCKS, access_unlock
from yearend.unlocks.tables import UnlockTable
from yearend.views.stops import stopped

EDIT = ["GET", "HEAD", "POST"]


def search_unlocks(rows: Any, text: str) -> Any:
    """The search of the list of requests."""
    return containing(rows, text, ("number", "unit__name", "reason"))


@require_safe
def unlock_list(request: Request) -> HttpResponseBase:
    """The requests that the person sees; all of them for who decides."""
    return render_list(
        request,
        queryset=UnlockRequest.objects.visible_to(request.user),
        table=UnlockTable,
        filterset=UnlockFilter,
        title="Đề nghị mở khóa số liệu",
        noun="đề nghị",
        export_name="de-nghi-mo-khoa",
        search=search_unlocks,
        search_label="Tìm theo số đề nghị, đơn vị, lý do",
        empty=Empty(
            "Chưa có đề nghị nào",
            "Cần sửa số liệu đã khóa thì mở báo cáo năm của đơn vị, bấm “Đề nghị mở khóa” và kèm biên bản giải trình.",
        ),
        breadcrumb=[LIST],
    )


@require_safe
def unlock_detail(request: Request, number: str) -> HttpResponse:
    """A request."""
    asked = access_unlock(request.user, number)
    may = UNLOCK.may(request.user, asked)
    papers = list(documents.documents_of(asked).select_related("created_by"))
    return render_record(
        request,
        title=f"Đề nghị mở khóa số liệu năm {asked.report.year}",
        subtitle=asked.unit.name,
        code=asked.number,
        status=blocks.status(asked),
        facts=blocks.facts(asked),
        head=[blocks.stepper(asked)],
        actions=blocks.steps(asked, may),
        tabs=blocks.tabs(request, asked, papers, may),
        breadcrumb=[LIST, UNLOCKS],
    )


@require_http_methods(EDIT)
def unlock_ask(request: Request, number: str) -> HttpResponse:
    """Ask that the books of a report's year be opened."""
    report = access_report(request.user, number, "unlock_ask")
    if answer := stopped(request, report, "unlock_ask", told=unlocking.waiting_told(report)):
        return answer
    return handle_form(
        request,
        form=AskForm,
        act=lambda data: unlocking.ask(report, by=request.user, **data),
        done=lambda made: f"Đã gửi đề nghị {made.number}. Quản trị cấp 1 sẽ xem xét và trả lời.",
        back=lambda made: UNLOCK.url("detail", made) if made else REPORT.url("detail", report),
        cancel=REPORT.url("detail", report),
        title=f"Đề nghị mở khóa số liệu năm {report.year}",
        subtitle=f"{report.unit.name}. Khi được mở khóa: báo cáo trở về trạng thái đang lập, bản trình ký hoặc đã ký "
        "bị thu hồi, báo cáo của cấp trên đã dùng số liệu này phải tổng hợp lại.",
        submit="Gửi đề nghị",
        breadcrumb=REPORT.trail(report),
    )


@require_http_methods(EDIT)
def unlock_withdraw(request: Request, number: str) -> HttpResponse:
    """The unit doesn't ask any more."""
    asked = access_unlock(request.user, number, "withdraw")
    return confirm_action(
        request,
        form=partial(StepForm, dossier=asked),
        act=lambda data: unlocking.withdraw(asked, by=request.user, version=data["version"]),
        title=f"Rút đề nghị {number}",
        text=f"Rút đề nghị mở khóa số liệu năm {asked.report.year} của {asked.unit.name}?",
        consequence="Số liệu vẫn khóa. Đề nghị và tài liệu được lưu lại; cần thì lập đề nghị khác.",
        submit="Rút đề nghị",
        done=f"Đã rút đề nghị {number}.",
        back=UNLOCK.url("detail", asked),
        breadcrumb=UNLOCK.trail(asked),
    )


@require_http_methods(EDIT)
def unlock_decide(request: Request, number: str) -> HttpResponse:
    """The level-1 admin opens the books, or says why not."""
    asked = access_unlock(request.user, number, "decide")
    return handle_form(
        request,
        form=partial(DecideForm, dossier=asked),
        act=lambda data: _decide(asked, data, request),
        done=_decided,
        back=UNLOCK.url("detail", asked),
        title=f"Quyết định đề nghị {number}",
        submit="Ghi quyết định",
        breadcrumb=UNLOCK.trail(asked),
        template="yearend/decide.html",
        extra_context={"asked": asked},
    )


def _decide(asked: UnlockRequest, data: dict[str, Any], request: Request) -> UnlockRequest:
    act = unlocking.grant if data["decision"] == UnlockState.GRANTED else unlocking.refuse
    return act(asked, answer=data["answer"], file=data.get("file"), by=request.user, version=data["version"])


def _decided(asked: UnlockRequest) -> str:
    if asked.state == UnlockState.GRANTED:
        return f"Đã mở khóa số liệu năm {asked.report.year} của {asked.unit.name}; đơn vị và cấp trên đã được báo."
    return f"Đã ghi không đồng ý với đề nghị {asked.number}; đơn vị đã được báo."


@require_http_methods(EDIT)
def unlock_attach(request: Request, number: str) -> HttpResponse:
    """Add a paper."""
    return dossiers.attach(request, UNLOCK, number)


@require_http_methods(EDIT)
def unlock_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    """Take a wrong paper away."""
    return dossiers.detach(request, UNLOCK, number, public_id)
