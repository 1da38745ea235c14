"""Under which act a form is printed. Laws change: the lines are data with their dates and source, not code."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "data" / "legal_basis.csv"


@dataclass(frozen=True)
class Basis:
    """One line of the table; `valid_to` is the last day, None while it is in force."""

    form: str
    valid_from: date
    valid_to: date | None
    text: str


@cache
def bases() -> tuple[Basis, ...]:
    """The whole table."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Basis(
                form=row["form"],
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                text=row["text"],
            )
            for row in csv.DictReader(file)
        )


def legal_basis(form: str, day: date) -> str:
    """The line printed under the number of `form` on a paper of `day`; empty if no act of the table was in force."""
    return next(
        (
            b.text
            for b in bases()
            if b.form == form and b.valid_from <= day and (b.valid_to is None or day <= b.valid_to)
        ),
        "",
    )
