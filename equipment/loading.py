"""The catalogue from the project's data (equipment/data): adds what is missing.

Entries belong to IT Center once they are there (art. 14.3): an edited, renamed or closed one stays as it is, unless
the data is to win.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from core.text import clean_text
from core.transitions import save_with_reason
from equipment.models import Brand, Category, DepreciationRate, DepreciationRegime, EquipmentModel

M = TypeVar("M", bound=models.Model)

DATA = Path(__file__).parent / "data"
REASON = "Nạp danh mục từ dữ liệu của phần mềm"
PRICE_SOURCE = "Giá ước tính để tham khảo, chưa đối chiếu báo giá"
SOFTWARE = "PM"
SERIAL = "so_may"
# Common fields of every device hold these: serial, brand and model, end of warranty.
COVERED = frozenset({SERIAL, "hang", "model", "ngay_het_BH"})
_IN_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass
class Count:
    """What became of the data's entries of one kind."""

    created: int = 0
    updated: int = 0
    kept: int = 0


@dataclass
class Report:
    """What a load did, by kind of entry."""

    categories: Count = field(default_factory=Count)
    brands: Count = field(default_factory=Count)
    models: Count = field(default_factory=Count)
    regimes: Count = field(default_factory=Count)
    rates: Count = field(default_factory=Count)


@transaction.atomic
def load(*, update: bool = False) -> Report:
    """Make sure that every entry of the data is in the catalogue; with `update`, that it says what the data says.

    An entry is known again by its former code or name, so that a renamed one isn't added a second time.
    """
    report = Report()
    categories = _load_categories(report.categories, update=update)
    brands = _load_brands(report.brands, update=update)
    _load_models(report.models, categories, brands, update=update)
    regimes = _load_regimes(report.regimes, update=update)
    _load_rates(report.rates, regimes, categories, update=update)
    return report


def category_rows() -> list[dict[str, Any]]:
    """The categories of the data as fields of Category, in its order; `parent` is a code.

    A device hangs on a leaf. A node that has makes of its own (servers) is one, and what the data puts below it
    (virtual machines) stands beside it.
    """
    rows = _read("categories.csv")
    parents = {row["code"]: row["parent"] for row in rows}
    with_models = {row["category"] for row in _read("models.csv")}
    groups = {row["code"] for row in rows if not row["unit"]}
    groups |= {row["parent"] for row in rows if row["parent"] not in with_models}
    handling = {row["code"]: row for row in _read("handling.csv")}
    return [
        {**_category(row, position, parents, groups), **_handling(handling.get(row["code"], {}))}
        for position, row in enumerate(rows, start=1)
    ]


def _handling(row: Mapping[str, str]) -> dict[str, Any]:
    months = row.get("maintenance_months", "")
    return {"stores_data": row.get("stores_data") == "yes", "maintenance_months": int(months) if months else None}


def _category(row: Mapping[str, str], position: int, parents: Mapping[str, str], groups: set[str]) -> dict[str, Any]:
    keys = attribute_keys(row["attributes"])
    parent = row["parent"]
    while parent and parent not in groups:
        parent = parents[parent]
    holds = row["code"] not in groups
    software = row["code"] == SOFTWARE or SOFTWARE in _above(row["code"], parents)
    return {
        "code": row["code"],
        "parent": parent,
        "name": clean_text(row["name_vi"]),
        "measure": row["unit"] if holds else "",
        "software": software,
        "holds_equipment": holds,
        "serial_required": holds and not software and SERIAL in keys,
        "life_years": int(row["life_years"]) if holds and row["life_years"].isdigit() else None,
        "attribute_keys": [key for key in keys if key not in COVERED] if holds else [],
        "position": position,
        "source": ". ".join(filter(None, (row["source"], row["note"]))),
    }


def attribute_keys(column: str) -> list[str]:
    """The keys that the data lists as `CPU|vai_tro(DC,File,Web)`; notes in brackets aren't part of them."""
    return [key for part in column.split("|") if (key := _IN_BRACKETS.sub("", part).strip())]


