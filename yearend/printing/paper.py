"""The yearly report of an edition as a PDF for signing (NĐ 30/2020/NĐ-CP, annex I; QĐ 375/QĐ-BHXH, art. 13.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from equipment.printing.minutes import written_date
from equipment.queries.catalogue import kinds
from orgs.models import OrgUnit
from reports.definition import Part
from reports.printing.letterhead import in_full, letterhead_of, lower_first, sign_of
from reports.printing.sheets import FIGURES, LANDSCAPE_ROOM, PORTRAIT_ROOM, WORKBOOK
from reports.printing.tables import Table, tables_of
from reports.rules.annual import from_json, total
from ui.exports import XLSX_TYPE
from ui.formats import number, vndate
from ui.pdf import Archived, Attached, render_archive
from ui.qr import qr_code
from yearend.models import AnnualEdition, AnnualReport
from yearend.printing.annexes import of_categories, of_deadlines, of_units, on_time
from yearend.printing.columns import values_of
from yearend.printing.files import figures_file, workbook_file
from yearend.printing.surveys import of_network, of_software
from yearend.printing.tree import roman
from yearend.rules.issuing import default_recipients, head_post
from yearend.tree import superior_of

PLACES = ("preparer", "head", "seal")
"""Where the signatures go (art. 13.8): ids of the template."""
READERS = "Lãnh đạo Bảo hiểm xã hội Việt Nam"


@dataclass(frozen=True)
class Annex:
    """Tables that go together; `wide` ones lie on their side."""

    number: str
    title: str
    tables: Sequence[Table]
    wide: bool


@dataclass(frozen=True)
class Said:
    """A line of the summary: what, how many, worth what."""

    what: str
    quantity: str
    value: str


def annual_pdf(report: AnnualReport, edition: AnnualEdition, *, draft: bool = False) -> Archived:
    """The paper of an edition, with what `report` says of number, day and signatories.

    A draft says that it is one on every page. The caller got both through a door. Boxes: see PLACES.
    """
    figures, unit = edition.figures, edition.unit
    titled = parts_of(figures)
    annexes = _annexes(titled)
    context = {
        "report": report,
        "edition": edition,
        "unit": in_full(unit.name),
        "letter": letterhead_of(
            unit,
            number="" if draft else report.document_number,
            place=report.place,
            day=None if draft else report.document_date,
        ),
        "sign": sign_of(unit),
        "to": _reader(unit),
        "figures": figures,
        "as_of": vndate(date.fromisoformat(figures["as_of"])),
        "absent": names_of(edition.missing),
        "position": report.position or head_post(unit.name),
        "recipients": (report.recipients or default_recipients()).splitlines(),
        "annexes": annexes,
        "tables": [table for annex in annexes for table in annex.tables],
        "qr": qr_code(address_of(edition)),
        "address": address_of(edition),
        "draft": draft,
        "day": lower_first(written_date(report.document_date)),
        "assessment": figures["assessment"].splitlines(),
        "proposal": figures["proposal"].splitlines(),
        **summary_of(figures),
    }
    styles = {"print/document.css": {}, "print/nd30.css": {}, "print/annual.css": context, "print/widths.css": context}
    return render_archive(
        "print/annual.html", context, styles=styles, attached=_attached(edition), places=() if draft else PLACES
    )


def address_of(edition: AnnualEdition) -> str:
    """Where whoever holds the paper checks it."""
    return f"{settings.SITE_URL}{reverse('verification:edition', args=[edition.public_id])}"


def names_of(codes: Sequence[str]) -> list[str]:
    """Units by their codes, in the order of the codes."""
    names = dict(OrgUnit.objects.filter(code__in=codes).values_list("code", "name"))
    return [names.get(code, code) for code in codes]


def parts_of(figures: Mapping[str, Any]) -> list[tuple[str, Sequence[Part], bool]]:
    """The tables of frozen figures by annex: its title, its tables, whether these are wide. Two queries."""
    titled = [
        ("Tình hình tăng, giảm, giá trị và tình trạng thiết bị", of_categories(figures, list(kinds().values())), True),
        ("Số liệu của các đơn vị", of_units(figures, names_of(figures["missing"])), True),
        ("Thực hiện các thời hạn trong năm", of_deadlines(figures), False),
        ("Phần mềm đang sử dụng (BC01)", of_software(figures["survey"]), True),
        ("Hoạt động của hệ thống mạng và máy chủ (BC02)", of_network(figures["survey"]), False),
    ]
    return [(title, parts, wide) for title, parts, wide in titled if parts]


def _annexes(titled: Sequence[tuple[str, Sequence[Part], bool]]) -> list[Annex]:
    found: list[Annex] = []
    printed = 0
    for title, parts, wide in titled:
        tables = tables_of(parts, LANDSCAPE_ROOM if wide else PORTRAIT_ROOM, after=printed)
        printed += len(tables)
        found.append(Annex(roman(len(found) + 1), title, tables, wide))
    return found


def edition_workbook(edition: AnnualEdition) -> bytes:
    """The tables of an edition as a workbook."""
    return workbook_file(
        edition, [_titled(title, part) for title, parts, _ in parts_of(edition.figures) for part in parts]
    )


def _titled(title: str, part: Part) -> Part:
    """A worksheet needs a name where the paper has the annex's."""
    return part if part.title else replace(part, title=title)


def summary_of(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What the first page says in sentences, taken from the same figures as the tables."""
    line = total(from_json(figures["total"]).values())
    values = values_of(line)
    said = [
        Said(what, number(values[f"{name}_quantity"]), number(values[f"{name}_value"]))  # type: ignore[arg-type]  # figures
        for name, what in (
            ("opening", "Đầu kỳ (ngày 01 tháng 01)"),
            ("up", "Tăng trong năm"),
            ("down", "Giảm trong năm"),
            ("closing", "Cuối kỳ (ngày 31 tháng 12)"),
        )
    ]
    counts: dict[str, int] = {}
    for stands in figures["deadlines"].get("total", {}).values():
        for stand, many in stands.items():
            counts[stand] = counts.get(stand, 0) + many
    return {"said": said, "line": line, "terms": counts, "terms_all": sum(counts.values()), "on_time": on_time(counts)}


def _reader(unit: OrgUnit) -> str:
    above = superior_of(unit)
    return in_full(above.name) if above else READERS


def _attached(edition: AnnualEdition) -> list[Attached]:
    of = f"Số liệu báo cáo năm {edition.year} của {edition.unit.name}, lần {edition.edition}"
    return [
        Attached(FIGURES, figures_file(edition), "application/json", f"{of} (nguồn của báo cáo)", "Source"),
        Attached(WORKBOOK, edition_workbook(edition), XLSX_TYPE, f"{of} (bảng tính)", "Data"),
    ]
