"""Chromium in front of the whole application: its server, its database behind the wall, its files and scripts."""

import shutil
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from playwright.sync_api import expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.reader import Reader
from tests.world import World, make_world

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
PATIENCE = 20_000  # milliseconds: machines that test are busy ones
expect.set_options(timeout=PATIENCE)
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session", autouse=True)
def _documents(tmp_path_factory):
    """Files of these tests go away with the run. (One folder for all: a world serves a whole module.)"""
    with override_settings(DOCUMENTS_ROOT=tmp_path_factory.mktemp("documents")):
        yield


@pytest.fixture(scope="module")
def chromium():
    """One browser for a module (another one's driver can't run beside it); each test has a context of its own."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The driver keeps an event loop in this thread. The tests' own queries are plain calls between its steps.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(django_db_setup):
    """The application as it is served, in threads of this process."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def country(django_db_setup, chromium, django_db_blocker) -> World:
    """The small country, committed: once a module, because the server must see it; emptied afterwards.

    Beside a running event loop Django keeps a connection apart: it is closed while the loop still runs.
    """
    with django_db_blocker.unblock():
        yield make_world()
        call_command("flush", interactive=False, verbosity=0)
        connections.close_all()


@pytest.fixture
def _django_db_helper(country):
    """In place of pytest-django's, which empties the database after each test: `country` does, after the module.

    The mark on the modules still makes it set the test database up.
    """


def _reader(chromium, site, user=None, *, viewport=None, **options) -> Reader:
    context = chromium.new_context(
        base_url=site,
        viewport=viewport or DESKTOP,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    reader = Reader(context, site)
    if user is not None:
        reader.take_session(user)
    return reader


def _opener(chromium, site):
    readers = []

    def make(user=None, **options) -> Reader:
        readers.append(_reader(chromium, site, user, **options))
        return readers[-1]

    yield make
    for reader in readers:
        reader.context.close()
    complaints = [one for reader in readers for one in reader.complaints]
    hosts = {host for reader in readers for host in reader.hosts}
    assert complaints == []
    assert hosts <= {urlsplit(site).netloc}


@pytest.fixture
def reader_of(chromium, site, country):
    """Opens a browser for somebody. At the end its console must have been silent and no other host asked."""
    yield from _opener(chromium, site)


@pytest.fixture(scope="module")
def open_reader(chromium, site, country):
    """The same, for browsers that stay open from test to test."""
    yield from _opener(chromium, site)