def _above(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    while code := parents[code]:
        yield code


def _load_categories(count: Count, *, update: bool) -> dict[str, Category]:
    standing = _known(Category, "code")
    for row in category_rows():
        parent = standing[row["parent"]] if row["parent"] else None
        fields = {**row, "parent_id": parent.pk if parent else None}
        del fields["parent"]
        standing[row["code"]] = _settle(Category, standing.get(row["code"]), fields, count, update=update)
    return standing


def _load_brands(count: Count, *, update: bool) -> dict[str, Brand]:
    standing = _known(Brand, "name")
    for name in dict.fromkeys(row["brand"] for row in _read("models.csv")):
        standing[name] = _settle(Brand, standing.get(name), {"name": name}, count, update=update)
    return standing


def _load_models(
    count: Count, categories: Mapping[str, Category], brands: Mapping[str, Brand], *, update: bool
) -> None:
    standing = _known(EquipmentModel, "brand_id", "category_id", "name")
    for row in _read("models.csv"):
        fields = {
            "brand_id": brands[row["brand"]].pk,
            "category_id": categories[row["category"]].pk,
            "name": clean_text(row["model"]),
            "typical_price": Decimal(row["typical_price_vnd"]),
            "source": PRICE_SOURCE,
        }
        key = (fields["brand_id"], fields["category_id"], fields["name"])
        _settle(EquipmentModel, standing.get(key), fields, count, update=update)


def _load_regimes(count: Count, *, update: bool) -> dict[str, DepreciationRegime]:
    standing = _known(DepreciationRegime, "code")
    for row in _read("depreciation_regimes.csv"):
        fields = {
            "code": row["code"],
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            "restates": row["restates"] == "yes",
            "source": row["source"],
        }
        standing[row["code"]] = _settle(DepreciationRegime, standing.get(row["code"]), fields, count, update=update)
    return standing


def _load_rates(
    count: Count, regimes: Mapping[str, DepreciationRegime], categories: Mapping[str, Category], *, update: bool
) -> None:
    """The lines of the circulars, each at the categories that it is about; a group's line holds for what is below."""
    standing = _known(DepreciationRate, "regime_id", "category_id")
    lines = {(row["regime"], row["category"]): row for row in _read("depreciation.csv")}
    for place in _read("depreciation_lines.csv"):
        for code, regime in regimes.items():
            line = lines.get((code, place["line"]), {}) if place["line"] else {"source": regime.source}
            if not line:  # a regime of IT Center's own
                continue
            life, rate = line.get("life_years"), line.get("rate_pct_per_year")
            named = f", dòng “{line['name']}”" if "name" in line else ""
            fields = {
                "regime_id": regime.pk,
                "category_id": categories[place["category"]].pk,
                "life_years": int(life) if life else None,
                "rate": Decimal(rate) if rate else None,
                "threshold": Decimal(line.get("fixed_asset_threshold_vnd") or 10_000_000),
                "source": f"{line['source']}{named}",
                "confidence": ". ".join(filter(None, (line.get("confidence"), f"Xếp loại: {place['note']}"))),
            }
            key = (regime.pk, fields["category_id"])
            _settle(DepreciationRate, standing.get(key), fields, count, update=update)


def _known(model: type[M], *names: str) -> dict[Any, M]:
    """Entries by their key, and by the keys that they had before they were edited."""
    now = {entry.pk: entry for entry in model._default_manager.all()}
    was = model.history.order_by("history_id").values_list("id", *names)  # type: ignore[attr-defined]  # tracked
    found = {_key(*key): now[pk] for pk, *key in was if pk in now}
    return found | {_key(*(getattr(entry, name) for name in names)): entry for entry in now.values()}


def _key(*values: Any) -> Any:
    return values if len(values) > 1 else values[0]


def _settle(model: type[M], entry: M | None, fields: Mapping[str, Any], count: Count, *, update: bool) -> M:
    """Create the entry, bring it up to the data, or leave it."""
    if entry is None:
        entry = model(**fields)
        save_with_reason(entry, by=None, reason=REASON)
        count.created += 1
        return entry
    if not update or all(getattr(entry, name) == value for name, value in fields.items()):
        count.kept += 1
        return entry
    for name, value in {**fields, "version": entry.version + 1}.items():  # type: ignore[attr-defined]  # every entry has it
        setattr(entry, name, value)
    save_with_reason(entry, by=None, reason=REASON)
    count.updated += 1
    return entry


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
