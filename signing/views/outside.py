"""What a signing tool on somebody's computer asks for, without a login: the file, and to bring it back signed.

The tool is told where (`tool_order`) by the page of the person who signs; the words of the order and of the answer are
those that the tool knows.
"""

import io
import json
import logging
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core.downloads import attachment
from core.errors import DomainError
from core.scope import entered
from signing import blocks
from signing.actions import links
from signing.models import UploadToken
from signing.queries import file_of
from signing.queries.links import link_by_hash, link_by_key

logger = logging.getLogger("qltb.signing")
FORBIDDEN, TOO_MANY = 403, 429


def tool_order(request: HttpRequest, token: UploadToken, secret: str) -> str:
    """What the tool is asked to do, as the JSON that it takes."""
    site = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    order = {
        "FileUploadHandler": f"{site}{reverse('signing:take')}",
        "SessionId": "",
        "JWTToken": secret,
        "FileName": f"{site}{reverse('signing:fetch', args=[links.download_name(token)])}",
        "MetaData": [{"Key": "token", "Value": secret}],
    }
    return json.dumps(order)


def _too_many(request: HttpRequest) -> bool:
    """Whether this address asks more often than people sign: secrets aren't found by trying."""
    name = f"signing:asks:{get_adapter().get_client_ip(request)}"
    cache.add(name, 0, timeout=60)
    return bool(cache.incr(name) > settings.SIGNING_ASKS_PER_MINUTE)


@login_not_required
@require_safe
def fetch(request: HttpRequest, name: str) -> HttpResponseBase:
    """The exact bytes to be signed, for whoever has the address."""
    key = links.download_of(name)
    token = link_by_key(key) if key is not None and not _too_many(request) else None
    if token is None:
        return HttpResponseNotFound("Liên kết đã hết hạn hoặc đã dùng.", content_type="text/plain; charset=utf-8")
    with entered(token.owner.scope):
        content, title = file_of(token.paper), blocks.file_name(token.paper, 0)
    return attachment(io.BytesIO(content), name=title, content_type="application/pdf")


@csrf_exempt
@login_not_required
@sensitive_post_parameters()
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """The signed file, with the secret of its link."""
    if _too_many(request):
        return _answer("Quá nhiều yêu cầu. Hãy thử lại sau một phút.", status=TOO_MANY)
    token = link_by_hash(links.hashed(_secret(request)))
    if token is None:
        return _answer("Liên kết ký không đúng, đã dùng hoặc hết hạn. Hãy tạo liên kết mới.", status=FORBIDDEN)
    return _taken(request, token)


def _secret(request: HttpRequest) -> str:
    """As the tool sends it: in the head of the request or beside the file."""
    head = request.headers.get("Authorization", "")
    typed = request.POST.get("JWTToken") or request.POST.get("token") or ""
    return head.removeprefix("Bearer ").strip() or typed


def _taken(request: HttpRequest, token: UploadToken) -> HttpResponse:
    files = [file for _, listed in request.FILES.lists() for file in listed]
    if len(files) != 1:
        return _answer("Hãy gửi đúng một tệp PDF đã ký.")
    try:
        with entered(token.owner.scope):
            paper = links.use(token, pdf=files[0].read())
    except DomainError as refusal:
        logger.info("signed file refused", extra={"code": refusal.code, "link": token.pk})
        return _answer(str(refusal))
    name = blocks.file_name(paper, 0)
    return _answer("", ok=True, FileName=name, FileServer=name)


def _answer(message: str, *, ok: bool = False, status: int = 200, **more: Any) -> HttpResponse:
    """As the tool understands it; it shows the message to the person."""
    names = {"FileName": "", "FileServer": ""}
    body = {"Status": ok, "Message": message, **names, **more}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
