"""With a server that speaks clamd's protocol: INSTREAM in, one verdict out."""

import socket
import socketserver
import threading

import pytest

from core.document_checks import check_pdf
from core.errors import DomainError
from tests.documents.pdfs import build, padded, upload

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        self.server.seen.append(content)
        found = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"OK"
        self.wfile.write(self.server.verdict or b"stream: " + found + b"\0")


@pytest.fixture
def clamd(tmp_path, settings):
    path = str(tmp_path / "clamd.sock")
    with socketserver.UnixStreamServer(path, Clamd) as server:
        server.seen, server.verdict = [], b""
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.CLAMAV_SOCKET = path
        yield server
        server.shutdown()
        thread.join()


def refusal(content):
    with pytest.raises(DomainError) as caught:
        check_pdf(upload(content, "Hợp đồng.pdf"), max_bytes=1 << 20)
    return caught.value


def test_a_clean_file_passes_and_is_sent_whole(clamd):
    content = padded(200_000)
    assert check_pdf(upload(content), max_bytes=1 << 20).pages == 1
    assert clamd.seen == [content]


def test_what_clamd_finds_is_named(clamd):
    content = build(lambda pdf: pdf.Root.__setitem__("/X", pdf.make_stream(EICAR)), compress_streams=False)
    error = refusal(content)
    assert (error.code, error.field) == ("virus", "documents")
    assert "Win.Test.EICAR_HDB-1" in error.message


@pytest.mark.parametrize("verdict", [b"INSTREAM size limit exceeded. ERROR\0", b"\0"])
def test_without_a_verdict_nothing_is_taken(clamd, verdict):
    clamd.verdict = verdict
    assert refusal(build()).code == "not_scanned"


def test_when_clamd_is_away_nothing_is_taken(settings, tmp_path):
    settings.CLAMAV_SOCKET = str(tmp_path / "none.sock")
    assert refusal(build()).code == "not_scanned"


def test_over_tcp_too(settings):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.CLAMAV_SOCKET = f"127.0.0.1:{port}"
    assert refusal(build()).code == "not_scanned"
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        server.seen, server.verdict = [], b""
        settings.CLAMAV_SOCKET = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert check_pdf(upload(build()), max_bytes=1 << 20).pages == 1
        thread.join()
