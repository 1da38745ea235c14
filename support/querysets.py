from datetime import datetime
from typing import Any, Self

from django.db import models

from core.scope import SharedQuerySet
from core.searching import containing
from orgs.rules import Grant
from support.rules import State


class RequestQuerySet(SharedQuerySet):
    def waiting_for(self, user: Any) -> Self:
        """What waits for this person: an answer of its unit that it may give, and what it was asked back itself."""
        mine = models.Q(asked_by=user.pk, state=State.WAITING)
        if user.scope.may(Grant.ANSWER_SUPPORT):
            mine |= models.Q(partner=user.scope.home, state=State.OPEN)
        return self.visible_to(user).filter(mine)

    def of_units_below(self, user: Any) -> Self:
        """Of visible rows, what units below the account's own (for IT Center: any other) have asked."""
        rows = self.exclude(unit=user.scope.home)
        return rows if user.scope.nationwide else rows.filter(unit__path__startswith=user.unit.path)

    def late(self, now: datetime) -> Self:
        """Not answered, and the time for it is over."""
        return self.filter(state=State.OPEN, answer_by__lt=now)

    def search(self, text: str) -> Self:
        """Rows whose number, subject, unit or handler hold every word of `text`, without accents."""
        return containing(self, text, ("number", "subject", "unit__name", "partner__name"))
