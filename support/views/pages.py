"""The list of requests, one of them, its files; asking."""

import io
import uuid
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.downloads import attachment
from core.http import Request
from support import blocks
from support.actions import asking
from support.filters import RequestFilter
from support.forms import AskForm
from support.models import SupportRequest
from support.policies import access_file, access_request, answers, may
from support.queries import local_page, page_name, suggestions
from support.rules import PRIORITY_TONES, TONES, Priority, State
from support.tables import RequestTable
from ui.blocks import Fact, Status
from ui.forms import handle_form
from ui.links import Empty, Link
from ui.lists import render_list
from ui.records import Tab, render_record

EDIT = ["GET", "HEAD", "POST"]
LIST = Link("Hỗ trợ", "/ho-tro/")


def search_requests(rows: Any, text: str) -> Any:
    """The search of the list."""
    return rows.search(text)


def _links(request: Request) -> list[Link]:
    links = [Link("Trợ giúp", reverse("help:list"), icon="lifebuoy")]
    if answers(request.user):
        links.append(Link("Câu trả lời mẫu", reverse("canned:list"), icon="message"))
        links.append(Link("Thống kê", reverse("support:statistics"), icon="chart-bar"))
    return links


@require_safe
def request_list(request: Request) -> HttpResponseBase:
    create = Link("Gửi yêu cầu", reverse("support:create"))
    return render_list(
        request,
        queryset=SupportRequest.objects.visible_to(request.user),
        table=RequestTable,
        filterset=RequestFilter,
        title="Hỗ trợ",
        noun="yêu cầu",
        export_name="ho-tro",
        search=search_requests,
        search_label="Tìm theo số, tiêu đề, đơn vị",
        create=create,
        actions=_links(request),
        empty=Empty(
            "Chưa có yêu cầu hỗ trợ nào",
            "Khi gặp vướng mắc, hãy gửi yêu cầu: đơn vị cấp trên trả lời trong 48 giờ.",
            create,
            icon="lifebuoy",
        ),
    )


@require_safe
def request_detail(request: Request, number: str) -> HttpResponse:
    asked = access_request(request.user, number, "view")
    return render_record(
        request,
        title=asked.subject,
        code=asked.number,
        status=Status(asked.get_state_display(), TONES[State(asked.state)]),  # type: ignore[arg-type]  # tones of the kit
        facts=_facts(asked),
        head=[blocks.stepper(asked), *blocks.clock(asked, timezone.now())],
        actions=blocks.steps(request.user, asked, may(request.user, asked)),
        tabs=[
            Tab("trao-doi", "Trao đổi", partial(blocks.talk, request.user, asked)),
            Tab("boi-canh", "Bối cảnh", partial(blocks.details, asked)),
            Tab("dien-bien", "Diễn biến", partial(blocks.happenings, request.user, asked)),
        ],
        breadcrumb=[LIST],
    )


def _facts(asked: SupportRequest) -> list[Fact]:
    facts = [
        Fact("Đơn vị hỏi", asked.unit.name),
        Fact("Người hỏi", str(asked.asked_by)),
        Fact("Đơn vị trả lời", asked.partner.name),
        Fact("Chủ đề", asked.get_topic_display()),
    ]
    if asked.priority != Priority.NORMAL:
        tone: Any = PRIORITY_TONES[Priority(asked.priority)]
        facts.append(Fact("Ưu tiên", Status(asked.get_priority_display(), tone)))
    return facts


@require_http_methods(EDIT)
def request_create(request: Request) -> HttpResponse:
    handler = asking.handler_of(request.user.unit)
    page = _asked_from(request)
    return handle_form(
        request,
        form=partial(AskForm, initial={"page": page}),
        act=lambda data: _ask(request, data),
        done=lambda made: f"Đã gửi yêu cầu {made.number} đến {made.partner.name}.",
        back=lambda made: reverse("support:detail", args=[made.number]) if made else LIST.url,
        cancel=page or LIST.url,
        title="Gửi yêu cầu hỗ trợ",
        subtitle=f"{handler.name} trả lời trong 48 giờ. Trước khi gửi, hãy xem câu hỏi thường gặp bên dưới tiêu đề.",
        submit="Gửi yêu cầu",
        breadcrumb=[LIST],
        template="support/ask.html",
        extra_context={"page_name": page_name(page), "articles": suggestions(request.POST.get("subject", ""))},
    )


def _asked_from(request: Request) -> str:
    """The page named in the address, or the page of this site from which the person came; after an error, the same."""
    if request.method == "POST":
        return local_page(request.POST.get("page", ""))
    came = urlsplit(request.headers.get("Referer", ""))
    address = f"{came.path}?{came.query}" if came.query else came.path
    return local_page(request.GET.get("tu", "") or (address if came.netloc == request.get_host() else ""))


def _ask(request: Request, data: dict[str, Any]) -> SupportRequest:
    page = local_page(data["page"])
    browser = "".join(c for c in request.headers.get("User-Agent", "") if c.isprintable())
    return asking.ask(
        topic=data["topic"],
        subject=data["subject"],
        text=data["text"],
        files=data["attachments"],
        context=asking.Context(page, page_name(page), browser),
        submission=data["submission"],
        by=request.user,
    )


@require_safe
def request_file(request: Request, public_id: uuid.UUID) -> HttpResponseBase:
    """For saving only: it is never shown inside the site."""
    file = access_file(request.user, public_id)
    return attachment(io.BytesIO(file.content), name=file.title, content_type=file.content_type)
