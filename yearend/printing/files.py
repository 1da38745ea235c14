"""The figures of an edition as files: for programs, and as a workbook."""

from reports.definition import Part, Sheet
from reports.rules.annual import canonical
from reports.workbook import workbook_of
from ui.formats import vndatetime
from yearend.models import AnnualEdition


def figures_file(edition: AnnualEdition) -> bytes:
    """The canonical bytes of the frozen figures: their SHA-256 is the edition's."""
    return canonical(edition.figures)


def workbook_file(edition: AnnualEdition, parts: list[Part]) -> bytes:
    """The printed tables as worksheets: every cell of its type, none a formula."""
    subtitle = f"{edition.unit.name}, số liệu khóa lần {edition.edition}"
    if edition.created_at:
        subtitle = f"{subtitle} lúc {vndatetime(edition.created_at)}"
    return workbook_of(
        Sheet(
            title=f"Báo cáo tình hình quản lý thiết bị công nghệ thông tin năm {edition.year}",
            subtitle=subtitle,
            parts=parts,
            unit=edition.unit,
            legal_basis="Điều 13.8 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH",
            warnings=[f"SHA-256 của số liệu: {edition.sha256}"],
        )
    )
