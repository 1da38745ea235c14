"""Keeping the tally short, and right: see `equipment.models.tally`."""

from django.db import connection, transaction

KEY = "unit_id, category_id, status, condition, received_on"
SUMS = "sum(quantity) AS quantity, sum(value) AS value"
LEFT = "HAVING sum(quantity) <> 0 OR sum(value) <> 0"
COLUMNS = f"{KEY}, quantity, value"
LOCK = 375_0008  # whoever holds it folds; another finds it done

FOLD = f"""
WITH many AS (SELECT {KEY} FROM equipment_tally GROUP BY {KEY} HAVING count(*) > 1),
     gone AS (DELETE FROM equipment_tally AS t USING many AS m
              WHERE (t.unit_id, t.category_id, t.status, t.condition, t.received_on)
                  = (m.unit_id, m.category_id, m.status, m.condition, m.received_on)
              RETURNING t.*)
INSERT INTO equipment_tally ({COLUMNS}) SELECT {KEY}, {SUMS} FROM gone GROUP BY {KEY} {LEFT}
"""  # noqa: S608 - names of ours
COUNTED = f"""
SELECT {KEY}, {SUMS} FROM (
  SELECT unit_id, category_id, status, condition, make_date(extract(year FROM received_on)::int, 1, 1) AS received_on,
         1 AS quantity, original_price AS value FROM equipment_equipment) AS device
GROUP BY {KEY}
"""  # noqa: S608 - names of ours
FAULTS = f"""
SELECT {KEY}, COALESCE(t.quantity, 0), COALESCE(c.quantity, 0), COALESCE(t.value, 0), COALESCE(c.value, 0)
FROM (SELECT {KEY}, {SUMS} FROM equipment_tally GROUP BY {KEY} {LEFT}) AS t
FULL JOIN ({COUNTED}) AS c USING ({KEY})
WHERE (t.quantity, t.value) IS DISTINCT FROM (c.quantity, c.value)
"""  # noqa: S608 - names of ours


def fold() -> int:
    """One line for each kind of devices that are alike; how many lines were written. Sums stay what they are.

    Lines that are appended meanwhile are left for the next time: nobody waits.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(FOLD)
        return cursor.rowcount


def rebuild() -> int:
    """Count all devices anew; how many lines that makes. Whoever writes devices waits for the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE equipment_equipment IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM equipment_tally")
        cursor.execute(f"INSERT INTO equipment_tally ({COLUMNS}) {COUNTED}")
        return cursor.rowcount


def faults() -> list[tuple]:
    """Where the tally and the devices differ, both as of one moment: the key, then tally and count of each sum."""
    with connection.cursor() as cursor:
        cursor.execute(FAULTS)
        return cursor.fetchall()
