import pytest
from redis import Redis

from dispatch import subjects
from orgs.models import OrgUnit
from tests.dispatch.server import DocumentSystem


@pytest.fixture
def out_folder(settings, tmp_path):
    """An exchange folder that the settings name."""
    root = tmp_path / "trao-doi"
    root.mkdir()
    settings.DISPATCH_ADAPTER, settings.DISPATCH_FOLDER = "folder", str(root)
    return root


@pytest.fixture
def web(settings, tmp_path):
    """A document system behind HTTPS that the settings name."""
    made = DocumentSystem(tmp_path)
    settings.DISPATCH_ADAPTER, settings.DISPATCH_URL = "http", made.url
    settings.DISPATCH_CA, settings.DISPATCH_TOKEN, settings.DISPATCH_TIMEOUT = str(made.cert), "bi-mat-gui", 5
    yield made
    made.close()


@pytest.fixture
def heard(monkeypatch):
    """What the app of the subject hears; the subject is the sending unit."""
    told = []
    monkeypatch.setattr(subjects, "_subjects", dict(subjects._subjects))
    subjects.offer(
        OrgUnit,
        address=lambda _label, _pk: "/",
        on_receipt=lambda row, event: told.append((row.state, event.text)),
    )
    return told


@pytest.fixture(autouse=True)
def _no_calls_counted(settings):
    """The count of calls within the minute begins anew with each test."""
    Redis.from_url(settings.REDIS_URL).flushdb()
