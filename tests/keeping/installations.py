"""Whole installations beside that of the tests: a database of their own on the same server, a folder of documents."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
LOADERS = ("load_units", "load_titles", "load_catalogue", "load_norms", "load_procedures", "load_calendar")


@dataclass(frozen=True)
class Installation:
    name: str
    documents: Path

    @property
    def address(self) -> str:
        return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{self.name}").geturl()

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return kept | {
            "DATABASE_URL": self.address,
            "DATABASE_ROLE": "",
            "DOCUMENTS_ROOT": str(self.documents),
            "DEMO": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *command, check=True):
        """Run a module or manage.py, as the operator does."""
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=self.env, check=False, capture_output=True, text=True
        )
        assert not check or done.returncode == 0, done.stderr[-3000:]
        return done

    def start(self, *command):
        return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.env, stdout=subprocess.DEVNULL)

    def fill(self, *, devices: int) -> None:
        self.run("manage.py", "migrate", "--verbosity", "0")
        for command in LOADERS:
            self.run("manage.py", command)
        self.run("manage.py", "load_demo", "--devices", str(devices))

    def ask(self, sql):
        with psycopg.connect(self.address) as there:
            return there.execute(sql).fetchall()

    def contents(self) -> dict[str, str]:
        """A digest of every row of every table."""
        tables = [
            name for (name,) in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        ]
        return {
            table: self.ask(
                f'SELECT count(*)::text, md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM "{table}" t'
            )
            for table in tables
            if table != "django_session"
        }


def create(name: str, folder: Path) -> Installation:
    """An empty database and an empty folder."""
    full = f"{connection.settings_dict['NAME']}_{name}"
    drop(full)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {full} ENCODING 'UTF8' TEMPLATE template0")
    return Installation(full, folder / name)


def drop(name: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for left in reversed(range(40)):
            try:
                server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            except psycopg.errors.InsufficientPrivilege:  # the server itself cleans up there: its owner can't stop it
                if not left:
                    raise
                time.sleep(0.25)
            else:
                return
