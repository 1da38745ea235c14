"""The page of a record as a paper: its head and all its tabs, for the file or for the table of a meeting.

It is made of the same blocks as the page, so whatever a block shows is printed; what only a screen needs (icons,
forms, buttons) is left out by the stylesheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify

from core.http import Request
from core.text import fold
from ui.blocks import Fact, Status
from ui.files import pdf_response
from ui.formats import vndatetime
from ui.pdf import render_pdf

NAME_LENGTH = 80


@dataclass(frozen=True)
class Part:
    """A tab of the page, written."""

    label: str
    content: SafeString | str
    count: int | None = None


@dataclass(frozen=True)
class Sheet:
    """What the paper says; the order is that of the page."""

    title: str
    subtitle: str
    code: str
    status: Status | None
    facts: Sequence[Fact]
    head: Sequence[object]
    parts: Sequence[Part]


def record_pdf(request: Request, sheet: Sheet) -> HttpResponse:
    """The sheet as a PDF to keep, headed by the unit of the person who prints it."""
    pdf = render_pdf(
        "print/record.html",
        {
            "sheet": sheet,
            "unit": request.user.unit.name.upper(),
            "printed": vndatetime(timezone.now()),
            "by": str(request.user),
        },
        styles={"print/document.css": {}, "print/record.css": {}},
    )
    return pdf_response(pdf, file_name(sheet), attachment=True)


def file_name(sheet: Sheet) -> str:
    """By the code where there is one, else by the title: `01.001-000042.pdf`, `ho-so-tiep-nhan-tn-01-2026-0007.pdf`."""
    code = "".join(letter for letter in fold(sheet.code) if letter.isalnum() or letter in ".-").strip(".")
    return f"{(code or slugify(fold(sheet.title)) or 'ho-so')[:NAME_LENGTH]}.pdf"
