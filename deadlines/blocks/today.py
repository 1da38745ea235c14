"""The page of the day: what the units of a person owe now, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import User
from deadlines.blocks.board import Figure, mine, of_below
from deadlines.filters import RECEIVED
from deadlines.models import Obligation
from deadlines.policies import oversees
from deadlines.queries import calendar
from deadlines.queries.boards import due_now
from deadlines.rules import DAY, Kind, clock_text, due_date
from deadlines.rules.standings import Stand
from deadlines.subjects import address_of
from deadlines.texts import ACTIONS
from ui.blocks import Clock
from ui.formats import vndate

AHEAD = 5  # working days that the page looks ahead


@dataclass(frozen=True)
class Due:
    """Something to do."""

    what: str
    page: str
    label: str
    url: str
    unit: str
    day: date
    clock: Clock
    law: str
    action: str


@dataclass(frozen=True)
class Section:
    """What is due about one time: the first of it, and where all of it is."""

    key: str
    title: str
    tone: str
    many: int
    url: str
    rows: Sequence[Due]


class TodayPage:
    """Counts with their lists, and the most urgent rows. Some six queries."""

    def __init__(self, user: User, today: date) -> None:
        self._today, known = today, calendar()
        self.until = due_date(today, AHEAD, known)
        self.oversees = oversees(user)
        self._now = due_now(user, today, until=self.until)
        self.records = bool(user.scope.write_units)
        self.several = len(user.scope.write_units) > 1
        self._rows = [
            _due(one, Clock(clock_text(one.due_date, today, known), "late" if one.due_date < today else "soon"))
            for one in self._now.rows
        ]

    @property
    def sections(self) -> list[Section]:
        """Those in which there is something."""
        now, today = self._now, self._today
        ahead = {"due_tu": vndate(today + DAY), "due_den": vndate(self.until)}
        on_day = {"due_tu": vndate(today), "due_den": vndate(today)}
        found = [
            Section(
                "qua-han",
                "Quá hạn",
                "bad",
                now.overdue,
                mine(state=Stand.OVERDUE.value, sort="due_date"),
                [row for row in self._rows if row.day < today],
            ),
            Section(
                "hom-nay",
                "Hạn hôm nay",
                "warn",
                now.today,
                mine(state=Stand.RUNNING.value, **on_day),
                [row for row in self._rows if row.day == today],
            ),
            Section(
                "sap-toi",
                f"Hạn trong {AHEAD} ngày làm việc tới",
                "",
                now.soon,
                mine(state=Stand.RUNNING.value, sort="due_date", **ahead),
                [row for row in self._rows if row.day > today],
            ),
        ]
        return [section for section in found if section.many]

    @property
    def tiles(self) -> list[Figure]:
        """What else waits: the units below, notes without an answer."""
        now = self._now
        tiles = []
        if self.oversees:
            url = of_below(state=Stand.OVERDUE.value, sort="due_date")
            tiles.append(Figure("việc quá hạn của cấp dưới", now.below, url, "bad" if now.below else ""))
        if now.unanswered:
            url = f"{reverse('deadlines:urgings')}?side={RECEIVED}&answered=false"
            tiles.append(Figure("đôn đốc chưa phản hồi", now.unanswered, url, "warn"))
        return tiles


def _due(owed: Obligation, clock: Clock) -> Due:
    return Due(
        what=owed.get_kind_display(),
        page=reverse("deadlines:detail", args=[owed.public_id]),
        label=owed.subject_label,
        url=address_of(owed.subject_type_id, owed.subject_label, owed.subject_id),
        unit=str(owed.unit),
        day=owed.due_date,
        clock=clock,
        law=owed.legal_basis,
        action=ACTIONS[Kind(owed.kind)],
    )
