"""Rows of the access matrix: papers and files of yearly reports, and the page where a paper is checked."""

from typing import Any

from django.utils import timezone

from tests.isolation.country import Country
from tests.isolation.expected import Row, record, see
from tests.isolation.rows_yearend import of, sent
from tests.world import pdf_file


def _edition(country: Country) -> list[Any]:
    return [country.middle.more["annual"].edition.public_id]


LETTER = {
    "document_number": "7",
    "document_date": f"{timezone.localdate():%d/%m/%Y}",
    "place": "Hà Nội",
    "recipients": "- Lưu: VT.",
    "preparer": "Lập",
    "position": "Giám đốc",
    "signatory": "Ký",
    "reason": "Cấp dưới chưa khóa",
}
ROWS: dict[str, Row] = {
    # Figures below have changed since: who may issue is told to consolidate first.
    "yearend:issue": Row(args=of("annual"), get=record(200), post=record(422), data=sent("annual", **LETTER)),
    # Nothing is printed yet: who opens the page is led back.
    "yearend:withdraw": Row(args=of("annual"), get=record(302), post=record(422), data=sent("annual", reason="Sai")),
    "yearend:edition_pdf": Row(args=_edition, get=see()),
    "yearend:edition_xlsx": Row(args=_edition, get=see()),
    "yearend:edition_json": Row(args=_edition, get=see()),
    "verification:edition": Row(args=_edition, get=see(), post=see(), data=lambda _: {"file": pdf_file("báo cáo.pdf")}),
}
