"""Wall 2 by itself: with every check of the application patched away, PostgreSQL yields nothing and takes nothing."""

import sys
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, InternalError, ProgrammingError, connection, models, transaction
from django.urls import reverse

from accounts.models import User
from core.scope import APP_ROLE, NOBODY, OwnedQuerySet, Scope, ScopedQuerySet, SharedQuerySet, entered
from core.walls import DELETE, INSERT, UPDATE, Wall, concrete_models, wall_of
from equipment.models import Equipment, Intake, SerialClash
from equipment.rules.figures import ON_THE_BOOKS
from personnel.models import FeedFault, FeedRun
from tests.isolation.conftest import undone
from tests.isolation.country import MIDDLE, PEER, Country
from tests.isolation.expected import BY_SECRET
from tests.isolation.matrix import ROWS
from tests.isolation.spider import words
from tests.isolation.test_markers import OWN, traces

ROOTED = {SerialClash, FeedRun, FeedFault}
"""What IT Center alone looks at: the rows belong to the root."""
WALLED = [m for m in concrete_models() if isinstance(wall_of(m), Wall)]
DENIED = psycopg.errors.InsufficientPrivilege
by_label = {"argvalues": WALLED, "ids": lambda m: m._meta.label}


@pytest.fixture
def without_wall_1(monkeypatch):
    """Every check of the application says yes."""

    def everything(self, *_: Any, **__: Any) -> Any:
        return self.scoped()

    for name in ("visible_to", "of_unit", "writable_by"):
        monkeypatch.setattr(ScopedQuerySet, name, everything)
    for name in ("visible_to", "owned_by"):
        monkeypatch.setattr(OwnedQuerySet, name, everything)
    monkeypatch.setattr(SharedQuerySet, "visible_to", everything)
    monkeypatch.setattr(ScopedQuerySet, "_require_scope", lambda _: None)
    monkeypatch.setattr(Scope, "reads", lambda *_: True)
    monkeypatch.setattr(Scope, "may", lambda *_: True)
    monkeypatch.setattr(Scope, "readable", lambda *_: models.Q())
    for module in [m for name, m in sys.modules.items() if name.split(".")[0] in settings.FIRST_PARTY_APPS]:
        if hasattr(module, "require_recording"):
            monkeypatch.setattr(module, "require_recording", lambda *_: None)
    every_check = [vars(m) for name, m in sys.modules.items() if name.endswith((".policies", ".policies.checks"))]
    for checks in [value for names in every_check for name, value in names.items() if name.endswith("_CHECKS")]:
        for action in list(checks):
            monkeypatch.setitem(checks, action, lambda *_: True)


