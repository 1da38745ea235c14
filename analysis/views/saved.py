"""Saved analyses: the list, one's page, keep, change, copy, delete."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analysis.actions import keeping
from analysis.asking import Question, Reading, read
from analysis.blocks.saved import alerts_of, facts_of, schedules_of
from analysis.forms import AnalysisForm
from analysis.models import Analysis
from analysis.policies import access_analysis
from analysis.tables import AnalysisTable
from analysis.topics.parts import Frame
from analysis.views.pivot import PIVOT
from core.http import Request
from ui.actions import Action, run_action
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

SAVED = Link("Phân tích đã lưu", "/phan-tich/da-luu/")


@require_safe
def saved_list(request: Request) -> HttpResponseBase:
    """One's own, and what colleagues of the unit share."""
    return render_list(
        request,
        queryset=Analysis.objects.visible_to(request.user),
        table=AnalysisTable,
        title="Phân tích đã lưu",
        noun="phân tích",
        export_name="phan-tich-da-luu",
        search=lambda rows, text: rows.filter(name__icontains=text),
        search_label="Tìm theo tên",
        breadcrumb=[PIVOT],
        actions=[Link("Lịch gửi", reverse("analysis:schedules"), icon="clock"),
                 Link("Cảnh báo", reverse("analysis:alerts"), icon="bell")],
        empty=Empty("Chưa có phân tích nào được lưu", "Lập một phân tích rồi bấm Lưu để mở lại lần sau.",
                    Link("Phân tích", PIVOT.url)),
    )  # fmt: skip


def _question(request: Request) -> Question:
    return Reading(request.GET, Frame(request.user, timezone.localdate()), request).question()


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: Request) -> HttpResponse:
    """Keep the question that the address asks."""

    def act(data: dict[str, Any]) -> Analysis:
        return keeping.save_new(_question(request), by=request.user, **data)

    return handle_form(
        request,
        form=AnalysisForm,
        act=act,
        done=lambda saved: f"Đã lưu phân tích “{saved.name}”.",
        back=lambda saved: reverse("analysis:detail", args=[saved.public_id]) if saved else PIVOT.url,
        cancel=f"{PIVOT.url}?{request.GET.urlencode()}",
        title="Lưu phân tích",
        breadcrumb=[PIVOT, SAVED],
    )


@require_safe
def detail(request: Request, public_id: UUID) -> HttpResponse:
    """What was saved, and what hangs on it."""
    saved = access_analysis(request.user, public_id, own=False)
    mine = saved.owner_id == request.user.pk
    opened = f"{PIVOT.url}?saved={saved.public_id}"
    reading = read(saved.query, user=request.user, today=timezone.localdate())
    tabs = [Tab("cau-hoi", "Nội dung", partial(facts_of, reading))]
    if mine:
        tabs += [
            Tab("lich-gui", "Lịch gửi", partial(schedules_of, request.user, saved)),
            Tab("canh-bao", "Cảnh báo", partial(alerts_of, request.user, saved)),
        ]
    return render_record(
        request,
        title=saved.name,
        subtitle=saved.description,
        actions=[Link("Mở phân tích", opened, icon="chart-bar"), *_steps(saved, mine=mine)],
        tabs=tabs,
        breadcrumb=[PIVOT, SAVED],
    )


def _steps(saved: Analysis, *, mine: bool) -> list[Action | Link]:
    def to(name: str) -> str:
        return reverse(f"analysis:{name}", args=[saved.public_id])

    copied = Action("Sao chép", to("copy"), icon="copy")
    if not mine:
        return [copied]
    delete = Action("Xóa", to("delete"), style="danger", icon="trash", confirm=f"Xóa phân tích “{saved.name}”")
    return [
        Link("Đặt lịch gửi", f"{reverse('analysis:schedule_create')}?analysis={saved.public_id}", icon="clock"),
        Link("Đặt cảnh báo", f"{reverse('analysis:alert_create')}?analysis={saved.public_id}", icon="bell"),
        Link("Sửa tên, chia sẻ", to("edit"), icon="pencil"),
        copied,
        delete,
    ]


@require_POST
def update(request: Request, public_id: UUID) -> HttpResponse:
    """Keep the question that the address asks in place of the one that was saved."""
    saved = access_analysis(request.user, public_id)
    return run_action(
        request,
        lambda: keeping.save_again(saved, _question(request)),
        done=f"Đã lưu thay đổi của phân tích “{saved.name}”.",
        back=f"{PIVOT.url}?saved={saved.public_id}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, public_id: UUID) -> HttpResponse:
    saved = access_analysis(request.user, public_id)
    back = reverse("analysis:detail", args=[public_id])
    initial = {"name": saved.name, "description": saved.description, "shared": saved.shared}
    return handle_form(
        request,
        form=partial(AnalysisForm, initial=initial),
        act=lambda data: keeping.describe(saved, by=request.user, **data),
        done=lambda one: f"Đã lưu phân tích “{one.name}”.",
        back=back,
        title=f"Sửa phân tích {saved.name}",
        breadcrumb=[PIVOT, SAVED],
    )


@require_POST
def copy(request: Request, public_id: UUID) -> HttpResponse:
    saved = access_analysis(request.user, public_id, own=False)
    return run_action(
        request,
        lambda: keeping.copy(saved, by=request.user),
        done=lambda made: f"Đã sao chép thành “{made.name}”.",
        back=lambda made: reverse("analysis:detail", args=[made.public_id]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, public_id: UUID) -> HttpResponse:
    saved = access_analysis(request.user, public_id)
    hung = f"{saved.schedules.count()} lịch gửi và {saved.alerts.count()} cảnh báo của phân tích này cũng bị xóa."
    shared = " Đồng nghiệp sẽ không còn mở được." if saved.shared else ""
    return confirm_action(
        request,
        act=lambda _: keeping.delete(saved),
        title=f"Xóa phân tích {saved.name}",
        text=f"Xóa phân tích “{saved.name}”?",
        consequence=f"{hung}{shared} Không số liệu nào bị xóa.",
        submit="Xóa phân tích",
        done=f"Đã xóa phân tích “{saved.name}”.",
        back=SAVED.url,
    )
