"""The settings of production: what they refuse, and what they switch on."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

SAFE = {
    "PRODUCTION": "true",
    "HTTPS": "true",
    "SECRET_KEY": "3f9c1d2b7a6e4f3d8c5b1a0e9d7c6f4b-of-a-test-4c5d6e7f8a9b0c1d",
    "ALLOWED_HOSTS": "qltb.example",
    "DJANGO_SETTINGS_MODULE": "qltb.settings",
}


def run(code: str, **changes: str) -> subprocess.CompletedProcess:
    given = {
        k: v
        for k, v in os.environ.items()
        if k not in {"SECRET_KEY_FILE", "DEBUG", "DEMO", "SECRET_KEY", "DATABASE_ROLE"}
    }
    env = given | SAFE | changes
    return subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "unsafe",
    [
        {"DEBUG": "true"},
        {"DEMO": "true"},
        {"SECRET_KEY": "changeme"},
        {"SECRET_KEY": "x"},
        {"SECRET_KEY": ""},
        {"HTTPS": "false"},
    ],
)
def test_production_refuses_what_is_unsafe(unsafe):
    done = run("import django; django.setup()", **unsafe)
    assert done.returncode != 0
    assert "PRODUCTION refuses to start" in done.stderr or "SECRET_KEY" in done.stderr


WANTED = {
    "DEBUG": False,
    "DEMO": False,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "ALLOWED_HOSTS": ["qltb.example"],
    "DATABASE_ROLE": "qltb_app",
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "USE_X_FORWARDED_HOST": False,
    "LOGIN_TRIES": 5,
    "SESSION_IDLE_MINUTES": 15,
    "SESSION_IDLE_MINUTES_ADMIN": 5,
}


def test_production_switches_on_what_protects():
    ask = f"print(json.dumps({{k: getattr(s, k) for k in {list(WANTED)!r}}}))"
    code = f"import django, json; django.setup(); from django.conf import settings as s; {ask}"
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == WANTED


ANSWERS = """
import django, json
django.setup()
from django.test import Client
out = {}
for name, how in (("plain", {}), ("secure", {"secure": True})):
    r = Client(HTTP_HOST="qltb.example").get("/dang-nhap/", **how)
    out[name] = [r.status_code, dict(r.headers), {k: [bool(c["secure"]), c["samesite"]] for k, c in r.cookies.items()}]
print(json.dumps(out))
"""


def test_over_https_alone(db):
    given = connection.get_connection_params()
    url = f"postgres://{given['user']}:{given.get('password', '')}@{given['host']}:{given['port']}/{given['dbname']}"
    # Debugging takes static files by their plain names: nothing was collected for this test.
    done = run(ANSWERS, PRODUCTION="false", DEBUG="true", DATABASE_URL=url, LOG_LEVEL="ERROR")
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout.splitlines()[-1])
    status, headers, _ = answers["plain"]
    assert (status, headers["Location"]) == (301, "https://qltb.example/dang-nhap/")
    status, headers, cookies = answers["secure"]
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert cookies == {"qltb_csrf": [True, "Lax"]}
