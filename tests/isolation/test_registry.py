"""What the walls stand on: each model says what it is, the database agrees, the source keeps the rules."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection

from core import walls
from core.scope import APP_ROLE
from core.walls import NoWall, Own, UndeclaredModelError, Wall, concrete_models, wall_of
from equipment.models import Equipment, Intake

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
    own = isinstance(wall, Own)
    column = model._meta.get_field(wall.owner if own else wall.unit).column
    reads, writes = ("qltb_account", "qltb_account") if own else ("qltb_read_units", "qltb_write_units")
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
                assert (reads if name == "wall_read" else writes) in clause


def test_history_stands_behind_the_wall_of_what_it_follows():
    histories = {m.instance_type: m for m in MODELS if getattr(m, "instance_type", None)}
    assert {Equipment, Intake} <= set(histories)
    for followed, history in histories.items():
        assert type(wall_of(history)) is type(wall_of(followed))
        assert wall_of(history).may == ("INSERT",)


WITHIN = (
    "category", "count", "disposal", "group", "history", "holding", "ledger", "norm", "past_catalogue", "people",
    "rate", "survey_row", "survey", "validity",
)  # fmt: skip
CLOSED_BOOKS = {f"{what}_within_open_books" for what in WITHIN} | {"device_keeps_history", "device_keeps_its_day"}
"""Triggers that know every unit's closed books, whoever writes."""
CALLED_BY_THEM = ("newest_closed", "refuse_closed", "refuse_elsewhere", "refuse_rule")


def test_what_refuses_for_closed_books_is_for_the_triggers_alone(db):
    """Else an account could ask by them which units have closed their books."""
    for name in CALLED_BY_THEM:
        rights = ask(
            "SELECT has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc WHERE proname = %s",
            APP_ROLE,
            f"qltb_{name}",
        )
        assert rights == [(False,)], name


def test_the_database_has_nothing_else(db):
    """No table past the registry, no view (it would run as its owner), these functions with the owner's rights."""
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
    names = {"equipment_search", "equipment_books"} | {
        f"equipment_tally_{what}" for what in ("insert", "update", "delete", "truncate")
    }
    names |= CLOSED_BOOKS | {f"qltb_{what}" for what in CALLED_BY_THEM}
    assert sorted(definers) == [(name, '{"search_path=public, pg_temp"}') for name in sorted(names)]
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
