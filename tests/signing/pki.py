"""A small certification authority for tests, made anew at every run: roots, people, a seal, and what went wrong."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "mat-khau-tep-P12"
Time = datetime


@dataclass(frozen=True)
class Identity:
    """A certificate with its key and those above it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def p12(self, password: str = PASSWORD) -> bytes:
        locked = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"ky", self.key, self.certificate, list(self.chain), locked)


@cache
def _key(name: str) -> rsa.RSAPrivateKey:
    del name  # one key for each name: making them is what takes time
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str, organisation: str) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, common)]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def issue(
    common: str,
    *,
    by: Identity | None = None,
    organisation: str = "Cơ quan thử nghiệm",
    authority: bool = False,
    stamps: bool = False,
    start: Time | None = None,
    end: Time | None = None,
) -> Identity:
    """A certificate issued by `by`, or by itself."""
    key = _key(f"{common} {organisation} {by.certificate.subject if by else ''}")
    now = datetime.now(UTC).replace(microsecond=0)
    subject = _name(common, organisation)
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start or now - timedelta(days=400))
        .not_valid_after(end or now + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if stamps:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    signing = by.key if by else key
    if by:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        builder = builder.add_extension(above, critical=False)
    certificate = builder.sign(signing, hashes.SHA256())
    return Identity(certificate, key, (by.certificate, *by.chain) if by else ())


def revocations(
    by: Identity,
    revoked: dict[Identity, Time] | None = None,
    *,
    issued: Time | None = None,
    following: Time | None = None,
) -> bytes:
    """A list of revoked certificates (DER), with the moment of each."""
    now = datetime.now(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(issued or now - timedelta(hours=1))
        .next_update(following or now + timedelta(days=7))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for who, when in (revoked or {}).items():
        one = x509.RevokedCertificateBuilder().serial_number(who.certificate.serial_number).revocation_date(when)
        builder = builder.add_revoked_certificate(one.build())
    return builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@cache
def root() -> Identity:
    return issue("Gốc chứng thực thử nghiệm", authority=True)


@cache
def intermediate() -> Identity:
    return issue("Chứng thực cấp dưới thử nghiệm", by=root(), authority=True)


@cache
def foreign_root() -> Identity:
    return issue("Gốc lạ", organisation="Nơi khác", authority=True)


@cache
def preparer() -> Identity:
    return issue("Trần Thị Lập", by=intermediate())


@cache
def head() -> Identity:
    return issue("Nguyễn Văn Đứng", by=intermediate())


@cache
def seal() -> Identity:
    return issue("BHXH thành phố Hà Nội", by=intermediate(), organisation="Bảo hiểm xã hội Việt Nam")


@cache
def clock() -> Identity:
    """An authority for time."""
    return issue("Cấp dấu thời gian thử nghiệm", by=intermediate(), stamps=True)


@cache
def stranger() -> Identity:
    return issue("Nguyễn Văn Đứng", by=foreign_root())


@cache
def expired() -> Identity:
    now = datetime.now(UTC)
    return issue("Hết Hạn", by=intermediate(), start=now - timedelta(days=300), end=now - timedelta(days=2))


@cache
def revoked() -> Identity:
    return issue("Bị Thu Hồi", by=intermediate())
