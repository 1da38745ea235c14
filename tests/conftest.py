import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from tests.jobs.workers import Worker, end_sessions
from tests.notices.mailbox import HERE, Mailbox
from tests.world import World, make_world

# Examples run against the real database: slow ones are no fault of the code under test.
settings.register_profile("qltb", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("qltb")


@pytest.fixture(autouse=True)
def _documents(settings, tmp_path):
    """Files of a test go away with it."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"


@pytest.fixture
def world(db) -> World:
    """A small country: HQ, IT Center, Văn phòng with a Vụ in its custody, two provinces, two districts."""
    return make_world()


@pytest.fixture
def client_of():
    """A browser in which somebody has logged in."""

    def make(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def worker():
    """Real workers of the queue of jobs, gone after the test."""
    made: list[Worker] = []

    def start() -> Worker:
        made.append(Worker())
        return made[-1]

    yield start
    for one in made:
        one.kill()
    end_sessions()


@pytest.fixture
def mailbox(settings):
    """A mail server that takes what the application sends."""
    made = Mailbox()
    made.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = HERE, made.port, 2
    yield made
    made.stop()
