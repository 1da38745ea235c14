"""Files of an edition: its paper, its figures as a workbook and for programs."""

import io
from uuid import UUID

from django.http import FileResponse
from django.views.decorators.http import require_safe

from core import documents
from core.downloads import attachment
from core.http import Request
from ui.exports import XLSX_TYPE
from yearend.models import AnnualEdition
from yearend.policies import access_edition
from yearend.printing.files import figures_file
from yearend.printing.paper import annual_pdf, edition_workbook
from yearend.queries.prints import prints_of


@require_safe
def edition_pdf(request: Request, public_id: UUID) -> FileResponse:
    """The paper as it was issued last; before that a draft, which says so on every page."""
    edition = access_edition(request.user, public_id)
    if issued := next(iter(prints_of(edition)), None):
        return documents.serve(issued)
    made = annual_pdf(edition.report, edition, draft=True)
    return _file(made.pdf, f"{_stem(edition)}-ban-nhap.pdf", "application/pdf")


@require_safe
def edition_xlsx(request: Request, public_id: UUID) -> FileResponse:
    """The tables of the paper as a workbook."""
    edition = access_edition(request.user, public_id)
    return _file(edition_workbook(edition), f"{_stem(edition)}.xlsx", XLSX_TYPE)


@require_safe
def edition_json(request: Request, public_id: UUID) -> FileResponse:
    """The frozen figures: the SHA-256 of this file is the edition's."""
    edition = access_edition(request.user, public_id)
    return _file(figures_file(edition), f"{_stem(edition)}.json", "application/json")


def _stem(edition: AnnualEdition) -> str:
    return f"{edition.report.number}-lan-{edition.edition}"


def _file(content: bytes, name: str, content_type: str) -> FileResponse:
    return attachment(io.BytesIO(content), name=name, content_type=content_type)
