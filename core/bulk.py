"""Rows made of rows, within the database: what follows thousands of new or changed rows needs no trip for each.

(COPY would be faster still, but PostgreSQL refuses it where row-level security stands.)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db import connection, models
from django.db.models import F, Value

HISTORY_ONLY = frozenset({"history_id", "history_date", "history_type", "history_change_reason", "history_user"})


def insert_from(target: type[models.Model], rows: models.QuerySet, values: dict[str, Any]) -> int:
    """One row of `target` for each of `rows`, in the order of their keys; returns how many.

    `values` are by field of `target`: an expression over the row, or the name of its field. Nothing but the database's
    own checks looks at them, so give every column that has no default there.
    """
    columns = [str(cast("models.Field", target._meta.get_field(name)).column) for name in values]
    given = {f"given_{name}": F(value) if isinstance(value, str) else value for name, value in values.items()}
    query, parameters = rows.order_by("pk").annotate(**given).values_list(*given).query.sql_with_params()
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(target._meta.db_table)} ({names}) {query}", parameters)
        return int(cursor.rowcount)


def record_history(rows: models.QuerySet, *, created: bool, by: Any, reason: str, when: datetime) -> int:
    """What django-simple-history would write of `rows` as they are now: created, or changed. `by` None: no person."""
    history = rows.model.history.model
    followed = [field.name for field in history._meta.concrete_fields if field.name not in HISTORY_ONLY]
    values: dict[str, Any] = {name: rows.model._meta.get_field(name).attname for name in followed}
    values |= {
        "history_date": Value(when),
        "history_type": Value("+" if created else "~"),
        "history_change_reason": Value(reason),
        "history_user": Value(by and by.pk, output_field=models.BigIntegerField()),
    }
    return insert_from(history, rows, values)


def change(rows: models.QuerySet, values: dict[str, Any], *, by: Any, reason: str, when: datetime) -> int:
    """Write the same values, or expressions over each row, into many rows, and with them their history.

    `rows` are locked, guarded by a version, and not chosen by what is changed. Returns how many there were.
    """
    count = rows.update(**values, version=F("version") + 1)
    record_history(rows, created=False, by=by, reason=reason, when=when)
    return count


def assign(
    model: type[models.Model], name: str, values: Mapping[int, Any], *, by: Any, reason: str, when: datetime
) -> int:
    """Write into the field `name` of each row of `model` what `values` have for its key, and with it the history.

    The rows are locked. Returns how many there were.
    """
    quote, table, field = connection.ops.quote_name, model._meta.db_table, model._meta.get_field(name)
    column, kind = quote(str(cast("models.Field", field).column)), cast("models.Field", field).db_type(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(table)} AS t SET {column} = given.value"  # noqa: S608 - names of our own model
            f" FROM unnest(%s::bigint[], %s::{kind}[]) AS given(key, value) WHERE t.id = given.key",
            [list(values), list(values.values())],
        )
    return record_history(model._base_manager.filter(pk__in=values), created=False, by=by, reason=reason, when=when)
