"""A person's own notices: the list, the way to what each is about, the bell's count, how mail is wanted."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import Request
from notices import actions
from notices.filters import NoticeFilter
from notices.forms import OptionsForm
from notices.models import Notice
from notices.policies import access_notice
from notices.queries import mail_is_on, unread_of
from notices.tables import NoticeTable
from ui.actions import Action, run_action
from ui.forms import handle_form
from ui.links import Empty, Link, is_local
from ui.lists import BulkAction, render_list, selected

LIST = Link("Thông báo", "/thong-bao/")


@require_safe
def notice_list(request: Request) -> HttpResponseBase:
    """Everything that this person was told."""
    unread = unread_of(request.user).count()
    mark_all = Action("Đánh dấu đã đọc tất cả", reverse("notices:read_all"), icon="check")
    return render_list(
        request,
        **_listed(request),
        title="Thông báo",
        noun="thông báo",
        export_name="thong-bao",
        search_label="Tìm trong thông báo",
        subtitle=f"{unread} chưa đọc" if unread else "",
        actions=[
            *([mark_all] if unread else []),
            Link("Tùy chọn nhận thư", reverse("notices:options"), icon="settings"),
            BulkAction("Đánh dấu đã đọc", reverse("notices:read"), icon="check"),
            BulkAction("Đánh dấu chưa đọc", reverse("notices:unread"), icon="message"),
        ],
        empty=Empty(
            "Chưa có thông báo nào",
            "Nhắc hạn, đôn đốc và trả lời yêu cầu hỗ trợ gửi cho bạn sẽ hiện ở đây.",
            icon="bell",
        ),
    )


def _listed(request: Request) -> dict[str, Any]:
    """What the list shows and bulk actions choose from."""
    return {
        "queryset": Notice.objects.owned_by(request.user),
        "table": NoticeTable,
        "filterset": NoticeFilter,
        "search": lambda rows, text: rows.search(text),
    }


@require_safe
def notice_open(request: Request, public_id: UUID) -> HttpResponse:
    """Lead to what the notice is about: whoever goes there has read it.

    GET may mark it, because nobody is harmed by it: the address can't be guessed, opens for its reader alone, and
    mark and count are the reader's own; it can be put back. A browser that fetches pages ahead is known by its header.
    """
    notice = access_notice(request.user, public_id)
    ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if request.method == "GET" and not ahead:
        actions.mark_read(Notice.objects.owned_by(request.user).filter(pk=notice.pk))
    return redirect(notice.address if is_local(notice.address) else LIST.url)


@require_safe
def notice_count(request: Request) -> HttpResponse:
    """The number at the bell. It is asked for by the page, not by a person: see settings.PASSIVE_PATHS."""
    return render(request, "partials/badge.html", {"count": unread_of(request.user).count()})


def _mark(request: Request, mark: Callable[[QuerySet[Notice]], int], done: str) -> HttpResponse:
    query = QueryDict(request.POST.get("filter", "").removeprefix("?")).urlencode()
    return run_action(
        request,
        lambda: mark(selected(request, **_listed(request)).queryset),
        done=lambda count: f"{done} {count} thông báo.",
        back=f"{LIST.url}?{query}" if query else LIST.url,
    )


@require_POST
def notices_read(request: Request) -> HttpResponse:
    return _mark(request, actions.mark_read, "Đã đánh dấu đã đọc")


@require_POST
def notices_unread(request: Request) -> HttpResponse:
    return _mark(request, actions.mark_unread, "Đã đánh dấu chưa đọc")


@require_POST
def notices_read_all(request: Request) -> HttpResponse:
    return run_action(
        request,
        partial(actions.mark_read, unread_of(request.user)),
        done=lambda count: f"Đã đánh dấu đã đọc {count} thông báo." if count else "Không còn thông báo chưa đọc.",
        back=LIST.url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notice_options(request: Request) -> HttpResponse:
    """By topic: mail at once, one a day, none."""
    user = request.user
    return handle_form(
        request,
        form=partial(OptionsForm, user=user),
        act=lambda data: actions.choose_mail(user, OptionsForm.wanted(data)),
        done="Đã lưu cách nhận thư.",
        back=reverse("notices:options"),
        cancel=LIST.url,
        title="Tùy chọn nhận thư",
        breadcrumb=[LIST],
        template="notices/options.html",
        extra_context={"mail_is_on": mail_is_on()},
    )
