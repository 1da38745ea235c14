"""What the ledger adds up to between two days, by unit and category."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from disposals.rules.flow import Act
from equipment.rules.lifecycle import EntryKind

# A disposal is liquidated unless its dossier says that it was destroyed. Changes of value and corrections have no
# column of their own: their sign says whether they are an increase.
FLOWS = f"""
    SELECT l.unit_id, l.category_id,
        CASE
            WHEN l.effective_date < %(first)s THEN 'opening'
            WHEN l.kind = '{EntryKind.INTAKE}' THEN 'bought'
            WHEN l.kind = '{EntryKind.TRANSFER_IN}' THEN 'received'
            WHEN l.kind = '{EntryKind.FOUND}' THEN 'found'
            WHEN l.kind = '{EntryKind.TRANSFER_OUT}' THEN 'moved'
            WHEN l.kind = '{EntryKind.LOST}' THEN 'lost'
            WHEN l.kind = '{EntryKind.DISPOSAL}' AND d.act = '{Act.DESTRUCTION}' THEN 'destroyed'
            WHEN l.kind = '{EntryKind.DISPOSAL}' THEN 'liquidated'
            WHEN l.quantity > 0 OR (l.quantity = 0 AND l.value > 0) THEN 'other_in'
            ELSE 'other_out'
        END AS flow,
        sum(l.quantity), sum(l.value)
    FROM equipment_ledgerentry l
    LEFT JOIN disposals_disposal d
        ON l.kind = '{EntryKind.DISPOSAL}' AND l.effective_date >= %(first)s AND d.number = l.dossier
    WHERE l.unit_id = ANY(%(units)s) AND l.effective_date <= %(last)s
    GROUP BY 1, 2, 3
"""  # noqa: S608 - names of ours


class Flow(NamedTuple):
    """The entries of one unit and category that go into one column; `name` as in AnnualLine, or "opening"."""

    unit: int
    category: int
    name: str
    quantity: int
    value: int


def flows(units: Sequence[int], first: date, last: date) -> list[Flow]:
    """What stood before `first`, and what came and went from then to `last`; signed as in the books. One query."""
    with connection.cursor() as cursor:
        cursor.execute(FLOWS, {"units": list(units), "first": first, "last": last})
        return [Flow(u, c, name, int(quantity), int(value)) for u, c, name, quantity, value in cursor.fetchall()]
