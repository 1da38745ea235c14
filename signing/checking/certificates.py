"""Certificates and revocation lists: read from what people upload, and said in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

MAX_CERTIFICATES = 50


@dataclass(frozen=True)
class Holder:
    """What a certificate says of whom it was given to, and by whom."""

    name: str
    organisation: str
    subject: str
    issuer: str
    serial: str
    fingerprint: str
    not_before: datetime
    not_after: datetime

    @property
    def kept(self) -> dict[str, Any]:
        """What registers of certificates keep of it."""
        return {
            "subject": self.subject,
            "issuer": self.issuer,
            "serial": self.serial[:60],
            "fingerprint": self.fingerprint,
            "not_before": self.not_before,
            "not_after": self.not_after,
        }


def holder_of(der: bytes) -> Holder:
    """The certificate's words; raises ValueError for what is none."""
    certificate = x509.load_der_x509_certificate(der)
    subject = certificate.subject
    return Holder(
        name=_first(subject, NameOID.COMMON_NAME) or _said(subject),
        organisation=_first(subject, NameOID.ORGANIZATION_NAME),
        subject=_said(subject),
        issuer=_said(certificate.issuer),
        serial=f"{certificate.serial_number:X}",
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _said(name: x509.Name) -> str:
    """From the person to the country, as people read it."""
    return ", ".join(f"{part.rfc4514_attribute_name}={part.value!s}" for part in reversed(list(name)))[:1000]


def read_certificates(content: bytes) -> list[bytes]:
    """The certificates (DER) in a file: one in DER, or some in PEM. Raises ValueError for what is neither."""
    if pem.detect(content):
        found = [der for kind, _, der in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE"]
    else:
        found = [content]
    if not 0 < len(found) <= MAX_CERTIFICATES:
        message = "no certificate, or too many"
        raise ValueError(message)
    for der in found:
        x509.load_der_x509_certificate(der)
        asn1_x509.Certificate.load(der, strict=True).native  # noqa: B018 - read it whole: what signs is judged with this library
    return found


def read_authority(der: bytes) -> bool:
    """Whether the certificate of an authority is a root (issued by itself). Raises ValueError if it is nobody such."""
    certificate = x509.load_der_x509_certificate(der)
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound as fault:
        raise ValueError("no authority") from fault
    if not basic.ca:
        raise ValueError("no authority")
    return _issued_by(certificate, certificate)


def _issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


@dataclass(frozen=True)
class Revocations:
    """A list of revoked certificates and which of the asked authorities signed it (their index)."""

    der: bytes
    authority: int
    issued_at: datetime
    next_at: datetime | None
    entries: int


def read_revocations(content: bytes, authorities: Sequence[bytes]) -> Revocations:
    """The list in DER or PEM, signed by one of `authorities` (DER).

    Raises ValueError for what is no whole list of its issuer's own, LookupError when none of them signed it.
    """
    der = pem.unarmor(content)[2] if pem.detect(content) else content
    revoked = x509.load_der_x509_crl(der)
    if any(_in_part(extension.value) for extension in revoked.extensions):
        message = "part of a list"
        raise ValueError(message)
    for index, authority in enumerate(authorities):
        certificate = x509.load_der_x509_certificate(authority)
        key = certificate.public_key()
        if certificate.subject == revoked.issuer and _signed(revoked, key):
            issued, following = revoked.last_update_utc, revoked.next_update_utc
            return Revocations(der, index, issued, following, len(revoked))
    raise LookupError


def _in_part(extension: object) -> bool:
    """Whether a list with this extension tells less, or of others, than all that its issuer has revoked."""
    if isinstance(extension, x509.IssuingDistributionPoint):
        return extension.indirect_crl or extension.only_some_reasons is not None
    return isinstance(extension, x509.DeltaCRLIndicator)


def _signed(revoked: x509.CertificateRevocationList, key: object) -> bool:
    try:
        return revoked.is_signature_valid(key)  # type: ignore[arg-type]  # a kind of key that can't sign is a TypeError
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def revoked_by(certificate: bytes, lists: Sequence[bytes], moment: datetime | None) -> bool:
    """Whether one of the lists of the certificate's issuer says that it was revoked by `moment` (None: at any time).

    The library for chains looks only where a certificate names its list, and no list can be fetched here: what is
    kept is looked through for every certificate.
    """
    judged = x509.load_der_x509_certificate(certificate)
    for one in _lists_of(judged, lists):
        entry = one.get_revoked_certificate_by_serial_number(judged.serial_number)
        if entry is not None and (moment is None or entry.revocation_date_utc <= moment):
            return True
    return False


def fresh_until(certificate: bytes, lists: Sequence[bytes]) -> datetime | None:
    """Until when the newest list of the certificate's issuer counts; None when there is none."""
    judged = x509.load_der_x509_certificate(certificate)
    ends = (one.next_update_utc for one in _lists_of(judged, lists))
    return max((end for end in ends if end is not None), default=None)


def _lists_of(certificate: x509.Certificate, lists: Sequence[bytes]) -> Iterator[x509.CertificateRevocationList]:
    found = (x509.load_der_x509_crl(der) for der in lists)
    return (one for one in found if one.issuer == certificate.issuer)
