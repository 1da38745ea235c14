from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from core import scope
from tests.isolation.country import Country, make_country


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def store(tmp_path_factory) -> Path:
    """Where the documents of the country lie."""
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(autouse=True)
def _documents(settings, store) -> None:
    settings.DOCUMENTS_ROOT = store


@pytest.fixture(scope="package")
def made_country(store, django_db_setup, django_db_blocker) -> Iterator[Country]:
    """Made once: the transaction around it is never committed. Nothing else can make units beside it meanwhile."""
    with django_db_blocker.unblock(), undone():
        with override_settings(DOCUMENTS_ROOT=store):
            made = make_country()
        yield made


@pytest.fixture(params=["both walls", "wall 1 alone"])
def walls(request, monkeypatch) -> str:
    """Each wall holds by itself: once more without row-level security (test_wall_alone.py does the opposite)."""
    if request.param == "wall 1 alone":
        monkeypatch.setattr(scope, "APP_ROLE", "none")
    return request.param


@pytest.fixture
def country(made_country, db) -> Country:
    """The country as it was made: what a test does to it is undone by the test's own savepoint."""
    return made_country
