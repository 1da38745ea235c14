"""What the forms BC01 and BC02 ask, from the project's data (reports/data)."""

import csv
from functools import cache
from pathlib import Path

from reports.rules.surveys import ColumnRule, Form, RowKind, RowRule

DATA = Path(__file__).parent / "data"


@cache
def bc02() -> tuple[RowRule, ...]:
    """The rows of BC02 in their order."""
    return tuple(
        RowRule(
            code=row["code"],
            parent=row["parent"],
            kind=RowKind(row["kind"]),
            label=row["label"],
            help=row["help"],
            categories=tuple(filter(None, row["categories"].split("|"))),
            levels=tuple(filter(None, row["levels"].split("|"))),
            reason=row["reason"] == "no",
            document=row["document"],
        )
        for row in _read("bc02_rows.csv")
    )


@cache
def bc02_by_code() -> dict[str, RowRule]:
    """The same, by their numbers."""
    return {rule.code: rule for rule in bc02()}


@cache
def bc01(form: str) -> tuple[ColumnRule, ...]:
    """The columns of a part of BC01 in their order."""
    return tuple(
        ColumnRule(row["name"], row["label"], row["mark"], row["help"])
        for row in _read("bc01_columns.csv")
        if row["form"] == form
    )


@cache
def _sources() -> tuple[tuple[str, str, Form], ...]:
    return tuple((row["category"], row["origin"], Form(row["form"])) for row in _read("bc01_sources.csv"))


def part_of(category: str, origin: str) -> Form | None:
    """Which part of BC01 tells of software of that category and origin; None for what neither asks for.

    What was stated of the software itself goes before what its category says.
    """
    for wanted_category, wanted_origin, form in _sources():
        if wanted_category in {"", category} and wanted_origin in {"", origin}:
            return form
    return None


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
