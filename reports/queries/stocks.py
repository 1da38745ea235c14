"""What stood on the books of units on a day, and how it was then: devices that are alike are counted together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from equipment.rules.depreciation import CLOSING_MONTH
from equipment.rules.lifecycle import Condition, EntryKind, Status

LEAVING = (Status.PENDING_DISPOSAL, Status.DISPOSED)

# `book`: each device of each unit on either day. `then`: how it was at the end of the last one: as it is now where
# the unit wrote nothing of it since and still has it, else by the unit's own rows of the history: the last one of
# before, or the first one of after for what was entered later with an earlier effective date.
# Wear: a device whose whole life is one entry of intake is alike to others of that category, value and time (`since`);
# the keys of the others are told. What is worth less than every threshold, or of no rated category, wears nothing.
STOCKS = f"""
    WITH book AS MATERIALIZED (
        SELECT equipment_id, unit_id, category_id,
            COALESCE(sum(quantity) FILTER (WHERE effective_date < %(first)s), 0) > 0 AS opened,
            sum(quantity) > 0 AS closed, count(*) AS entries, min(effective_date) AS since, sum(value) AS value,
            sum(value) FILTER (WHERE value > 0) AS most,
            bool_or(kind IN ('{EntryKind.TRANSFER_IN}', '{EntryKind.CORRECTION}')) AS came
        FROM equipment_ledgerentry WHERE unit_id = ANY(%(units)s) AND effective_date <= %(last)s
        GROUP BY 1, 2, 3
    ), later AS MATERIALIZED (
        SELECT DISTINCT id, unit_id FROM equipment_historicalequipment
        WHERE unit_id = ANY(%(units)s) AND history_date >= %(end)s
    ), held AS MATERIALIZED (
        SELECT b.*, e.status, e.condition, extract(year FROM e.received_on)::int AS received,
            e.unit_id <> b.unit_id OR n.id IS NOT NULL AS changed,
            r.threshold IS NOT NULL AND (b.came OR b.most >= r.threshold) AS wears,
            b.came OR b.entries > 1 OR b.equipment_id = ANY(%(broken)s::bigint[]) AS apart
        FROM book b JOIN equipment_equipment e ON e.id = b.equipment_id
        LEFT JOIN later n ON n.id = b.equipment_id AND n.unit_id = b.unit_id
        LEFT JOIN unnest(%(rated)s::bigint[], %(thresholds)s::bigint[]) AS r(category_id, threshold)
            ON r.category_id = b.category_id
        WHERE b.opened OR b.closed
    )
    SELECT d.unit_id, d.category_id, d.opened, d.closed,
        CASE WHEN d.closed THEN COALESCE(t.status, d.status) END,
        CASE WHEN d.closed THEN COALESCE(t.condition, d.condition) END,
        d.received,
        CASE WHEN d.wears AND NOT d.apart THEN extract(year FROM d.since)::int END,
        CASE WHEN d.wears AND NOT d.apart THEN extract(month FROM d.since) = 12 END,
        CASE WHEN d.wears AND NOT d.apart THEN d.value END,
        count(*), sum(d.value), array_agg(d.equipment_id) FILTER (WHERE d.wears AND d.apart)
    FROM held d LEFT JOIN LATERAL (
        SELECT h.status, h.condition FROM equipment_historicalequipment h
        WHERE d.closed AND d.changed AND h.id = d.equipment_id AND h.unit_id = d.unit_id
        ORDER BY h.history_date < %(end)s DESC,
            CASE WHEN h.history_date < %(end)s THEN -h.history_id ELSE h.history_id END
        LIMIT 1
    ) t ON true
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
"""  # noqa: S608 - names of ours
BROKEN = f"""
    SELECT h.id, h.history_date, h.status, h.condition FROM equipment_historicalequipment h
    WHERE h.history_date < %(end)s AND h.id IN (
        SELECT p.id FROM equipment_historicalequipment p
        WHERE p.unit_id = ANY(%(units)s) AND p.history_date < %(end)s
            AND p.status IN ({", ".join(f"'{status}'" for status in LEAVING)}) AND p.condition = '{Condition.POOR}')
    ORDER BY h.id, h.history_id
"""  # noqa: S608 - names of ours


@dataclass(frozen=True, slots=True)
class Stock:
    """Devices that are alike. `opened`: on the books before the first day; `closed`: at the end of the last one, with
    `status` and `condition` of then (else empty), `worth` together. `since` and `value` are the one entry of each of
    those that wear alike; `apart` the keys of those that wear each in its own way."""

    unit: int
    category: int
    opened: bool
    closed: bool
    status: str
    condition: str
    received: int
    since: date | None
    value: int
    count: int
    worth: int
    apart: Sequence[int]


def stocks(
    units: Sequence[int], first: date, last: date, *, thresholds: Mapping[int, int], broken: Sequence[int]
) -> list[Stock]:
    """What the units had before `first` and at the end of `last`. One query.

    `thresholds`: of each category that wears, the least value of what does. `broken`: devices whose wear had stopped.
    """
    given: dict[str, Any] = {
        "units": list(units),
        "first": first,
        "last": last,
        "end": end_of(last),
        "rated": list(thresholds),
        "thresholds": list(thresholds.values()),
        "broken": list(broken),
    }
    with connection.cursor() as cursor:
        cursor.execute(STOCKS, given)
        rows = cursor.fetchall()
    return [_stock(*row) for row in rows]


def _stock(unit: int, category: int, opened: bool, closed: bool, *rest: Any) -> Stock:  # noqa: FBT001 - a row
    status, condition, received, year, december, value, count, worth, apart = rest
    since = None if year is None else date(year, CLOSING_MONTH if december else 1, 1)
    return Stock(
        unit,
        category,
        opened,
        closed,
        status or "",
        condition or "",
        received,
        since,
        int(value or 0),
        count,
        int(worth) if closed else 0,
        apart or (),
    )


def end_of(day: date) -> datetime:
    """The first moment after that day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def broken_since(units: Sequence[int], days: Sequence[date]) -> dict[date, dict[int, date]]:
    """For each of the days, as the history told at its end: the devices that waited for their disposal, or were gone,
    and could not be used any more, and since when. One query."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"units": list(units), "end": end_of(max(days))})
        rows = cursor.fetchall()
    found: dict[date, dict[int, date]] = {}
    for day in days:
        since: dict[int, date] = {}
        for pk, when, status, condition in rows:
            on = timezone.localdate(when)
            if on > day:
                continue
            if status in LEAVING and condition == Condition.POOR:
                since.setdefault(pk, on)
            else:
                since.pop(pk, None)
        found[day] = since
    return found
