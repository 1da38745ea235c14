"""The list of sendings, one of them, its package; trying again."""

import io
from functools import partial
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.downloads import attachment
from core.http import Request
from dispatch import actions, blocks
from dispatch.filters import DispatchFilter
from dispatch.models import Dispatch, Package
from dispatch.policies import access_dispatch, may, watches_the_way
from dispatch.tables import DispatchTable
from ui.forms import confirm_action
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]
LIST = Link("Gửi nhận văn bản", "/gui-nhan/")


def search_dispatches(rows: Any, text: str) -> Any:
    """By number, excerpt, number and sign, dossier."""
    for word in text.split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(code__icontains=word)
            | Q(subject_label__icontains=word)
        )
    return rows


@require_safe
def dispatch_list(request: Request) -> HttpResponseBase:
    watching = [Link("Kết nối", reverse("dispatch:health"), icon="network")] if watches_the_way(request.user) else []
    return render_list(
        request,
        queryset=Dispatch.objects.visible_to(request.user),
        table=DispatchTable,
        filterset=DispatchFilter,
        title="Gửi nhận văn bản",
        noun="lần gửi",
        export_name="gui-nhan",
        search=search_dispatches,
        search_label="Tìm theo số, trích yếu, ký hiệu, hồ sơ",
        actions=watching,
        empty=Empty("Chưa gửi, nhận văn bản nào", "Báo cáo năm đã ký được gửi từ trang của báo cáo.", icon="send"),
    )


@require_safe
def dispatch_detail(request: Request, number: str) -> HttpResponse:
    row = access_dispatch(request.user, number)
    return render_record(
        request,
        title=row.title,
        code=row.number,
        status=blocks.status(row),
        facts=blocks.facts(row),
        head=[blocks.stepper(row), *blocks.clocks(row)],
        actions=blocks.steps(row, may(request.user, row)),
        tabs=[
            Tab("dien-bien", "Diễn biến", partial(blocks.trail, request.user, row)),
            Tab("goi", "Gói văn bản", partial(blocks.details, row, watching=watches_the_way(request.user))),
        ],
        breadcrumb=[LIST],
    )


@require_safe
def dispatch_package(request: Request, number: str) -> HttpResponseBase:
    """The bytes as they were or will be sent, for saving."""
    row = access_dispatch(request.user, number)
    kept = Package.objects.visible_to(request.user).get(dispatch=row)
    return attachment(io.BytesIO(kept.content), name=f"{row.number}.edxml", content_type="application/xml")


@require_http_methods(EDIT)
def dispatch_retry(request: Request, number: str) -> HttpResponse:
    row = access_dispatch(request.user, number, "retry")
    return confirm_action(
        request,
        act=lambda _: actions.retry(row, by=request.user),
        title=f"Gửi lại {number}",
        text=f"Gửi lại gói “{row.title}” cho {row.partner.name}?",
        consequence="Gói giữ nguyên mã văn bản: nơi nhận đã có thì không vào sổ lần nữa.",
        submit="Gửi lại",
        done=f"Đã đưa {number} vào hàng chờ gửi.",
        back=blocks.page(row),
        danger=False,
        breadcrumb=[LIST, Link(number, blocks.page(row))],
    )
