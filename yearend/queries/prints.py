"""Printed reports that were kept: of which edition each is, and what a new one would say."""

from typing import Any

from accounts.models import User
from core.documents import documents_of
from core.models import Document, DocumentKind
from reports.printing.letterhead import place_of
from yearend.models import AnnualEdition, AnnualReport
from yearend.rules.issuing import default_recipients, head_post

KEPT = ("place", "preparer", "competence", "position", "signatory", "recipients")
"""What a unit's papers have in common from year to year."""


def print_title(edition: AnnualEdition) -> str:
    """The name of the file; its end tells the edition."""
    return f"Báo cáo năm {edition.year} {edition.unit.name}{_ending(edition)}"


def _ending(edition: AnnualEdition) -> str:
    return f" lần {edition.edition}.pdf"


def prints_of(edition: AnnualEdition) -> list[Document]:
    """What was issued of an edition, the newest first. The caller got it through a door. One query."""
    rows = documents_of(edition.report).filter(kind=DocumentKind.ANNUAL_REPORT, issued=True)
    return list(rows.filter(title__endswith=_ending(edition)).order_by("-id"))


def suggested_letter(report: AnnualReport, by: User) -> dict[str, Any]:
    """What the form of issuing begins with: as this report was printed before, else as last year's. One query."""
    found: dict[str, Any] = {
        "place": place_of(report.unit),
        "preparer": by.full_name,
        "position": head_post(report.unit.name),
        "recipients": default_recipients(),
    }
    if report.document_number:
        found |= {"document_number": report.document_number, "document_date": report.document_date}
        return found | {name: getattr(report, name) for name in KEPT}
    rows = AnnualReport.objects.of_unit(report.unit).filter(year__lt=report.year).exclude(document_number="")
    former = rows.order_by("-year").values(*KEPT).first() or {}
    return found | {name: value for name, value in former.items() if value or name == "competence"}
