"""Making a package of a letter, and the message that says what became of one."""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from dispatch.edxml.writing import clean, day, document, element, envelope, moment, plain, says, wrapped
from dispatch.rules import STATUS_CODES, Attachment, Letter, Organ, State

ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
XLINK = "http://www.w3.org/1999/xlink"
NEW = "0"  # BussinessDocType: a new document, neither taken back nor replaced
NO_PAPER = "0"  # nothing is sent on paper besides
LETTERS = "18"  # DocumentType/Type, as the public builders number ordinary letters


def document_id(letter: Letter, *, sender: Organ, key: UUID) -> str:
    """The name of this sending, which receivers know it by: sent twice, it is filed once.

    "sender,day,number/sign" is what receivers read from it; the last part tells a letter that is sent anew after its
    return from the first one.
    """
    return f"{sender.organ_id},{letter.day:%Y/%m/%d},{letter.code.replace(',', ' ')},{key.hex}"


def letter_package(
    letter: Letter,
    attachments: Sequence[Attachment],
    *,
    sender: Organ,
    receiver: Organ,
    known_as: str,
    key: UUID,
    at: datetime,
) -> bytes:
    """The package, the same bytes for the same arguments. `known_as` is its document id, `key` names its parts."""
    parts = [(uuid5(key, str(place)), one) for place, one in enumerate(attachments)]
    header = element(
        "edXMLHeader",
        _message_header(letter, sender=sender, receiver=receiver, known_as=known_as, attachments=attachments),
        _trace(letter, sender=sender, key=key, at=at),
        element("DigitalSignature"),
    )
    manifest = element("edXMLManifest", *(_reference(cid, one) for cid, one in parts), version="1.0")
    encoded = wrapped("AttachmentEncoded", *(_encoded(cid, one) for cid, one in parts))
    return document(envelope(header, element("edXMLBody", manifest)), encoded)


def _organ(name: str, organ: Organ) -> str:
    return element(
        name,
        says("OrganId", organ.organ_id),
        says("OrganizationInCharge", organ.in_charge),
        says("OrganName", organ.name),
        *(says(empty, "") for empty in ("OrganAdd", "Email", "Telephone", "Fax", "Website")),
    )


def _message_header(
    letter: Letter, *, sender: Organ, receiver: Organ, known_as: str, attachments: Sequence[Attachment]
) -> str:
    return element(
        "MessageHeader",
        _organ("From", sender),
        _organ("To", receiver),
        element("Code", says("CodeNumber", letter.number), says("CodeNotation", letter.notation)),
        element("PromulgationInfo", says("Place", letter.place), says("PromulgationDate", day(letter.day))),
        element("DocumentType", says("Type", LETTERS), says("TypeName", letter.type_name), says("TypeDetail", "0")),
        says("Subject", letter.subject),
        says("Content", letter.content),
        element(
            "SignerInfo",
            says("Competence", letter.competence),
            says("Position", letter.position),
            says("FullName", letter.signatory),
        ),
        says("DueDate", day(letter.due)),
        element("ToPlaces", *(says("Place", place) for place in letter.places or (receiver.name,))),
        _other_info(letter, attachments),
        says("SteeringType", "0"),
        says("DocumentId", known_as),
    )


def _other_info(letter: Letter, attachments: Sequence[Attachment]) -> str:
    return element(
        "OtherInfo",
        says("Priority", "0"),
        says("SphereOfPromulgation", ""),
        says("TyperNotation", letter.staff),
        says("PromulgationAmount", "1"),
        says("PageAmount", letter.pages),
        element("Appendixes", *(says("Appendix", one.description or one.name) for one in attachments[1:])),
    )


def _trace(letter: Letter, *, sender: Organ, key: UUID, at: datetime) -> str:
    staff = element(
        "StaffInfo", says("Department", sender.name), says("Staff", letter.staff), says("Mobile", ""), says("Email", "")
    )
    return element(
        "TraceHeaderList",
        element("TraceHeader", says("OrganId", sender.organ_id), says("Timestamp", moment(at))),
        element(
            "Bussiness",
            says("BussinessDocType", NEW),
            says("BussinessDocReason", "Văn bản điện tử mới"),
            staff,
            says("Paper", NO_PAPER),
        ),
        id=f"_{key.hex}",
        version="1.0",
        mustUnderstand="1",
        actor=ACTOR,
    )


def _reference(cid: UUID, one: Attachment) -> str:
    return element(
        "Reference",
        says("AttachmentName", one.name),
        says("ContentType", one.content_type),
        says("ContentId", f"cid:{cid}"),
        says("Description", one.description),
        xmlns__xlink=XLINK,
        xlink__href=f"cid:{cid}",
        xlink__role="XLinkRole",
        xlink__type="simple",
    )


def _encoded(cid: UUID, one: Attachment) -> str:
    return wrapped(
        "Attachment",
        plain("ContentType", one.content_type),
        plain("ContentId", str(cid)),
        plain("Description", one.description),
        wrapped("ContentTransferEncoded", base64.b64encode(one.content).decode("ascii")),
        plain("AttachmentName", one.name),
    )


def status_message(
    state: State,
    *,
    about: str,
    code: str,
    day_of_paper: date | None,
    sender: Organ,
    answering: Organ,
    text: str,
    staff: str,
    at: datetime,
) -> bytes:
    """What `answering` says to `sender` of the document `about`: that it arrived, was received, or is returned."""
    response = element(
        "ResponseFor",
        says("OrganId", sender.organ_id),
        says("Code", code),
        says("PromulgationDate", day(day_of_paper)),
        says("DocumentId", about),
    )
    status = element(
        "Status",
        response,
        _organ("From", answering),
        says("StatusCode", STATUS_CODES[state]),
        says("Description", clean(text)),
        says("Timestamp", moment(at)),
        element("StaffInfo", says("Department", answering.name), says("Staff", staff)),
    )
    return document(envelope(element("edXMLHeader", status)))
