"""What is refused before anything reads it, and what is read once for a page."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase

from core.memo import one_page


class RequestSizeMiddleware:
    """Refuses (400) a request far larger than any form of ours, instead of writing it to the disk first.

    A PDF a little over its limit is still read, so that the form can say which file is too large.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.REQUEST_MAX_BYTES:
            message = f"request of {length} bytes"
            raise RequestDataTooBig(message)
        return self.get_response(request)


class NullByteMiddleware:
    """Answers 400 to an address with a null byte: no page has one, and PostgreSQL refuses it in every question.

    In what is typed into forms it is refused at its field (core.text).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or any("\x00" in text for _, texts in request.GET.lists() for text in texts):
            raise BadRequest("null byte in the address")
        return self.get_response(request)


class OnePageMiddleware:
    """Reads reference data once for a page. A request that may write reads it anew each time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        with one_page():
            return self.get_response(request)
