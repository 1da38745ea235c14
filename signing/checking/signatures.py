"""Each signature of a PDF: who, when, over what, whether it holds, and whether anything changed since."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import parser, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from signing.apart import apart
from signing.checking.certificates import Holder, fresh_until, holder_of, revoked_by
from signing.checking.words import Fault, Problem, problem

USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
"""Of the two that the sector's authorities write into certificates for signing, either will do."""
_CHAIN = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Fault.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Fault.EXPIRED,
    AdESIndeterminate.EXPIRED: Fault.EXPIRED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Fault.USAGE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Fault.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Fault.WEAK,
}


@dataclass(frozen=True)
class Trust:
    """What the system holds to be true: roots, authorities in between, revocation lists (each DER)."""

    roots: tuple[bytes, ...] = ()
    others: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What one signature is worth.

    `moment`: for when the certificate was judged. `until`: up to which byte of the file it signs; `whole`: that is the
    end. `list_until`: how long the revocation list that was looked into is fresh, None when there was none.
    """

    field: str
    signer: Holder | None
    certificate: bytes
    claimed_at: datetime | None
    stamped_at: datetime | None
    moment: datetime | None
    until: int
    whole: bool
    list_until: datetime | None
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        """Nothing is wrong with it."""
        return not self.problems

    def says(self, *faults: Fault) -> bool:
        """Whether one of these is what is wrong."""
        return any(found.fault in faults for found in self.problems)


Received = Callable[[int], datetime | None]


def check(
    pdf: bytes | PdfFileReader, trust: Trust, *, received: Received = lambda _end: None, compared: bool = True
) -> list[Verdict]:
    """The verdict on each signature, in the order of signing.

    `received` tells when the system itself got the signature that ends at a byte: that is worth more than what the
    signer's clock said. Not `compared`, what was added after a signature isn't looked at, which takes most of the time.
    Raises PdfError for what can't be read as a PDF.
    """
    reader = read(pdf) if isinstance(pdf, bytes) else pdf
    return [_verdict(found, trust, received, compared=compared) for found in signatures(reader)]


def read(pdf: bytes) -> PdfFileReader:
    """The PDF, read strictly. Raises PdfError."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        reader.embedded_signatures  # noqa: B018 - found now, so that what is broken there is said here
    except PdfError:
        raise
    # What the parser stumbles over in a broken or malicious file has no kind of its own.
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError) as fault:
        message = "unreadable"
        raise PdfError(message) from fault
    return reader


def signatures(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """Signatures in the order of signing, timestamps of the whole document left out."""
    return list(reader.embedded_regular_signatures)


def _verdict(found: EmbeddedPdfSignature, trust: Trust, received: Received, *, compared: bool) -> Verdict:
    until = _end(found)
    try:
        certificate = found.signer_cert
        signer, der = holder_of(certificate.dump()), certificate.dump()
        claimed = found.self_reported_timestamp
    except (ValueError, TypeError, KeyError, SignatureValidationError, PdfError):
        return _unreadable(found, until)
    stamped = _stamped(found, trust)
    moment = stamped or received(until) or claimed
    whole, problems = False, []
    try:
        status = apart(
            validate_pdf_signature,
            found,
            _context(trust, moment),
            _context(trust, None),
            key_usage_settings=USAGE,
            skip_diff=not compared,
        )
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        changed = _filled(found) or (compared and not _unchanged(status))
        problems = list(_problems(status, signer, moment, trust, changed=changed))
    except DisallowedAlgorithmError:
        problems = [problem(Fault.WEAK)]
    except (SignatureValidationError, ValidationError, PdfError, ValueError, TypeError, KeyError, IndexError):
        problems = [problem(Fault.UNREADABLE)]
    fresh = fresh_until(der, trust.lists)
    return Verdict(found.field_name, signer, der, claimed, stamped, moment, until, whole, fresh, tuple(problems))


def _unreadable(found: EmbeddedPdfSignature, until: int) -> Verdict:
    return Verdict(
        field=found.field_name,
        signer=None,
        certificate=b"",
        claimed_at=None,
        stamped_at=None,
        moment=None,
        until=until,
        whole=False,
        list_until=None,
        problems=(problem(Fault.UNREADABLE),),
    )


def _end(found: EmbeddedPdfSignature) -> int:
    """The byte up to which the file is signed; 0 when its range isn't a proper one."""
    try:
        return int(found.byte_range[2]) + int(found.byte_range[3])
    except (IndexError, TypeError, ValueError):
        return 0


def _context(trust: Trust, moment: datetime | None) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=[x509.Certificate.load(der) for der in trust.others],
        moment=moment,
        best_signature_time=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _filled(found: EmbeddedPdfSignature) -> bool:
    """Whether something stands behind the signature in the room kept for it, which no signature covers."""
    room = bytes(found.pkcs7_content)
    *_, head, body, end = parser.parse(room)
    return bool(room[len(head) + len(body) + len(end) :].strip(b"\0"))


def _stamped(found: EmbeddedPdfSignature, trust: Trust) -> datetime | None:
    """When an authority for time, trusted by the system, saw the signature."""
    if not any(one["type"].native == "signature_time_stamp_token" for one in found.signer_info["unsigned_attrs"]):
        return None
    try:
        status = apart(validate_pdf_signature, found, _context(trust, None), _context(trust, None), skip_diff=True)
    except (SignatureValidationError, ValidationError, PdfError, ValueError, TypeError, KeyError):
        return None
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp is not None and stamp.valid and stamp.trusted else None


def _problems(
    status: PdfSignatureStatus, signer: Holder, moment: datetime | None, trust: Trust, *, changed: bool
) -> Sequence[Problem]:
    found = []
    if not (status.intact and status.valid):
        return [problem(Fault.BROKEN)]
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        found.append(problem(Fault.PARTIAL))
    if changed:
        found.append(problem(Fault.CHANGED))
    if not status.trusted:
        found.append(problem(_fault(status, signer, moment)))
    elif any(revoked_by(one.dump(), trust.lists, moment) for one in status.validation_path or ()):
        found.append(problem(Fault.REVOKED))
    return found


def _unchanged(status: PdfSignatureStatus) -> bool:
    """What came after the signature are further signatures and what proves them, nothing else."""
    diff = status.diff_result
    calm = isinstance(diff, DiffResult) and diff.modification_level <= ModificationLevel.FORM_FILLING
    return calm and bool(status.docmdp_ok)


def _fault(status: PdfSignatureStatus, signer: Holder, moment: datetime | None) -> Fault:
    indication = status.trust_problem_indic
    if isinstance(indication, AdESFailure):
        return Fault.WEAK
    chained = indication != AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    if chained and moment is not None and moment < signer.not_before:
        return Fault.NOT_YET
    return _CHAIN.get(indication, Fault.UNTRUSTED) if isinstance(indication, AdESIndeterminate) else Fault.UNTRUSTED