@contextmanager
def as_app(read: str | None = None, write: str | None = None):
    """The application's role with raw settings, as no code of ours would set them."""
    with undone(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
        for name, value in (("read", read), ("write", write)):
            if value is not None:
                cursor.execute(f"SELECT set_config('qltb.{name}', %s, true)", [value])
        yield cursor


def count(cursor: Any, model: type[models.Model]) -> int:
    cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
    return cursor.fetchone()[0]


OF_ALL = ("calendar:", "catalogue:", "dispatch:identifier", "help:", "norms:", "orgs:", "procedures:", "trust:")
"""Pages of what the whole sector shares."""
LATER = {"reports:start"}
"""What only queues a job, which then runs behind both walls."""


@pytest.mark.parametrize("who", ["nghiepvu_danang", "nghiepvu_badinh", "admin2_danang"])
def test_no_page_tells_of_another_unit(country, without_wall_1, who):
    foreign = traces([holding for code, holding in country.holdings.items() if code not in OWN[who]])
    people = list(User.objects.values_list("full_name", flat=True))  # accounts have no second wall
    shown, found = 0, []
    for name, row in ROWS.items():
        for method in ("get", "post"):
            if getattr(row, method) is None or name in BY_SECRET:
                continue
            url = row.url(name, country)
            client = country.client(who, raise_request_exception=False)
            with undone():
                sent = row.data(country) if method == "post" else {}
                response = getattr(client, method)(url, sent)
                typed = [*row.query(country).values(), *sent.values()]
                assert foreign.findall(words(response, but=[url, *people, *typed])) == [], name
                shown += response.status_code == 200
                of_all = name.startswith(OF_ALL) or name in LATER
                # The district's own request, to which with every check gone it speaks as the one who answers.
                asked = who == "nghiepvu_badinh" and row.args(country) == [country.middle.more["support_in"].number]
                if row.args(country) and not of_all and not asked and response.status_code not in {403, 404}:
                    found.append((name, method, response.status_code))
    assert found == []
    assert shown > 10


@pytest.mark.parametrize("name", ["equipment:list", "search", "intakes:list", "equipment:clashes", "overview"])
def test_lists_and_files_hold_ones_own_alone(country, without_wall_1, name):
    client = country.client("peer")
    for query in ({}, {"export": "csv"}, {"export": "xlsx"}, {"q": country.middle.marker[:6]}):
        foreign = traces([holding for code, holding in country.holdings.items() if code != PEER])
        assert not foreign.search(words(client.get(reverse(name), query)))
    devices = Equipment.objects.filter(unit__code=PEER, status__in=ON_THE_BOOKS).count()
    assert client.get(reverse("overview")).context["total"].quantity == devices


SHOW_ONLY = {"intakes:line", "equipment:bulk"}  # what is posted to them is shown, and nothing is written


@pytest.mark.parametrize(
    ("name", "method"),
    [
        (n, m)
        for n, r in ROWS.items()
        for m in ("get", "post")
        if getattr(r, m) and n.startswith(("intakes:", "equipment:"))
    ],
)
def test_who_sees_without_recording_cannot_write(country, without_wall_1, name, method):
    """A superior's look-up account: with every check gone it opens the forms, and the database refuses the rest."""
    row = ROWS[name]
    before = _state(country)
    client = country.client("above", raise_request_exception=False)
    with undone():
        response = getattr(client, method)(row.url(name, country), row.data(country) if method == "post" else {})
        if method == "post" and row.post.get("above", 404) == 403 and name not in SHOW_ONLY:
            assert response.status_code >= 400
        assert _state(country) == before


def _state(country: Country) -> list[Any]:
    with connection.cursor() as cursor:
        parts = [
            f"SELECT '{m._meta.db_table}', count(*), sum(hashtext(t::text)) FROM \"{m._meta.db_table}\" t"
            for m in WALLED
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return sorted(cursor.fetchall())  # the parts come in any order


@pytest.mark.parametrize("model", **by_label)
def test_without_a_scope_there_is_no_row(country, model):
    with connection.cursor() as cursor:
        assert count(cursor, model) > 0
    for read in (None, ""):
        with as_app(read) as cursor:
            assert count(cursor, model) == 0


GARBAGE = [
    "all ",
    " all",
    "ALL",
    "all,",
    ",",
    ",,",
    "%",
    "_",
    "%,%",
    "'",
    "' OR true --",
    "\\",
    "0",
    "a",
    "*",
    "NULL",
    "{}",
]


@pytest.mark.parametrize("model", **by_label)
def test_a_read_scope_of_garbage_shows_nothing(country, model):
    """Wildcards and quotes are letters like any other; only the very word `all` opens everything."""
    root = country.world.units["00"].path
    prefix = country.world.units[MIDDLE].path[:-1]
    for read in [*GARBAGE, f" {root}", f"{root}%", f"{root}_", root[:-1], root[:1], prefix, f"{prefix}%", f"{prefix}_"]:
        with as_app(read) as cursor:
            assert count(cursor, model) == 0, read


def test_the_path_of_a_unit_opens_that_unit(country):
    """Beside garbage too; or the test above would prove nothing."""
    path = country.world.units[PEER].path
    there = Intake.objects.filter(unit__code=PEER).count()
    assert there
    for read in (path, f"%,{path},'"):
        with as_app(read) as cursor:
            assert count(cursor, Intake) == there


@pytest.mark.parametrize("write", ["x", "1;2", "{1}", "1.5", "all"])
def test_a_write_scope_of_garbage_is_an_error(country, write):
    with as_app("all", write) as cursor, pytest.raises((psycopg.Error, Exception)) as refusal:
        cursor.execute("UPDATE equipment_equipment SET note = 'x'")
    assert "bigint" in str(refusal.value)


def _scopes(country: Country) -> dict[str, Scope]:
    return {role: country.user(role).scope for role in ("above", "peer", "below", "lookup", "admin2", "admin1")} | {
        "nobody": NOBODY
    }


COLLEAGUES = ("lookup", "admin2")
"""Accounts of the unit that don't record for it: they write only what is for every account of a unit."""
STRANGERS = ("above", "peer", "below", "admin1", "nobody")
WRITES = [(role, m) for m in WALLED for role in STRANGERS + (() if wall_of(m).by_home else COLLEAGUES)]


@pytest.mark.dieu("6")
@pytest.mark.parametrize(("role", "model"), WRITES, ids=lambda one: getattr(one, "_meta", None) and one._meta.label)
def test_nobody_but_the_unit_writes_its_rows(country, role, model):
    """UPDATE and DELETE reach no row or are refused; an INSERT of a copy is refused."""
    scope, table = _scopes(country)[role], model._meta.db_table
    unit = country.world.units["00" if model in ROOTED else MIDDLE].pk
    wall = wall_of(model)
    columns = [
        f.column for f in model._meta.concrete_fields if not f.primary_key and not isinstance(f, models.GeneratedField)
    ]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT {names} FROM "{table}" WHERE unit_id = %s LIMIT 1',
            [unit],
        )
        cursor.execute(f"GRANT SELECT ON copied TO {APP_ROLE}")
        assert cursor.rowcount
    for kind, sql in (
        (UPDATE, f'UPDATE "{table}" SET unit_id = unit_id WHERE unit_id = {unit}'),
        (DELETE, f'DELETE FROM "{table}" WHERE unit_id = {unit}'),
        (INSERT, f'INSERT INTO "{table}" ({names}) SELECT {names} FROM copied'),
    ):
        with undone(), entered(scope), connection.cursor() as cursor:
            refused: Any = None
            try:
                with transaction.atomic():
                    cursor.execute(sql)
            except ProgrammingError as refusal:
                refused = refusal
            if refused is not None:
                assert isinstance(refused.__cause__, DENIED), refused
            else:
                assert (kind in wall.may, kind != INSERT, cursor.rowcount) == (True, True, 0)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE copied")


@pytest.mark.parametrize("model", [m for m in WALLED if wall_of(m).by_home], ids=lambda m: m._meta.label)
@pytest.mark.parametrize("role", COLLEAGUES)
def test_every_account_writes_what_is_for_all_of_its_unit_and_of_no_other(country, role, model):
    """Asking for help, a note to a unit: the policy lets the row of one's own unit through, and no other."""
    columns = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    values = ", ".join("%s" if column == "unit_id" else f'"{column}"' for column in columns)
    names, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMP TABLE copied AS SELECT {names} FROM "{table}" WHERE unit_id = %s LIMIT 1',
                       [country.middle.unit.pk])  # fmt: skip
        cursor.execute(f"GRANT SELECT ON copied TO {APP_ROLE}")
    for unit, passes in ((country.middle.unit, True), (country.world.units[PEER], False)):
        with undone(), entered(_scopes(country)[role]), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM copied', [unit.pk])
                refused = False
            except IntegrityError:  # past the policy: the copy has the original's public name
                refused = False
            except ProgrammingError as refusal:
                refused = isinstance(refusal.__cause__, DENIED)
            assert refused != passes
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE copied")


