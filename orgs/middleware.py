"""Both walls around every request."""

from collections.abc import Callable, Iterable
from typing import cast

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse

from core.scope import NOBODY, entered, pieces_within

SERVER_ERROR = 500


class WallMiddleware:
    """One transaction and one scope for the whole request; an answer that streams runs inside them again.

    A view that raises, or answers with a server error, leaves nothing behind.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.OPEN_PATHS.fullmatch(request.path_info):  # these ask no session, and enter a scope by themselves
            return self.get_response(request)
        scope = request.user.scope if request.user.is_authenticated else NOBODY
        with entered(scope):
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR or getattr(request, "view_raised", False):
                transaction.set_rollback(True)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            pieces = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = pieces_within(scope, pieces)
        return response

    def process_exception(self, request: HttpRequest, _exception: Exception) -> None:
        """Django turns exceptions into answers before we see them: remember that one was raised."""
        request.view_raised = True  # type: ignore[attr-defined]  # ours
