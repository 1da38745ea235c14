"""With an authority for time (RFC 3161) a signature tells when it was made, whatever the signer's clock said."""

import io
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pikepdf
import pytest
from asn1crypto import keys, tsp, x509
from pyhanko.sign.timestamps import DummyTimeStamper

from core.errors import DomainError
from core.scope import entered
from signing.queries import file_of, findings_of
from signing.rules import FIELDS, Step
from tests.signing import pki
from tests.signing.helpers import sign_all, sign_file

pytestmark = pytest.mark.dieu("13.8")


class Authority(ThreadingHTTPServer):
    """Answers over HTTP as such authorities do; `by` signs what it says."""

    def __init__(self, by: pki.Identity) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        key, certificate = keys.PrivateKeyInfo.load(by.key_der), x509.Certificate.load(by.der)
        self.moment = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=7)  # no clock of ours says that
        self.stamper = DummyTimeStamper(certificate, key, fixed_dt=self.moment)
        self.asked, self.broken = 0, False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Answering(BaseHTTPRequestHandler):
    server: Authority

    def do_POST(self) -> None:
        self.server.asked += 1
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(503 if self.server.broken else 200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        if not self.server.broken:
            self.wfile.write(self.server.stamper.request_tsa_response(asked).dump())

    def log_message(self, *_args: object) -> None:
        """The tests' output is for their failures."""


@pytest.fixture
def authority(settings, request):
    with Authority(getattr(request, "param", pki.clock)()) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.SIGNING_TSA_URL = server.url
        yield server
        server.shutdown()
        thread.join()


def test_the_moment_is_that_of_the_authority(world, paper, authority):
    user = world.nghiepvu_badinh
    with entered(user.scope):
        sign_all(paper, by=user)
        found = findings_of(paper)
        assert found.good
        assert [one.verdict.stamped_at for one in found.signatures] == [authority.moment] * 3
        assert [one.verdict.moment for one in found.signatures] == [authority.moment] * 3
        whole = file_of(paper)
    assert authority.asked >= 3
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        kept = pdf.Root.DSS
        assert len(kept.Certs) >= 3
        assert len(kept.CRLs) >= 1
        assert len([field for field in pdf.Root.AcroForm.Fields if "/V" in field]) == len(FIELDS)


@pytest.mark.parametrize("authority", [lambda: pki.issue("Giờ lạ", by=pki.foreign_root(), stamps=True)], indirect=True)
def test_a_stamp_of_an_unknown_authority_is_no_time(world, paper, authority):
    """The signature isn't made at all: its moment couldn't be shown to anybody."""
    user = world.nghiepvu_badinh
    with entered(user.scope), pytest.raises(DomainError, match="không do nơi tin cậy cấp"):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
    assert paper.revisions.count() == 1


def test_without_an_answer_nothing_is_signed(world, paper, authority):
    authority.broken = True
    user = world.nghiepvu_badinh
    with entered(user.scope), pytest.raises(DomainError, match="dấu thời gian"):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
    assert paper.revisions.count() == 1
    authority.broken = False
    with entered(user.scope):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
        assert findings_of(paper).sound


def test_an_authority_that_is_gone_is_told(world, paper, settings):
    settings.SIGNING_TSA_URL = "http://127.0.0.1:9/"
    user = world.nghiepvu_badinh
    with entered(user.scope), pytest.raises(DomainError, match="dấu thời gian"):
        sign_file(paper, Step.PREPARER, pki.preparer(), by=user)
    assert paper.revisions.count() == 1
