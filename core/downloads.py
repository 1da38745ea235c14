"""A stored file, handed out for saving and never for opening inside the site."""

from typing import IO, Any

from django.http import FileResponse


def attachment(content: IO[Any], *, name: str, content_type: str) -> FileResponse:
    """The file, streamed. The caller has checked who asks."""
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
