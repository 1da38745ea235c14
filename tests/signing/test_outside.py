"""Signing outside: what comes back is our bytes and one signature more, or it is refused with the reason."""

import io

import pikepdf
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from core.errors import DomainError
from core.scope import entered
from signing.actions.signatures import take_signed
from signing.checking import MAX_ADDED, Fault, Trust, added, check, holder_of
from signing.pdf.fields import with_fields
from signing.queries import file_of, findings_of
from signing.rules import FIELDS, Step
from tests.signing import pki
from tests.signing.conftest import BOXES, make_paper, make_report
from tests.signing.helpers import signed_outside
from tests.world import pdf_bytes

pytestmark = pytest.mark.dieu("13.8")
OWN, RESERVED = FIELDS[Step.PREPARER], frozenset(FIELDS.values())
FORMER = with_fields(pdf_bytes(2), BOXES)
SIGNED = signed_outside(FORMER, pki.preparer())
_START = SIGNED.index(b"/Contents <") + len(b"/Contents <")
CONTAINER = (_START, SIGNED.index(b">", _START))


def judged(former: bytes, signed: bytes):
    return added(former, signed, own=OWN, reserved=RESERVED)


def taken(world, paper, pdf: bytes):
    with entered(world.nghiepvu_badinh.scope):
        return take_signed(paper, step=Step.PREPARER, pdf=pdf, by=world.nghiepvu_badinh)


def test_a_signature_made_outside_counts(world, paper):
    taken(world, paper, signed_outside(file_of(paper), pki.preparer()))
    assert paper.revisions.get(number=1).way == "outside"
    assert findings_of(paper).sound


def test_a_tool_may_make_a_field_of_its_own(world, paper):
    signed = signed_outside(file_of(paper), pki.preparer(), field="Signature1", box=(60, 100, 180, 160))
    taken(world, paper, signed)
    (one,) = findings_of(paper).signatures
    assert one.step == Step.PREPARER
    assert one.verdict.good


def _annotated(pdf: bytes) -> bytes:
    """Signed, but with a note put on a page by the same update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 500, 500, 600))),
            generic.pdf_name("/Contents"): generic.TextStringObject("999"),
        }
    )
    writer.register_annotation(writer.root["/Pages"]["/Kids"].raw_get(0).reference, writer.add_object(note))
    out = io.BytesIO()
    writer.write(out)
    return signed_outside(out.getvalue(), pki.preparer())


def _redrawn(pdf: bytes) -> bytes:
    """Signed after a page's contents were replaced."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 595 842 re f"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return signed_outside(out.getvalue(), pki.preparer())


