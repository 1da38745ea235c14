"""Files made for one person on the spot."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def pdf_response(content: bytes, name: str, *, attachment: bool = False) -> HttpResponse:
    """A PDF that is never run and never kept by caches between.

    The browser shows it in a tab, or with `attachment` keeps it as a file.
    """
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(attachment, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
