"""The access matrix: every address × every role × every method (art. 5, 6)."""

import re
import uuid
from collections import Counter

import pytest
from django.db import connection
from django.urls import reverse

from tests.isolation.conftest import undone
from tests.isolation.country import ROLES, Country
from tests.isolation.matrix import LOGIN, ROWS, Row, addresses, answer, read

REFUSED = {403, 404, 405, LOGIN}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
ASKED = [(name, method) for name, row in ROWS.items() for method in ("get", "post") if getattr(row, method) is not None]
FOLLOWED_BY_STATISTICS = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
NOT_DATA = {"django_session"}
MARKS = {"notices:open"}  # who opens a notice has read it: a mark that is its reader's own and harms nobody
STRANGERS = ("peer", "above", "below", "other_admin2")  # whom one wall alone must hold off
TOKEN = re.compile(r'(?<=content=")\w{64}|(?<=value=")\w{64}')


def writes() -> Counter:
    """How many rows of each table this transaction has tried to write so far, whatever became of them."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWED_BY_STATISTICS)
        return Counter({table: n for table, n in cursor.fetchall() if table not in NOT_DATA})


def send(country: Country, role: str, method: str, name: str, row: Row):
    client = country.client(role, raise_request_exception=False)
    if method == "post":
        return client.post(row.url(name, country), row.data(country))
    return getattr(client, method)(row.url(name, country))


def test_every_address_has_a_row():
    known = list(addresses())
    assert sorted(known) == sorted(ROWS)
    assert len(known) == len(set(known))


@pytest.mark.dieu("6")
@pytest.mark.parametrize(("name", "method"), ASKED, ids=lambda value: value)
def test_who_is_answered_how(country, walls, name, method):
    row = ROWS[name]
    roles = ROLES if walls == "both walls" else STRANGERS
    expected = {role: getattr(row, method).get(role, 404) for role in roles}
    found, wrote = {}, {}
    for role in roles:
        with undone():
            before = writes()
            response = send(country, role, method, name, row)
            found[role] = answer(response)
            if (method == "get" and name not in MARKS) or (found[role] in REFUSED and name != "account_logout"):
                wrote[role] = writes() - before
            read(response)
    assert {role: (found[role], "expected", expected[role]) for role in roles if found[role] != expected[role]} == {}
    assert {role: dict(tables) for role, tables in wrote.items() if tables} == {}, "refused or only asked, yet written"


@pytest.mark.parametrize("name", ROWS)
def test_other_methods_are_refused(country, name):
    row = ROWS[name]
    allowed = ({"GET", "HEAD"} if row.get is not None else set()) | ({"POST"} if row.post is not None else set())
    client, url = country.client("business"), row.url(name, country)
    with undone():
        assert {method: client.generic(method, url).status_code for method in METHODS - allowed} == dict.fromkeys(
            METHODS - allowed, 405
        )


POSTED_BY_SECRET = {"dispatch:news", "signing:take"}
"""What other systems and signing tools send to, each with a secret of its own instead of a log-in."""


@pytest.mark.parametrize(
    "name", [name for name, row in ROWS.items() if row.post is not None and name not in POSTED_BY_SECRET]
)
def test_no_post_without_the_token(country, name):
    row = ROWS[name]
    for role in ("anonymous", "business", "admin1"):
        with undone():
            before = writes()
            client = country.client(role, enforce_csrf_checks=True)
            response = client.post(row.url(name, country), row.data(country))
            assert response.status_code == 403
            assert "Chưa lưu được: trang này đã cũ" in response.content.decode()
            assert not writes() - before


@pytest.mark.parametrize("name", sorted(POSTED_BY_SECRET))
def test_no_post_of_another_system_without_its_secret(country, name):
    row = ROWS[name]
    for role in ("anonymous", "business", "admin1"):
        with undone():
            before = writes()
            client = country.client(role, enforce_csrf_checks=True)
            assert client.post(row.url(name, country), row.data(country)).status_code in {403, 404}
            assert not writes() - before


HIDDEN = [name for name, row in ROWS.items() if row.get is not None and row.get.get("peer", 404) == 404]


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_foreign_looks_like_what_does_not_exist(country, name):
    """Status and text are the same, so that nobody can tell a device of another unit from none."""
    row, client = ROWS[name], country.client("peer")
    args = row.args(country)
    nothing = [uuid.uuid4() if isinstance(arg, uuid.UUID) else f"{arg}9" for arg in args]
    pages = []
    for url in (reverse(name, args=args), reverse(name, args=nothing)):
        response = client.get(url, row.query(country))
        assert response.status_code == 404
        pages.append(TOKEN.sub("", response.content.decode()).replace(url, ""))
    assert pages[0] == pages[1]
