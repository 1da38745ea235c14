"""A feed as an HR system gives it, from a real server or a folder."""

import datetime as dt
import hashlib
import http.server
import ipaddress
import json
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def person(number, **changes):
    """A record that lacks nothing."""
    return {
        "code": f"HR{number:04d}",
        "unit": "01.001",
        "full_name": f"Nguyễn Văn Số {number}",
        "title": "CV",
        "room": "01.001.T1",
        "email": f"so{number}@example.vn",
        "state": "working",
        "since": "2020-03-10",
        **changes,
    }


def certificate(folder):
    """A certificate of 127.0.0.1 that nobody knows, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nhan-su.example.vn")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "nhan-su.crt", folder / "nhan-su.key"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, secret


class HrSystem:
    """An HTTPS server with one list, ETag and all."""

    def __init__(self, folder):
        self.cert, key = certificate(folder)
        self.body, self.kind, self.status, self.location = b"[]", "application/json", 200, ""
        self.asked = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(dict(self.headers))
                etag = f'"{hashlib.sha256(outer.body).hexdigest()[:16]}"'
                if outer.status == 200 and self.headers.get("If-None-Match") == etag:
                    self.send_response(304)
                    self.end_headers()
                    return
                self.send_response(outer.status)
                self.send_header("Content-Type", outer.kind)
                self.send_header("ETag", etag)
                if outer.location:
                    self.send_header("Location", outer.location)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server.server_port}/can-bo.json?khoa=bi-mat"

    def says(self, people, **more):
        self.body = json.dumps({"people": people, **more}, ensure_ascii=False).encode()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
