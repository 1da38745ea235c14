"""Logging in and out (design §12): who gets in, for how long, and what an attacker learns from it."""

import io
import re
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse

from accounts.models import SecurityEvent
from tests.hashers import CheapArgon2
from tests.world import PASSWORD

LOGIN = "/dang-nhap/"
LOCKED = "Tài khoản này tạm thời không đăng nhập được"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
TOKEN = re.compile(r'(?<=content=")\w{64}|(?<=value=")\w{64}')
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def login(client, username: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password, **more})


def logged_in(client) -> bool:
    return client.get("/").status_code == 200


def cookie(client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_a_login_opens_the_overview(account, browser):
    client, user = browser(), account()
    response = login(client, user.username)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert logged_in(client)


def test_the_session_and_the_token_are_new_after_login(account, browser):
    """Whoever knew them before (fixation) knows nothing now."""
    client = browser()
    known = "k" * 32
    client.cookies[settings.SESSION_COOKIE_NAME] = known
    client.get(LOGIN)
    before = client.cookies[settings.CSRF_COOKIE_NAME].value
    login(client, account().username)
    assert cookie(client) != known
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != before
    stranger = browser()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = known
    assert not logged_in(stranger)


def test_a_session_that_exists_already_changes_its_key(account, browser):
    client = browser()
    session = client.session
    session["seen"] = "before"
    session.save()
    known = session.session_key
    login(client, account().username)
    assert cookie(client) != known
    assert not Session.objects.filter(session_key=known).exists()


def test_wrong_passwords_lock_the_account_and_no_other(account, browser):
    client, user, other = browser(), account(), account()
    for _ in range(settings.LOGIN_TRIES):
        assert WRONG in login(client, user.username, "sai-mat-khau").content.decode()
    page = login(client, user.username)  # the right one, too late
    assert LOCKED in page.content.decode()
    assert not logged_in(client)
    assert LOCKED in login(browser(), user.username).content.decode()  # from elsewhere too
    assert login(client, other.username).status_code == 302
    assert not SecurityEvent.objects.filter(kind="login", user=user).exists()


def test_ways_of_writing_the_name_give_no_further_tries(account, browser):
    user = account()
    written = [user.username.upper(), f" {user.username}", user.username.title(), f"{user.username} ", user.username]
    for name in (written * 2)[: settings.LOGIN_TRIES]:
        login(browser(), name, "sai-mat-khau")
    assert LOCKED in login(browser(), user.username).content.decode()


def test_a_lock_ends_by_itself_or_by_the_command(account, browser):
    for end in ("time", "command"):
        user, client = account(), browser()
        with time_machine.travel(START, tick=False) as clock:
            for _ in range(settings.LOGIN_TRIES):
                login(client, user.username, "sai-mat-khau")
            clock.shift(timedelta(minutes=settings.LOGIN_LOCK_MINUTES - 1))
            assert LOCKED in login(client, user.username).content.decode()
            if end == "command":
                call_command("unlock_account", user.username, stdout=io.StringIO())
            else:
                clock.shift(timedelta(minutes=2))
            assert login(client, user.username).status_code == 302


def test_nobody_learns_which_accounts_there_are(account, browser):
    """A wrong password, a name that doesn't exist, a closed account: one answer, down to the lock."""
    closed = account()
    closed.is_active = False
    closed.save()
    names = [account().username, f"khong.co.{secrets.token_hex(4)}", closed.username]
    pages = []
    for name in names:
        client = browser()
        told = [login(client, name, "sai-mat-khau") for _ in range(settings.LOGIN_TRIES + 1)]
        pages.append([(r.status_code, TOKEN.sub("", r.content.decode()).replace(name, "")) for r in told])
    assert pages[0] == pages[1] == pages[2]
    assert LOCKED in pages[0][-1][1]


def test_the_time_of_an_answer_tells_of_no_account(account, browser, monkeypatch):
    """A password costs a hash whether or not there is somebody whose it might be."""
    hashed: list[str] = []
    for method in ("encode", "verify"):
        whole = getattr(CheapArgon2, method)

        def counted(*args, _whole=whole, **kwargs):
            hashed.append("once")
            return _whole(*args, **kwargs)

        monkeypatch.setattr(CheapArgon2, method, counted)
    for name in (account().username, f"khong.co.{secrets.token_hex(4)}"):
        hashed.clear()
        login(browser(), name, "sai-mat-khau")
        assert len(hashed) == 1, name


def test_a_closed_account_stays_outside(account, browser):
    user, client = account(), browser()
    login(client, user.username)
    assert logged_in(client)
    user.is_active = False
    user.save()
    assert not logged_in(client)  # at once, not when the session ends
    again = browser()
    login(again, user.username)
    assert not logged_in(again)


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "http://testserver@evil.example/",
    "//testserver.evil.example",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_a_login_leads_nowhere_else(account, browser, target):
    client = browser()
    assert "evil" not in client.get(LOGIN, {"next": target}).headers.get("Location", "")
    response = login(client, account().username, next=target)
    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_a_login_leads_back_to_the_page_that_was_asked_for(account, browser):
    client = browser()
    asked = client.get("/thiet-bi/", {"status": "in_use"})
    assert asked.headers["Location"] == "/dang-nhap/?next=/thiet-bi/%3Fstatus%3Din_use"
    response = login(client, account().username, next="/thiet-bi/?status=in_use")
    assert response.headers["Location"] == "/thiet-bi/?status=in_use"


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [
        ("business", settings.SESSION_IDLE_MINUTES),
        ("lookup", settings.SESSION_IDLE_MINUTES),
        ("level2_admin", settings.SESSION_IDLE_MINUTES_ADMIN),
        ("level1_admin", settings.SESSION_IDLE_MINUTES_ADMIN),
    ],
)
def test_an_idle_session_ends(account, browser, kind, minutes):
    user, client = account(kind), browser()
    with time_machine.travel(START, tick=False) as clock:
        login(client, user.username)
        assert logged_in(client)
        for _ in range(3):  # whoever works stays
            clock.shift(timedelta(minutes=minutes, seconds=-1))
            assert logged_in(client)
        key = cookie(client)
        clock.shift(timedelta(minutes=minutes, seconds=1))
        response = client.get("/thiet-bi/?status=in_use")
        assert response.headers["Location"] == "/dang-nhap/?next=%2Fthiet-bi%2F%3Fstatus%3Din_use&het_phien=1"
        assert not Session.objects.filter(session_key=key).exists()
        clock.shift(timedelta(minutes=-2))  # not even if the clock is put back
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        assert not logged_in(client)


