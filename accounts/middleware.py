"""How long a session lives: idle time by kind of account, and a day's work at most."""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.rules import ADMINS

SEEN = "seen_at"
STARTED = "started_at"
WRITE_EVERY = 30  # seconds: not every click needs to be written


class SessionLimitMiddleware:
    """Ends a session that was idle or open for too long, then asks to log in again and comes back to the page.

    What a page asks by itself (settings.PASSIVE_PATHS) is no use of the session: it neither prolongs nor ends it. Once
    the session is over it gets nothing, and the page stays as it is until a person does something.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        passive = request.path_info in settings.PASSIVE_PATHS
        if settings.OPEN_PATHS.fullmatch(request.path_info) or not request.user.is_authenticated:
            return HttpResponse(status=204) if passive else self.get_response(request)
        now = int(time.time())
        session = request.session
        started, seen = session.get(STARTED, now), session.get(SEEN, now)
        idle = settings.SESSION_IDLE_MINUTES_ADMIN if request.user.kind in ADMINS else settings.SESSION_IDLE_MINUTES
        if now - seen > idle * 60 or now - started > settings.SESSION_HOURS * 3600:
            if passive:
                return HttpResponse(status=204)
            logout(request)
            return _to_login(request)
        if not passive and (STARTED not in session or now - seen >= WRITE_EVERY):
            session[STARTED], session[SEEN] = started, now
        response = self.get_response(request)
        # Kept by the browser, a page would come back after the session by the back button, to whoever sits there.
        response.setdefault("Cache-Control", "private, no-store")
        return response


def _to_login(request: HttpRequest) -> HttpResponse:
    url = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': _back(request), 'het_phien': 1})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _back(request: HttpRequest) -> str:
    """Where to go after the login: the page asked for, or the page of the form that was sent too late."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(page)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"
