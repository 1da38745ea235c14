"""How the way to the document system stands, and under which identifiers agencies are written to: for IT Center."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import Request
from core.text import fold
from dispatch import actions, blocks
from dispatch.actions.identifiers import name_agency, take_list
from dispatch.adapters import DeliveryError, adapter_of, channel
from dispatch.filters import AgencyFilter
from dispatch.forms import IdentifierForm, IdentifierListForm
from dispatch.models import AgencyIdentifier
from dispatch.policies import access_agency, require_watching
from dispatch.queries.health import health
from dispatch.queries.organs import code_of
from dispatch.rules import Channel
from dispatch.tables import AgencyTable
from dispatch.views.pages import EDIT, LIST
from orgs.models import OrgUnit
from orgs.queries import by_name
from ui.actions import Action, run_action
from ui.forms import handle_form
from ui.links import Link
from ui.lists import render_list
from ui.records import Tab, render_record

WAY = Link("Kết nối", "/gui-nhan/ket-noi/")
NAMES = Link("Mã định danh", "/gui-nhan/ma-dinh-danh/")


@require_safe
def way_health(request: Request) -> HttpResponse:
    require_watching(request.user)
    found = health(request.user)
    steps: list[Action | Link] = [
        Action("Kiểm tra kết nối", reverse("dispatch:check"), style="primary", icon="network"),
        Link("Mã định danh", NAMES.url, icon="tags"),
    ]
    if found.failed:
        label = f"Gửi lại {found.failed} gói không gửi được"
        steps.append(Action(label, reverse("dispatch:retry_all"), icon="refresh"))
    return render_record(
        request,
        title="Kết nối hệ thống quản lý văn bản",
        status=blocks.way_status(found),
        facts=blocks.way_counts(found),
        actions=steps,
        tabs=[Tab("cau-hinh", "Cấu hình", partial(blocks.way_details, found))],
        breadcrumb=[LIST],
    )


@require_POST
def way_check(request: Request) -> HttpResponse:
    """Try the way without sending anything."""
    require_watching(request.user)
    try:
        way = channel()
        if way == Channel.APP:
            messages.info(request, "Chưa khai báo kết nối: văn bản được nhận ngay trong phần mềm.")
        else:
            adapter_of(way).check()
            messages.success(request, "Kết nối tốt.")
    except (DeliveryError, OSError, ImproperlyConfigured) as fault:
        messages.error(request, f"Chưa kết nối được: {fault}")
    return redirect(WAY.url)


@require_POST
def way_retry_all(request: Request) -> HttpResponse:
    require_watching(request.user)
    return run_action(
        request,
        lambda: actions.retry_failed(by=request.user),
        done=lambda many: f"Đã đưa {many} gói vào hàng chờ gửi.",
        back=WAY.url,
    )


def search_agencies(rows: Any, text: str) -> Any:
    """By words of the name or code, or by the identifier."""
    return rows.filter(identifier__organ_id__icontains=text) | by_name(rows, fold(text))


@require_safe
def identifier_list(request: Request) -> HttpResponseBase:
    require_watching(request.user)
    return render_list(
        request,
        queryset=OrgUnit.objects.agencies(),
        table=AgencyTable,
        filterset=AgencyFilter,
        title="Mã định danh cơ quan",
        noun="đơn vị",
        export_name="ma-dinh-danh",
        search=search_agencies,
        search_label="Tìm theo tên, mã đơn vị, mã định danh",
        subtitle="Đơn vị chưa nhập mã định danh được ghi trong gói bằng mã ngành, hoặc mã đơn vị của phần mềm.",
        create=Link("Nhập danh sách", reverse("dispatch:identifier_list")),
        breadcrumb=[LIST, WAY],
    )


@require_http_methods(EDIT)
def identifier_edit(request: Request, code: str) -> HttpResponse:
    unit = access_agency(request.user, code)
    known = AgencyIdentifier.objects.filter(unit=unit).first()
    return handle_form(
        request,
        form=partial(IdentifierForm, known=known),
        act=lambda data: name_agency(unit, by=request.user, **data),
        done=f"Đã lưu mã định danh của {unit.name}.",
        back=NAMES.url,
        title=f"Mã định danh: {unit.name}",
        subtitle=f"Khi chưa nhập, gói ghi mã {code_of(unit)}.",
        breadcrumb=[LIST, WAY, NAMES],
    )


@require_http_methods(EDIT)
def identifier_take_list(request: Request) -> HttpResponse:
    require_watching(request.user)
    return handle_form(
        request,
        form=IdentifierListForm,
        act=lambda data: take_list(data["text"], source=data["source"], by=request.user),
        done=lambda many: f"Đã nhập, sửa {many} mã định danh.",
        back=NAMES.url,
        title="Nhập danh sách mã định danh",
        subtitle="Nhập tất cả các dòng, hoặc không nhập dòng nào khi còn dòng sai.",
        submit="Nhập",
        breadcrumb=[LIST, WAY, NAMES],
    )
