"""Watched numbers: the list, one alert with its readings, its steps."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analysis.actions import resting, watching
from analysis.blocks.clock import alert_facts, clock_actions, clock_status
from analysis.blocks.saved import readings_of
from analysis.forms import AlertForm
from analysis.models import Alert, Analysis
from analysis.policies import access_alert, access_analysis
from analysis.producing import offered
from analysis.tables import AlertTable
from analysis.views.pivot import PIVOT
from core.errors import DomainError
from core.http import Request
from ui.actions import run_action
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Cảnh báo", "/phan-tich/canh-bao/")


@require_safe
def alert_list(request: Request) -> HttpResponseBase:
    """One's own."""
    return render_list(
        request,
        queryset=Alert.objects.owned_by(request.user),
        table=AlertTable,
        title="Cảnh báo",
        noun="cảnh báo",
        export_name="canh-bao",
        subtitle="Báo một lần khi số chạm ngưỡng, một lần khi trở lại.",
        breadcrumb=[PIVOT],
        empty=Empty("Chưa đặt cảnh báo nào", "Mở một phân tích đã lưu của bạn rồi bấm Đặt cảnh báo.",
                    Link("Phân tích đã lưu", reverse("analysis:saved")), icon="bell"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def alert_create(request: Request) -> HttpResponse:
    analysis = access_analysis(request.user, request.GET.get("analysis", ""))
    try:
        form = partial(AlertForm, **offered(analysis, request.user), initial={"name": analysis.name})
    except DomainError as refusal:
        return _refused(request, analysis, refusal)
    return handle_form(
        request,
        form=form,
        act=lambda data: watching.watch(analysis, by=request.user, **data),
        done=lambda made: f"Đã đặt cảnh báo “{made.name}”.",
        back=lambda made: reverse("analysis:alert", args=[made.public_id]) if made else LIST.url,
        cancel=LIST.url,
        title=f"Đặt cảnh báo: {analysis.name}",
        submit="Đặt cảnh báo",
        breadcrumb=[PIVOT, LIST],
    )


def _refused(request: Request, analysis: Analysis, refusal: DomainError) -> HttpResponse:
    """What can't be asked can't be watched: back to the analysis, which says it too."""
    messages.error(request, refusal.message)
    return redirect("analysis:detail", public_id=analysis.public_id)


@require_safe
def alert_detail(request: Request, public_id: UUID) -> HttpResponse:
    row = access_alert(request.user, public_id)
    return render_record(
        request,
        title=row.name,
        status=clock_status(row),
        facts=alert_facts(row),
        actions=clock_actions(row, "alert"),
        tabs=[Tab("lan-doc", "Các lần đọc số", partial(readings_of, row))],
        breadcrumb=[PIVOT, LIST],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def alert_edit(request: Request, public_id: UUID) -> HttpResponse:
    row = access_alert(request.user, public_id)
    initial = {
        name: getattr(row, name) for name in ("name", "measure", "row", "column", "compare", "threshold", "every")
    }
    try:
        form = partial(AlertForm, **offered(row.analysis, request.user, row), initial=initial)
    except DomainError as refusal:
        return _refused(request, row.analysis, refusal)
    return handle_form(
        request,
        form=form,
        act=lambda data: watching.change(access_alert(request.user, public_id, lock=True), **data),
        done="Đã lưu cảnh báo.",
        back=reverse("analysis:alert", args=[public_id]),
        title=f"Sửa cảnh báo {row.name}",
        breadcrumb=[PIVOT, LIST],
    )


def _step(request: Request, public_id: UUID, act: Callable[[Alert], Any], done: str) -> HttpResponse:
    row = access_alert(request.user, public_id, lock=True)
    return run_action(request, lambda: act(row), done=done, back=reverse("analysis:alert", args=[public_id]))


@require_POST
def alert_pause(request: Request, public_id: UUID) -> HttpResponse:
    return _step(request, public_id, resting.pause, "Đã tạm dừng. Bấm Chạy tiếp khi cần.")


@require_POST
def alert_go_on(request: Request, public_id: UUID) -> HttpResponse:
    return _step(request, public_id, resting.go_on, "Cảnh báo chạy tiếp từ kỳ tới.")


@require_http_methods(["GET", "HEAD", "POST"])
def alert_delete(request: Request, public_id: UUID) -> HttpResponse:
    row = access_alert(request.user, public_id)
    return confirm_action(
        request,
        act=lambda _: watching.delete(access_alert(request.user, public_id, lock=True)),
        title=f"Xóa cảnh báo {row.name}",
        text=f"Xóa cảnh báo “{row.name}”?",
        consequence="Số này không được theo dõi nữa và các lần đọc số bị xóa.",
        submit="Xóa cảnh báo",
        done=f"Đã xóa cảnh báo “{row.name}”.",
        back=LIST.url,
    )
