"""What belongs to an account rather than to a unit: wall 2 by itself, with raw settings."""

import pytest
from django.db import ProgrammingError, connection, models, transaction

from core.scope import APP_ROLE, Scope, entered
from core.walls import INSERT, UPDATE, Own, concrete_models, wall_of
from tests.isolation.conftest import undone
from tests.isolation.country import MIDDLE

OWNED = [m for m in concrete_models() if isinstance(wall_of(m), Own)]
by_label = {"argvalues": OWNED, "ids": lambda m: m._meta.label}


def rows(model: type[models.Model]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        return cursor.fetchone()[0]


def the_one(country, model: type[models.Model]) -> models.Model:
    """The row that the unit in the middle has."""
    return model._base_manager.filter(unit__code=MIDDLE).order_by("pk").first()


@pytest.mark.parametrize("model", **by_label)
def test_the_owner_sees_and_writes_it(country, model):
    row = the_one(country, model)
    with undone(), entered(Scope(account=row.owner_id, home=row.unit_id)):
        assert rows(model) >= 1
        if UPDATE in wall_of(model).may:
            with connection.cursor() as cursor:
                cursor.execute(f'UPDATE "{model._meta.db_table}" SET unit_id = unit_id WHERE id = {row.pk}')
                assert cursor.rowcount == 1


@pytest.mark.parametrize("model", **by_label)
def test_nobody_else_does_whatever_they_see_of_units(country, model):
    row = the_one(country, model)
    wall = wall_of(model)
    paths = (country.world.units["00"].path,)
    shared = bool(wall.shared) and model._base_manager.filter(unit=row.unit, **{wall.shared: True}).exists()
    everything = {"read_paths": paths, "nationwide": True, "write_units": frozenset({row.unit_id})}
    for scope, seen in (
        (Scope(**everything), False),
        (Scope(account=row.owner_id, **everything), False),  # moved to nowhere
        (Scope(account=row.owner_id, home=row.unit_id + 1, **everything), False),  # moved to another unit
        (Scope(account=10**9, home=row.unit_id, **everything), shared),  # a colleague
        (Scope(account=10**9, home=country.world.units["00"].pk, **everything), False),
    ):
        with undone(), entered(scope), connection.cursor() as cursor:
            cursor.execute(f'SELECT 1 FROM "{model._meta.db_table}" WHERE unit_id = {row.unit_id}')
            assert bool(cursor.fetchall()) == seen, scope
            for sql in ("UPDATE {} SET unit_id = unit_id WHERE id = %s", "DELETE FROM {} WHERE id = %s"):
                if sql.split()[0] in wall.may:
                    cursor.execute(sql.format(f'"{model._meta.db_table}"'), [row.pk])
                    assert cursor.rowcount == 0, scope


@pytest.mark.parametrize("model", **by_label)
def test_nobody_writes_in_the_name_of_another(country, model):
    """Neither as another account, nor into another unit, where it might be shared."""
    row = the_one(country, model)
    table = model._meta.db_table
    columns = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    names = ", ".join(f'"{c}"' for c in columns)
    refusal = "row-level security" if INSERT in wall_of(model).may else "permission denied"
    with undone(), connection.cursor() as cursor:
        cursor.execute(f'CREATE TEMP TABLE copied AS SELECT {names} FROM "{table}" WHERE id = {row.pk}')
        cursor.execute(f"GRANT SELECT ON copied TO {APP_ROLE}")
        for scope in (Scope(account=10**9, home=row.unit_id), Scope(account=row.owner_id, home=row.unit_id + 1)):
            with pytest.raises(ProgrammingError, match=refusal), transaction.atomic(), entered(scope):
                cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {names} FROM copied')


@pytest.mark.parametrize("model", **by_label)
def test_without_an_account_there_is_no_row(country, model):
    assert rows(model) > 0
    for account, home in ((None, None), ("", ""), ("0", "0"), ("", "1")):
        with undone(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")
            for name, value in (("account", account), ("home", home)):
                if value is not None:
                    cursor.execute(f"SELECT set_config('qltb.{name}', %s, true)", [value])
            assert rows(model) == 0
