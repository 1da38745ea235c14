"""Steps and papers of disposals."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from disposals.actions import draft, steps
from disposals.forms.disposal import CloseForm, DecideForm, SubmitForm
from disposals.kinds import DISPOSAL
from disposals.queries import lines_of
from dossiers import views as dossiers
from dossiers.forms import ReasonStepForm
from ui.actions import run_action
from ui.forms import confirm_action, handle_form

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def disposal_submit(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "submit")
    return confirm_action(
        request,
        form=partial(SubmitForm, dossier=disposal),
        act=lambda data: steps.submit(disposal, by=request.user, **data),
        title=f"Trình hồ sơ {number} sau họp hội đồng",
        text=f"Hội đồng đã họp về {disposal.lines.count()} thiết bị của hồ sơ {number}?",
        consequence="Thiết bị chuyển sang “Chờ thanh lý” và không bàn giao, sửa chữa, điều chuyển được nữa.",
        submit="Trình hồ sơ",
        done=f"Đã trình hồ sơ {number}. Khi có quyết định, hãy tải quyết định lên và bấm “Ghi quyết định”.",
        back=DISPOSAL.url("detail", disposal),
        danger=False,
        breadcrumb=DISPOSAL.trail(disposal),
    )


@require_http_methods(EDIT)
def disposal_decide(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "decide")

    def act(data: dict[str, Any]) -> Any:
        return steps.decide(disposal, by=request.user, **data)

    return handle_form(
        request,
        form=partial(DecideForm, dossier=disposal),
        act=act,
        done=lambda made: f"Đã ghi Quyết định {made.decision_number}. Còn 3 ngày làm việc để kết thúc hồ sơ {number}.",
        back=DISPOSAL.url("detail", disposal),
        title=f"Ghi quyết định cho hồ sơ {number}",
        subtitle="Từ ngày quyết định có 3 ngày làm việc để kết thúc vòng đời thiết bị (Điều 10).",
        submit="Ghi quyết định",
        breadcrumb=DISPOSAL.trail(disposal),
    )


@require_http_methods(EDIT)
def disposal_close(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "close")
    lines = lines_of(disposal)
    wipes = any(line.category.stores_data for line in lines)
    return confirm_action(
        request,
        form=partial(CloseForm, dossier=disposal, wipes=wipes),
        act=lambda data: steps.close(disposal, by=request.user, version=data.pop("version"), values=data),
        title=f"Kết thúc hồ sơ {number}",
        text=f"Kết thúc vòng đời của {len(lines)} thiết bị trong hồ sơ {number}?",
        consequence="Thiết bị ra khỏi sổ của đơn vị, bản quyền phần mềm đang cài được thu về. Không hoàn tác được.",
        submit="Kết thúc",
        done=f"Đã kết thúc hồ sơ {number}. Hãy phát hành biên bản C51-HD.",
        back=DISPOSAL.url("detail", disposal),
        breadcrumb=DISPOSAL.trail(disposal),
    )


@require_http_methods(EDIT)
def disposal_cancel(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "cancel")
    submitted = disposal.submitted_on is not None
    after = "Thiết bị trở lại trạng thái trước khi họp hội đồng; hồ sơ này không khôi phục được."
    return confirm_action(
        request,
        form=partial(ReasonStepForm, dossier=disposal),
        act=lambda data: draft.cancel(disposal, by=request.user, **data),
        title=f"Hủy hồ sơ {number}",
        text=f"Hủy hồ sơ {number} của {disposal.unit.name}?",
        consequence=after if submitted else "Hồ sơ và tài liệu vẫn được lưu và có thể khôi phục; thiết bị được nhả ra.",
        submit="Hủy hồ sơ",
        done=f"Đã hủy hồ sơ {number}.",
        back=DISPOSAL.url("detail", disposal),
        breadcrumb=DISPOSAL.trail(disposal),
    )


@require_POST
def disposal_restore(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "restore")
    return run_action(
        request,
        lambda: draft.restore(disposal, by=request.user),
        done=f"Đã khôi phục hồ sơ {number} thành bản nháp.",
        back=DISPOSAL.url("detail", disposal),
    )


@require_http_methods(EDIT)
def disposal_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, DISPOSAL, number)


@require_http_methods(EDIT)
def disposal_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, DISPOSAL, number, public_id)


@require_POST
def disposal_issue(request: Request, number: str, paper: str) -> HttpResponse:
    return dossiers.issue(request, DISPOSAL, number, paper)
