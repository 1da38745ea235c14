"""What a saved form says differently from the one before, in words. Pure."""

from collections.abc import Mapping, Sequence

from reports.rules.surveys import ColumnRule, Item, RowKind, RowRule, SoftwareRow

MOST = 60
"""Changes told of one saving: beyond that a reader looks at the form itself."""

Told = list[list[str]]
"""Label, before, after of each."""


def item_text(item: Item, kind: RowKind) -> str:
    """An answer in a few words; empty where nothing was said."""
    words = []
    if kind == RowKind.ANSWER and item.answer is not None:
        words.append("có" if item.answer else "không")
    elif item.counted:
        words.append(f"tốt {item.good or 0}, trung bình {item.fair or 0}, kém {item.poor or 0}")
    return "; ".join(filter(None, [*words, item.note]))


def item_changes(rules: Mapping[str, RowRule], before: Sequence[Item], after: Sequence[Item]) -> Told:
    """Row by row."""
    was, now = ({(item.code, item.name): item for item in items} for items in (before, after))
    told = []
    for key in dict.fromkeys([*was, *now]):
        rule = rules.get(key[0])
        kind = rule.kind if rule else RowKind.COUNT
        label = f"{key[0]} {key[1] or (rule.label if rule else '')}"
        old, new = (_said(items.get(key), kind) for items in (was, now))
        if old != new:
            told.append([label, old, new])
    return told[:MOST]


def _said(item: Item | None, kind: RowKind) -> str:
    if item is None:
        return ""
    return item_text(item, kind) or ("có ghi" if item.name else "")


def software_changes(
    columns: Sequence[ColumnRule], before: Sequence[SoftwareRow], after: Sequence[SoftwareRow]
) -> Told:
    """Software by software: what came, what went, which column was changed."""
    was, now = (_by_name(rows) for rows in (before, after))
    told = []
    for key in dict.fromkeys([*was, *now]):
        old, new = was.get(key), now.get(key)
        if old is None or new is None:
            told.append([key[0], "" if old is None else "đã kê khai", "" if new is None else "đã kê khai"])
            continue
        for column in columns:
            a, b = old.values.get(column.name, ""), new.values.get(column.name, "")
            if a != b:
                told.append([f"{key[0]}: {column.label}", a, b])
    return told[:MOST]


def _by_name(rows: Sequence[SoftwareRow]) -> dict[tuple[str, int], SoftwareRow]:
    """By name, and which of those with the same name it is."""
    found: dict[tuple[str, int], SoftwareRow] = {}
    for row in rows:
        found[row.name, sum(1 for name, _ in found if name == row.name)] = row
    return found
