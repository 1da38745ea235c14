"""What every answer carries, which requests are refused, and what error pages say."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from core.models import Event
from equipment.views import figures as figure_views
from tests.isolation.conftest import undone
from tests.isolation.matrix import ROWS, read

DIRECTIVES = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
TOOL = {"signing:sign_outside": {"connect-src": "'self' wss://127.0.0.1:8987"}}
"""The signing tool listens on the person's own computer; the page that hands a paper to it may ask it."""
INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address": re.compile(r"""(?:href|src|action)\s*=\s*["']\s*(?:javascript|data|vbscript):""", re.IGNORECASE),
    "elsewhere": re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE),
}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.get is not None])
def test_headers_of_every_answer(country, name):
    row = ROWS[name]
    for role in ("anonymous", "peer", "business", "admin1"):
        with undone():
            response = country.client(role).get(row.url(name, country))
            body = read(response)
        policy = dict(
            part.strip().split(" ", 1)
            for part in response.headers["Content-Security-Policy"].split(";")
            if " " in part.strip()
        )
        if not response.headers["Content-Security-Policy"].startswith("sandbox"):  # a document's is stricter
            assert policy in (DIRECTIVES, {**DIRECTIVES, **TOOL.get(name, {})})
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in response.headers  # over plain HTTP it means nothing
        assert "Server" not in response.headers
        if "text/html" in response.headers["Content-Type"]:
            assert {
                what: found.findall(body.decode()) for what, found in INLINE.items() if found.search(body.decode())
            } == {}


def test_cookies_are_for_the_server_alone(country):
    client = country.client("anonymous")
    client.post("/dang-nhap/", ROWS["account_login"].data(country))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"], session["path"], session["domain"]) == (True, "Lax", "/", "")
    assert session["expires"] == "" == session["max-age"]  # gone with the browser
    assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "evil.example:80", "a b", "<script>", "testserver@evil.example"]
)
def test_a_forged_host_is_refused(db, host):
    for path in ("/", "/dang-nhap/", "/khong-co/"):
        response = Client().get(path, HTTP_HOST=host)
        assert response.status_code == 400
        assert "evil" not in response.content.decode() + str(response.headers)
    forwarded = Client().get("/thiet-bi/", HTTP_X_FORWARDED_HOST=host)
    assert forwarded.headers["Location"] == "/dang-nhap/?next=/thiet-bi/"


def test_a_form_without_its_token_gets_a_page_that_helps(country):
    client = country.client("business", enforce_csrf_checks=True)
    response = client.post(ROWS["intakes:cancel"].url("intakes:cancel", country), {"reason": "Nhập trùng"})
    page = response.content.decode()
    assert response.status_code == 403
    assert '<html lang="vi">' in page
    assert "Chưa lưu được: trang này đã cũ" in page
    assert "CSRF" not in page
    foreign = client.post("/dang-nhap/", {}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403


SAID = {
    400: "Máy chủ không hiểu yêu cầu này",
    403: "không được phép",
    404: "Không tìm thấy nội dung này",
    500: "Máy chủ gặp sự cố",
}
SECRET = "Nguyễn Văn Bí Mật S-4711"
LEAKS = re.compile(r"traceback|exception|django|psycopg|select |/site-packages|settings|line \d+", re.IGNORECASE)


def _boom(*_, **__):
    raise RuntimeError(SECRET)


@pytest.mark.parametrize(
    ("status", "path", "role"),
    [
        (400, "/thiet-bi/%00/", "business"),
        (403, "/quan-tri/danh-muc/loai/moi/", "business"),
        (404, "/khong-co-trang-nay/", "business"),
        (404, "/khong-co/", "anonymous"),
        (500, "/", "business"),
    ],
)
def test_error_pages_help_and_tell_nothing(country, monkeypatch, status, path, role):
    monkeypatch.setattr(figure_views, "figures", _boom)
    response = country.client(role, raise_request_exception=False).get(path)
    page = response.content.decode()
    assert response.status_code == status
    assert '<html lang="vi">' in page
    assert SAID[status].lower() in page.lower()
    assert SECRET not in page
    text = re.sub(r"<[^>]+>", " ", page)
    assert not LEAKS.search(text), LEAKS.search(text)


def test_what_fails_in_the_middle_writes_nothing(country, monkeypatch):
    """An exception after the draft was saved: the request's transaction takes it all back."""
    monkeypatch.setattr("equipment.views.drafts.messages.success", _boom)
    before = Event.objects.count()
    row = ROWS["intakes:create"]
    response = country.client("business", raise_request_exception=False).post(
        row.url("intakes:create", country), row.data(country)
    )
    assert response.status_code == 500
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "value",
    [
        "' OR '1'='1",
        "%27;--",
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "${7*7}",
        "../../etc/passwd",
        "\\x00",
        "𝕏" * 50,
    ],
)
def test_hostile_text_is_text(country, value):
    """In every question of every list: no error of the database, nothing run, nothing unescaped."""
    client = country.client("business", raise_request_exception=False)
    for path in ("/thiet-bi/", "/tiep-nhan/", "/quan-tri/danh-muc/mau/"):
        for name in (
            "q",
            "sort",
            "page",
            "cols",
            "export",
            "unit",
            "status",
            "category",
            "brand",
            "received_tu",
            "intake",
            "tab",
        ):
            response = client.get(path, {name: value})
            page = read(response).decode()
            assert response.status_code in {200, 400}, (path, name)
            assert "<img src=x" not in page
    assert not connection.needs_rollback
