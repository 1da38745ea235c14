"""What somebody added to our file: it must be one signature and nothing else."""

from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.checking.signatures import read, signatures
from signing.checking.words import Fault

MAX_ADDED = 4 << 20
"""Bytes that one signature may add: the container, a picture, a font, the chain."""
LARGEST = 1 / 8
"""Of a page, what a visible signature may cover: more would hide what others signed."""


@dataclass(frozen=True)
class Added:
    """The bytes that one signature added and the field that it fills, or what is wrong with them.

    `reader` knows the file's revisions already: `check` needn't take them apart again.
    """

    content: bytes = b""
    field: str = ""
    fault: Fault | None = None
    reader: PdfFileReader | None = None


def added(former: bytes, signed: bytes, *, own: str, reserved: frozenset[str], proofs: bool = False) -> Added:
    """What `signed` adds to `former`, which it must begin with, byte for byte.

    `own` is the field prepared for this signature; it may also make a field of another name, but none of `reserved`.
    `proofs` lets revocation data follow the signature, as the system itself adds it.
    """
    if not signed.startswith(former):
        return Added(fault=Fault.FOREIGN)
    content = signed[len(former) :]
    if not content.strip():
        return Added(fault=Fault.UNSIGNED)
    if len(content) > MAX_ADDED:
        return Added(fault=Fault.TOO_LARGE)
    try:
        return _judged(former, signed, content, own=own, reserved=reserved, proofs=proofs)
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError):
        return Added(fault=Fault.UNREADABLE)


def _judged(former: bytes, signed: bytes, content: bytes, *, own: str, reserved: frozenset[str], proofs: bool) -> Added:
    reader = read(signed)
    revisions = read(former).xrefs.total_revisions
    fresh = [found for found in signatures(reader) if found.signed_revision >= revisions]
    if len(fresh) != 1 or len(reader.embedded_timestamp_signatures) > 0:
        return Added(fault=Fault.SEVERAL if fresh else Fault.UNSIGNED)
    (one,) = fresh
    fault = _fault(reader, revisions - 1, one, own=own, reserved=reserved, proofs=proofs)
    return Added(content, one.field_name, fault, reader)


def _fault(
    reader: PdfFileReader,
    before: int,
    one: EmbeddedPdfSignature,
    *,
    own: str,
    reserved: frozenset[str],
    proofs: bool,
) -> Fault | None:
    one.compute_integrity_info()
    if one.coverage != SignatureCoverageLevel.ENTIRE_FILE and not (proofs and _only_proofs(one)):
        return Fault.PARTIAL
    diff = DEFAULT_DIFF_POLICY.review_file(reader, before)
    if not isinstance(diff, DiffResult) or diff.modification_level > ModificationLevel.FORM_FILLING:
        return Fault.CHANGED
    if diff.changed_form_fields - {one.field_name}:
        return Fault.CHANGED
    if one.field_name != own and (one.field_name in reserved or _hides(reader, one)):
        return Fault.PLACE
    return None


def _only_proofs(one: EmbeddedPdfSignature) -> bool:
    diff = one.diff_result
    calm = isinstance(diff, DiffResult) and diff.modification_level <= ModificationLevel.LTA_UPDATES
    return calm and one.coverage == SignatureCoverageLevel.ENTIRE_REVISION


def _hides(reader: PdfFileReader, one: EmbeddedPdfSignature) -> bool:
    """Whether the place of a signature in a field of its own covers too much of its page."""
    widget = one.sig_field
    rect = [float(edge) for edge in widget.get("/Rect", generic.ArrayObject())]
    if len(rect) != 4:  # noqa: PLR2004 - corners of a rectangle
        return True
    area = abs(rect[2] - rect[0]) * abs(rect[3] - rect[1])
    page = reader.root["/Pages"]["/Kids"][0]
    box = page.get("/MediaBox") or reader.root["/Pages"].get("/MediaBox")
    left, bottom, right, top = (float(edge) for edge in box)
    return area > LARGEST * abs(right - left) * abs(top - bottom)
