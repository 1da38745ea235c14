"""Pages of disposals: list, record, draft, one device; steps and papers have their own modules."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core import documents
from core.http import Request
from core.models import Document
from disposals import blocks
from disposals.actions import draft as actions
from disposals.actions.steps import submit_problems
from disposals.filters import DisposalFilter
from disposals.forms.disposal import DisposalForm, LineForm
from disposals.kinds import DISPOSAL
from disposals.models import Disposal, DisposalLine
from disposals.policies import access_line
from disposals.queries import disposals_for_list, lines_of, suggested
from disposals.rules.flow import DISPOSAL_FLOW, DISPOSAL_TONES, DisposalState
from disposals.tables import DisposalTable, OwnDisposalTable, OwnSuggestionTable, SuggestionTable
from dossiers.blocks import clocks, form_steps, papers_tab, timeline
from dossiers.policies import require_recording
from equipment.filters import EquipmentFilter
from equipment.views.chosen import device_form
from equipment.views.equipment import search_equipment
from orgs.rules import UnitKind
from ui.actions import Action
from ui.blocks import Fact, Stack, Status
from ui.formats import money
from ui.forms import handle_form
from ui.links import Empty, Link
from ui.lists import BulkAction, render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]


def search_dossiers(rows: Any, text: str) -> Any:
    """The search of the lists of dossiers."""
    return rows.search(text)


@require_safe
def disposal_list(request: Request) -> HttpResponseBase:
    writes = bool(request.user.scope.write_units)
    create = Link("Lập hồ sơ thanh lý, hủy", reverse("disposals:create")) if writes else None
    return render_list(
        request,
        queryset=disposals_for_list(request.user),
        table=OwnDisposalTable if request.user.unit.kind == UnitKind.DISTRICT else DisposalTable,
        filterset=DisposalFilter,
        title="Thanh lý, hủy",
        noun="hồ sơ",
        export_name="thanh-ly",
        search=search_dossiers,
        search_label="Tìm theo số hồ sơ, biên bản, quyết định, mã thiết bị",
        create=create,
        actions=[
            Link("Thiết bị nên thanh lý", reverse("disposals:suggestions"), icon="list-search"),
            Link("Mất, hủy hoại", reverse("losses:lost"), icon="alert-triangle"),
            Link("Tìm thấy", reverse("losses:found"), icon="zoom-check"),
        ],
        empty=Empty("Chưa có hồ sơ thanh lý, hủy nào", "Lập hồ sơ ngay sau khi có biên bản của hội đồng.", create),
    )


@require_safe
def suggestions(request: Request) -> HttpResponseBase:
    """Devices past their years of use, or waiting for a disposal that nobody has begun."""
    begin = BulkAction("Lập hồ sơ thanh lý", reverse("disposals:create_suggested"), icon="recycle")
    return render_list(
        request,
        queryset=suggested(request.user, timezone.localdate()),
        table=OwnSuggestionTable if request.user.unit.kind == UnitKind.DISTRICT else SuggestionTable,
        filterset=EquipmentFilter,
        title="Thiết bị nên thanh lý",
        noun="thiết bị",
        export_name="nen-thanh-ly",
        search=search_equipment,
        search_label="Tìm theo mã, số máy, tên, mẫu, người dùng",
        subtitle="Đã hết thời gian sử dụng, hoặc đang chờ thanh lý mà chưa có hồ sơ.",
        actions=[begin] if request.user.scope.write_units else [],
        breadcrumb=[DISPOSAL.pages],
        empty=Empty("Chưa có thiết bị nào nên thanh lý"),
    )


@require_http_methods(EDIT)
def disposal_create(request: Request) -> HttpResponse:
    return _create(request)


@require_http_methods(EDIT)
def disposal_create_suggested(request: Request) -> HttpResponse:
    """The same form, opened with rows that were ticked in the list of suggestions."""
    return _create(request, among=suggested(request.user, timezone.localdate()))


def _create(request: Request, **chosen: Any) -> HttpResponse:
    require_recording(request.user)

    def act(data: dict[str, Any]) -> Disposal:
        own = {name: data.pop(name) for name in ("devices", "act", "reason", "submission")}
        return actions.start_draft(values=data, by=request.user, **own)

    return device_form(
        request,
        form=partial(DisposalForm, by=request.user),
        act=act,
        done=lambda made: f"Đã lập hồ sơ {made.number}. Hãy tải lên văn bản đề nghị và biên bản của hội đồng.",
        back=lambda made: DISPOSAL.url("detail", made) if made else DISPOSAL.pages.url,
        cancel=DISPOSAL.pages.url,
        title="Hồ sơ thanh lý, hủy mới",
        submit="Lưu nháp",
        breadcrumb=[DISPOSAL.pages],
        **chosen,
    )


@require_http_methods(EDIT)
def disposal_edit(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "edit")

    def act(data: dict[str, Any]) -> Disposal:
        own = {name: data.pop(name) for name in ("devices", "reason", "version")}
        return actions.save_draft(disposal, values=data, by=request.user, **own)

    return handle_form(
        request,
        form=partial(DisposalForm, by=request.user, disposal=disposal),
        act=act,
        done=f"Đã lưu nháp hồ sơ {number}.",
        back=DISPOSAL.url("detail", disposal),
        title=f"Sửa hồ sơ {number}",
        submit="Lưu nháp",
        breadcrumb=DISPOSAL.trail(disposal),
    )


@require_http_methods(EDIT)
def disposal_line(request: Request, number: str, code: str) -> HttpResponse:
    """One device of the dossier: what it has of its own."""
    disposal = DISPOSAL.access(request.user, number, "line")
    line = access_line(disposal, code)
    return handle_form(
        request,
        form=partial(LineForm, disposal=disposal, line=line),
        act=lambda data: actions.describe_line(line, version=data.pop("version"), values=data, by=request.user),
        done=f"Đã lưu thiết bị {code}.",
        back=f"{DISPOSAL.url('detail', disposal)}?tab=thiet-bi",
        title=f"Thiết bị {code} trong hồ sơ {number}",
        subtitle=line.name,
        breadcrumb=DISPOSAL.trail(disposal),
    )


@require_safe
def disposal_detail(request: Request, number: str) -> HttpResponse:
    disposal = DISPOSAL.access(request.user, number, "view")
    may, today = DISPOSAL.may(request.user, disposal), timezone.localdate()
    papers = list(documents.documents_of(disposal).select_related("created_by"))
    lines = lines_of(disposal)
    draft = disposal.state == DisposalState.DRAFT
    problems = submit_problems(disposal, lines) if draft and "edit" in may else []
    return render_record(
        request,
        title=f"{disposal.get_act_display()} {disposal.number}",
        status=Status(disposal.get_state_display(), DISPOSAL_TONES[DisposalState(disposal.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=[
            Fact("Đơn vị", disposal.unit.name),
            Fact("Hình thức", disposal.get_method_display()),
            Fact("Số thiết bị", str(len(lines))),
            Fact("Nguyên giá", money(sum(line.original_value for line in lines))),
        ],
        head=[
            blocks.disposal_stepper(request.user, disposal),
            *clocks(request.user, disposal, today),
            *blocks.missing("Chưa trình được", problems),
        ],
        actions=_steps(disposal, may, papers, ready=all(p.code == "late" for p in problems)),
        tabs=[
            Tab("ho-so", "Hồ sơ", partial(_dossier_tab, request, disposal, papers, lines, may)),
            Tab("thiet-bi", "Thiết bị", partial(_devices_tab, request, disposal, lines, may), count=len(lines)),
            Tab("dien-bien", "Diễn biến", partial(timeline, request.user, disposal, steps=TOLD_IN_WORDS)),
        ],
        breadcrumb=[DISPOSAL.pages],
    )


TOLD_IN_WORDS = frozenset({"Trình sau họp hội đồng", "Có quyết định", "Kết thúc vòng đời thiết bị"})
"""Reasons in the history of steps that their events tell."""


def _dossier_tab(
    request: Request, disposal: Disposal, papers: Sequence[Document], lines: list[DisposalLine], may: set[str]
) -> Stack:
    kinds = {paper.kind for paper in papers}
    return Stack(
        [
            papers_tab(request, DISPOSAL, disposal, papers, may),
            blocks.disposal_checklist(disposal, lines, kinds, timezone.localdate()),
            blocks.disposal_details(disposal),
        ]
    )


def _devices_tab(request: Request, disposal: Disposal, lines: list[DisposalLine], may: set[str]) -> object:
    return blocks.disposal_devices(request.user, disposal, lines, timezone.localdate(), editable="line" in may)


def _steps(disposal: Disposal, may: set[str], papers: Sequence[Document], *, ready: bool) -> list[Action | Link]:
    """What may be done now, the next step first."""
    onward = {
        "submit": (DisposalState.SUBMITTED, "Trình sau họp hội đồng", "send"),
        "decide": (DisposalState.DECIDED, "Ghi quyết định", "file-certificate"),
        "close": (DisposalState.CLOSED, "Kết thúc", "check"),
    }
    steps: list[Action | Link] = [
        Action(label, DISPOSAL.url(name, disposal), style="primary", icon=icon, method="get")
        for name, (state, label, icon) in onward.items()
        if name in may and DISPOSAL_FLOW.allows(disposal.state, state) and (name != "submit" or ready)
    ]
    if "edit" in may:
        steps.append(Action("Sửa bản nháp", DISPOSAL.url("edit", disposal), icon="pencil", method="get"))
    if "cancel" in may and DISPOSAL_FLOW.allows(disposal.state, DisposalState.CANCELLED):
        steps.append(Action("Hủy hồ sơ", DISPOSAL.url("cancel", disposal), style="danger", icon="ban", method="get"))
    if "restore" in may and DISPOSAL_FLOW.allows(disposal.state, DisposalState.DRAFT):
        steps.append(Action("Khôi phục", DISPOSAL.url("restore", disposal), icon="arrow-back-up"))
    return steps + form_steps(DISPOSAL, disposal, papers, may)
