"""Row-level security, derived from what each model declares, and put in place after every migration.

Each concrete model has `wall = Wall(...)`: a unit's data, `wall = Own(...)`: an account's own, or
`wall = NoWall("why")`: shared by all. Tables of libraries are declared in settings.OPEN_TABLES. A history table is
walled as the model that it follows.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models

from core.scope import APP_ROLE

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"


@dataclass(frozen=True)
class Wall:
    """A table whose rows belong to the unit at the foreign key `unit`; `may` is what the application may do there.

    Where the foreign key `partner` (if the table has one) names another unit, that unit and those above it read the
    row too: the other side of a dossier, from the moment on which it is shared. Only `unit` writes: the accounts that
    record for it, or with `by_home` every account of that unit (for what isn't data of the books: asking for help).
    """

    unit: str = "unit"
    partner: str = ""
    may: tuple[str, ...] = (INSERT, UPDATE)
    by_home: bool = False


@dataclass(frozen=True)
class Own:
    """A table whose rows belong to the account at the foreign key `owner` as long as it is an account of `unit`.

    Where the boolean `shared` (if the table has one) is true, other accounts of that unit read it too. Nobody else
    does, superiors included. Whoever moves to another unit leaves everything behind: it may hold the unit's data.
    """

    owner: str = "owner"
    unit: str = "unit"
    shared: str = ""
    may: tuple[str, ...] = (INSERT, UPDATE, DELETE)


@dataclass(frozen=True)
class NoWall:
    """A table that belongs to no unit, and why."""

    why: str
    may: tuple[str, ...] = (INSERT, UPDATE, DELETE)


APPEND_ONLY = (INSERT,)
EVERYTHING = (INSERT, UPDATE, DELETE)


class UndeclaredModelError(Exception):
    """A concrete model says neither what its wall is nor why it has none."""


def wall_of(model: type[models.Model]) -> Wall | Own | NoWall:
    """The wall that `model` declares; raises UndeclaredModelError."""
    if followed := getattr(model, "instance_type", None):  # a history table
        wall = wall_of(followed)
        return replace(wall, may=APPEND_ONLY)
    declared = vars(model).get("wall") or getattr(model, "wall", None)
    if isinstance(declared, Wall | Own | NoWall):
        return declared
    if why := settings.OPEN_TABLES.get(model._meta.label):
        return NoWall(why)
    message = f"{model._meta.label} declares no wall (core.walls)"
    raise UndeclaredModelError(message)


def concrete_models() -> list[type[models.Model]]:
    """Every model with a table of its own, those made for many-to-many fields included."""
    return [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]


FUNCTIONS = """
CREATE OR REPLACE FUNCTION qltb_reads_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT COALESCE(NULLIF(current_setting('qltb.read', true), '') = 'all', false)
$$;
CREATE OR REPLACE FUNCTION qltb_read_units() RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE ROWS 100 AS $$
  SELECT u.id
  FROM unnest(string_to_array(NULLIF(current_setting('qltb.read', true), ''), ',')) AS scope(path)
  JOIN orgs_orgunit top ON top.path = scope.path
  JOIN orgs_orgunit u ON u.path ~>=~ top.path AND u.path ~<~ (top.path || 'a')
$$;
CREATE OR REPLACE FUNCTION qltb_account() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT NULLIF(current_setting('qltb.account', true), '')::bigint
$$;
CREATE OR REPLACE FUNCTION qltb_home() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT NULLIF(current_setting('qltb.home', true), '')::bigint
$$;
CREATE OR REPLACE FUNCTION qltb_write_units() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT string_to_array(NULLIF(current_setting('qltb.write', true), ''), ',')::bigint[]
$$;
"""
# A path of the tree holds digits and capitals only, so every path below `top` sorts bytewise before top || 'a'.
# What isn't the whole path of a unit opens nothing: half a path would be a prefix of many.


def policies(model: type[models.Model], wall: Wall | Own) -> dict[str, str]:
    """The policies of one table, by name."""
    table = model._meta.db_table

    def column(name: str) -> str:
        return f'"{model._meta.get_field(name).column}"'  # type: ignore[union-attr]  # each has a column

    if isinstance(wall, Own):
        at_home = f"{column(wall.unit)} = (SELECT qltb_home())"
        reads = writes = f"({column(wall.owner)} = (SELECT qltb_account()) AND {at_home})"
        if wall.shared:
            reads = f"({writes} OR ({column(wall.shared)} AND {at_home}))"
    else:
        reads = f"((SELECT qltb_reads_all()) OR ({column(wall.unit)} IN (SELECT qltb_read_units()))"
        if wall.partner:
            reads += f" OR ({column(wall.partner)} IN (SELECT qltb_read_units()))"
        reads += ")"
        writes = f"({column(wall.unit)} = ANY ((SELECT qltb_write_units())::bigint[]))"
        if wall.by_home:
            writes = f"({writes} OR {column(wall.unit)} = (SELECT qltb_home()))"
    body = {
        "read": f"FOR SELECT TO {APP_ROLE} USING {reads}",
        "insert": f"FOR INSERT TO {APP_ROLE} WITH CHECK {writes}",
        "update": f"FOR UPDATE TO {APP_ROLE} USING {writes} WITH CHECK {writes}",
        "delete": f"FOR DELETE TO {APP_ROLE} USING {writes}",
    }
    return {f"wall_{name}": f'CREATE POLICY wall_{name} ON "{table}" {sql}' for name, sql in body.items()}


def statements() -> list[str]:
    """Everything that makes wall 2, in order; running it again changes nothing."""
    lines = [FUNCTIONS, f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}"]
    lines.append(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
    for model in concrete_models():
        wall, table = wall_of(model), model._meta.db_table
        lines.append(f'REVOKE ALL ON "{table}" FROM {APP_ROLE}')
        lines.append(f'GRANT {", ".join(("SELECT", *wall.may))} ON "{table}" TO {APP_ROLE}')
        if not isinstance(wall, NoWall):
            lines.append(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            for name, sql in policies(model, wall).items():
                lines.append(f'DROP POLICY IF EXISTS {name} ON "{table}"')
                lines.append(sql)
    lines.append(f"GRANT SELECT ON django_migrations TO {APP_ROLE}")
    return lines


MAKE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP_ROLE}') THEN
    CREATE ROLE {APP_ROLE} NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  IF NOT pg_has_role(current_user, '{APP_ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT {APP_ROLE} TO %I', current_user);
  END IF;
END $$;
"""


def fingerprint(lines: list[str]) -> str:
    """Names the whole set of statements, so that an unchanged wall isn't built again."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def build(using: str = "default") -> None:
    """Build wall 2 if it isn't standing as declared. Runs after every migrate (see core.apps)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if not {m._meta.db_table for m in concrete_models()} <= tables:
        return  # migrating to an earlier state: the full migrate that follows builds it
    lines = statements()
    mark = fingerprint(lines)
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('public'::regnamespace)")
        (standing,) = cursor.fetchone()
        if standing == f"qltb wall {mark}":
            return
        cursor.execute(MAKE_ROLE)
        for line in lines:
            cursor.execute(line)
        cursor.execute(f"COMMENT ON SCHEMA public IS 'qltb wall {mark}'")


def missing(using: str = "default") -> list[str]:
    """Which tables of the database lack their part of wall 2: one line each, empty when all is well."""
    found: list[str] = []
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, array_remove(array_agg(p.polname::text ORDER BY p.polname), NULL)"
            " FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.oid"
        )
        standing: dict[str, tuple[Any, ...]] = {name: tuple(rest) for name, *rest in cursor.fetchall()}
    for model in concrete_models():
        wall, table = wall_of(model), model._meta.db_table
        if not isinstance(wall, NoWall) and table in standing:
            secured, names = standing[table]
            if not secured or set(names) != set(policies(model, wall)):
                found.append(f"{table}: row-level security is not as declared")
    return found
