"""The page of one obligation, and what a superior does about it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from deadlines.actions import oversight
from deadlines.blocks import record
from deadlines.forms.oversight import AskAgainForm, WaiveForm
from deadlines.models import Obligation
from deadlines.policies import access_obligation
from deadlines.views.boards import HOME
from ui.forms import confirm_action
from ui.links import Link
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]


@require_safe
def obligation(request: Request, public_id: UUID) -> HttpResponse:
    """What is owed, how it stands, and everything that was done about it."""
    owed, today = access_obligation(request.user, public_id), timezone.localdate()
    return render_record(
        request,
        title=owed.get_kind_display(),
        status=record.status_of(owed, today),
        facts=record.facts_of(owed),
        head=record.clock_of(owed, today),
        actions=record.steps_of(request.user, owed, today),
        tabs=[
            Tab("dien-bien", "Diễn biến", lambda: record.timeline(request.user, owed)),
            Tab("don-doc", "Đôn đốc", lambda: record.urgings_of(request.user, owed)),
        ],
        breadcrumb=[HOME, Link("Danh sách", reverse("deadlines:list"))],
    )


@require_http_methods(EDIT)
def waive(request: Request, public_id: UUID) -> HttpResponse:
    owed = access_obligation(request.user, public_id, "waive")
    return confirm_action(
        request,
        form=WaiveForm,
        act=lambda data: oversight.excuse(owed, reason=data["reason"], by=request.user),
        title="Miễn thực hiện",
        text=f"Miễn cho {owed.unit} việc “{owed.get_kind_display()}” của {owed.subject_label}?",
        consequence="Việc này không còn bị nhắc hạn và không tính vào tỷ lệ đúng hạn. Đơn vị được báo cùng lý do. "
        "Sau này vẫn yêu cầu thực hiện lại được.",
        submit="Miễn thực hiện",
        done=f"Đã miễn cho {owed.unit}; đơn vị sẽ nhận được thông báo.",
        back=_page(owed),
        breadcrumb=_trail(owed),
    )


@require_http_methods(EDIT)
def ask_again(request: Request, public_id: UUID) -> HttpResponse:
    owed = access_obligation(request.user, public_id, "ask_again")
    return confirm_action(
        request,
        form=AskAgainForm,
        act=lambda data: oversight.ask_again(owed, reason=data["reason"], by=request.user),
        title="Yêu cầu thực hiện lại",
        text=f"Yêu cầu {owed.unit} lại làm “{owed.get_kind_display()}” của {owed.subject_label}?",
        consequence=f"Hạn giữ như cũ: {owed.due_date:%d/%m/%Y}. Chỉ yêu cầu khi hồ sơ vẫn còn phải làm. Đơn vị được "
        "báo cùng lý do.",
        submit="Yêu cầu thực hiện lại",
        done=f"Đã yêu cầu {owed.unit} thực hiện lại.",
        back=_page(owed),
        danger=False,
        breadcrumb=_trail(owed),
    )


def _page(owed: Obligation) -> str:
    return reverse("deadlines:detail", args=[owed.public_id])


def _trail(owed: Obligation) -> list[Link]:
    return [HOME, Link(f"{owed.get_kind_display()} {owed.subject_label}", _page(owed))]
