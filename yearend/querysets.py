from datetime import date
from typing import Self

from django.db import models

from core.scope import ScopedQuerySet
from core.searching import containing
from deadlines.rules import State as DutyState
from deadlines.rules.standings import Stand
from yearend.rules import State

FROZEN = (State.LOCKED, State.ISSUED, State.SIGNED, State.SENT, State.RETURNED, State.ACCEPTED)
"""States in which the current edition stands: the books are closed."""
SIGNED = (State.ISSUED, State.SIGNED, State.SENT, State.RETURNED, State.ACCEPTED)
"""States in which a paper is being signed or is signed."""
GONE = (State.SENT, State.ACCEPTED)
"""States in which the unit has nothing left to do."""


class ReportQuerySet(ScopedQuerySet):
    def frozen(self) -> Self:
        """Those whose current edition stands."""
        return self.filter(state__in=FROZEN)

    def for_pages(self) -> Self:
        """With what their pages read, without figures: these are large and read where they are shown."""
        figures = ("draft", "edition__figures", "edition__missing")
        return self.select_related("unit", "edition__created_by").defer(*figures)

    def search(self, text: str) -> Self:
        """Rows whose number, unit or document number hold every word of `text`, without accents."""
        return containing(self, text, ("number", "unit__name", "document_number"))


def duty_so(stand: Stand, today: date) -> models.Q:
    """The condition under which a report's term (`due`, `duty` of `with_duty`) stands so."""
    if stand == Stand.OVERDUE:
        return models.Q(duty=DutyState.OPEN, due__lt=today)
    if stand == Stand.RUNNING:
        return models.Q(duty=DutyState.OPEN, due__gte=today)
    return models.Q(duty=DutyState(stand))
