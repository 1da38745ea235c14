"""The table of procedures from the project's data (disposals/data): adds what is missing, changes nothing."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from core.transitions import save_with_reason
from disposals.models import ProcedureRule

DATA = Path(__file__).parent / "data"
REASON = "Nạp quy định từ dữ liệu của phần mềm"
PERIODS = (
    # column with the law, first day, last day
    ("law_2018_2025", date(2018, 1, 1), date(2025, 6, 30)),
    ("law_from_2025_07", date(2025, 7, 1), None),
)


@transaction.atomic
def load_procedures() -> int:
    """Make sure that every item of the data is in the table, once for each period; returns how many were added.

    An item is known again by act, first day and place, so that an edited one isn't added a second time.
    """
    there = set(ProcedureRule.objects.values_list("procedure", "valid_from", "position"))
    added = 0
    for values in rows():
        if (values["procedure"], values["valid_from"], values["position"]) not in there:
            save_with_reason(ProcedureRule(**values), by=None, reason=REASON)
            added += 1
    return added


def rows() -> Iterator[dict[str, Any]]:
    """The items of the data as fields of ProcedureRule."""
    acts = {row["act"]: row for row in _read("disposal_rules.csv")}
    for item in _read("procedure_items.csv"):
        act = acts[item["act"]]
        for column, first, last in PERIODS:
            yield {
                "procedure": item["procedure"],
                "position": int(item["position"]),
                "item": item["item"],
                "document_kind": item["document_kind"],
                "when": item["when"],
                "stage": item["stage"],
                "required": item["required"] == "yes",
                "valid_from": first,
                "valid_to": last,
                "law": act[column],
                "source": item["source"] or act["confidence"],
            }


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
