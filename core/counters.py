"""Running numbers per unit, without gaps that a rollback would leave and without two holders of one number."""

from django.db import connection, models


def take(unit: models.Model, key: str, *, count: int = 1) -> range:
    """`count` consecutive new numbers of `unit` for `key`, starting at 1. Call it inside the writing transaction.

    The row lock makes a second taker of the same unit and key wait for the first one's commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (unit_id, key, value) VALUES (%s, %s, %s)"
            " ON CONFLICT (unit_id, key) DO UPDATE SET value = core_counter.value + EXCLUDED.value RETURNING value",
            [unit.pk, key, count],
        )
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)
