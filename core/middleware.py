"""What is refused before anything reads it."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase


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
