"""
Brings the database and the static files up to what the code needs, before anything serves people.

    python -m qltb.prepare [database] [static]       both unless one is named

Runs at every start, so each step is quick when nothing is left to do.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection
from pathlib import Path

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from qltb import collected

LOADERS = ("load_units", "load_titles", "load_catalogue", "load_norms", "load_procedures", "load_calendar")
PARTS = ("database", "static")
DEMO_DEVICES = 20_000


def main(parts: Collection[str]) -> None:
    """Prepare the named parts; exits with the reason when a command refuses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qltb.settings")
    os.environ["DATABASE_ROLE"] = ""
    django.setup()
    try:
        if "database" in parts:
            _prepare_database()
        if "static" in parts:
            _collect_static()
    except CommandError as error:
        sys.exit(str(error))


def _prepare_database() -> None:
    """Migrate, load what the law and the IT Center set, and fill an empty demo database."""
    _step("migrate", interactive=False, verbosity=1)
    for command in LOADERS:
        _step(command)
    if settings.DEMO and not _has_devices():
        _step("load_demo", devices=DEMO_DEVICES)


def _step(command: str, **options: object) -> None:
    started = time.monotonic()
    call_command(command, **options)
    print(f"{command}: {time.monotonic() - started:.1f} s", flush=True)  # noqa: T201 - the supervisor passes it on


def _has_devices() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM equipment_equipment)")
        return bool(cursor.fetchone()[0])


def _collect_static() -> None:
    """Collect the static files again only when one of them has changed."""
    root = Path(settings.STATIC_ROOT)
    if not collected.is_current(root):
        _step("collectstatic", interactive=False, clear=True, verbosity=0)
        collected.mark_current(root)


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
