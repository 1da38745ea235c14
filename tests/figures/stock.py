"""Devices without their papers: rows to count, as many and as mixed as a test wants."""

from collections import Counter
from datetime import date
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from hypothesis import strategies as st
from lxml import html

from equipment.models import Category, Equipment, Tally
from equipment.rules.lifecycle import Condition, Status
from orgs.models import OrgUnit

UNITS = ("00.VP", "00.CNTT", "01", "01.001", "01.002", "48")
CATEGORIES = ("MAY_TINH_BAN", "UD_VAN_PHONG", "MAY_CHU")
_numbers = count(1)

kinds = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(UNITS),
        "category": st.sampled_from(CATEGORIES),
        "status": st.sampled_from(Status.values),
        "condition": st.sampled_from(Condition.values),
        "received_on": st.dates(date(2010, 1, 1), date(2026, 12, 31)),
        "original_price": st.sampled_from([0, 1, 14_500_000, 999_999_999_999_999_999]),
    }
)


def furnish(world) -> None:
    """Years of use for the catalogue, and a third category."""
    Category.objects.filter(pk=world.desktop.pk).update(life_years=5)
    Category.objects.create(code="MAY_CHU", name="Máy chủ", parent=world.desktop.parent, life_years=8, position=2)


def device(kind: dict) -> Equipment:
    """Not saved."""
    number = next(_numbers)
    return Equipment(
        **kind
        | {
            "unit": OrgUnit.objects.get(code=kind["unit"]),
            "category": Category.objects.get(code=kind["category"]),
            "code": f"T-{number:06d}",
            "name": f"Máy {number}",
        }
    )


def stocked(rows: list[dict]) -> list[Equipment]:
    return Equipment.objects.bulk_create([device(kind) for kind in rows])


def tallied() -> dict[tuple, tuple]:
    """What the lines add up to, without what adds up to nothing."""
    sums: dict[tuple, list] = {}
    for unit, category, status, condition, year, quantity, value in Tally.objects.values_list(
        "unit__code", "category__code", "status", "condition", "received_on", "quantity", "value"
    ):
        entry = sums.setdefault((unit, category, status, condition, year), [0, 0])
        entry[0] += quantity
        entry[1] += value
    return {key: tuple(entry) for key, entry in sums.items() if any(entry)}


def counted() -> dict[tuple, tuple]:
    """The same from the devices themselves, row by row."""
    quantity, value = Counter(), Counter()
    for unit, category, status, condition, day, price in Equipment.objects.values_list(
        "unit__code", "category__code", "status", "condition", "received_on", "original_price"
    ):
        key = (unit, category, status, condition, day.replace(month=1, day=1))
        quantity[key] += 1
        value[key] += price
    return {key: (quantity[key], value[key]) for key in quantity}


def ask(sql: str, *params) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def look(client: Client, query: str = "") -> tuple[Any, Any]:
    """The overview's answer and its tree."""
    page = client.get(f"/{query}")
    assert page.status_code == 200
    return page, html.document_fromstring(page.content.decode())
