"""The calendar of one's own deadlines: its page, and the file that calendar programs ask for without a login."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_safe

from core.http import Request
from core.scope import entered
from deadlines import ics
from deadlines.actions import feed as actions
from deadlines.models import FeedToken, Obligation
from deadlines.queries import calendar
from deadlines.queries.feed import owed_by, token_of
from orgs.policies import recordable_units
from ui.actions import confirm_page
from ui.forms import confirm_action
from ui.links import Link

TITLE = "Lịch hạn của tôi"


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The file, for whoever has the address, as its owner may see it. No session is begun or prolonged by that."""
    token = token_of(secret)
    if token is None:
        return _private(HttpResponseNotFound("Không có lịch ở địa chỉ này.", content_type="text/plain; charset=utf-8"))
    with entered(token.owner.scope):
        body = _body(request, token)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="han-xu-ly.ics"'
    etag = quote_etag(hashlib.sha256(body).hexdigest())
    response["ETag"] = etag
    return _private(get_conditional_response(request, etag=etag, response=response) or response)


def _body(request: HttpRequest, token: FeedToken) -> bytes:
    today = timezone.localdate()
    actions.note_use(token, on=today)
    name = f"Hạn xử lý QLTB, {token.owner.unit.name}"
    return ics.written(owed_by(token.owner), name=name, site=_site(request), today=today, by_calendar=calendar())


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by no cache between here and the person's program, which asks again each time."""
    response["Cache-Control"] = "private, no-cache"
    return response


def _site(request: HttpRequest) -> str:
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


@require_safe
def feed_page(request: Request) -> HttpResponse:
    """Whether the person has an address, since when, and whether it is used."""
    return _page(request)


def _page(request: Request, secret: str = "") -> HttpResponse:
    """The page; with `secret` the address is shown, this once."""
    context = {
        "title": TITLE,
        "token": FeedToken.objects.filter(owner=request.user).first(),
        "address": f"{_site(request)}{reverse('calendar:feed', args=[secret])}" if secret else "",
        "units": list(recordable_units(request.user).order_by("path").values_list("name", flat=True)),
        "count": Obligation.objects.writable_by(request.user).open().count(),
    }
    return render(request, "deadlines/calendar_feed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feed_issue(request: Request) -> HttpResponse:
    """A new address: asked first where one would stop working, shown at once and never again."""
    _require_recorder(request)
    if request.method == "POST":
        return _page(request, actions.issue(by=request.user))
    return confirm_page(
        request,
        title="Tạo địa chỉ lịch mới",
        text="Tạo địa chỉ mới cho lịch hạn của bạn?",
        consequence="Địa chỉ đang dùng (nếu có) ngừng hoạt động ngay: thiết bị đã thêm lịch phải thêm lại.",
        submit="Tạo địa chỉ mới",
        back=reverse("calendar:mine"),
        danger=FeedToken.objects.filter(owner=request.user).exists(),
        breadcrumb=[Link(TITLE, reverse("calendar:mine"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def feed_revoke(request: Request) -> HttpResponse:
    return confirm_action(
        request,
        act=lambda _: actions.revoke(by=request.user),
        title="Thu hồi địa chỉ lịch",
        text="Thu hồi địa chỉ lịch hạn của bạn?",
        consequence="Điện thoại và máy tính đã thêm lịch này không nhận được hạn nào nữa.",
        submit="Thu hồi",
        done="Đã thu hồi địa chỉ lịch.",
        back=reverse("calendar:mine"),
        breadcrumb=[Link(TITLE, reverse("calendar:mine"))],
    )


def _require_recorder(request: Request) -> None:
    """403 for an account that records for no unit: nothing falls due for it."""
    if not request.user.scope.write_units:
        raise PermissionDenied
