"""The steps of a dossier: send, results, finish, cancel, take up again."""

from functools import partial

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from core.http import Request
from dossiers.forms import ReasonStepForm, StepForm
from repairs import blocks
from repairs.actions import drafts, results, sending
from repairs.forms.results import ResultsForm
from repairs.forms.steps import SendForm
from repairs.kinds import REPAIR
from repairs.models import Repair
from repairs.rules.flow import BACK, RepairState
from ui.actions import run_action
from ui.forms import confirm_action, handle_form

EDIT = ["GET", "HEAD", "POST"]


@require_http_methods(EDIT)
def repair_send(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "send")
    count = repair.lines.count()
    return confirm_action(
        request,
        form=partial(SendForm, dossier=repair),
        act=lambda data: sending.send(repair, by=request.user, **data),
        title=f"Gửi sửa chữa theo hồ sơ {number}",
        text=f"Gửi {count} thiết bị của {repair.unit.name}: {blocks.place(repair)}?",
        consequence="Các thiết bị chuyển sang trạng thái “Đang sửa chữa” cho đến khi hồ sơ hoàn thành.",
        submit=f"Gửi {count} thiết bị",
        done=f"Đã gửi {count} thiết bị, hồ sơ {number}. Khi nhận lại, hãy ghi kết quả.",
        back=REPAIR.url("detail", repair),
        danger=False,
        breadcrumb=REPAIR.trail(repair),
    )


@require_http_methods(EDIT)
def repair_results(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "results")
    return handle_form(
        request,
        form=partial(ResultsForm, repair=repair, lines=results.lines_of(repair)),
        act=lambda data: results.record_results(repair, by=request.user, **data),
        done=f"Đã ghi kết quả vào hồ sơ {number}.",
        back=REPAIR.url("detail", repair),
        title=f"Kết quả sửa chữa, hồ sơ {number}",
        subtitle="Ghi được từng phần; thiết bị chỉ thay đổi khi bấm “Hoàn thành” ở trang hồ sơ.",
        submit="Lưu kết quả",
        breadcrumb=REPAIR.trail(repair),
    )


@require_http_methods(EDIT)
def repair_finish(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "finish")
    return confirm_action(
        request,
        form=partial(StepForm, dossier=repair),
        act=lambda data: results.finish(repair, by=request.user, version=data["version"]),
        title=f"Hoàn thành hồ sơ {number}",
        text=_told(repair),
        consequence="Kết quả được ghi vào từng thiết bị và hồ sơ đóng lại; sau đó không sửa được nữa.",
        submit="Hoàn thành",
        done=_finished,
        back=REPAIR.url("detail", repair),
        danger=False,
        breadcrumb=REPAIR.trail(repair),
    )


def _told(repair: Repair) -> str:
    """How many devices come back, how many don't."""
    found = list(repair.lines.values_list("result", flat=True))
    back = sum(result in BACK for result in found)
    lost = len(found) - back
    told = f"Nhận lại {back} thiết bị của {repair.unit.name}"
    return f"{told}, chuyển {lost} thiết bị không sửa được sang chờ thanh lý?" if lost else f"{told}?"


def _finished(repair: Repair) -> str:
    reminders = results.reminders(repair, list(repair.lines.all()))
    return " ".join([f"Hồ sơ {repair.number} đã hoàn thành.", *reminders])


@require_http_methods(EDIT)
def repair_cancel(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "cancel")
    sent = repair.state == RepairState.SENT
    freed = "Thiết bị trở lại trạng thái trước khi gửi" if sent else "Thiết bị được đưa ra khỏi hồ sơ"
    return confirm_action(
        request,
        form=partial(ReasonStepForm, dossier=repair),
        act=lambda data: drafts.cancel(repair, by=request.user, **data),
        title=f"Hủy hồ sơ {number}",
        text=f"Hủy hồ sơ sửa chữa {number} của {repair.unit.name}?",
        consequence=f"{freed}. Hồ sơ và tài liệu vẫn được lưu và có thể khôi phục.",
        submit="Hủy hồ sơ",
        done=f"Đã hủy hồ sơ {number}. Có thể khôi phục khi cần.",
        back=REPAIR.url("detail", repair),
        breadcrumb=REPAIR.trail(repair),
    )


@require_POST
def repair_restore(request: Request, number: str) -> HttpResponse:
    repair = REPAIR.access(request.user, number, "restore")
    return run_action(
        request,
        lambda: drafts.restore(repair, by=request.user),
        done=f"Đã khôi phục hồ sơ {number} thành bản nháp.",
        back=REPAIR.url("detail", repair),
    )
