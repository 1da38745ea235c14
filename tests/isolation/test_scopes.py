"""Scopes as code enters and leaves them, and the guard that refuses a query for nobody."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction

from core import events
from core.scope import APP_ROLE, OwnedQuerySet, ScopedQuerySet, UnscopedQueryError, elevated, entered
from core.walls import NoWall, Own, concrete_models, wall_of
from equipment.models import Equipment, Intake
from tests.isolation.country import PEER

WALLED = [m for m in concrete_models() if not isinstance(wall_of(m), NoWall)]
label = {"ids": lambda m: m._meta.label}

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
    kind = OwnedQuerySet if isinstance(wall_of(model), Own) else ScopedQuerySet
    assert issubclass(model._default_manager._queryset_class, kind)


def _settings() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('qltb.read', true), current_setting('qltb.write', true),"
            " current_setting('qltb.account', true), current_setting('qltb.home', true)"
        )
        return cursor.fetchone()


def test_a_block_puts_the_former_scope_back(country):
    """Where one stands inside another: after its end, after elevated code, after an exception in a savepoint."""
    outside, scope = _settings(), country.user("peer").scope
    with entered(scope):
        inside = _settings()
        assert inside[0] == APP_ROLE
        with entered(country.user("below").scope):
            assert _settings() != inside
        assert _settings() == inside
        with elevated("test"):
            assert _settings() == (outside[0], "", "", "", "")
            assert Equipment.objects.count() == Equipment.objects.all().scoped().count()
            with entered(scope):
                assert _settings() == inside
            assert _settings() == (outside[0], "", "", "", "")
        assert _settings() == inside
        with pytest.raises(ZeroDivisionError), elevated("test"):
            1 / 0  # noqa: B018 - any exception will do
        assert _settings() == inside
        with pytest.raises(ProgrammingError), transaction.atomic(), entered(country.user("below").scope):
            connection.cursor().execute("SELECT no_such_column FROM orgs_orgunit")
        assert _settings() == inside
        assert set(Equipment.objects.visible_to(country.user("peer")).values_list("unit__code", flat=True)) == {PEER}
    assert (_settings()[0], *(value or "" for value in _settings()[1:])) == (
        outside[0],
        *(v or "" for v in outside[1:]),
    )


def test_a_handler_of_events_leaves_no_scope_behind(country):
    with entered(country.user("peer").scope):
        before = _settings()
        events.deliver_pending()
        assert _settings() == before
