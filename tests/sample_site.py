"""A small web server over the shell, the styles and the scripts, for tests of what scripts do."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.template import engines

STATIC = Path(__file__).resolve().parent.parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

LIST, FORM = ((Path(__file__).parent / "pages" / name).read_text() for name in ("list.html", "form.html"))


def shell(content, *, user="7"):
    person = SimpleNamespace(
        is_authenticated=True, pk=user, username="nghiepvu", full_name="Người dùng", unit=SimpleNamespace(name="BHXH")
    )
    item = {"label": "Thiết bị", "url": "/danh-sach", "icon": "devices", "active": True, "badge": 3}
    context = {
        "request": SimpleNamespace(user=person, GET={}),
        "navigation": [{"label": "", "items": [item]}],
        "title": "Thử",
        "demo": True,
    }
    page = (
        "{% extends 'base.html' %}{% block heading %}Thử{% endblock %}{% block content %}" + content + "{% endblock %}"
    )
    return engines["django"].from_string(page).render(context)


def login():
    context = {
        "form": SimpleNamespace(is_bound=False),
        "request": SimpleNamespace(GET={}),
        "redirect_field_value": "/form",
    }
    return engines["django"].get_template("account/login.html").render(context)


class Site(ThreadingHTTPServer):
    """Serves pages from memory and the files of static/, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.host = f"http://127.0.0.1:{self.server_port}"
        self.pages = {}
        self.asked = []
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        self.policy = "; ".join(f"{name} {' '.join(values)}" for name, values in policy)


class Answer(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = urlsplit(self.path).path
        self.server.asked.append((self.command, path))
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            self.send(200, file.read_bytes(), KINDS[file.suffix])
        elif path == "/tim":
            found = parse_qs(urlsplit(self.path).query, keep_blank_values=True)["q"][0] in {"", "opti"}
            rows = [{"id": "9", "text": "OptiPlex 7010", "note": "<i>Dell</i>"}] if found else []
            self.send(200, json.dumps({"results": rows, "more": 137 if found else 0}).encode(), "application/json")
        elif path == "/het":
            self.send(302, b"", "text/plain", Location="/dang-nhap/?next=/het")
        elif path in self.server.pages:
            self.send(200, self.server.pages[path].encode(), "text/html; charset=utf-8")
        else:
            self.send(500, b"", "text/plain")

    def do_POST(self):
        self.do_GET()

    def send(self, status, body, kind, **headers):
        self.send_response(status)
        headers |= {"Content-Type": kind, "Content-Length": len(body), "Content-Security-Policy": self.server.policy}
        for name, value in headers.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):  # noqa: A002 - the library's signature
        pass
