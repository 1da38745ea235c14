"""What the walls stand on: each model says what it is, the database agrees, the source keeps the rules."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection, models

from core import walls
from core.scope import APP_ROLE, ScopedQuerySet, UnscopedQueryError, elevated, entered
from core.walls import NoWall, UndeclaredModelError, Wall, concrete_models, wall_of
from equipment.models import Equipment, Intake
from tests.isolation.country import PEER

MODELS = concrete_models()
WALLED = [m for m in MODELS if isinstance(wall_of(m), Wall)]
PRIVILEGES = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
label = {"ids": lambda m: m._meta.label}


def ask(sql: str, *params) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@pytest.mark.parametrize("model", MODELS, **label)
def test_every_model_declares_its_wall(model):
    wall = wall_of(model)
    if isinstance(wall, NoWall):
        assert len(wall.why) > 5
    else:
        field = model._meta.get_field(wall.unit)
        assert field.related_model._meta.label == "orgs.OrgUnit"
        assert not field.null or hasattr(model, "instance_type")


def test_a_model_that_declares_nothing_stops_the_build():
    with pytest.raises(UndeclaredModelError):
        wall_of(SimpleNamespace(_meta=SimpleNamespace(label="someapp.Bare")))


def test_open_tables_are_those_of_libraries():
    labels = {m._meta.label for m in MODELS}
    assert set(settings.OPEN_TABLES) <= labels
    first_party = {
        m._meta.label for m in MODELS if m._meta.app_label in settings.FIRST_PARTY_APPS and not m._meta.auto_created
    }
    assert not set(settings.OPEN_TABLES) & first_party
    own = {m._meta.label for m in MODELS if hasattr(m, "wall")}
    assert not set(settings.OPEN_TABLES) & own


@pytest.mark.parametrize("model", MODELS, **label)
def test_the_database_holds_what_is_declared(db, model):
    wall, table = wall_of(model), model._meta.db_table
    ((secured, owner),) = ask(
        "SELECT relrowsecurity, relowner::regrole::text FROM pg_class WHERE oid = %s::regclass", table
    )
    assert owner != APP_ROLE
    rights = dict(
        ask("SELECT p, has_table_privilege(%s, %s, p) FROM unnest(%s::text[]) AS p", APP_ROLE, table, list(PRIVILEGES))
    )
    assert {p for p, may in rights.items() if may} == {"SELECT", *wall.may}
    assert (
        ask("SELECT 1 FROM information_schema.column_privileges WHERE grantee = 'PUBLIC' AND table_name = %s", table)
        == []
    )
    found = ask(
        "SELECT policyname, cmd, permissive, roles::text, qual, with_check FROM pg_policies WHERE tablename = %s", table
    )
    if isinstance(wall, NoWall):
        assert (secured, found) == (False, [])
        return
    column = model._meta.get_field(wall.unit).column
    assert secured
    assert {name: (cmd, permissive, roles) for name, cmd, permissive, roles, *_ in found} == {
        f"wall_{what}": (cmd, "PERMISSIVE", f"{{{APP_ROLE}}}")
        for what, cmd in (("read", "SELECT"), ("insert", "INSERT"), ("update", "UPDATE"), ("delete", "DELETE"))
    }
    for name, _, _, _, using, check in found:
        for clause, wanted in ((using, name != "wall_insert"), (check, name in {"wall_insert", "wall_update"})):
            assert (clause is not None) == wanted
            if wanted:
                assert re.search(rf"\b{column}\b", clause)
                assert ("qltb_read_units" if name == "wall_read" else "qltb_write_units") in clause


def test_history_stands_behind_the_wall_of_what_it_follows():
    histories = {m.instance_type: m for m in MODELS if getattr(m, "instance_type", None)}
    assert {Equipment, Intake} <= set(histories)
    for followed, history in histories.items():
        assert type(wall_of(history)) is type(wall_of(followed))
        assert wall_of(history).may == ("INSERT",)


def test_the_database_has_nothing_else(db):
    """No table past the registry, no view (it would run as its owner), one function with the owner's rights."""
    tables = {
        name
        for (name,) in ask(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        )
    }
    assert tables == {m._meta.db_table for m in MODELS} | {"django_migrations"}
    assert (
        ask("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'f')")
        == []
    )
    definers = ask(
        "SELECT proname, proconfig::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )
    assert definers == [("equipment_search", '{"search_path=public, pg_temp"}')]
    rights = ask(
        "SELECT p FROM unnest(%s::text[]) AS p WHERE has_table_privilege(%s, 'django_migrations', p)",
        list(PRIVILEGES),
        APP_ROLE,
    )
    assert rights == [("SELECT",)]


def test_the_role_of_the_application_is_a_plain_one(db):
    assert ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin"
        " FROM pg_roles WHERE rolname = %s",
        APP_ROLE,
    ) == [(False,) * 6]
    assert ask("SELECT 1 FROM pg_auth_members WHERE member = %s::regrole", APP_ROLE) == []
    assert ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", APP_ROLE) == [(False,)]


