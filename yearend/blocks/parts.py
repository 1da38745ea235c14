"""The subordinates' reports that go into a report."""

from functools import partial

from ui.blocks import Section, Status
from ui.records import Tab
from yearend.blocks import record
from yearend.blocks.shown import Shown
from yearend.queries.parts import part_rows


def parts_tab(shown: Shown) -> list[Tab]:
    """How far the subordinates are, and which of their figures this report holds; no tab for who has none."""
    if not shown.below:
        return []
    return [Tab("cap-duoi", "Cấp dưới", partial(_rows, shown), count=len(shown.below))]


def _rows(shown: Shown) -> Section:
    rows = part_rows(shown.user, shown.report, shown.below)
    missing = sum(row.missing for row in rows)
    states = [record.status(row.report) if row.report else Status("Chưa lập", "muted") for row in rows]
    context = {"rows": list(zip(rows, states, strict=True)), "report": shown.report, "missing": missing}
    return Section("yearend/parts.html", context)