@pytest.mark.parametrize("model", [m for m in WALLED if UPDATE in wall_of(m).may], ids=lambda m: m._meta.label)
def test_a_unit_cannot_push_its_rows_onto_another(country, model):
    scope, unit = country.user("business").scope, country.world.units[PEER].pk
    with undone(), entered(scope), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as refusal, transaction.atomic():
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET unit_id = %s', [unit])
        assert isinstance(refusal.value.__cause__, DENIED)


@pytest.mark.parametrize("model", [m for m in WALLED if wall_of(m).may], ids=lambda m: m._meta.label)
def test_the_unit_itself_may_write(country, model):
    """Or the refusals above would prove nothing."""
    scope, wall, table = country.user("business").scope, wall_of(model), model._meta.db_table
    with undone(), entered(scope), connection.cursor() as cursor:
        if UPDATE in wall.may:
            cursor.execute(f'UPDATE "{table}" SET unit_id = unit_id')
            assert cursor.rowcount > 0
        cursor.execute("SELECT has_table_privilege(current_user, %s, 'INSERT')", [table])
        assert cursor.fetchone() == (INSERT in wall.may,)


def test_the_books_refuse_changes_whoever_asks(country):
    """Not even the owner of the tables rewrites the ledger."""
    for sql in ("UPDATE equipment_ledgerentry SET value = 0", "DELETE FROM equipment_ledgerentry"):
        with pytest.raises((InternalError, Exception)) as refusal, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        assert "append-only" in str(refusal.value)


def test_the_search_function_obeys_the_scope(country):
    """It runs as the tables' owner, hence past the policies: it must apply the scope itself."""
    pattern = "%zq%"

    def found(cursor: Any) -> set[int]:
        cursor.execute("SELECT equipment_search(%s)", [pattern])
        return {pk for (pk,) in cursor.fetchall()}

    for read in (None, "", *GARBAGE):
        with as_app(read) as cursor:
            assert found(cursor) == set(), read
    peers = set(Equipment.objects.filter(unit__code=PEER).values_list("pk", flat=True))
    with as_app(country.world.units[PEER].path) as cursor:
        assert found(cursor) == peers
        cursor.execute("SELECT equipment_search('%dell%')")  # by the name of the model: the other half of the function
        dell = Equipment.objects.filter(unit__code=PEER, model__brand__name="Dell")
        assert {pk for (pk,) in cursor.fetchall()} == set(dell.values_list("pk", flat=True))
    with as_app("all") as cursor:
        assert found(cursor) == set(Equipment.objects.values_list("pk", flat=True)) > peers
