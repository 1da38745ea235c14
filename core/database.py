"""What PostgreSQL says when it refuses, and locks that stand on no row."""

from django.db import IntegrityError, connection


def broken_constraint(error: IntegrityError) -> str:
    """Name of the constraint that a write broke; the message holds people's data and is no place to look for it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


def hold(lock: int, key: int | None = None, *, shared: bool = False) -> None:
    """Wait for `lock` and keep it until the transaction ends: alone, or `shared` with others who ask for it so.

    With `key` it is one of many locks of that class: of one unit, for one.
    """
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    keys = [lock] if key is None else [lock, key]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(keys))})", keys)


def take(lock: int) -> bool:
    """Take `lock` until the transaction ends, if nobody has it; whether it was taken. Doesn't wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        return bool(cursor.fetchone()[0])
