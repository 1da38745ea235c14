"""Letters of the small country, and messages about them."""

from datetime import date
from uuid import UUID

from dispatch import actions
from dispatch.rules import Attachment, Letter
from orgs.models import OrgUnit

KEY = UUID("8d5f2a34-9d1a-4c52-8a4b-0c6a2f8d7e11")
PDF = Attachment("Báo cáo năm 2025.pdf", b"%PDF-1.7 noi dung", "application/pdf", "Báo cáo năm đã ký số")
JSON = Attachment("so-lieu-2025.json", b'{"year": 2025}', "application/json", "Số liệu đã khóa")
NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


def letter(**changes) -> Letter:
    given = {
        "number": "15",
        "notation": "BC-BHXH",
        "day": date(2026, 1, 9),
        "place": "Hà Nội",
        "subject": "Báo cáo tình hình quản lý, sử dụng thiết bị CNTT năm 2025",
        "content": "Số liệu đã khóa đến hết ngày 31/12/2025",
        "competence": "KT. GIÁM ĐỐC",
        "position": "PHÓ GIÁM ĐỐC",
        "signatory": "Nguyễn Thị Mai",
        "pages": 4,
        "staff": "Trần Văn Lập",
        **changes,
    }
    return Letter(**given)


def sent(world, *, sender="01", receiver="00.CNTT", by=None, attachments=(PDF, JSON), **changes):
    """A sending, whose subject is the sending unit itself."""
    units = {code: OrgUnit.objects.get(pk=world.units[code].pk) for code in (sender, receiver)}
    return actions.send(
        subject=units[sender],
        sender=units[sender],
        receiver=units[receiver],
        letter=letter(**changes),
        attachments=attachments,
        by=by or world.nghiepvu_hanoi,
    )


def status(document_id, code="03", *, text="", at="2026/01/12 08:30:00", root=f'edXML xmlns="{NAMESPACE}"') -> bytes:
    """A status message as another system writes it."""
    told = (
        f"<ResponseFor><OrganId>01</OrganId><Code>15/BC-BHXH</Code><DocumentId>{document_id}</DocumentId></ResponseFor>"
        f"<From><OrganId>00.CNTT</OrganId></From><StatusCode>{code}</StatusCode><Description>{text}</Description>"
        f"<Timestamp>{at}</Timestamp>"
    )
    name = root.split()[0]
    inner = f"<edXMLEnvelope><edXMLHeader><Status>{told}</Status></edXMLHeader></edXMLEnvelope>"
    return f'<?xml version="1.0" encoding="utf-8"?><{root}>{inner}</{name}>'.encode()
