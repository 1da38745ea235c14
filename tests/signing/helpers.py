"""Signing in tests."""

import io

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.actions.signatures import sign_with_file
from signing.apart import apart
from signing.models import Paper
from signing.rules import FIELDS, Step
from tests.signing import pki


def sign_file(paper: Paper, step: Step, who: pki.Identity, *, by, picture=None) -> Paper:
    return sign_with_file(paper, step=step, key_file=who.p12(), password=pki.PASSWORD, picture=picture, by=by)


def sign_all(paper: Paper, *, by) -> None:
    for step, who in ((Step.PREPARER, pki.preparer()), (Step.HEAD, pki.head()), (Step.SEAL, pki.seal())):
        sign_file(paper, step, who, by=by)


def signed_outside(pdf: bytes, who: pki.Identity, *, field: str = FIELDS[Step.PREPARER], box=None) -> bytes:
    """What a tool on somebody's computer makes of a file; with `box` in a field of its own."""
    store = SimpleCertificateStore()
    form = serialization.Encoding.DER
    store.register_multiple(x509.Certificate.load(one.public_bytes(form)) for one in who.chain)
    signer = SimpleSigner(x509.Certificate.load(who.der), keys.PrivateKeyInfo.load(who.key_der), store)
    metadata = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    spec = SigFieldSpec(field, box=box) if box else None
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    apart(PdfSigner(metadata, signer, new_field_spec=spec).sign_pdf, writer, output=out)
    return out.getvalue()
