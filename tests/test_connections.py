"""What is left on a connection: after a transaction, in parallel workers, in the pool, while answers stream.

The data here is committed: other connections must see that they don't see it.
"""

import json
import os
import subprocess
import sys
import textwrap

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from core import scope as scopes
from core.scope import APP_ROLE
from core.walls import NoWall, concrete_models, wall_of
from equipment.models import Equipment
from tests.world import confirmed, make_world
from ui import exports

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = [m._meta.db_table for m in concrete_models() if not isinstance(wall_of(m), NoWall)]


@pytest.fixture
def committed(tmp_path):
    with override_settings(DOCUMENTS_ROOT=tmp_path):
        world = make_world()
        for name, prefix in (("nghiepvu_hanoi", "HN"), ("nghiepvu_danang", "DN")):
            confirmed(world, world.users[name], [f"{prefix}-{n}" for n in range(12)])
        yield world


def connect(**options: str) -> psycopg.Connection:
    """A connection like one of the application's: it takes the role at once."""
    parameters = {
        k: v
        for k, v in connection.get_connection_params().items()
        if k in {"dbname", "user", "password", "host", "port"}
    }
    given = " ".join(f"-c {name}={value}" for name, value in {"role": APP_ROLE, **options}.items())
    return psycopg.connect(**parameters, options=given, autocommit=True)


PARALLEL = {
    "debug_parallel_query": "on",
    "parallel_setup_cost": "0",
    "parallel_tuple_cost": "0",
    "min_parallel_table_scan_size": "0",
    "max_parallel_workers_per_gather": "2",
}


def _rows(raw: psycopg.Connection) -> dict[str, int]:
    found = {table: raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in TABLES}
    return {table: n for table, n in found.items() if n}


def test_nothing_is_seen_before_between_and_after_scopes(committed):
    """A setting of a transaction is NULL before its first use and the empty string after its end; in parallel workers
    it is NULL again. None of them opens anything."""
    for options in ({}, PARALLEL):
        with connect(**options) as raw:
            if options:
                plan = "\n".join(line for (line,) in raw.execute("EXPLAIN SELECT count(*) FROM equipment_equipment"))
                assert "Workers Planned" in plan
            assert raw.execute("SELECT current_setting('qltb.read', true)").fetchone() == (None,)
            assert _rows(raw) == {}
            with raw.transaction():
                raw.execute("SELECT set_config('qltb.read', 'all', true), set_config('qltb.write', '1', true)")
                seen = raw.execute("SELECT count(*) FROM equipment_equipment").fetchone()
                assert seen == (24,)
            between = raw.execute("SELECT current_setting('qltb.read', true)").fetchone()
            assert between == ((None,) if options else ("",))  # a worker answers the one, the session itself the other
            assert _rows(raw) == {}
            with raw.transaction():
                raw.execute("SELECT set_config('qltb.read', %s, true)", [committed.units["48"].path])
                assert raw.execute("SELECT count(*) FROM equipment_equipment").fetchone() == (12,)
                assert len(raw.execute("SELECT equipment_search('%dn-%')").fetchall()) == 12
                assert raw.execute("SELECT equipment_search('%hn-%')").fetchall() == []
            assert raw.execute("SELECT equipment_search('%')").fetchall() == []


POOLED = """
    import json, django
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment
    setup_test_environment()
    from accounts.models import User
    from core.scope import elevated, entered
    from equipment.models import Equipment

    def look():
        with connection.cursor() as c:
            c.execute("SELECT pg_backend_pid(), current_user, coalesce(current_setting('qltb.read', true), ''),"
                      " coalesce(current_setting('qltb.write', true), ''), (SELECT count(*) FROM equipment_equipment)")
            return c.fetchone()

    def fail(inside):
        try:
            with inside:
                list(Equipment.objects.all().scoped())
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass

    user = User.objects.get(username="nghiepvu.danang")
    seen = {"at first": look()}
    for name, inside in (("scope", lambda: entered(user.scope)), ("elevated", lambda: elevated("test"))):
        with inside():
            seen["in " + name] = look()
        seen["after " + name] = look()
        connection.close()
        seen["handed back after " + name] = look()
        fail(inside())
        connection.close()
        seen["handed back after an error in " + name] = look()
    client = Client()
    client.force_login(user)
    page = client.get("/thiet-bi/")
    seen["page"] = page.context["count"]
    connection.close()
    seen["handed back after a page"] = look()
    stream = client.get("/thiet-bi/?export=csv")
    next(iter(stream))  # the person goes away in the middle of it
    stream.close()
    connection.close()
    seen["handed back after half a file"] = look()
    print(json.dumps(seen))
"""


