"""The board of yearly reports as a page shows it: every number with the list that has exactly so many rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from deadlines.blocks.board import Figure
from deadlines.queries import calendar
from deadlines.rules import Kind, clock_text
from deadlines.rules.standings import TONES as STAND_TONES
from deadlines.rules.standings import Stand
from orgs.models import OrgUnit
from ui import formats
from ui.blocks import Clock, Status
from ui.links import Link
from yearend.filters import FIRST_YEAR
from yearend.queries.progress import Progress, Row
from yearend.rules import TONES, State
from yearend.rules.progress import MISSING, Counts, Standing
from yearend.rules.terms import due_day, last_year

STATES = (
    State.DRAFT,
    State.LOCKED,
    State.ISSUED,
    State.SIGNED,
    State.SENT,
    State.RETURNED,
    State.ACCEPTED,
)
ABSENT = "#chua-lap"


@dataclass(frozen=True)
class Line:
    """A unit of the board."""

    unit: OrgUnit
    label: str
    detail: str  # the board of who reports to it
    report: str  # the address of its own report
    number: str
    status: Status
    clock: Status | None
    own: Standing
    figures: Sequence[Figure]


class ProgressPage:
    """The progress of a year, ready to be shown; `urged` are the units to which the person may send a note."""

    def __init__(self, progress: Progress, today: date, urged: frozenset[int]) -> None:
        self.progress, self.today, self._urged = progress, today, urged
        self._calendar = calendar()
        self.due = due_day(progress.year, self._calendar)

    @property
    def clock(self) -> Clock:
        """How long there is until the day by which reports are to be sent."""
        day = f"Hạn gửi {formats.vndate(self.due)}"
        if self.today > self.due and not self.progress.whole.overdue:
            return Clock(f"{day}: không còn đơn vị quá hạn", "done")
        text = clock_text(self.due, self.today, self._calendar)
        return Clock(f"{day}: {text}", "late" if self.today > self.due else "soon")

    @cached_property
    def lines(self) -> list[Line]:
        """Who reports to the unit, in the order of the tree."""
        return [self._line(row) for row in self.progress.rows]

    @cached_property
    def own(self) -> Line:
        """The unit itself."""
        here, own = self.progress.here, self.progress.own
        alone = Counts(1, {own.state: 1}, {stand: 1} if (stand := own.stand(self.today)) else {}, int(own.outdated))
        return self._made(Row(here, own, alone), f"Riêng {here.name}", own=here.code)

    @cached_property
    def changed(self) -> bool:
        """Whether figures below some report have changed since: else the page has no column for it."""
        return any(line.own.outdated for line in [*self.lines, self.own])

    @cached_property
    def whole(self) -> list[Figure]:
        """All of them."""
        here = self.progress.here
        return self._figures(self.progress.whole, {} if here.nationwide else {"unit": here.code})

    @cached_property
    def tiles(self) -> list[Figure]:
        """What is asked first."""
        here, whole = self.progress.here, self.progress.whole
        which = {} if here.nationwide else {"unit": here.code}
        done = self._listed(state=[State.SENT.value, State.ACCEPTED.value], **which)
        return [
            Figure(f"báo cáo đã lập, của {whole.total} đơn vị", whole.total - whole.missing, self._listed(**which)),
            Figure("đã gửi", whole.done, done),
            Figure("đã được tiếp nhận", whole.of(State.ACCEPTED), self._listed(state=State.ACCEPTED.value, **which)),
            Figure("bị trả lại", whole.of(State.RETURNED), self._listed(state=State.RETURNED.value, **which), "warn"),
            Figure("quá hạn chưa gửi", whole.overdue, self._listed(stand=Stand.OVERDUE.value, **which), "bad"),
            Figure("gửi muộn", whole.late, self._listed(stand=Stand.LATE.value, **which), "warn"),
        ]

    def _line(self, row: Row) -> Line:
        leads = {"unit": row.unit.code} if row.whole.total > 1 else {"own": row.unit.code}
        return self._made(row, row.unit.name, **leads)

    def _made(self, row: Row, label: str, **leads: str) -> Line:
        own, stand = row.own, row.own.stand(self.today)
        return Line(
            unit=row.unit,
            label=label,
            detail=self.address(row.unit.code) if row.whole.total > 1 else "",
            report=reverse("yearend:detail", args=[own.number]) if own.number else "",
            number=own.number,
            status=_status(own),
            clock=self._clock(own, stand),
            own=own,
            figures=self._figures(row.whole, leads),
        )

    def _clock(self, own: Standing, stand: Stand | None) -> Status | None:
        if stand is None or own.due is None:
            return None
        running = stand in {Stand.RUNNING, Stand.OVERDUE}
        text = clock_text(own.due, self.today, self._calendar) if running else stand.label
        return Status(text, STAND_TONES[stand])  # type: ignore[arg-type]  # tones of the kit

    def _figures(self, counts: Counts, which: dict[str, str]) -> list[Figure]:
        """In all, those without a report, by state, overdue, outdated."""
        states = [
            Figure(state.label, counts.of(state), self._listed(state=state.value, **which), TONES[state])
            for state in STATES
        ]
        return [
            Figure("Chưa lập", counts.missing, ABSENT, "bad"),
            *states,
            Figure("Quá hạn", counts.overdue, self._listed(stand=Stand.OVERDUE.value, **which), "bad"),
            Figure("Cần tổng hợp lại", counts.outdated, self._listed(outdated="true", **which), "warn"),
        ]

    def _listed(self, **asked: str | Sequence[str]) -> str:
        query = urlencode({"year": self.progress.year, **asked, "view": "all"}, doseq=True)
        return f"{reverse('yearend:list')}?{query}"

    def address(self, code: str, year: int | None = None) -> str:
        """The board of another unit or year."""
        return f"{reverse('yearend:progress')}?{urlencode({'year': year or self.progress.year, 'unit': code})}"

    @property
    def years(self) -> list[Link]:
        """The years before and after this one, as far as they are reported."""
        year, here = self.progress.year, self.progress.here.code
        near = [(year - 1, "chevron-left"), (year + 1, "chevron-right")]
        last = last_year(self.today)
        return [Link(f"Năm {one}", self.address(here, one), icon) for one, icon in near if FIRST_YEAR <= one <= last]

    @property
    def breadcrumb(self) -> list[Link]:
        """The board above this one, if the person sees it."""
        above = self.progress.above
        return [Link(above.name, self.address(above.code))] if above else []

    @cached_property
    def urging(self) -> Link | None:
        """A note to everybody who is overdue, as far as the person may send one."""
        here, found = self.progress.here, self.progress.standings
        late = [
            unit
            for unit in self.progress.units
            if unit.pk in self._urged and found.get(unit.pk, Standing()).stand(self.today) == Stand.OVERDUE
        ]
        if not late:
            return None
        first, last = date(self.progress.year + 1, 1, 1), date(self.progress.year + 1, 1, 31)
        asked = {"kind": Kind.ANNUAL_REPORT.value, "state": Stand.OVERDUE.value}
        asked |= {"due_tu": formats.vndate(first), "due_den": formats.vndate(last)}
        if not here.nationwide:
            asked["unit"] = here.code
        query = urlencode({"all": "1", "filter": urlencode(asked), "expected": len(late)})
        return Link(f"Đôn đốc {len(late)} đơn vị quá hạn", f"{reverse('deadlines:urge')}?{query}", icon="bell")

    def rows(self) -> Iterator[dict[str, Any]]:
        """What the file of the board holds: every unit, one by one."""
        for unit in self.progress.units:
            own = self.progress.standings.get(unit.pk, Standing())
            stand = own.stand(self.today)
            state = "Chưa lập" if own.state == MISSING else State(own.state).label
            yield {
                "code": unit.code,
                "unit": unit.name,
                "year": self.progress.year,
                "number": own.number,
                "state": state,
                "due": own.due,
                "stand": stand.label if stand else "",
                "locked_at": own.locked_at,
                "sent_at": own.sent_at,
                "accepted_at": own.accepted_at,
                "outdated": own.outdated,
            }


def _status(own: Standing) -> Status:
    if own.state == MISSING:
        return Status("Chưa lập", "muted")
    tone: Any = TONES[State(own.state)]  # one of the kit's
    return Status(State(own.state).label, tone)
