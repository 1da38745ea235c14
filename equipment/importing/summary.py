"""What a page says of a checked file: counts, the first faults and changes by line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.sheets import Cell
from equipment.importing.cells import shown
from equipment.importing.changes import Planned
from equipment.importing.matching import Match
from equipment.importing.rows import Skipped

LISTED = 200


@dataclass
class Summary:
    """Counts of lines, and what is told of them."""

    match: Match
    fresh: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.fresh + self.changed + self.unchanged + self.faulty

    def add(self, plan: Planned, row: Sequence[Cell]) -> None:
        """Count one line."""
        if plan.faults:
            self.faulty += 1
            self._tell_faults(plan, row)
        elif plan.fresh:
            self.fresh += 1
        elif plan.values:
            self.changed += 1
            self._tell_changes(plan)
        else:
            self.unchanged += 1

    def _tell_faults(self, plan: Planned, row: Sequence[Cell]) -> None:
        headers = {column.index: column for column in self.match.columns}
        for fault in plan.faults:
            self.kinds[fault.kind.value] += 1
            if len(self.faults) >= LISTED:
                continue
            column = headers.get(fault.column)
            cell = row[fault.column] if 0 <= fault.column < len(row) else None
            self.faults.append(
                {
                    "line": plan.line,
                    "column": letters(fault.column) if fault.column >= 0 else "",
                    "header": column.header if column else "",
                    "text": shown(column.text(cell)) if column else "",
                    "kind": fault.kind.value,
                    "reason": fault.reason,
                }
            )

    def _tell_changes(self, plan: Planned) -> None:
        assert plan.known is not None  # noqa: S101 - only known devices change; for the type checker
        for label, before, after in plan.changes:
            if len(self.changes) < LISTED:
                told = {"line": plan.line, "code": plan.known["code"], "label": label}
                self.changes.append({**told, "before": shown(before), "after": shown(after)})

    def report(self, skipped: Skipped) -> dict[str, Any]:
        """As it is kept with the batch."""
        return {
            "kinds": dict(self.kinds.most_common()),
            "faults": self.faults,
            "changes": self.changes,
            "skipped": skipped.count,
            "skipped_lines": [{"line": line, "why": why} for line, why in skipped.lines],
        }


def letters(index: int) -> str:
    """A column as spreadsheets name it: 0 is A, 27 is AB."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
