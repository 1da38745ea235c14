"""Into the database fast: COPY into tables without keys and indexes, which come back checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

HISTORY_COLUMNS = frozenset({"history_id", "history_date", "history_type", "history_change_reason", "history_user_id"})

# What hangs on other constraints comes first: foreign keys, then keys, then plain indexes.
_CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.conrelid::regclass, c.conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c
WHERE c.contype IN ('f', 'p', 'u') AND (c.conrelid = ANY (%s::regclass[]) OR c.confrelid = ANY (%s::regclass[]))
ORDER BY c.contype <> 'f', c.oid
"""
_INDEXES = """
SELECT format('DROP INDEX %%I', i.relname), pg_get_indexdef(x.indexrelid)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = ANY (%s::regclass[]) ORDER BY x.indexrelid
"""


@contextmanager
def unindexed(tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """Run the block with the tables' keys and indexes gone, checks and triggers left. Call it in a transaction.

    Afterwards all are built again and every row is checked, which at a million rows takes a tenth of the time that
    row by row does. Should anything fail, the transaction ends and the tables are as they were.
    """
    names = [model._meta.db_table for model in tables]
    with connection.cursor() as cursor:
        # Room to sort, time to build; events that wait for the end of the transaction would block the tables.
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL work_mem = '128MB'")
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL synchronize_seqscans = off")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        parts: list[tuple[str, str]] = []
        for query, parameters in ((_CONSTRAINTS, [names, names]), (_INDEXES, [names])):
            cursor.execute(query, parameters)
            for drop, make in cursor.fetchall():
                cursor.execute(drop)
                parts.append((drop, make))
    yield
    with connection.cursor() as cursor:
        for _, make in reversed(parts):
            cursor.execute(make)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@contextmanager
def copying(table: str, columns: Sequence[str]) -> Iterator[Any]:
    """A COPY into `table`: its `write` takes rows in PostgreSQL's text format."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy:
        yield copy


def copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[str]) -> None:
    """COPY whole rows."""
    with copying(model._meta.db_table, columns) as into:
        into.write("".join(rows))


def text(value: str) -> str:
    """A value as COPY's text format wants it."""
    return value.replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n")


def write_history(
    model: type[models.Model],
    *,
    source: str,
    kind: str,
    when: str,
    who: str,
    why: str,
    otherwise: Mapping[str, str] | None = None,
) -> None:
    """One history row for each row `r` that `source` (a FROM clause) gives, as `HistoricalRecords` would write it.

    `when`, `who` and `why` are SQL; `otherwise` replaces columns by SQL where the row looked different then.
    """
    history = model.history.model  # type: ignore[attr-defined]  # tracked
    quote = connection.ops.quote_name
    columns = [f.column for f in history._meta.concrete_fields if f.column not in HISTORY_COLUMNS]
    values = [(otherwise or {}).get(column, f"r.{quote(column)}") for column in columns]
    execute(
        f"INSERT INTO {quote(history._meta.db_table)} ({', '.join(map(quote, columns))},"  # noqa: S608 - names and SQL of ours
        " history_type, history_date, history_user_id, history_change_reason)"
        f" SELECT {', '.join(values)}, '{kind}', {when}, {who}, {why} FROM {source}"
    )


def execute(sql: str, parameters: Sequence[Any] | None = None) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def finish(tables: Sequence[type[models.Model]]) -> None:
    """Let running keys go on after the rows that brought their own, and tell the planner how many rows there are."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
