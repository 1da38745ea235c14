"""A signature put into a PDF: PAdES, as an incremental update of what was signed before."""

import io
from collections.abc import Sequence

from asn1crypto import crl, x509
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext

from signing.apart import apart
from signing.checking import Trust
from signing.pdf.looks import Look, style_of
from signing.rules import FIELDS, Step

TIMEOUT = 10  # seconds that the authority for time may take


def sign(pdf: bytes, *, signer: Signer, look: Look, box: Sequence[float], trust: Trust) -> bytes:
    """`pdf` with the signature of `look.step`; it begins with the bytes of `pdf`.

    Level B-B; with an authority for time (SIGNING_TSA_URL) B-LT: the moment is certified, and the chain with its
    revocation lists is put into the file. Nothing else is ever asked over the network. Raises what the signer raises
    and pyHanko's SigningError, TimestampRequestError.
    """
    stamper = timestamper()
    last = look.step == Step.SEAL
    metadata = PdfSignatureMetadata(
        field_name=FIELDS[look.step],
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=look.holder.name,
        docmdp_permissions=MDPPerm.NO_CHANGES if last else MDPPerm.FILL_FORMS,
        embed_validation_info=stamper is not None,
        validation_context=_context(trust) if stamper is not None else None,
        signer_key_usage=set(),
    )
    out = io.BytesIO()
    signing = PdfSigner(metadata, signer=signer, timestamper=stamper, stamp_style=style_of(look, box))
    apart(signing.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()


def timestamper() -> TimeStamper | None:
    """The authority for time, where the owner of the system has set one."""
    return HTTPTimeStamper(settings.SIGNING_TSA_URL, timeout=TIMEOUT) if settings.SIGNING_TSA_URL else None


def _context(trust: Trust) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=[x509.Certificate.load(der) for der in trust.others],
        crls=[crl.CertificateList.load(der) for der in trust.lists],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
