"""The signature fields of a paper, made before anybody signs.

Who signs later fills a field that was there: nothing new appears on a page that others have signed already.
"""

import io
from collections.abc import Mapping, Sequence

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
    ensure_sig_flags,
)

from signing.rules import FIELDS, Step, steps_of

Box = Sequence[float]
"""Page (from 0), left, bottom, right, top in PDF points."""


def with_fields(pdf: bytes, boxes: Mapping[str, Box]) -> bytes:
    """`pdf` with an empty signature field in each box, as an incremental update: it begins with the bytes of `pdf`.

    The field of the agency's seal, the last one, locks the whole document: once it is signed nothing may follow.
    Raises ValueError for a box on no page.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    pages = int(writer.root["/Pages"]["/Count"])
    for step in steps_of(boxes):
        page, *corners = boxes[step]
        if not 0 <= page < pages:
            message = f"no page {page} for {step}"
            raise ValueError(message)
        append_signature_field(writer, _field(step, int(page), corners))
    ensure_sig_flags(writer)  # "append only" from the start, so that no signature has to change it
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _field(step: Step, page: int, corners: Sequence[float]) -> SigFieldSpec:
    left, bottom, right, top = (round(edge) for edge in corners)
    last = step == Step.SEAL
    return SigFieldSpec(
        FIELDS[step],
        on_page=page,
        box=(left, bottom, right, top),
        readable_field_name=step.label,
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.ALL) if last else None,
        doc_mdp_update_value=MDPPerm.NO_CHANGES if last else None,
    )