def _rewritten(pdf: bytes) -> bytes:
    """Saved anew by another program, then signed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out)
    return signed_outside(out.getvalue(), pki.preparer())


def _twice(pdf: bytes) -> bytes:
    return signed_outside(signed_outside(pdf, pki.preparer()), pki.head(), field=FIELDS[Step.HEAD])


def _hiding(pdf: bytes) -> bytes:
    return signed_outside(pdf, pki.preparer(), field="Signature1", box=(0, 0, 595, 842))


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (lambda pdf: pdf, Fault.UNSIGNED),
        (lambda pdf: pdf + b"\n", Fault.UNSIGNED),
        (lambda pdf: pdf[:-1], Fault.FOREIGN),
        (lambda _: signed_outside(with_fields(pdf_bytes(3), BOXES), pki.preparer()), Fault.FOREIGN),
        (_rewritten, Fault.FOREIGN),
        (_twice, Fault.SEVERAL),
        (_annotated, Fault.CHANGED),
        (_redrawn, Fault.CHANGED),
        (lambda pdf: signed_outside(pdf, pki.preparer(), field=FIELDS[Step.SEAL]), Fault.PLACE),
        (_hiding, Fault.PLACE),
        (lambda pdf: pdf + b"\0" * (MAX_ADDED + 1) + b"x", Fault.TOO_LARGE),
    ],
)
def test_anything_else_is_refused(forge, fault):
    assert judged(FORMER, forge(FORMER)).fault == fault


def test_a_page_that_was_redrawn_before_the_first_signature_is_refused(world, paper):
    with pytest.raises(DomainError, match="Nội dung văn bản bị thay đổi"):
        taken(world, paper, _redrawn(file_of(paper)))
    assert paper.revisions.count() == 1


def test_what_follows_the_signature_is_refused(world, paper):
    signed = signed_outside(file_of(paper), pki.preparer())
    with_more = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/Lang"] = generic.TextStringObject("vi")
    writer.update_root()
    writer.write(with_more)
    with pytest.raises(DomainError) as refusal:
        taken(world, paper, with_more.getvalue())
    assert refusal.value.code in {Fault.PARTIAL, Fault.CHANGED}


def test_a_file_with_a_script_is_refused(world, paper):
    with pikepdf.open(io.BytesIO(file_of(paper))) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        document.Root.OpenAction = document.make_indirect(script)
        out = io.BytesIO()
        document.save(out)
    with pytest.raises(DomainError, match="JavaScript"):
        taken(world, paper, out.getvalue())


@pytest.mark.parametrize(
    ("who", "fault"),
    [(pki.stranger, "untrusted"), (pki.expired, "expired"), (pki.revoked, "revoked"), (pki.seal, "unregistered")],
)
def test_who_may_not_sign_is_told_why(world, paper, who, fault):
    with pytest.raises(DomainError) as refusal:
        taken(world, paper, signed_outside(file_of(paper), who()))
    assert fault in {one.code for one in getattr(refusal.value, "problems", (refusal.value,))}
    assert paper.revisions.count() == 1


def test_the_paper_of_another_report_is_refused(world, paper):
    other = make_paper(world, make_report(world, year=2024), pdf=pdf_bytes(4))
    with pytest.raises(DomainError, match="không phải văn bản này"):
        taken(world, paper, signed_outside(file_of(other), pki.preparer()))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.integers(0, len(SIGNED) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_is_never_good(at, bit):
    """Anywhere in the paper or in what holds the file together.

    Inside the container of the signature there are bytes that no signature can cover: the case of its digits, copies
    of the authorities' certificates. They aren't part of the paper; and once a file is kept, even they can't change
    (`test_checking`).
    """
    forged = bytearray(SIGNED)
    forged[at] ^= 1 << bit
    if judged(FORMER, bytes(forged)).fault is None:
        (verdict,) = check(bytes(forged), Trust((pki.root().der,), (pki.intermediate().der,)))
        assert not verdict.good or CONTAINER[0] <= at < CONTAINER[1]
        assert not verdict.good or verdict.signer == holder_of(pki.preparer().der)


@pytest.mark.parametrize("at", [-1, -2, -400])
def test_nothing_hides_behind_a_signature(at):
    """In the room that was kept for it."""
    forged = bytearray(SIGNED)
    assert forged[CONTAINER[1] + at] == ord("0")
    forged[CONTAINER[1] + at] = ord("1")
    (verdict,) = check(bytes(forged), Trust((pki.root().der,), (pki.intermediate().der,)))
    assert verdict.says(Fault.CHANGED)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(garbage=st.binary(min_size=1, max_size=300))
def test_garbage_behind_the_signature_is_never_good(garbage):
    result = judged(FORMER, SIGNED + garbage)
    assert result.fault is not None


def test_the_page_takes_the_file_and_shows_what_is_wrong(world, paper, client_of):
    browser = client_of(world.nghiepvu_badinh)
    url = reverse("signing:sign_outside", args=[paper.public_id])
    page = browser.get(url)
    assert page.status_code == 200
    with entered(world.nghiepvu_badinh.scope):
        kept = file_of(paper)
    saved = browser.get(reverse("signing:file", args=[paper.public_id, 0]))
    assert b"".join(saved.streaming_content) == kept
    refused = browser.post(url, {"step": "preparer", "signed_file": _upload(kept)})
    assert refused.status_code == 422
    assert "Tệp chưa có chữ ký số mới" in refused.content.decode()
    done = browser.post(url, {"step": "preparer", "signed_file": _upload(signed_outside(kept, pki.preparer()))})
    assert done.status_code == 302
    again = browser.post(url, {"step": "preparer", "signed_file": _upload(signed_outside(kept, pki.preparer()))})
    assert again.status_code == 422
    assert "Người lập đã ký lúc" in again.content.decode()


def _upload(content: bytes):
    file = io.BytesIO(content)
    file.name = "da-ky.pdf"
    return file