def test_a_session_ends_after_a_days_work(account, browser):
    client, step = browser(), timedelta(minutes=settings.SESSION_IDLE_MINUTES - 1)
    with time_machine.travel(START, tick=False) as clock:
        login(client, account().username)
        while datetime.now(UTC) + step < START + timedelta(hours=settings.SESSION_HOURS):
            assert logged_in(client)
            clock.shift(step)
        clock.shift(step)
        assert not logged_in(client)


def test_an_ended_session_sends_fragments_to_the_login(account, browser):
    client = browser()
    with time_machine.travel(START, tick=False) as clock:
        login(client, account().username)
        logged_in(client)
        clock.shift(timedelta(hours=1))
        response = client.get("/thiet-bi/", headers={"HX-Request": "true", "HX-Current-URL": "http://evil.example/x"})
        assert response.headers["HX-Redirect"].startswith("/dang-nhap/?next=")
        assert "evil" not in response.headers["HX-Redirect"]


def test_logging_out_needs_a_post_and_ends_the_session(account, browser):
    client = browser()
    login(client, account().username)
    assert client.get("/dang-xuat/").status_code == 200
    assert logged_in(client)
    key = cookie(client)
    assert client.post("/dang-xuat/").headers["Location"] == LOGIN
    client.cookies[settings.SESSION_COOKIE_NAME] = key  # kept by somebody
    assert not logged_in(client)


def test_a_changed_password_ends_the_other_sessions(account, browser):
    user, here, elsewhere = account(), browser(), browser()
    for client in (here, elsewhere):
        login(client, user.username)
    new = "mat-khau-moi-cua-toi-26"
    response = here.post("/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert response.status_code == 302
    assert not logged_in(elsewhere)
    fresh = browser()
    assert login(fresh, user.username).status_code == 200
    assert login(fresh, user.username, new).status_code == 302


@pytest.mark.parametrize("weak", ["ngan", "12345678901234567890", "their own name"])
def test_a_weak_password_is_refused(account, browser, weak):
    user, client = account(), browser()
    login(client, user.username)
    weak = user.full_name if weak == "their own name" else weak
    response = client.post("/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert response.status_code == 200
    assert login(browser(), user.username).status_code == 302


def test_the_old_password_is_asked_for(account, browser):
    user, client = account(), browser()
    login(client, user.username)
    new = "mat-khau-moi-cua-toi-26"
    client.post("/doi-mat-khau/", {"oldpassword": "khong-phai", "password1": new, "password2": new})
    assert login(browser(), user.username, new).status_code == 200


def test_every_step_is_audited(account, browser):
    user, client = account(), browser()
    login(client, user.username, "sai-mat-khau")
    login(client, user.username)
    new = "mat-khau-moi-cua-toi-26"
    client.post("/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    client.post("/dang-xuat/")
    rows = SecurityEvent.objects.filter(username=user.username).order_by("id")
    assert [(e.kind, e.user, e.address) for e in rows] == [
        ("login_failed", None, client.defaults["REMOTE_ADDR"]),
        ("login", user, client.defaults["REMOTE_ADDR"]),
        ("password_changed", user, client.defaults["REMOTE_ADDR"]),
        ("logout", user, client.defaults["REMOTE_ADDR"]),
    ]


def test_nobody_signs_up(db, browser):
    for name in ("account_signup", "account_reset_password", "account_email", "account_set_password"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/signup/", "/dang-ky/", "/accounts/signup/", "/accounts/login/", "/admin/", "/quan-tri/"):
        assert browser().get(path).status_code == 404
