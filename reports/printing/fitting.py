"""How a table goes onto the paper: the largest legible type in which its columns fit, else several tables.

A number is never broken and a word of a head rarely is, so the narrowest a column may be is known beforehand. Where
not even the smallest type fits them all the columns are parted at their groups, and each part begins with the
columns that name the row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.definition import Col, Line, Part
from reports.printing.cells import NUMBERS, text_of
from reports.printing.metrics import widest_word, width

SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""In points, the most legible first; a paper is read at arm's length."""
PARTED_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)
PARTED_SIZE = 9.0  # the size for which columns are parted; each part may then turn out larger or smaller
PADDING = 1.9  # of both sides of a cell with its rule, in millimetres
WORD = 24.0  # of names and codes longer than this the words may be broken, in millimetres at most
TEXT_WISH = 62.0  # a column of text asks for so much
CODE_WISH = 20.0  # one of codes, units of measure or figures so much
INDENT = 3.0  # for each level below the first
STUB = 3  # columns that may be repeated before each part
STUB_SHARE = 0.45  # of the paper, at most
NAME_SHARE = 0.75  # of what a column of text asks for, it must get before the type is made smaller
WORDS = frozenset({"text", "code"})


@dataclass(frozen=True)
class Fitted:
    """A table as it is printed: its columns, their widths in millimetres, and its type in points."""

    columns: Sequence[Col]
    widths: Sequence[float]
    size: float
    continued: bool = False


def fit(part: Part, room: float) -> list[Fitted]:
    """The part as one table on paper `room` millimetres wide, or as several in one size."""
    needs = _Needs(part)
    whole = _in_largest(part.columns, needs, room, SIZES)
    if whole is not None:
        return [whole]
    chunks = _chunks(part.columns, needs, room)
    fitted = [_in_largest(columns, needs, room, PARTED_SIZES) or _squeezed(columns, needs, room) for columns in chunks]
    size = min(table.size for table in fitted)
    return [
        Fitted(table.columns, _spread(table.columns, needs, size, room), size, continued=at > 0)
        for at, table in enumerate(fitted)
    ]


class _Needs:
    """What the columns of a part need at a size; everything grows with the size, so it is measured once."""

    def __init__(self, part: Part) -> None:
        lines = [*part.lines, *([part.sum] if part.sum else [])]
        self._least = {column.name: _least(column, lines) for column in part.columns}
        self._wish = {column.name: _wish(column, lines) for column in part.columns}

    def least(self, columns: Sequence[Col], size: float) -> list[float]:
        """The narrowest that each column may be."""
        return [self._least[column.name] * size + PADDING for column in columns]

    def wish(self, columns: Sequence[Col], size: float) -> list[float]:
        """How wide each would like to be."""
        return [
            max(least, min(self._wish[column.name] * size + PADDING, TEXT_WISH if column.kind == "text" else CODE_WISH))
            for column, least in zip(columns, self.least(columns, size), strict=True)
        ]


def _least(column: Col, lines: Sequence[Line]) -> float:
    """In millimetres for each point of size."""
    head = max(widest_word(column.label, 1, bold=True), width(column.mark, 1))
    if column.kind in WORDS:
        longest = max((widest_word(text_of(column, line), 1, bold=line.strong) for line in lines), default=0)
        return min(max(head, longest), WORD / SIZES[0])
    return max(head, max((width(text_of(column, line), 1, bold=line.strong) for line in lines), default=0))


def _wish(column: Col, lines: Sequence[Line]) -> float:
    longest = (width(text_of(column, line), 1, bold=line.strong) + line.level * INDENT / SIZES[0] for line in lines)
    return max(max(longest, default=0), _least(column, lines))


def _in_largest(columns: Sequence[Col], needs: _Needs, room: float, sizes: Sequence[float]) -> Fitted | None:
    for size in sizes:
        if sum(_wanted(columns, needs, size)) <= room:
            return Fitted(columns, _spread(columns, needs, size, room), size)
    return None


def _wanted(columns: Sequence[Col], needs: _Needs, size: float) -> list[float]:
    """What a size must offer to be chosen: rows that are named shall not become towers of single words."""
    return [
        max(least, min(wish, TEXT_WISH * NAME_SHARE)) if column.kind == "text" else least
        for column, least, wish in zip(columns, needs.least(columns, size), needs.wish(columns, size), strict=True)
    ]


def _spread(columns: Sequence[Col], needs: _Needs, size: float, room: float) -> list[float]:
    """Widths that fill the paper: first what was asked of the size, then towards what is wished, the rest to all."""
    widths, wishes = _wanted(columns, needs, size), needs.wish(columns, size)
    if sum(widths) < room:
        short = [max(wish - each, 0) for wish, each in zip(wishes, widths, strict=True)]
        share = min(1, (room - sum(widths)) / sum(short)) if sum(short) else 0
        widths = [each + share * more for each, more in zip(widths, short, strict=True)]
    return [each * room / sum(widths) for each in widths]


def _squeezed(columns: Sequence[Col], needs: _Needs, room: float) -> Fitted:
    """A single group too wide even so: the smallest type, and what doesn't fit its cell is broken."""
    return Fitted(columns, _spread(columns, needs, PARTED_SIZES[-1], room), PARTED_SIZES[-1])


def _chunks(columns: Sequence[Col], needs: _Needs, room: float) -> list[list[Col]]:
    stub = _stub(columns, needs, room)
    left = room - sum(_wanted(stub, needs, PARTED_SIZE))
    pieces = [list(members) for _, members in groupby(columns[len(stub) :], key=_group_key)]
    chunks: list[list[Col]] = []
    for piece in _cut(pieces, needs, left):
        if chunks and sum(_wanted([*chunks[-1], *piece], needs, PARTED_SIZE)) <= left:
            chunks[-1] += piece
        else:
            chunks.append(list(piece))
    return [[*stub, *chunk] for chunk in chunks]


def _group_key(column: Col) -> str:
    return column.group or f"\0{column.name}"


def _cut(pieces: list[list[Col]], needs: _Needs, left: float) -> list[list[Col]]:
    """Groups that are wider than the paper by themselves, cut into what fits."""
    cut: list[list[Col]] = []
    for piece in pieces:
        run: list[Col] = []
        for column in piece:
            if run and sum(_wanted([*run, column], needs, PARTED_SIZE)) > left:
                cut.append(run)
                run = []
            run.append(column)
        cut.append(run)
    return cut


def _stub(columns: Sequence[Col], needs: _Needs, room: float) -> list[Col]:
    """The columns that name a row: those before the first figure, as many as leave room for figures."""
    stub: list[Col] = []
    for column in columns[:STUB]:
        tried = [*stub, column]
        if column.kind in NUMBERS or sum(_wanted(tried, needs, PARTED_SIZE)) > room * STUB_SHARE:
            break
        stub = tried
    return stub
