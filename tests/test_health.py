import socket
import time

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from qltb import processes
from qltb.services import Valkey
from qltb.state import State, choose_port


@pytest.fixture
def valkey(tmp_path, settings):
    """A broker of the test's own, which it may stop."""
    server = Valkey(tmp_path, State(), durable=False)
    server.prepare()
    process = processes.spawn(server.argv, env=server.env)
    assert processes.wait_until(server.is_up, seconds=10)
    settings.CELERY_BROKER_URL = server.state.redis_url
    yield process
    processes.stop(process, stop_signal=server.stop_signal, seconds=10)


@pytest.fixture
def silent_port():
    """A port that takes connections and never says a word, as a server does that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_alive_without_login_session_or_database(client):
    """Without the django_db mark any use of the database fails the test."""
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.django_db
def test_ready_without_a_query_on_the_requests_connection(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("readyz"))
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "broker": "ok"}
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_only_reading_is_answered(client, name):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.django_db
@pytest.mark.dieu("14.2")
def test_not_ready_when_the_broker_stops(client, valkey):
    assert client.get(reverse("readyz")).status_code == 200
    processes.stop(valkey, stop_signal=Valkey.stop_signal, seconds=10)
    response = client.get(reverse("readyz"))
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "migrations": "ok", "broker": "unreachable"}


@pytest.mark.django_db
def test_not_ready_with_an_unapplied_migration(client):
    given = connection.get_connection_params()
    address = {name: given[name] for name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**address, autocommit=True) as direct:
        app, name, applied = direct.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)"
            " RETURNING app, name, applied"
        ).fetchone()
        try:
            response = client.get(reverse("readyz"))
        finally:
            direct.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", (app, name, applied)
            )
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "ok", "migrations": "missing", "broker": "ok"}
    assert client.get(reverse("readyz")).status_code == 200


@pytest.mark.django_db
def test_not_ready_before_the_first_migration(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "postgres")
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["migrations"]) == (503, "missing")


@pytest.mark.django_db
def test_not_ready_when_the_database_is_away(client, monkeypatch):
    port = choose_port(0)
    monkeypatch.setitem(connection.settings_dict, "PORT", str(port))
    response = client.get(reverse("readyz"))
    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "database": "unreachable",
        "migrations": "unknown",
        "broker": "ok",
    }
    secrets = [connection.settings_dict["PASSWORD"], connection.settings_dict["USER"], str(port)]
    assert not [secret for secret in secrets if secret and secret in response.content.decode()]


@pytest.mark.django_db
def test_answers_soon_when_the_servers_hang(client, monkeypatch, settings, silent_port):
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(silent_port))
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent_port}/0"
    started = time.monotonic()
    response = client.get(reverse("readyz"))
    assert time.monotonic() - started < 8
    assert response.json() == {
        "status": "unavailable",
        "database": "unreachable",
        "migrations": "unknown",
        "broker": "unreachable",
    }
