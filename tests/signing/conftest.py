"""A paper of Ba Đình to be signed, the authorities and certificates that make it possible, a device."""

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.cache import cache

from core.scope import elevated
from signing import subjects
from signing.actions import signers, trust
from signing.actions.papers import open_paper
from signing.models import Paper
from signing.rules import Step
from tests.signing import pki
from tests.world import pdf_bytes
from yearend.models import AnnualReport

BOXES = {"preparer": (0, 60, 100, 180, 160), "head": (0, 380, 100, 500, 165), "seal": (0, 320, 82, 420, 182)}
MODULE = "/usr/lib/softhsm/libsofthsm2.so"
LABEL, PIN = "Ky so thu nghiem", "12345678"


@dataclass
class Heard:
    """What the subject was told."""

    completed: list[Any] = field(default_factory=list)
    refusal: Exception | None = None

    def complete(self, subject: Any, by: Any) -> None:
        if self.refusal:
            raise self.refusal
        self.completed.append((subject.pk, by.pk))


@pytest.fixture(autouse=True)
def _forget_tries():
    cache.clear()


@pytest.fixture
def heard(monkeypatch) -> Heard:
    """The subject of papers is a yearly report whose app listens."""
    made = Heard()
    offered = subjects.Subject(lambda report: f"/bao-cao-nam/{report.number}/", made.complete)
    monkeypatch.setitem(subjects._subjects, "yearend.annualreport", offered)
    return made


@pytest.fixture
def trusted(world) -> None:
    """The test authorities with fresh lists; the people of Ba Đình."""
    admin = world.admin1
    trust.add_authorities(pki.root().pem + pki.intermediate().pem, name="", by=admin)
    revoked = {pki.revoked(): datetime.now(UTC) - timedelta(days=1)}
    trust.add_revocations(pki.revocations(pki.intermediate(), revoked), by=admin)
    trust.add_revocations(pki.revocations(pki.root()), by=admin)
    unit = world.units["01.001"]
    for step, who in ((Step.PREPARER, pki.preparer()), (Step.HEAD, pki.head()), (Step.SEAL, pki.seal())):
        signers.register(unit, step=step, content=who.der, by=world.admin2_hanoi)


def make_report(world, unit: str = "01.001", year: int = 2025) -> AnnualReport:
    with elevated("tests: a subject for a paper"):
        return AnnualReport.objects.create(number=f"BCN-{unit}-{year}", unit=world.units[unit], year=year)


def make_paper(world, report: AnnualReport | None = None, *, boxes: Any = None, pdf: bytes = b"") -> Paper:
    report = report or make_report(world)
    with elevated("tests: a paper to be signed"):
        return open_paper(
            subject=report,
            unit=report.unit,
            title="Báo cáo năm 2025",
            pdf=pdf or pdf_bytes(2),
            boxes=boxes or BOXES,
            by=world.nghiepvu_badinh,
        )


@pytest.fixture
def paper(world, heard, trusted) -> Paper:
    """Open, nobody has signed."""
    return make_paper(world)


@pytest.fixture
def device(tmp_path_factory, monkeypatch, settings) -> Path:
    """A real token with the key and certificate of the head."""
    folder: Path = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    settings.SIGNING_PKCS11_MODULE = MODULE
    key = folder / "key.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key.write_bytes(pki.head().key.private_bytes(*form))
    tool = "softhsm2-util"
    _run(tool, "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "87654321")
    _run(tool, "--import", str(key), "--token", LABEL, "--label", "khoa", "--id", "01", "--pin", PIN)
    # In a process of its own: the library reads its settings once in a process.
    stored = [sys.executable, "-c", _STORE, MODULE, LABEL, PIN]
    subprocess.run(stored, input=pki.head().der, check=True, capture_output=True)
    return folder


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


_STORE = """
import sys, pkcs11
from pkcs11 import Attribute, CertificateType, ObjectClass
from asn1crypto import x509
der = sys.stdin.buffer.read()
token = pkcs11.lib(sys.argv[1]).get_token(token_label=sys.argv[2])
with token.open(rw=True, user_pin=sys.argv[3]) as session:
    session.create_object({
        Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True, Attribute.ID: b"\\x01", Attribute.LABEL: "khoa",
        Attribute.SUBJECT: x509.Certificate.load(der).subject.dump(), Attribute.VALUE: der,
    })
"""
