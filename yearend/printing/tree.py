"""Figures by category, laid out along the catalogue: groups with their sums, the categories below them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from equipment.queries.catalogue import Kind
from reports.rules.annual import AnnualLine, Lines, total

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Placed:
    """A row: `mark` is its number among its neighbours, `depth` 0 at the top; `group` holds others."""

    code: str
    mark: str
    name: str
    measure: str
    depth: int
    group: bool
    line: AnnualLine


def placed(lines: Lines, kinds: Sequence[Kind]) -> list[Placed]:
    """A row for each category that has figures and for each group above it, groups with the sum of what they hold."""
    below: dict[str, list[Kind]] = {}
    for kind in kinds:
        below.setdefault(kind.above, []).append(kind)
    found = list(_branch("", below, lines, 0))
    left = sorted(set(lines) - {row.code for row in found})
    return [
        *found,
        *(Placed(code, str(at), code, "", 0, group=False, line=lines[code]) for at, code in enumerate(left, start=1)),
    ]


def _branch(parent: str, below: Mapping[str, Sequence[Kind]], lines: Lines, depth: int) -> Iterator[Placed]:
    groups = leaves = 0
    for kind in below.get(parent, ()):
        inner = list(_branch(kind.code, below, lines, depth + 1))
        if kind.code not in lines and not inner:
            continue
        group = bool(inner)
        groups, leaves = groups + group, leaves + (not group)
        own = [lines[kind.code]] if kind.code in lines else []
        line = total([*own, *(row.line for row in inner if row.depth == depth + 1)])
        mark = _mark(groups, depth) if group else str(leaves)
        yield Placed(kind.code, mark, kind.name, "" if group else kind.measure, depth, group, line)
        yield from inner


def _mark(number: int, depth: int) -> str:
    """Groups: A, B at the top, I, II below."""
    return chr(ord("A") + number - 1) if depth == 0 else roman(number)


def roman(number: int) -> str:
    """I, II, III, IV…: up to 39."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text
