"""A pivot as a table: lines in their order, totals, shares, each number with the list behind it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from analysis.asking import Question
from analysis.pivot import Pivot
from analysis.topics.parts import Measure, Member, Number, Parts, merged, parameters
from ui import formats

MOST_COLUMNS = 24
MOST_CELLS = 3000
"""What a page shows: beyond that a file is for it. Totals always count everything."""
TENTH = Decimal("0.1")
TOTAL, REST = "Tổng cộng", "Còn lại"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A number: as it is written, as it is, and where it leads."""

    text: str
    value: Number | None
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the table. `level` 0 is one of the first dimension, 1 one of the second below it."""

    key: Key
    label: str
    level: int
    cells: Sequence[Cell]
    strong: bool = False


@dataclass(frozen=True)
class Head:
    """A head over the columns of one member."""

    key: str
    label: str
    span: int


class Grid:
    """The table of a question. `whole`: with every line and column, for a file."""

    def __init__(self, question: Question, pivot: Pivot, *, whole: bool = False) -> None:
        self.question, self.pivot = question, pivot
        self.list_url = reverse(question.topic.list_name)
        keys = list(pivot.columns)
        most = len(keys) if whole else MOST_COLUMNS
        self.shown, self.folded = keys[:most], keys[most:]
        wide = len(self.heads) * len(question.measures)
        self._most = None if whole else max(1, MOST_CELLS // wide)

    # What stands where

    @cached_property
    def heads(self) -> list[Head]:
        """Over the columns; one without a name where there is no column dimension."""
        span = len(self.question.measures)
        if self.question.columns is None:
            return [Head("", "", span)]
        heads = [Head(key, self.pivot.columns[key].label, span) for key in self.shown]
        if self.folded:
            heads.append(Head("*", f"{REST} ({len(self.folded)})", span))
        return [*heads, Head("", "Tổng", span)]

    @property
    def measures(self) -> list[str]:
        """The second line of heads: the measures below each head."""
        return [self._heading(measure) for _ in self.heads for measure in self.question.measures]

    def _heading(self, measure: Measure) -> str:
        return f"{measure.label} (%)" if self.question.share else measure.heading

    @cached_property
    def lines(self) -> list[Line]:
        """In their order, as far as a page shows them."""
        return list(islice(self._every(), self._most))

    @property
    def hidden(self) -> int:
        """Lines that the page leaves to the file."""
        every = len(self.tops) + bool(self._left)
        if len(self.pivot.rows) > 1:
            every += sum(len(self._below.get(key, [])) for key in self.tops)
        return every - len(self.lines)

    @cached_property
    def total(self) -> Line:
        """Of everything that was asked for, shown or not."""
        return self._line((), TOTAL, [], 0, strong=True)

    # How it is reckoned

    @cached_property
    def _sums(self) -> dict[tuple[Key, str], Parts]:
        """By the first keys of a line (none: the total) and the column (none: all of them)."""
        sums: dict[tuple[Key, str], Parts] = {}
        folded = set(self.folded)
        for (*rows, column), parts in self.pivot.cells.items():
            columns = {"", "*" if column in folded else column}
            for depth in range(len(rows) + 1):
                for one in columns:
                    total = sums.setdefault((tuple(rows[:depth]), one), dict(self.pivot.empty))
                    for name, value in parts.items():
                        total[name] += value
        return sums

    def parts(self, key: Key, column: str = "") -> Parts:
        """The components of a cell; zeros where there is nothing."""
        return self._sums.get((key, column), self.pivot.empty)

    def value(self, key: Key, column: str, measure: Measure) -> Number | None:
        """A number of the table: a line's key may be short (a total), the column empty (all)."""
        return measure.of(self.parts(key, column))

    @cached_property
    def _below(self) -> dict[Key, list[Key]]:
        """The lines of the second dimension, by the first."""
        below: dict[Key, list[Key]] = {}
        for key, column in self._sums:
            if len(key) == 2 and not column:  # noqa: PLR2004 - two dimensions
                below.setdefault(key[:1], []).append(key)
        return below

    def _ordered(self, keys: Iterable[Key]) -> list[Key]:
        """As the dimension has them, or by the first measure."""
        keys = sorted(keys, key=lambda key: self._places[len(key) - 1][key[-1]])
        if not self.question.sort:
            return keys
        return self._ranked(keys, most=self.question.sort == "most")

    @cached_property
    def _places(self) -> list[dict[str, int]]:
        return [{key: at for at, key in enumerate(members)} for members in self.pivot.rows]

    def _ranked(self, keys: Sequence[Key], *, most: bool = True) -> list[Key]:
        values = {key: self.value(key, "", self.question.measures[0]) for key in keys}
        known = [key for key in keys if values[key] is not None]
        known.sort(key=lambda key: values[key] or 0, reverse=most)
        return known + [key for key in keys if values[key] is None]

    @cached_property
    def tops(self) -> list[Key]:
        """The lines of the first dimension, the largest only where so many are asked for."""
        keys = [(key,) for key in self.pivot.rows[0]]
        if self.question.top and len(keys) > self.question.top:
            chosen = set(self._ranked(keys)[: self.question.top])
            keys = [key for key in keys if key in chosen]
        return self._ordered(keys)

    def _every(self) -> Iterator[Line]:
        two = len(self.pivot.rows) > 1
        for key in self.tops:
            member = self.pivot.rows[0][key[0]]
            yield self._line(key, member.label, [member], 0, strong=two)
            for below in self._ordered(self._below.get(key, [])) if two else ():
                second = self.pivot.rows[1][below[1]]
                yield self._line(below, second.label, [member, second], 1)
        if self._left:
            yield self._rest(self._left)

    @cached_property
    def _left(self) -> list[Key]:
        """What the largest ones leave."""
        shown = set(self.tops)
        return [(key,) for key in self.pivot.rows[0] if (key,) not in shown]

    def _rest(self, left: Sequence[Key]) -> Line:
        """Together, so that the lines add up to the total."""

        def parts(column: str) -> Parts:
            return self.pivot.sum(self.parts(key, column) for key in left)

        return Line(("*",), f"{REST} ({len(left)})", 0, self._cells(parts, None))

    def _line(self, key: Key, label: str, members: Sequence[Member], level: int, *, strong: bool = False) -> Line:
        asked = merged([self.question.narrowed, *(member.asks for member in members)])
        return Line(key, label, level, self._cells(partial(self.parts, key), asked), strong)

    def _cells(self, parts: Callable[[str], Parts], asked: dict[str, Any] | None) -> list[Cell]:
        """One line's cells; `asked`: how the list is asked for the line, where it can be."""
        cells: list[Cell] = []
        whole = parts("")
        for head in self.heads:
            asks = None
            if asked is not None and head.key != "*":
                asks = merged([asked, self.pivot.columns[head.key].asks if head.key else {}])
            base = self._base(head.key, whole)
            sums = parts(head.key)
            cells += [self._cell(sums, one, base, merged([asks, one.asks])) for one in self.question.measures]
        return cells

    def _cell(self, parts: Parts, measure: Measure, base: Parts | None, asks: dict[str, Any] | None) -> Cell:
        value = number = measure.of(parts)
        text = measure.text(value)
        if base is not None and value is not None:
            whole = measure.of(base)
            number = Decimal(value) * 100 / whole if whole else None
            text = formats.EMPTY if number is None else f"{formats.number(Decimal(number).quantize(TENTH))} %"
        url = f"{self.list_url}?{urlencode(parameters(asks))}" if asks is not None and value else ""
        return Cell(text, number, url)

    def _base(self, column: str, line: Parts) -> Parts | None:
        """What shares are of; None where numbers are shown as they are."""
        bases = {"row": line, "column": self.parts((), column), "all": self.parts(())}
        return bases.get(self.question.share)
