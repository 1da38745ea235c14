"""The address at which the document system tells what became of a package. No account: it has a token."""

import logging
from hmac import compare_digest

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dispatch.actions import News, take
from dispatch.edxml import RefusedError
from dispatch.edxml.reading import STATUS_BYTES
from dispatch.rules import Channel

logger = logging.getLogger("qltb.dispatch")
A_MINUTE = 60  # seconds
MOST = 300  # wrong tokens of one address within a minute; who knows the token isn't held up by those who don't


@csrf_exempt
@login_not_required
@require_POST
def news(request: HttpRequest) -> HttpResponse:
    """204 when it was kept or known, 404 for no package of ours (and for everybody where no token is set)."""
    if not settings.DISPATCH_RECEIPT_TOKEN:
        return _answer(404)
    if not _knows_the_token(request):
        if _too_many(request):
            return _answer(429)
        logger.warning("news refused: wrong token")
        return _answer(401)
    if _size(request) > STATUS_BYTES:
        return _answer(413)
    try:
        found = take(request.body, channel=Channel.HTTP)
    except RefusedError as refusal:
        logger.warning("news refused", extra={"why": str(refusal)})
        return _answer(422, str(refusal))
    return _answer(404 if found == News.UNKNOWN else 204)


def _answer(status: int, text: str = "") -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _knows_the_token(request: HttpRequest) -> bool:
    wanted = f"Bearer {settings.DISPATCH_RECEIPT_TOKEN}"
    return compare_digest(request.headers.get("Authorization", "").encode(), wanted.encode())


def _size(request: HttpRequest) -> int:
    """What the request says it holds; without a length it is taken for too much."""
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdigit() else STATUS_BYTES + 1


def _too_many(request: HttpRequest) -> bool:
    """Whether this address has called too often without the token within the minute."""
    key = f"dispatch-news:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, A_MINUTE)
    try:
        return cache.incr(key) > MOST
    except ValueError:  # the minute ended in between
        return False
