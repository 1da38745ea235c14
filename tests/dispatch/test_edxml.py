"""Packages and status messages: whole, the same each time, read back, and nothing dangerous taken."""

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from dispatch import edxml
from dispatch.edxml.parsing import MAX_DEPTH, parse
from dispatch.edxml.reading import STATUS_BYTES
from dispatch.rules import Attachment, Organ, State
from tests.dispatch.support import JSON, KEY, NAMESPACE, PDF, letter, status

AT = datetime(2026, 1, 9, 3, 4, 5, tzinfo=UTC)
SENDER = Organ("000.00.01.A02", "BHXH thành phố Hà Nội", "BHXH Việt Nam")
RECEIVER = Organ("000.00.00.A02", "Trung tâm Công nghệ thông tin", "BHXH Việt Nam")
MB = 1 << 20


def package(attachments=(PDF, JSON), key=KEY, **changes):
    made = letter(**changes)
    known_as = edxml.document_id(made, sender=SENDER, key=key)
    return edxml.letter_package(made, attachments, sender=SENDER, receiver=RECEIVER, known_as=known_as, key=key, at=AT)


def paths():
    """Every element that edxml_fields.csv names."""
    with Path(settings.BASE_DIR, "dispatch/data/edxml_fields.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["source"]
            assert row["confidence"]
            first, *more = re.sub(r" \(repeat\)", "", row["path"]).split(", ")
            yield from (first, *(f"{first.rpartition('/')[0]}/{name}" for name in more))


def test_every_field_of_the_data_is_in_the_package():
    root = parse(package(), max_bytes=MB)
    header, body = root.at("edXMLEnvelope/edXMLHeader"), root.at("edXMLEnvelope")
    found = list(paths())
    assert len(found) == 40
    for path in found:
        at = body if path.startswith("edXMLBody") else root if path.startswith("AttachmentEncoded") else header
        assert at.at(path) is not None, path


def test_a_package_is_read_back():
    found = edxml.package_of(package(), max_bytes=MB)
    assert found.sender == SENDER
    assert found.receivers == (RECEIVER.organ_id,)
    assert found.code == "15/BC-BHXH"
    assert found.document_id == f"000.00.01.A02,2026/01/09,15/BC-BHXH,{KEY.hex}"
    assert found.attachments == (PDF, JSON)
    header = parse(package(), max_bytes=MB).at("edXMLEnvelope/edXMLHeader")
    assert header.says("TraceHeaderList/TraceHeader/Timestamp") == "2026/01/09 10:04:05"  # on the clock of Vietnam
    assert header.says("MessageHeader/PromulgationInfo/PromulgationDate") == "2026-01-09"
    assert [e.text for e in header.at("MessageHeader/OtherInfo/Appendixes").children] == ["Số liệu đã khóa"]


def test_the_same_letter_makes_the_same_bytes():
    assert package() == package()
    assert package(key=KEY) != package(key=type(KEY)(int=1))


def test_prefixes_are_those_that_receivers_look_for():
    text = package().decode()
    assert text.startswith(f'<?xml version="1.0" encoding="utf-8"?><edXML xmlns="{NAMESPACE}"><edXML:edXMLEnvelope')
    assert "<edXML:DigitalSignature/>" in text
    assert re.search(r"</edXML:edXMLEnvelope><AttachmentEncoded><Attachment><ContentType>", text)


HOSTILE = [
    "</edXML:Subject><edXML:DocumentId>1</edXML:DocumentId>\"'&<>]]>",
    "a\nb\r\nSubject: c",
    "ộ ữ ẵ Đ 𝔘",
    "\x00\x01\x1b\ud800\ufffe",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text):
    made = package(subject=text, number=text, signatory=text, attachments=[Attachment(text, b"x", "a/b", text)])
    found = edxml.package_of(made, max_bytes=MB)
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text).replace("\r\n", "\n").strip()
    assert found.subject == kept
    assert found.attachments[0].name == kept
    assert found.document_id.count(",") == 3


def test_a_status_message_is_read_back():
    made = edxml.status_message(
        State.RETURNED,
        about="01,2026/01/09,15/BC,abc",
        code="15/BC",
        day_of_paper=None,
        sender=SENDER,
        answering=RECEIVER,
        text="Thiếu <chữ ký> & con dấu",
        staff="Lê Văn Nhận",
        at=AT,
    )
    found = edxml.status_of(made)
    assert (found.document_id, found.state, found.code) == ("01,2026/01/09,15/BC,abc", State.RETURNED, "02")
    assert (found.text, found.organ_id, found.told_at) == ("Thiếu <chữ ký> & con dấu", RECEIVER.organ_id, AT)


@pytest.mark.parametrize(
    ("code", "state"),
    [("1", "arrived"), ("02", "returned"), ("03", "received"), ("04", "received"), ("06", "received")],
)
def test_the_codes_of_the_exchange(code, state):
    assert edxml.status_of(status("x", code)).state == state


@pytest.mark.parametrize("at", ["2026-01-12T08:30:00+07:00", "12/01/2026 08:30:00", "2026-01-12 08:30:00"])
def test_times_as_other_systems_write_them(at):
    assert edxml.status_of(status("x", at=at)).told_at == datetime(2026, 1, 12, 1, 30, tzinfo=UTC)


def test_a_message_in_utf_16():
    written = status("x", "02", text="Thiếu chữ ký").decode().replace("utf-8", "utf-16").encode("utf-16")
    assert edxml.status_of(written).text == "Thiếu chữ ký"


def test_a_message_without_words_or_time():
    found = edxml.status_of(status("x", "01", at="hôm qua"))
    assert (found.told_at, found.text) == (None, "Đã đến")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><edXML xmlns="{NAMESPACE}">&l9;</edXML>'.encode(),
    "outside entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><edXML>&e;</edXML>',
    "outside DTD": b'<!DOCTYPE edXML SYSTEM "http://127.0.0.1:9/x.dtd"><edXML/>',
    "parameter entity": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]><edXML/>',
    "another namespace": status("x", root='edXML xmlns="http://example.vn/khac"'),
    "no namespace": status("x", root="edXML"),
    "another root": status("x", root=f'Status xmlns="{NAMESPACE}"'),
    "an element of another namespace": status("x", text='<a xmlns="http://example.vn/khac"/>'),
    "huge": status("x", text="a" * STATUS_BYTES),
    "deep": status("x", text="<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH),
    "many": status("x", text="<a/>" * 6000),
    "cut off": status("x")[:-20],
    "not XML": b"%PDF-1.7",
    "empty": b"",
    "null bytes": b"\x00" * 100,
    "Latin": status("x", text="Đã").decode().replace("utf-8", "iso-8859-1").encode("utf-8")[:-9] + b"\xff</edXML>",
    "unknown code": status("x", "99"),
    "no document": status(""),
    "two messages": status("x").replace(b"</edXMLHeader>", b"<Status/></edXMLHeader>"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_isnt_a_safe_message_is_refused(name):
    with pytest.raises(edxml.RefusedError):
        edxml.status_of(REFUSED[name])


def test_a_package_larger_than_the_limit_is_refused():
    with pytest.raises(edxml.RefusedError, match="lớn hơn 1 KB"):
        edxml.package_of(package(), max_bytes=1024)


def test_an_attachment_that_is_no_base64_is_refused():
    broken = package().replace(b"<ContentTransferEncoded>", b"<ContentTransferEncoded>*")
    with pytest.raises(edxml.RefusedError, match="base64"):
        edxml.package_of(broken, max_bytes=MB)
