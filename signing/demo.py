"""Signing in the demonstration: an authority made for it, people who sign for some units, and their key files.

The key of the authority is forgotten as soon as its certificates are made. Nothing of this is ever loaded where people
work: `load_demo` refuses that.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import transaction

from accounts.demo import PASSWORD
from accounts.models import User
from orgs.models import OrgUnit
from signing.actions import signers, trust
from signing.rules import Step

ORGANISATION = "Dữ liệu minh họa"
AUTHORITY = "Nơi cấp chứng thư minh họa"
VALID = timedelta(days=3 * 365)
_FILES = {Step.PREPARER: "nguoi-lap", Step.HEAD: "nguoi-ky", Step.SEAL: "con-dau"}


def folder() -> Path:
    """Where the key files lie, for whoever tries signing: `<code of the unit>-<who>.p12`."""
    return Path(settings.VAR) / "chu-ky-minh-hoa"


class DemoAuthority:
    """An authority that the system trusts from now on."""

    def __init__(self, by: User) -> None:
        self._by, self._now = by, datetime.now(UTC).replace(microsecond=0)
        trust.add_authorities(self._root.public_bytes(serialization.Encoding.PEM), name=AUTHORITY, by=by)
        trust.add_revocations(self._revocations(), by=by)

    def name_signers(self, unit: OrgUnit, people: Mapping[Step, str]) -> dict[Step, bytes]:
        """Certificates for who signs for the unit, registered; their key files (PKCS#12), which lie in `folder` once
        the transaction is done."""
        found = {}
        folder().mkdir(parents=True, exist_ok=True)
        for step, person in people.items():
            key = _new_key()
            certificate = self._issue(person, key)
            signers.register(unit, step=step, content=certificate.public_bytes(serialization.Encoding.DER), by=self._by)
            locked = serialization.BestAvailableEncryption(PASSWORD.encode())
            file = pkcs12.serialize_key_and_certificates(person.encode(), key, certificate, [self._root], locked)
            transaction.on_commit(partial((folder() / f"{unit.code}-{_FILES[step]}.p12").write_bytes, file))
            found[step] = file
        return found

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return _new_key()

    @cached_property
    def _root(self) -> x509.Certificate:
        own = _name(AUTHORITY)
        builder = self._builder(own, self._key.public_key(), authority=True)
        return builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(
            self._key, hashes.SHA256()
        )

    def _issue(self, person: str, key: rsa.RSAPrivateKey) -> x509.Certificate:
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = self._builder(_name(person), key.public_key(), authority=False)
        return builder.add_extension(above, critical=False).sign(self._key, hashes.SHA256())

    def _builder(self, subject: x509.Name, key: rsa.RSAPublicKey, *, authority: bool) -> x509.CertificateBuilder:
        usage = x509.KeyUsage(
            digital_signature=not authority,
            content_commitment=not authority,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=authority,
            crl_sign=authority,
            encipher_only=False,
            decipher_only=False,
        )
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_name(AUTHORITY))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now - timedelta(days=1))
            .not_valid_after(self._now + VALID)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        )

    def _revocations(self) -> bytes:
        """An empty list: nobody's certificate was revoked."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(_name(AUTHORITY))
            .last_update(self._now - timedelta(hours=1))
            .next_update(self._now + VALID)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
