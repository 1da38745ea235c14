"""
What a load balancer asks: is the process alive, and can it do its work.

Neither view touches the session, the account or the request's transaction, so both answer while the database
is away.
"""

from __future__ import annotations

import functools
import logging

import psycopg
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
SECONDS = 2
LOGIN_PARAMETERS = {"dbname", "user", "password", "host", "port", "service", "passfile"}
LOGIN_PARAMETERS |= {"sslmode", "sslrootcert", "sslcert", "sslkey"}


@login_not_required
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer as long as the process serves requests; restart it when it doesn't."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when requests can be served, else 503 with what is missing, but no detail of it."""
    state = {**_database_and_migrations(), "broker": _broker()}
    ready = set(state.values()) == {"ok"}
    return JsonResponse({"status": "ok" if ready else "unavailable", **state}, status=200 if ready else 503)


def _database_and_migrations() -> dict[str, str]:
    """Look over a connection of its own, as the login role: a full pool or a missing grant must not matter."""
    given = connection.get_connection_params()
    parameters = {name: given[name] for name in given.keys() & LOGIN_PARAMETERS} | {"connect_timeout": SECONDS}
    try:
        with psycopg.connect(**parameters, autocommit=True) as direct:
            direct.execute(f"SET statement_timeout = {SECONDS * 1000}")
            applied = {(row[0], row[1]) for row in direct.execute("SELECT app, name FROM django_migrations")}
    except psycopg.errors.UndefinedTable:
        return {"database": "ok", "migrations": "missing"}
    except psycopg.Error as error:
        logger.warning("readyz: the database doesn't answer", extra={"error": type(error).__name__})
        return {"database": "unreachable", "migrations": "unknown"}
    return {"database": "ok", "migrations": "ok" if _migrations_on_disk() <= applied else "missing"}


@functools.cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    """Return what this release brings; a newer database, in the middle of an upgrade, is fine."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.disk_migrations)


def _broker() -> str:
    limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    client = redis.Redis.from_url(settings.CELERY_BROKER_URL, **limits)
    try:
        client.ping()
    except redis.RedisError as error:
        logger.warning("readyz: the broker doesn't answer", extra={"error": type(error).__name__})
        return "unreachable"
    finally:
        client.close()
    return "ok"