def test_a_wall_that_was_torn_down_is_noticed(db):
    assert walls.missing() == []
    with connection.cursor() as cursor:
        cursor.execute("DROP POLICY wall_read ON equipment_intake")
        assert walls.missing() == ["equipment_intake: row-level security is not as declared"]
        cursor.execute("COMMENT ON SCHEMA public IS 'another wall'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was written before must not stand against it
        walls.build()
    assert walls.missing() == []


# The guard of wall 1: inside a scope a query on a unit's data must say for whom.

QUERIES = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "values": lambda rows: list(rows.values("pk")),
    "iterator": lambda rows: next(rows.iterator(), None),
    "aggregate": lambda rows: rows.aggregate(n=models.Count("pk")),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "slice": lambda rows: list(rows[:1]),
    "filter": lambda rows: list(rows.filter(pk=1)),
    "contains": lambda rows: rows.latest("pk"),
    "update": lambda rows: rows.update(note=""),
    "delete": lambda rows: rows.delete(),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_for_nobody_is_a_mistake_inside_a_scope(country, name):
    user = country.user("peer")
    with entered(user.scope):
        with pytest.raises(UnscopedQueryError, match=r"Equipment queried without visible_to\(user\)"):
            QUERIES[name](Equipment.objects.all())
        if name not in {"get", "update", "delete"}:
            QUERIES[name](Equipment.objects.visible_to(user))
            with elevated("test"):
                QUERIES[name](Equipment.objects.all())
        # What hangs on an object that came through a door is narrowed by it.
        assert Intake.objects.visible_to(user).get(number=country.holdings[PEER].draft.number).lines.count() == 1
    if name not in {"get", "update", "delete"}:
        QUERIES[name](Equipment.objects.all())


@pytest.mark.parametrize("model", [m for m in WALLED if not hasattr(m, "instance_type")], **label)
def test_every_model_behind_the_wall_has_the_guard(model):
    assert issubclass(model._default_manager._queryset_class, ScopedQuerySet)


# What the source may hold. Tests and migrations aside.


def sources() -> Iterator[tuple[str, ast.Module]]:
    for package in ("qltb", "ui", *settings.FIRST_PARTY_APPS):
        for path in sorted((settings.BASE_DIR / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(settings.BASE_DIR)), ast.parse(path.read_text())


SOURCES = list(sources())


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Calls of a function or method of that name."""
    for path, tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}:
                yield path, node


ELEVATED = {
    "core/documents.py": ["documents: which stored files belong to no row of any unit"],
    "core/events.py": [
        "events.deliver: handlers act for the system on any unit",
        "events.deliver_pending: the sweep looks at every unit's outbox",
    ],
    "equipment/actions/equipment.py": ["flag_serial_clashes: compares serials across units for IT Center"],
}
"""Every way out of the walls, with its reason."""


def test_the_ways_out_of_the_walls_are_these():
    found: dict[str, list[str]] = {}
    for path, call in calls("elevated"):
        (why,) = call.args
        found.setdefault(path, []).append(ast.literal_eval(why))
    assert found == ELEVATED
    mentioned = {
        path for path, tree in SOURCES for n in ast.walk(tree) if getattr(n, "id", getattr(n, "name", "")) == "elevated"
    }
    assert mentioned == {*ELEVATED, "core/scope.py"}


SCOPED = {"core/documents.py": 1, "core/scope.py": 3, "deadlines/querysets.py": 1}
ENTERED = {"core/scope.py": 1, "orgs/middleware.py": 1}
"""Who says that a query is narrowed already, and who sets a scope."""


@pytest.mark.parametrize(("name", "expected"), [("scoped", SCOPED), ("entered", ENTERED)])
def test_who_handles_scopes(name, expected):
    assert Counter(path for path, _ in calls(name)) == expected


def test_settings_of_the_wall_are_set_in_one_place():
    texts = [
        (path, node.value)
        for path, tree in SOURCES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert {path for path, text in texts if "set_config(" in text} == {"core/scope.py"}
    assert {
        path for path, text in texts if re.search(r"\b(SET|RESET) (LOCAL |SESSION )?(ROLE|AUTHORIZATION)\b", text)
    } == set()


RAW_SQL = {
    "core/counters.py",
    "core/scope.py",
    "core/walls.py",
    "equipment/querysets.py",
    "orgs/loading.py",
}
"""Of what serves requests; the demonstration data and the starting of servers aside."""
BULK = {"orgs/loading.py": "treebeard's count of children, no fact of the unit"}


def test_raw_sql_stands_where_it_is_known():
    found = {path for name in ("cursor", "raw", "RawSQL", "extra", "execute", "copy_expert") for path, _ in calls(name)}
    assert {path for path in found if not path.startswith(("equipment/demo/", "qltb/"))} == RAW_SQL


def test_bulk_writes_keep_history():
    """`update()` of a queryset writes no history row: changes go through save, or the bulk functions of the history."""
    found = set()
    for name in ("update", "bulk_update", "aupdate"):
        for path, call in calls(name):
            target = ast.unparse(call.func)
            if "objects" in target or "filter(" in target or "visible_to" in target or name != "update":
                found.add(path)
    assert found == set(BULK)


MARK_SAFE = {"ui/cells.py": 1, "ui/tables.py": 1}
SAFE_STRING = {"ui/icons.py": 1}


def test_what_is_called_safe_is_listed():
    assert Counter(path for path, _ in calls("mark_safe")) == MARK_SAFE
    assert Counter(path for path, _ in calls("SafeString")) == SAFE_STRING
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\|\s*safe\b|autoescape\s+off|safeseq", text), path


def test_no_view_is_exempt_from_the_token():
    for name in ("csrf_exempt", "login_not_required"):
        used = {p for p, tree in SOURCES for n in ast.walk(tree) if getattr(n, "id", getattr(n, "attr", "")) == name}
        assert used == ({"qltb/health.py"} if name == "login_not_required" else set())


NARROWING = {"visible_to", "writable_by", "of_unit", "about", "scoped"}
SUBQUERIES = {("equipment/queries.py", "IntakeLine"), ("equipment/queries.py", "Obligation")}
"""Inside a query that is narrowed itself."""


def test_screens_start_every_query_at_visible_to():
    """Or go through a door. AST: `Model.objects` of a walled model, then one of the narrowing methods in the chain."""
    names = {m.__name__ for m in WALLED}
    found = set()
    for path, tree in SOURCES:
        if not re.search(r"/(views|queries|blocks|filters|forms|tables|tasks)\b", path):
            continue
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}):
                continue
            model = getattr(node.value, "id", "")
            chain, at = set(), parents[node]
            while isinstance(at, ast.Attribute | ast.Call):
                chain.add(getattr(at, "attr", ""))
                at = parents[at]
            if (model in names or model == "StoredDocument") and not chain & NARROWING:
                found.add((path, model))
    assert found == SUBQUERIES


def test_no_address_takes_the_name_of_a_model():
    """A generic endpoint (model name plus id) would pass every door by."""
    for name in ("get_model", "get_object_for_this_type", "get_by_natural_key"):
        assert [path for path, _ in calls(name)] == []
    assert Counter(path for path, _ in calls("model_class")) == {"equipment/policies.py": 1}  # compares


def test_no_address_that_a_user_gives_is_fetched():
    """No client of the web in the application (GLPI's hole); the starting of servers aside."""
    clients = {"requests", "httpx", "urllib3", "aiohttp", "urllib.request", "http.client", "ftplib"}
    for path, tree in SOURCES:
        if path.startswith("qltb/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not {a.name for a in node.names} & clients, path
            if isinstance(node, ast.ImportFrom):
                assert node.module not in clients, path
                assert not (
                    node.module in {"urllib", "http"} and {a.name for a in node.names} & {"request", "client"}
                ), path


def test_no_loose_ends():
    """Nothing is put off, and no test is passed over."""
    words = re.compile(
        r"\b(?:"
        + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"])
        + r")\b|mark\.(?:skip|xfail)|pytest\.(?:skip|xfail)\("
    )
    for folder in ("qltb", "ui", "tests", *settings.FIRST_PARTY_APPS):
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            assert not words.search(path.read_text()), path
