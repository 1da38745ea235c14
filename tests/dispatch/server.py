"""A document system that takes packages over HTTPS."""

import http.server
import ssl
import threading

from tests.personnel.support import certificate


class DocumentSystem:
    """Files what comes by its key; `answers` says what it answers next, 201 when nothing is left."""

    def __init__(self, folder):
        self.cert, key = certificate(folder)
        self.filed, self.asked, self.answers = {}, [], []
        self.said = "Gói sai định dạng".encode()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append(dict(self.headers))
                status = outer.answers.pop(0) if outer.answers else 201
                known = self.headers["Idempotency-Key"]
                if status == 201:
                    status = 409 if known in outer.filed else 201
                    outer.filed[known] = body
                said = outer.said if status == 422 else b""
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"https://127.0.0.1:{outer.server.server_port}/khac")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that distrusts the certificate hangs up
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server.server_port}/van-ban?khoa=bi-mat-dia-chi"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
