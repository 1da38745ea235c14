"""Whether the books balance: every check is one statement over all rows, made within the database.

For the operator and the nightly task, who read every unit's books; nothing here runs for an account.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from equipment.rules.figures import OFF_THE_BOOKS
from equipment.rules.lifecycle import EntryKind, Status

SHOWN = 500
"""Faults of one kind that are fetched: whoever has more begins with these."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, in words."""

    unit: str
    check: str
    subject: str
    text: str


def _in(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


INCREASE = _in([EntryKind.INTAKE, EntryKind.FOUND, EntryKind.TRANSFER_IN])
DECREASE = _in([EntryKind.TRANSFER_OUT, EntryKind.DISPOSAL, EntryKind.LOST])
OFF = _in(OFF_THE_BOOKS)

# Each statement gives: key of the unit, what it is about, then what its sentence is filled with.
CHECKS: dict[str, tuple[str, str]] = {
    "entry": (
        "{} has quantity {} and value {}, which its kind can't have",
        f"""
        SELECT l.unit_id, e.code, l.kind || ' ' || l.dossier, l.quantity, l.value
        FROM equipment_ledgerentry l JOIN equipment_equipment e ON e.id = l.equipment_id
        WHERE NOT CASE
            WHEN l.kind IN ({INCREASE}) THEN l.quantity = 1 AND l.value >= 0
            WHEN l.kind IN ({DECREASE}) THEN l.quantity = -1 AND l.value <= 0
            WHEN l.kind = '{EntryKind.VALUE_CHANGE}' THEN l.quantity = 0
            ELSE true END
        """,  # noqa: S608 - names of ours
    ),
    # A device is once on the books of a unit or not at all, at every moment, and worth nothing there when it isn't.
    "running": (
        "after {} of {} the unit's books hold it {} times, worth {}",
        """
        SELECT r.unit_id, e.code, r.kind, r.effective_date, r.quantity, r.value
        FROM (
            SELECT equipment_id, unit_id, kind, effective_date,
                sum(quantity) OVER entries AS quantity, sum(value) OVER entries AS value
            FROM equipment_ledgerentry
            WINDOW entries AS (PARTITION BY equipment_id, unit_id ORDER BY effective_date, id)
        ) r JOIN equipment_equipment e ON e.id = r.equipment_id
        WHERE r.quantity NOT IN (0, 1) OR r.value < 0 OR (r.quantity = 0 AND r.value <> 0)
        """,
    ),
    # What the entries add up to is what the device is: where it stands, as what, and its value.
    "replay": (
        "entries say {} worth {}, the device says {} worth {}",
        f"""
        SELECT COALESCE(b.unit_id, d.unit_id) AS unit_id, COALESCE(d.code, e.code), COALESCE(b.quantity, 0),
            COALESCE(b.value, 0), COALESCE(d.quantity, 0), COALESCE(d.value, 0)
        FROM (
            SELECT equipment_id, unit_id, category_id, sum(quantity) AS quantity, sum(value) AS value
            FROM equipment_ledgerentry GROUP BY 1, 2, 3 HAVING sum(quantity) <> 0 OR sum(value) <> 0
        ) b FULL JOIN (
            SELECT id, code, unit_id, category_id, 1 AS quantity, original_price AS value
            FROM equipment_equipment WHERE status NOT IN ({OFF})
        ) d ON d.id = b.equipment_id AND d.unit_id = b.unit_id AND d.category_id = b.category_id
        LEFT JOIN equipment_equipment e ON e.id = b.equipment_id
        WHERE (b.quantity, b.value) IS DISTINCT FROM (d.quantity, d.value)
        """,  # noqa: S608 - names of ours
    ),
    "status": (
        "its last entry is {}, but its status is {}",
        f"""
        SELECT e.unit_id, e.code, COALESCE(last.kind, 'none'), e.status
        FROM equipment_equipment e LEFT JOIN LATERAL (
            SELECT l.kind FROM equipment_ledgerentry l WHERE l.equipment_id = e.id
            ORDER BY l.effective_date DESC, l.id DESC LIMIT 1
        ) last ON true
        WHERE e.status IN ({OFF}) AND (
            (e.status = '{Status.DISPOSED}' AND last.kind IS DISTINCT FROM '{EntryKind.DISPOSAL}')
            OR (e.status = '{Status.LOST}' AND last.kind IS DISTINCT FROM '{EntryKind.LOST}'))
        """,  # noqa: S608 - names of ours
    ),
    "transfer": (
        "{} moves it out and in {} times, with {} left over in number and {} in value",
        f"""
        SELECT min(l.unit_id) AS unit_id, e.code, l.dossier, count(*), sum(l.quantity), sum(l.value)
        FROM equipment_ledgerentry l JOIN equipment_equipment e ON e.id = l.equipment_id
        WHERE l.kind IN ('{EntryKind.TRANSFER_OUT}', '{EntryKind.TRANSFER_IN}')
        GROUP BY e.code, l.dossier
        HAVING sum(l.quantity) <> 0 OR sum(l.value) <> 0 OR count(*) <> 2 OR min(l.unit_id) = max(l.unit_id)
            OR min(l.effective_date) <> max(l.effective_date)
        """,  # noqa: S608 - names of ours
    ),
    # Opening + increases − decreases = closing for each unit, category and year; none of them below nothing, and the
    # last closing is what the unit has.
    "year": (
        "in {}: opening {} + increases {} - decreases {} = {}, worth {}; the unit has {} worth {}",
        f"""
        WITH moved AS (
            SELECT unit_id, category_id, extract(year FROM effective_date)::int AS year,
                sum(quantity) FILTER (WHERE quantity > 0) AS up, -sum(quantity) FILTER (WHERE quantity < 0) AS down,
                sum(quantity) AS net, sum(value) AS value
            FROM equipment_ledgerentry GROUP BY 1, 2, 3
        ), closed AS (
            SELECT moved.*, sum(net) OVER years AS closing, sum(value) OVER years AS worth,
                year = max(year) OVER (PARTITION BY unit_id, category_id) AS latest
            FROM moved WINDOW years AS (PARTITION BY unit_id, category_id ORDER BY year)
        ), standing AS (
            SELECT unit_id, category_id, count(*) AS quantity, sum(original_price) AS value
            FROM equipment_equipment WHERE status NOT IN ({OFF}) GROUP BY 1, 2
        )
        SELECT COALESCE(c.unit_id, s.unit_id) AS unit_id, k.code, c.year, c.closing - c.net, COALESCE(c.up, 0),
            COALESCE(c.down, 0), COALESCE(c.closing, 0), COALESCE(c.worth, 0), COALESCE(s.quantity, 0),
            COALESCE(s.value, 0)
        FROM closed c FULL JOIN standing s ON s.unit_id = c.unit_id AND s.category_id = c.category_id AND c.latest
        JOIN equipment_category k ON k.id = COALESCE(c.category_id, s.category_id)
        WHERE c.closing < 0 OR c.worth < 0 OR c.unit_id IS NULL
            OR (c.latest AND (c.closing, c.worth) IS DISTINCT FROM
                (COALESCE(s.quantity, 0)::numeric, COALESCE(s.value, 0)::numeric))
        """,  # noqa: S608 - names of ours
    ),
}


def faults() -> list[Fault]:
    """Everything that is wrong, by unit; empty when the books balance."""
    found = [fault for check in CHECKS for fault in faults_of(check)]
    return sorted(found, key=lambda fault: (fault.unit, fault.check, fault.subject))


def faults_of(check: str) -> list[Fault]:
    """What one check finds, at most SHOWN."""
    sentence, sql = CHECKS[check]
    within = f"SELECT u.code || ' ' || u.name, f.* FROM ({sql} LIMIT %s) f"  # noqa: S608 - of ours
    with connection.cursor() as cursor:
        cursor.execute(f"{within} JOIN orgs_orgunit u ON u.id = f.unit_id", [SHOWN])
        return [Fault(unit, check, subject, sentence.format(*rest)) for unit, _, subject, *rest in cursor.fetchall()]
