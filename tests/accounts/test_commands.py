from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.world import PASSWORD

GOOD = "Gio-mua-thu-2026!"


@pytest.fixture
def given(monkeypatch):
    """The password in the environment."""
    monkeypatch.setenv("QLTB_ADMIN_PASSWORD", GOOD)


def create(**options):
    out = StringIO()
    call_command("create_admin", username="quantri", full_name="Nguyễn Văn Quản", stdout=out, **options)
    return out.getvalue()


def test_the_first_admin_may_do_what_a_level_1_admin_may(world, given):
    assert "quantri" in create()
    admin = User.objects.get(username="quantri")
    assert admin.unit.code == "00.CNTT"
    assert admin.kind == "level1_admin"
    assert admin.scope.nationwide
    assert admin.scope.may("manage_accounts")
    assert Client().login(username="quantri", password=GOOD)


def test_the_password_is_asked_for_twice(world, monkeypatch):
    monkeypatch.delenv("QLTB_ADMIN_PASSWORD", raising=False)
    answers = iter([GOOD, "something else", GOOD, GOOD])
    monkeypatch.setattr("accounts.management.commands.create_admin.getpass", lambda _: next(answers))
    with pytest.raises(CommandError, match="differ"):
        create()
    create()
    assert Client().login(username="quantri", password=GOOD)


@pytest.mark.parametrize("password", ["short", "12345678901234567", "password123456"])
def test_a_weak_password_is_refused(world, monkeypatch, password):
    monkeypatch.setenv("QLTB_ADMIN_PASSWORD", password)
    with pytest.raises(CommandError):
        create()
    assert not User.objects.filter(username="quantri").exists()


def test_a_taken_name_a_room_and_an_unknown_unit_are_refused(world, given):
    create()
    with pytest.raises(CommandError, match="đã có"):
        create()
    User.objects.filter(username="quantri").delete()
    with pytest.raises(CommandError, match="load_units"):
        create(unit="99.999")
    with pytest.raises(CommandError):
        create(unit="01.001.T1")


@pytest.fixture
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def log_in(password, host="testserver"):
    client = Client(headers={"host": host})
    client.post(reverse("account_login"), {"login": "nghiepvu.badinh", "password": password})
    return "_auth_user_id" in client.session


def unlock(username="nghiepvu.badinh"):
    out = StringIO()
    call_command("unlock_account", username, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("host", ["testserver", "localhost:8000"])
def test_a_locked_account_is_unlocked(world, settings, host):
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    for _ in range(settings.LOGIN_TRIES):
        assert not log_in("sai-mat-khau", host)
    assert not log_in(PASSWORD, host)

    assert "may try again" in unlock()

    assert log_in(PASSWORD, host)


@pytest.mark.usefixtures("fresh_limits")
def test_there_may_be_nothing_to_unlock(world):
    assert "no failed logins" in unlock()
    with pytest.raises(CommandError, match="no account"):
        unlock("khongco")
