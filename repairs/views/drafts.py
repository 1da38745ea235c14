"""The form of a dossier: opened from the menu, from a device, from ticked rows; and a draft's."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.http import Request
from dossiers.policies import require_recording
from equipment.views.chosen import device_form
from equipment.views.equipment import search_equipment
from repairs.actions import drafts as actions
from repairs.filters import UpkeepFilter
from repairs.forms.drafts import RepairForm
from repairs.kinds import REPAIR
from repairs.models import Repair
from repairs.queries import upkeep
from repairs.rules.flow import MAX_DEVICES, RepairKind
from repairs.tables import UpkeepTable
from ui.forms import handle_form, render_form
from ui.listing import selected

EDIT = ["GET", "HEAD", "POST"]
PAGE: dict[str, Any] = {"title": "Hồ sơ sửa chữa mới", "submit": "Lưu nháp", "breadcrumb": [REPAIR.pages]}


@require_http_methods(EDIT)
def repair_create(request: Request) -> HttpResponse:
    require_recording(request.user)

    def act(data: dict[str, Any]) -> Repair:
        given = {name: data.pop(name) for name in ("devices", "fault", "submission")}
        return actions.open_draft(header=data, by=request.user, **given)

    return device_form(
        request,
        form=partial(RepairForm, by=request.user),
        act=act,
        done=lambda repair: f"Đã lưu nháp hồ sơ {repair.number}. Tiếp theo: tải biên bản đánh giá lên.",
        back=lambda repair: REPAIR.url("detail", repair) if repair else REPAIR.pages.url,
        cancel=REPAIR.pages.url,
        **PAGE,
    )


@require_POST
def upkeep_create(request: Request) -> HttpResponse:
    """The same form, opened with devices whose upkeep is due."""
    require_recording(request.user)
    if "id" not in request.POST and "all" not in request.POST:
        return repair_create(request)
    try:
        codes = _due_codes(request)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("repairs:upkeep")
    initial = {"devices": codes, "kind": RepairKind.MAINTENANCE, "fault": "Bảo trì định kỳ"}
    form = RepairForm(by=request.user, initial=initial)
    return render_form(request, form=form, back=reverse("repairs:upkeep"), **PAGE)


def _due_codes(request: Request) -> str:
    chosen = selected(
        request, queryset=upkeep(request.user), table=UpkeepTable, filterset=UpkeepFilter, search=search_equipment
    )
    if chosen.count > MAX_DEVICES:
        message = f"Một hồ sơ sửa chữa nhận nhiều nhất {MAX_DEVICES} thiết bị, bạn đã chọn {chosen.count}."
        raise DomainError(f"{message} Hãy chọn ít hơn.", code="too_many")
    return "\n".join(chosen.queryset.order_by("code").values_list("code", flat=True))


@require_http_methods(EDIT)
def repair_edit(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "edit")

    def act(data: dict[str, Any]) -> Repair:
        given = {name: data.pop(name) for name in ("devices", "lines", "version")}
        return actions.save_draft(repair, header=data, by=request.user, **given)

    return handle_form(
        request,
        form=partial(RepairForm, by=request.user, repair=repair, lines=list(repair.lines.all())),
        act=act,
        done=f"Đã lưu nháp hồ sơ {number}.",
        back=REPAIR.url("detail", repair),
        title=f"Sửa hồ sơ {number}",
        submit="Lưu nháp",
        breadcrumb=REPAIR.trail(repair),
    )
