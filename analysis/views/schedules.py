"""What is sent by the clock: the list, one schedule with its runs, its steps."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analysis.actions import resting, scheduling
from analysis.blocks.clock import clock_actions, clock_facts, clock_status
from analysis.blocks.saved import runs_of
from analysis.forms import ScheduleForm
from analysis.models import Schedule
from analysis.policies import access_analysis, access_schedule
from analysis.producing_reports import asked_report, kinds_of, parameters_of
from analysis.rules.schedules import FileKind
from analysis.tables import ScheduleTable
from analysis.views.pivot import PIVOT
from core.errors import DomainError
from core.http import Request
from ui.actions import run_action
from ui.forms import confirm_action, handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

LIST = Link("Lịch gửi", "/phan-tich/lich/")
OF_ANALYSIS = (FileKind.XLSX, FileKind.CSV)


@require_safe
def schedule_list(request: Request) -> HttpResponseBase:
    """One's own."""
    return render_list(
        request,
        queryset=Schedule.objects.owned_by(request.user),
        table=ScheduleTable,
        title="Lịch gửi",
        noun="lịch gửi",
        export_name="lich-gui",
        subtitle="Tệp được lập theo số liệu của lúc gửi; thư chỉ có liên kết, mở liên kết phải đăng nhập.",
        breadcrumb=[PIVOT],
        empty=Empty("Chưa đặt lịch gửi nào", "Mở một phân tích đã lưu của bạn rồi bấm Đặt lịch gửi.",
                    Link("Phân tích đã lưu", reverse("analysis:saved")), icon="clock"),
    )  # fmt: skip


def _source(request: Request) -> tuple[Any, str, tuple[FileKind, ...]]:
    """What is to be sent, as the address names it: with its title and the files that it can be. 404 for the rest."""
    if key := request.GET.get("analysis", ""):
        analysis = access_analysis(request.user, key)
        return analysis, analysis.name, OF_ANALYSIS
    report = asked_report(request.GET.get("report", ""))
    if report is None:
        raise Http404
    try:
        asked = parameters_of(report, request.GET, request.user)
    except DomainError as refusal:
        raise Http404 from refusal
    return (report.key, asked), report.title, kinds_of(report)


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_create(request: Request) -> HttpResponse:
    source, title, kinds = _source(request)
    return handle_form(
        request,
        form=partial(ScheduleForm, kinds=kinds, initial={"name": title}),
        act=lambda data: scheduling.schedule(source=source, by=request.user, **data),
        done=lambda made: f"Đã đặt lịch gửi “{made.name}”.",
        back=lambda made: reverse("analysis:schedule", args=[made.public_id]) if made else LIST.url,
        cancel=LIST.url,
        title=f"Đặt lịch gửi: {title}",
        submit="Đặt lịch",
        breadcrumb=[PIVOT, LIST],
    )


@require_safe
def schedule_detail(request: Request, public_id: UUID) -> HttpResponse:
    row = access_schedule(request.user, public_id)
    return render_record(
        request,
        title=row.name,
        status=clock_status(row),
        facts=clock_facts(row),
        actions=clock_actions(row, "schedule"),
        tabs=[Tab("lan-gui", "Các lần gửi", partial(runs_of, row))],
        breadcrumb=[PIVOT, LIST],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_edit(request: Request, public_id: UUID) -> HttpResponse:
    row = access_schedule(request.user, public_id)
    report = asked_report(row.report)
    kinds = OF_ANALYSIS if row.analysis else kinds_of(report)
    initial = {"name": row.name, "every": row.every, "file_kind": row.file_kind}
    return handle_form(
        request,
        form=partial(ScheduleForm, kinds=kinds, initial=initial),
        act=lambda data: scheduling.change(access_schedule(request.user, public_id, lock=True), **data),
        done="Đã lưu lịch gửi.",
        back=reverse("analysis:schedule", args=[public_id]),
        title=f"Sửa lịch gửi {row.name}",
        breadcrumb=[PIVOT, LIST],
    )


def _step(request: Request, public_id: UUID, act: Callable[[Schedule], Any], done: str) -> HttpResponse:
    row = access_schedule(request.user, public_id, lock=True)
    back = reverse("analysis:schedule", args=[public_id])
    return run_action(request, lambda: act(row), done=done, back=back)


@require_POST
def schedule_pause(request: Request, public_id: UUID) -> HttpResponse:
    return _step(request, public_id, resting.pause, "Đã tạm dừng. Bấm Chạy tiếp khi cần.")


@require_POST
def schedule_go_on(request: Request, public_id: UUID) -> HttpResponse:
    return _step(request, public_id, resting.go_on, "Lịch gửi chạy tiếp từ kỳ tới; các kỳ đã bỏ không gửi bù.")


@require_POST
def schedule_run(request: Request, public_id: UUID) -> HttpResponse:
    act = partial(scheduling.run_now, by=request.user)
    return _step(request, public_id, act, "Đang lập tệp. Bạn sẽ nhận thông báo khi tệp đã có.")


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_delete(request: Request, public_id: UUID) -> HttpResponse:
    row = access_schedule(request.user, public_id)
    return confirm_action(
        request,
        act=lambda _: scheduling.delete(access_schedule(request.user, public_id, lock=True)),
        title=f"Xóa lịch gửi {row.name}",
        text=f"Xóa lịch gửi “{row.name}”?",
        consequence="Sẽ không gửi nữa. Các tệp đã lập vẫn còn trong Công việc của bạn đến hết thời gian lưu.",
        submit="Xóa lịch gửi",
        done=f"Đã xóa lịch gửi “{row.name}”.",
        back=LIST.url,
    )
