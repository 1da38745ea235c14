"""The answer to a question: sums by members, made by the database within the scope of the person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from analysis.asking import Question
from analysis.topics.parts import Dimension, Frame, Member, Parts
from core.errors import DomainError
from ui import formats

MOST_GROUPS = 100_000
"""Sums that one answer may have: more are for nobody to read, and the worker's memory is everybody's."""
TOO_MANY = (
    f"Cách chia này cho hơn {formats.number(MOST_GROUPS)} ô. Hãy bớt một chiều, hoặc lọc hẹp lại (đơn vị, loại, kỳ)."
)


@dataclass(frozen=True)
class Pivot:
    """Sums by the members of the rows and the column. `cells`: (row key, …, column key) → components."""

    rows: Sequence[Mapping[str, Member]]  # of each row dimension: by key, in their order
    columns: Mapping[str, Member]
    cells: Mapping[tuple[str, ...], Parts]
    empty: Parts

    def sum(self, cells: Iterable[Parts]) -> Parts:
        """What they add up to."""
        total = dict(self.empty)
        for parts in cells:
            for name, value in parts.items():
                total[name] += value
        return total


def answer(question: Question, frame: Frame) -> Pivot:
    """One query. Raises DomainError when it would have too many sums."""
    topic, one_by_one = question.topic, question.one_by_one
    dimensions = [*question.rows, *([question.columns] if question.columns else [])]
    names = [f"by_{at}" for at in range(len(dimensions))]
    by = {name: _expression(one, frame) for name, one in zip(names, dimensions, strict=True)}
    sums = topic.components(frame, one_by_one)
    wanted = [name for name in sums if any(name in measure.parts for measure in question.measures)]
    rows = question.filters.filter_queryset(topic.rows(frame, one_by_one))
    found = rows.order_by().annotate(**by).values(*names).annotate(**{f"sum_{name}": sums[name] for name in wanted})
    lines = list(found.values_list(*names, *(f"sum_{name}" for name in wanted))[: MOST_GROUPS + 1])
    if len(lines) > MOST_GROUPS:
        raise DomainError(TOO_MANY, code="too_many")
    return _gathered(lines, dimensions, wanted, frame, columns=question.columns is not None)


def _expression(dimension: Dimension, frame: Frame) -> Any:
    by = dimension.by(frame)
    return F(by) if isinstance(by, str) else by


def _gathered(
    lines: Sequence[Sequence[Any]],
    dimensions: Sequence[Dimension],
    wanted: Sequence[str],
    frame: Frame,
    *,
    columns: bool,
) -> Pivot:
    """The sums by the members' keys; several values of the database may be one member."""
    width = len(dimensions)
    members: list[dict[Any, Member]] = [{} for _ in dimensions]
    cells: dict[tuple[str, ...], Parts] = {}
    for line in lines:
        numbers = [int(number or 0) for number in line[width:]]
        if not any(numbers):
            continue  # lines of the tally that take each other back
        key = []
        for at, raw in enumerate(line[:width]):
            member = members[at].get(raw)
            if member is None:
                member = members[at][raw] = dimensions[at].member(frame, raw)
            key.append(member.key)
        parts = cells.setdefault(tuple(key), dict.fromkeys(wanted, 0))
        for name, number in zip(wanted, numbers, strict=True):
            parts[name] += number
    ordered = [_ordered(found.values()) for found in members]
    if columns:
        return Pivot(ordered[:-1], ordered[-1], cells, dict.fromkeys(wanted, 0))
    whole = Member("", "")
    return Pivot(ordered, {"": whole}, {(*key, ""): parts for key, parts in cells.items()}, dict.fromkeys(wanted, 0))


def _ordered(members: Iterable[Member]) -> dict[str, Member]:
    by_key = {member.key: member for member in members}
    return dict(sorted(by_key.items(), key=lambda pair: pair[1].order))
