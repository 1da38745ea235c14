"""The norms from the project's data (equipment/data): adds the sets that are missing.

A set belongs to IT Center once it is there (art. 14.3): it is never changed by loading again.
"""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.text import clean_text
from core.transitions import save_with_reason
from equipment.loading import DATA, REASON
from equipment.models import Category, Norm, NormCount, NormSet, TitleGroup
from personnel.models import Title

MILLION = 1_000_000
SOURCE = "Số liệu kèm phần mềm; độ tin cậy ghi ở từng dòng, Trung tâm CNTT rà soát"


@transaction.atomic
def load_norms() -> int:
    """Returns how many sets were added. The catalogue and the posts are there already."""
    categories = {category.code: category for category in Category.objects.all()}
    titles = {title.code: title for title in Title.objects.all()}
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _read("norms.csv"):
        rows[row["norm_set"]].append(row)
    standing = set(NormSet.objects.values_list("code", flat=True))
    added = [code for code in rows if code not in standing]
    for code in added:
        first = rows[code][0]
        norm_set = NormSet(
            code=code,
            name=first["name"],
            valid_from=date.fromisoformat(first["valid_from"]),
            valid_to=date.fromisoformat(first["valid_to"]) if first["valid_to"] else None,
            source=SOURCE,
        )
        save_with_reason(norm_set, by=None, reason=REASON)
        for row in rows[code]:
            save_with_reason(Norm(norm_set=norm_set, **_norm(row, categories)), by=None, reason=REASON)
        for row in _read("title_groups.csv"):
            if row["norm_set"] == code:
                group = TitleGroup(
                    norm_set=norm_set, title=titles[row["title"]], group=row["group"], confidence=row["confidence"]
                )
                save_with_reason(group, by=None, reason=REASON)
    _load_counts(categories)
    return len(added)


def _norm(row: dict[str, str], categories: dict[str, Category]) -> dict[str, Any]:
    return {
        "group": row["group"],
        "description": clean_text(row["description"]),
        "scope": row["scope"],
        "category": categories[row["category"]],
        "quantity": int(row["quantity"]) if row["quantity"] else None,
        "per": int(row["per"]) if row["per"] else None,
        "counted": row["counted"].split("|") if row["counted"] else [],
        "alternatives": row["alternatives"].split("|") if row["alternatives"] else [],
        "ceiling": Decimal(row["ceiling_million_vnd"]) * MILLION if row["ceiling_million_vnd"] else None,
        "source": row["source"],
        "confidence": row["confidence"],
        "note": row["note"],
    }


def _load_counts(categories: dict[str, Category]) -> None:
    if NormCount.objects.exists():
        return
    for row in _read("norm_counts.csv"):
        NormCount.objects.create(
            category=categories[row["category"]], counts_as=categories[row["counts_as"]], source=row["source"]
        )


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
