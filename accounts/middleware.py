"""How long a session lives: idle time by kind of account, and a day's work at most."""

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.rules import ADMINS

SEEN = "seen_at"
STARTED = "started_at"
WRITE_EVERY = 30  # seconds: not every click needs to be written


class SessionLimitMiddleware:
    """Ends a session that was idle or open for too long, then asks to log in again and comes back to the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in settings.OPEN_PATHS or not request.user.is_authenticated:
            return self.get_response(request)
        now = int(time.time())
        session = request.session
        started, seen = session.get(STARTED, now), session.get(SEEN, now)
        idle = settings.SESSION_IDLE_MINUTES_ADMIN if request.user.kind in ADMINS else settings.SESSION_IDLE_MINUTES
        if now - seen > idle * 60 or now - started > settings.SESSION_HOURS * 3600:
            logout(request)
            return _to_login(request)
        if STARTED not in session or now - seen >= WRITE_EVERY:
            session[STARTED], session[SEEN] = started, now
        return self.get_response(request)


def _to_login(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else request.path
    url = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': back, 'het_phien': 1})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)
