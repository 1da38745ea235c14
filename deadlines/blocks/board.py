"""A board as a page shows it: every number with the list that has exactly so many rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from deadlines.filters import BELOW, MINE
from deadlines.queries.boards import Board, Place
from deadlines.rules.periods import Length, Period
from deadlines.rules.standings import COUNTED, TONES, Stand, Standing, percent
from ui import formats
from ui.bars import Part, parts_of
from ui.links import Link

SHOWN = (Stand.IN_TIME, Stand.LATE, Stand.OVERDUE, Stand.RUNNING, Stand.WAIVED)


def listed(**asked: str | Sequence[str]) -> str:
    """The list of obligations that `asked` lets through."""
    return f"{reverse('deadlines:list')}?{urlencode(asked, doseq=True)}"


def mine(**asked: str | Sequence[str]) -> str:
    """The same, of the units of the person."""
    return listed(side=MINE, **asked)


def of_below(**asked: str | Sequence[str]) -> str:
    """The same, of all other units that the person sees."""
    return listed(side=BELOW, **asked)


def days_of(period: Period) -> dict[str, str]:
    """What asks the list for obligations due in a period."""
    return {"due_tu": formats.vndate(period.first), "due_den": formats.vndate(period.last)}


def rate_text(rate: Fraction | None) -> str:
    """`95,0 %`, or a dash where nothing was to be done."""
    return formats.EMPTY if rate is None else f"{formats.number(float(percent(rate)))} %"


@dataclass(frozen=True)
class Figure:
    """A number, and the list behind it."""

    label: str
    number: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """How one unit stands; `urged` is what its box sends."""

    place: Place
    label: str
    standing: Standing
    figures: Sequence[Figure]  # in all, then by stand
    rate: str
    rate_url: str
    rank: int | None
    detail: str = ""
    box: tuple[str, str] | None = None

    @property
    def total(self) -> Figure:
        return self.figures[0]

    @property
    def stands(self) -> Sequence[Figure]:
        return self.figures[1:]


@dataclass(frozen=True)
class Month:
    """A bar of the trend."""

    label: str
    url: str
    text: str
    parts: Sequence[Part]
    figures: Sequence[Figure]
    detail: str = ""


class BoardPage:
    """A board of a period, ready to be shown; `urged` are the units to which the person may send a note."""

    def __init__(self, board: Board, period: Period, today: date, urged: frozenset[int]) -> None:
        self.board, self.period, self.today, self._urged = board, period, today, urged
        self._days = days_of(period)

    @cached_property
    def whole(self) -> Line:
        """All of it."""
        here = self.board.here
        return replace(self._line(here, f"Cộng {here.name}", self.board.whole, "unit"), box=None)

    @property
    def shown(self) -> list[Line]:
        """What the table holds: the lines that have something, and their sum."""
        return [*(line for line in self.lines() if line.standing.total), self.whole]

    @property
    def idle(self) -> list[Line]:
        """Units that have nothing due in the period: a list of names says it all."""
        return [line for line in self.lines() if not line.standing.total]

    @cached_property
    def overdue(self) -> Figure:
        """Overdue now, whenever it was due."""
        url = listed(unit=self.board.here.code, state=Stand.OVERDUE)
        return Figure("quá hạn đến hôm nay, của mọi kỳ", self.board.overdue, url, "bad" if self.board.overdue else "")

    @property
    def urges(self) -> bool:
        """Whether the person may send a note to some of these units."""
        return any(child.pk in self._urged for child in (self.board.here, *self.board.children))

    @property
    def legend(self) -> list[tuple[str, str]]:
        """What the colours of the trend mean."""
        return [(TONES[stand], stand.label) for stand in COUNTED]

    def lines(self) -> list[Line]:
        """The units below by rank, those without one after them and the unit itself at the end."""
        board = self.board
        lines = [self._child(child) for child in board.children]
        lines.sort(key=lambda line: (line.rank is None, line.rank, -line.standing.counted, line.place.path))
        if board.alone.total:
            lines.append(self._line(board.here, f"Riêng {board.here.name}", board.alone, "own"))
        return lines

    def _child(self, child: Place) -> Line:
        board = self.board
        detail = self.address(child.code) if child.pk in board.opening else ""
        return self._line(child, child.name, board.below[child.pk], "unit", board.ranks.get(child.pk), detail)

    def _line(
        self, place: Place, label: str, standing: Standing, by: str, rank: int | None = None, detail: str = ""
    ) -> Line:
        asked = {by: place.code, **self._days}
        figures = [Figure("Tổng", standing.total, listed(**asked)), *_figures(standing, asked)]
        boxed = standing.overdue and place.pk in self._urged
        return Line(
            place,
            label,
            standing,
            figures,
            rate_text(standing.rate),
            listed(**asked, state=list(COUNTED)),
            rank,
            detail,
            (by, place.code) if boxed else None,
        )

    @cached_property
    def trend(self) -> list[Month]:
        """The twelve months that end with the period."""
        months = self.period.months()
        standings = [self.board.trend.get(month.first, Standing()) for month in months]
        longest = max((one.counted for one in standings), default=0) or 1
        return [self._month(month, one, longest) for month, one in zip(months, standings, strict=True)]

    def _month(self, month: Period, standing: Standing, longest: int) -> Month:
        asked = {"unit": self.board.here.code, **days_of(month)}
        lengths = {TONES[stand]: standing.of(stand) for stand in COUNTED}
        return Month(
            month.label,
            listed(**asked, state=list(COUNTED)),
            rate_text(standing.rate),
            list(parts_of(lengths, longest)),
            [Figure("Tổng", standing.total, listed(**asked)), *_figures(standing, asked)],
        )

    def address(self, code: str, period: Period | None = None) -> str:
        """The board of a unit."""
        return f"{reverse('deadlines:below')}?{urlencode({'unit': code, 'ky': (period or self.period).key})}"

    def periods(self) -> list[tuple[str, str, bool]]:
        """The month, the quarter and the year that one may go over to: within the shown period, or the current one."""
        shown = self.period
        inside = min(max(self.today, shown.first), shown.last)
        return [
            (length.label, self.address(self.board.here.code, Period.of(inside, length)), length == shown.length)
            for length in Length
        ]

    def neighbours(self) -> tuple[Link, Link]:
        """The period before, and the one after."""
        code, shown = self.board.here.code, self.period
        before, after = shown.before, shown.after
        return (
            Link(before.label, self.address(code, before), icon="chevron-left"),
            Link(after.label, self.address(code, after), icon="chevron-right"),
        )

    def breadcrumb(self) -> list[Link]:
        """The boards of the units above."""
        return [Link(unit.name, self.address(unit.code)) for unit in self.board.above]

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the file holds."""
        for line in self.lines():
            yield {
                "period": self.period.label,
                "rank": line.rank,
                "code": line.place.code,
                "unit": line.label,
                "standing": line.standing,
            }


def _figures(standing: Standing, asked: dict[str, str]) -> list[Figure]:
    return [
        Figure(stand.label, standing.of(stand), listed(**asked, state=stand.value), TONES[stand]) for stand in SHOWN
    ]
