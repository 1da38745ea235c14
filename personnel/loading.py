"""The posts from the project's data (personnel/data): adds what is missing; an edited one stays as it is."""

import csv
from pathlib import Path

from django.db import transaction

from core.transitions import save_with_reason
from personnel.models import Title

DATA = Path(__file__).parent / "data"
REASON = "Nạp danh mục từ dữ liệu của phần mềm"


@transaction.atomic
def load_titles() -> int:
    """Returns how many posts were added."""
    standing = set(Title.objects.values_list("code", flat=True))
    with (DATA / "titles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    added = 0
    for position, row in enumerate(rows, start=1):
        if row["code"] not in standing:
            save_with_reason(Title(position=position, **row), by=None, reason=REASON)
            added += 1
    return added
