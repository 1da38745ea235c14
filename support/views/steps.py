"""The steps of a request: each shows what was said so far, and takes what is to be said next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.http import Request
from support import blocks
from support.actions import steps
from support.forms import CloseForm, EscalateForm, NoteForm, PriorityForm, WriteForm
from support.models import SupportRequest
from support.policies import access_request, canned_of, handles
from support.rules import State
from support.views.pages import EDIT, LIST
from ui.forms import confirm_action, handle_form
from ui.links import Link


def _page(asked: SupportRequest) -> str:
    return reverse("support:detail", args=[asked.number])


def _trail(asked: SupportRequest) -> list[Link]:
    return [LIST, Link(asked.number, _page(asked))]


def _write(
    request: Request,
    asked: SupportRequest,
    act: Callable[..., Any],
    *,
    title: str,
    done: str,
    subtitle: str = "",
    initial: str = "",
    ready: Any = (),
) -> HttpResponse:
    """A page that says something in the conversation."""
    return handle_form(
        request,
        form=partial(WriteForm, dossier=asked, initial={"text": initial}),
        act=lambda data: act(
            asked, text=data["text"], files=data["attachments"], by=request.user, version=data["version"]
        ),
        done=done,
        back=_page(asked),
        title=title,
        subtitle=subtitle,
        submit="Gửi",
        breadcrumb=_trail(asked),
        template="support/write.html",
        extra_context={"talk": blocks.talk(request.user, asked), "ready": ready},
    )


@require_http_methods(EDIT)
def request_answer(request: Request, number: str) -> HttpResponse:
    asked = access_request(request.user, number, "answer")
    ready = list(canned_of(request.user))
    chosen = next((one for one in ready if str(one.public_id) == request.GET.get("mau")), None)
    return _write(
        request,
        asked,
        steps.answer,
        title=f"Trả lời {number}",
        subtitle=f"{asked.unit.name}: {asked.subject}",
        done=f"Đã trả lời yêu cầu {number}.",
        initial=chosen.text if chosen else "",
        ready=ready,
    )


@require_http_methods(EDIT)
def request_ask_back(request: Request, number: str) -> HttpResponse:
    return _write(
        request,
        asked := access_request(request.user, number, "ask_back"),
        steps.ask_back,
        title=f"Hỏi lại {number}",
        subtitle=f"Hỏi {asked.unit.name} điều cần biết thêm. Thời hạn 48 giờ tạm dừng đến khi có bổ sung.",
        done=f"Đã đề nghị bổ sung thông tin cho yêu cầu {number}.",
    )


@require_http_methods(EDIT)
def request_reply(request: Request, number: str) -> HttpResponse:
    return _write(
        request,
        asked := access_request(request.user, number, "reply"),
        steps.reply,
        title=f"Bổ sung thông tin {number}",
        subtitle=asked.subject,
        done=f"Đã gửi thông tin bổ sung của yêu cầu {number}.",
    )


@require_http_methods(EDIT)
def request_reopen(request: Request, number: str) -> HttpResponse:
    return _write(
        request,
        asked := access_request(request.user, number, "reopen"),
        steps.reopen,
        title=f"Hỏi tiếp {number}",
        subtitle=f"Hãy nói rõ điều chưa được giải quyết. {asked.partner.name} trả lời trong 48 giờ.",
        done=f"Đã mở lại yêu cầu {number}.",
    )


@require_http_methods(EDIT)
def request_note(request: Request, number: str) -> HttpResponse:
    asked = access_request(request.user, number, "note")
    return handle_form(
        request,
        form=NoteForm,
        act=lambda data: steps.note(asked, text=data["text"], files=data["attachments"], by=request.user),
        done="Đã lưu ghi chú nội bộ.",
        back=_page(asked),
        title=f"Ghi chú nội bộ {number}",
        subtitle=f"Chỉ {request.user.unit.name} và đơn vị cấp trên của mình đọc được; người hỏi không thấy.",
        submit="Lưu ghi chú",
        breadcrumb=_trail(asked),
        template="support/write.html",
        extra_context={"talk": blocks.talk(request.user, asked)},
    )


@require_http_methods(EDIT)
def request_escalate(request: Request, number: str) -> HttpResponse:
    asked = access_request(request.user, number, "escalate")
    return confirm_action(
        request,
        form=partial(EscalateForm, dossier=asked),
        act=lambda data: steps.escalate(asked, reason=data["reason"], by=request.user, version=data["version"]),
        title=f"Chuyển {number} lên Trung tâm CNTT",
        text=f"Chuyển yêu cầu “{asked.subject}” của {asked.unit.name} lên Trung tâm CNTT?",
        consequence=f"Trung tâm CNTT trả lời thay {asked.partner.name} trong 48 giờ kể từ lúc chuyển. "
        "Lý do được ghi vào phần trao đổi, cả hai bên đọc được.",
        submit="Chuyển lên",
        done=f"Đã chuyển yêu cầu {number} lên Trung tâm CNTT.",
        back=_page(asked),
        danger=False,
        breadcrumb=_trail(asked),
    )


@require_http_methods(EDIT)
def request_close(request: Request, number: str) -> HttpResponse:
    asked = access_request(request.user, number, "close")
    withdrawing = asked.state != State.ANSWERED and not handles(request.user, asked)
    verb = "Rút" if withdrawing else "Đóng"
    return confirm_action(
        request,
        form=partial(CloseForm, dossier=asked),
        act=lambda data: steps.close(asked, text=data["text"], by=request.user, version=data["version"]),
        title=f"{verb} yêu cầu {number}",
        text=f"{verb} yêu cầu “{asked.subject}”?",
        consequence=("Không ai phải trả lời nữa. " if withdrawing else "")
        + f"{asked.unit.name} mở lại được trong {blocks.reopen_days()} ngày.",
        submit=f"{verb} yêu cầu",
        done=f"Đã {verb.lower()} yêu cầu {number}.",
        back=_page(asked),
        danger=withdrawing,
        breadcrumb=_trail(asked),
    )


@require_http_methods(EDIT)
def request_prioritise(request: Request, number: str) -> HttpResponse:
    asked = access_request(request.user, number, "prioritise")
    return handle_form(
        request,
        form=partial(PriorityForm, dossier=asked, initial={"priority": asked.priority}),
        act=lambda data: steps.prioritise(asked, priority=data["priority"], by=request.user, version=data["version"]),
        done=lambda saved: f"Yêu cầu {saved.number}: ưu tiên “{saved.get_priority_display()}”.",
        back=_page(asked),
        title=f"Mức ưu tiên {number}",
        subtitle="Thứ tự xử lý của đơn vị trả lời; thời hạn 48 giờ không đổi.",
        breadcrumb=_trail(asked),
    )
