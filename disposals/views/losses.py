"""Pages of loss reports: what is lost, what is found again. Both are made of the same parts."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import documents
from core.http import Request
from disposals import blocks
from disposals.actions import losses as actions
from disposals.filters import LossFilter
from disposals.forms.losses import LossForm
from disposals.kinds import LOSS
from disposals.models import LossReport
from disposals.queries import losses_for_list
from disposals.rules.flow import LOSS_TONES, Happening, LossState
from disposals.rules.procedure import Facts
from disposals.tables import LossTable, OwnLossTable
from disposals.views.disposals import search_dossiers
from dossiers import views as dossiers
from dossiers.actions import require_papers
from dossiers.blocks import papers_tab, timeline
from dossiers.forms import ReasonStepForm, StepForm
from dossiers.policies import require_recording
from equipment.views.chosen import device_form
from orgs.rules import UnitKind
from ui.actions import Action, run_action
from ui.blocks import Fact, Stack, Status
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]
TITLES = {Happening.LOST: "Thiết bị mất, hủy hoại", Happening.FOUND: "Thiết bị tìm thấy"}
CREATE = {Happening.LOST: "Báo mất", Happening.FOUND: "Báo tìm thấy"}


def _trail(report: LossReport) -> list[Link]:
    return [*_pages(Happening(report.kind)), Link(report.number, LOSS.url("detail", report))]


def _pages(kind: Happening) -> list[Link]:
    return [LOSS.pages, Link(TITLES[kind], reverse(f"losses:{kind}"))]


def _list(request: Request, kind: Happening) -> HttpResponseBase:
    url = reverse(f"losses:create_{kind}")
    create = Link(CREATE[kind], url) if request.user.scope.write_units else None
    return render_list(
        request,
        queryset=losses_for_list(request.user, kind),
        table=OwnLossTable if request.user.unit.kind == UnitKind.DISTRICT else LossTable,
        filterset=LossFilter,
        title=TITLES[kind],
        noun="hồ sơ",
        export_name="mat" if kind == Happening.LOST else "tim-thay",
        search=search_dossiers,
        search_label="Tìm theo số hồ sơ, biên bản, mã thiết bị",
        create=create,
        breadcrumb=[LOSS.pages],
        empty=Empty("Chưa có hồ sơ nào", "Lập hồ sơ khi có biên bản xác định.", create),
    )


@require_safe
def lost_list(request: Request) -> HttpResponseBase:
    return _list(request, Happening.LOST)


@require_safe
def found_list(request: Request) -> HttpResponseBase:
    return _list(request, Happening.FOUND)


def _create(request: Request, kind: Happening) -> HttpResponse:
    require_recording(request.user)

    def act(data: dict[str, Any]) -> LossReport:
        own = {name: data.pop(name) for name in ("devices", "submission")}
        return actions.start_draft(kind=kind, values=data, by=request.user, **own)

    return device_form(
        request,
        form=partial(LossForm, by=request.user, kind=kind),
        act=act,
        done=lambda made: f"Đã lập hồ sơ {made.number}. Hãy tải biên bản lên rồi ghi sổ.",
        back=lambda made: LOSS.url("detail", made) if made else reverse(f"losses:{kind}"),
        cancel=reverse(f"losses:{kind}"),
        title=CREATE[kind],
        submit="Lưu nháp",
        breadcrumb=_pages(kind),
    )


@require_http_methods(EDIT)
def lost_create(request: Request) -> HttpResponse:
    return _create(request, Happening.LOST)


@require_http_methods(EDIT)
def found_create(request: Request) -> HttpResponse:
    return _create(request, Happening.FOUND)


@require_http_methods(EDIT)
def loss_edit(request: Request, number: str) -> HttpResponse:
    report = LOSS.access(request.user, number, "edit")

    def act(data: dict[str, Any]) -> LossReport:
        own = {name: data.pop(name) for name in ("devices", "version")}
        return actions.save_draft(report, values=data, by=request.user, **own)

    return handle_form(
        request,
        form=partial(LossForm, by=request.user, kind=Happening(report.kind), report=report),
        act=act,
        done=f"Đã lưu nháp hồ sơ {number}.",
        back=LOSS.url("detail", report),
        title=f"Sửa hồ sơ {number}",
        submit="Lưu nháp",
        breadcrumb=_trail(report),
    )


@require_safe
def loss_detail(request: Request, number: str) -> HttpResponse:
    report = LOSS.access(request.user, number, "view")
    may, count = LOSS.may(request.user, report), report.lines.count()
    papers = list(documents.documents_of(report).select_related("created_by"))
    draft = report.state == LossState.DRAFT
    problems = require_papers(report) if draft and "edit" in may else []
    return render_record(
        request,
        title=f"{report.get_kind_display()} {report.number}",
        status=Status(report.get_state_display(), LOSS_TONES[LossState(report.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[Fact("Đơn vị", report.unit.name), Fact("Số thiết bị", str(count))],
        head=[
            blocks.loss_stepper(request.user, report),
            *blocks.report_clock(report),
            *blocks.missing("Chưa ghi sổ được", problems),
        ],
        actions=_steps(report, may, ready=not problems),
        tabs=[
            Tab("ho-so", "Hồ sơ", partial(_dossier_tab, request, report, papers, may)),
            Tab("thiet-bi", "Thiết bị", partial(blocks.loss_devices, request.user, report), count=count),
            Tab("dien-bien", "Diễn biến", partial(timeline, request.user, report, steps={"Ghi sổ"})),
        ],
        breadcrumb=_pages(Happening(report.kind)),
    )


def _dossier_tab(request: Request, report: LossReport, papers: Any, may: set[str]) -> Stack:
    kinds = {paper.kind for paper in papers}
    law = blocks.law_checklist(report.kind, report.happened_on, Facts(), kinds)
    return Stack([papers_tab(request, LOSS, report, papers, may), law, blocks.loss_details(report)])


def _steps(report: LossReport, may: set[str], *, ready: bool) -> list[Action | Link]:
    """What may be done now, the next step first."""
    if report.state == LossState.CANCELLED:
        url = LOSS.url("restore", report)
        return [Action("Khôi phục", url, icon="arrow-back-up")] if "restore" in may else []
    if report.state != LossState.DRAFT or "edit" not in may:
        return []
    confirm = Action("Ghi sổ", LOSS.url("confirm", report), style="primary", icon="check", method="get")
    return [
        *([confirm] if ready else []),
        Action("Sửa bản nháp", LOSS.url("edit", report), icon="pencil", method="get"),
        Action("Hủy hồ sơ", LOSS.url("cancel", report), style="danger", icon="ban", method="get"),
    ]


@require_http_methods(EDIT)
def loss_confirm(request: Request, number: str) -> HttpResponse:
    report = LOSS.access(request.user, number, "confirm")
    lost, count = report.kind == Happening.LOST, report.lines.count()
    back = "Thiết bị trở lại sổ theo nguyên giá cũ, trạng thái trong kho."
    return confirm_action(
        request,
        form=partial(StepForm, dossier=report),
        act=lambda data: actions.confirm(report, by=request.user, **data),
        title=f"Ghi sổ hồ sơ {number}",
        text=f"Ghi {count} thiết bị {'mất, hủy hoại' if lost else 'tìm thấy'} theo hồ sơ {number}?",
        consequence="Thiết bị ra khỏi sổ của đơn vị." if lost else back,
        submit="Ghi sổ",
        done=f"Đã ghi sổ {count} thiết bị theo hồ sơ {number}.",
        back=LOSS.url("detail", report),
        danger=lost,
        breadcrumb=_trail(report),
    )


@require_http_methods(EDIT)
def loss_cancel(request: Request, number: str) -> HttpResponse:
    report = LOSS.access(request.user, number, "cancel")
    return confirm_action(
        request,
        form=partial(ReasonStepForm, dossier=report),
        act=lambda data: actions.cancel(report, by=request.user, **data),
        title=f"Hủy hồ sơ {number}",
        text=f"Hủy bản nháp {number} của {report.unit.name}?",
        consequence="Hồ sơ và tài liệu vẫn được lưu và có thể khôi phục; sổ chưa ghi gì.",
        submit="Hủy hồ sơ",
        done=f"Đã hủy hồ sơ {number}. Có thể khôi phục khi cần.",
        back=LOSS.url("detail", report),
        breadcrumb=_trail(report),
    )


@require_POST
def loss_restore(request: Request, number: str) -> HttpResponse:
    report = LOSS.access(request.user, number, "restore")
    return run_action(
        request,
        lambda: actions.restore(report, by=request.user),
        done=f"Đã khôi phục hồ sơ {number} thành bản nháp.",
        back=LOSS.url("detail", report),
    )


@require_http_methods(EDIT)
def loss_attach(request: Request, number: str) -> HttpResponse:
    return dossiers.attach(request, LOSS, number)


@require_http_methods(EDIT)
def loss_detach(request: Request, number: str, public_id: uuid.UUID) -> HttpResponse:
    return dossiers.detach(request, LOSS, number, public_id)
