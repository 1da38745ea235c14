"""Reading packages and status messages that others made."""

import base64
import binascii
import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils import timezone

from dispatch.edxml.parsing import Element, RefusedError, parse
from dispatch.rules import Attachment, Organ, State, legible

__all__ = ["Incoming", "RefusedError", "Status", "package_of", "status_of", "status_states"]

STATUS_BYTES = 256 * 1024
_MOMENTS = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
_DATA = Path(__file__).resolve().parent.parent / "data"
WORDS = 1000  # of a reason that is kept


@dataclass(frozen=True)
class Status:
    """News of a document: whose, what, when (None: the message doesn't say), and in which words."""

    document_id: str
    code: str
    state: State
    told_at: datetime | None
    text: str
    organ_id: str


@dataclass(frozen=True)
class Incoming:
    """A package as it came."""

    document_id: str
    sender: Organ
    receivers: tuple[str, ...]
    code: str
    subject: str
    attachments: tuple[Attachment, ...]


@cache
def status_states() -> Mapping[str, tuple[State, str]]:
    """What each code of a status message means to the sender: the state, and the meaning in words."""
    with (_DATA / "edxml_statuses.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (State(row["state"]), row["meaning"]) for row in csv.DictReader(file)}


def status_of(content: bytes) -> Status:
    """What a status message says. Raises RefusedError."""
    found = list(parse(content, max_bytes=STATUS_BYTES).all("Status"))
    if len(found) != 1:
        raise RefusedError("Không phải thông báo trạng thái: cần đúng một phần tử Status.")
    (status,) = found
    about, code = status.says("ResponseFor/DocumentId"), status.says("StatusCode").zfill(2)
    if not about:
        raise RefusedError("Thông báo trạng thái thiếu DocumentId của văn bản.")
    if code not in status_states():
        raise RefusedError(f"Mã trạng thái “{code[:10]}” không thuộc các mã được xử lý.")
    state, meaning = status_states()[code]
    said = legible(status.says("Description"), WORDS)
    return Status(
        document_id=about,
        code=code,
        state=state,
        told_at=_moment(status.says("Timestamp")),
        text=said or meaning.capitalize(),
        organ_id=status.says("From/OrganId"),
    )


def package_of(content: bytes, *, max_bytes: int) -> Incoming:
    """What a package holds. Raises RefusedError."""
    root = parse(content, max_bytes=max_bytes)
    header = root.at("edXMLEnvelope/edXMLHeader/MessageHeader")
    if header is None:
        raise RefusedError("Gói không có phần đầu văn bản (MessageHeader).")
    encoded = root.at("AttachmentEncoded")
    return Incoming(
        document_id=header.says("DocumentId"),
        sender=_organ(header.at("From")),
        receivers=tuple(to.says("OrganId") for to in header.children if to.name == "To"),
        code="/".join(filter(None, (header.says("Code/CodeNumber"), header.says("Code/CodeNotation")))),
        subject=header.says("Subject"),
        attachments=tuple(_attachment(one) for one in encoded.children) if encoded else (),
    )


def _organ(element: Element | None) -> Organ:
    element = element or Element("From")
    return Organ(element.says("OrganId"), element.says("OrganName"), element.says("OrganizationInCharge"))


def _attachment(element: Element) -> Attachment:
    packed = "".join(element.says("ContentTransferEncoded").split())
    try:
        content = base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise RefusedError("Tệp đính kèm trong gói không phải base64 hợp lệ.") from fault
    return Attachment(
        name=element.says("AttachmentName"),
        content=content,
        content_type=element.says("ContentType"),
        description=element.says("Description"),
    )


def _moment(text: str) -> datetime | None:
    """A time of day in Vietnam, in any of the ways in which the systems write it."""
    for form in _MOMENTS:
        try:
            return timezone.make_aware(datetime.strptime(text[:19], form))  # noqa: DTZ007 - made aware at once
        except ValueError:
            continue
    return None