def test_the_pool_gets_back_a_clean_connection(committed, tmp_path):
    """With the settings of production: role, pool (of one connection, so that it is the same again)."""
    given = connection.get_connection_params()
    url = f"postgres://{given['user']}:{given.get('password', '')}@{given['host']}:{given['port']}/{given['dbname']}"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "qltb.settings",
        "DATABASE_URL": url,
        "DATABASE_ROLE": APP_ROLE,
        "DATABASE_POOL": "1",
        "SECRET_KEY": "of-a-test-alone-0123456789-abcdefghijklmnopqrstuvw",
        "ALLOWED_HOSTS": "testserver",
        "LOG_LEVEL": "ERROR",
        "DEBUG": "true",  # static files by their plain names; nothing was collected
        "QLTB_VAR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(POOLED)],
        env=env,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    own = committed.units["48"]
    assert seen.pop("page") == 12
    assert seen.pop("in scope")[1:] == [APP_ROLE, own.path, str(own.pk), 12]
    assert seen.pop("in elevated")[1:] == [given["user"], "", "", 24]
    assert len({pid for pid, *_ in seen.values()}) == 1
    assert {name: rest for name, (_, *rest) in seen.items() if rest != [APP_ROLE, "", "", 0]} == {}


def _client(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_two_answers_stream_by_turns_on_one_thread(committed, monkeypatch):
    """Each piece is made within the scope of whom it is for, whatever was made in between."""
    monkeypatch.setattr(exports, "CHUNK", 2)
    streams = {}
    for name, own in (("nghiepvu_hanoi", "HN-"), ("nghiepvu_danang", "DN-")):
        response = _client(committed.users[name]).get("/thiet-bi/", {"export": "csv", "q": "optiplex"})
        assert response.streaming
        streams[own] = iter(response)
    told = dict.fromkeys(streams, "")
    going = dict(streams)
    while going:
        for own, stream in list(going.items()):
            assert scopes._current.get() is None
            piece = next(stream, None)
            if piece is None:
                del going[own]
            else:
                told[own] += piece.decode()
    assert scopes._current.get() is None
    assert {own: (text.count("HN-"), text.count("DN-")) for own, text in told.items()} == {
        "HN-": (12, 0),
        "DN-": (0, 12),
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('qltb.read', true)")
        assert cursor.fetchone() in {(connection.settings_dict["USER"], read) for read in (None, "")}


def test_every_piece_asks_within_its_own_scope(committed):
    """Also those whose queries run late, after another answer has begun or ended on the thread."""

    def asking(times: int):
        for _ in range(times):
            yield set(Equipment.objects.scoped().values_list("unit__code", flat=True))

    seen: dict[str, list[set[str]]] = {"01": [], "48": []}
    streams = {
        "01": scopes.pieces_within(committed.nghiepvu_hanoi.scope, asking(5)),
        "48": scopes.pieces_within(committed.nghiepvu_danang.scope, asking(3)),
    }
    for turn in ("01", "48", "01", "48", "48", "01", "48", "01", "01", "01"):
        if (piece := next(streams[turn], None)) is not None:
            seen[turn].append(piece)
    assert seen == {"01": [{"01"}] * 5, "48": [{"48"}] * 3}


def test_a_file_is_made_within_the_scope_of_whom_it_is_for(committed, monkeypatch):
    """Read long after the answer was given, when the code around has another scope or none."""
    response = _client(committed.nghiepvu_danang).get("/thiet-bi/", {"export": "csv"})
    with scopes.entered(committed.nghiepvu_hanoi.scope):
        text = b"".join(response).decode()
        assert scopes.current() == committed.nghiepvu_hanoi.scope
    assert (text.count("HN-"), text.count("DN-")) == (0, 12)


def test_an_answer_that_nobody_reads_to_its_end_leaves_nothing(committed, monkeypatch):
    monkeypatch.setattr(exports, "CHUNK", 2)
    response = _client(committed.nghiepvu_danang).get("/thiet-bi/", {"export": "csv"})
    pieces = iter(response)
    assert next(pieces)
    assert scopes._current.get() is None
    response.close()
    assert not connection.in_atomic_block
