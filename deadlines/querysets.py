from datetime import date
from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

from core.scope import ScopedQuerySet
from deadlines.rules import State
from deadlines.rules.standings import Stand


class ObligationQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Not done yet, in time or not."""
        return self.filter(state=State.OPEN)

    def overdue(self, today: date) -> Self:
        """Not done, and the due day has passed."""
        return self.open().filter(due_date__lt=today)

    def due_soon(self, today: date, *, until: date) -> Self:
        """Not done, and due from today to `until`, that day included."""
        return self.open().filter(due_date__range=(today, until))

    def about(self, subject: models.Model) -> Self:
        """What is owed on a dossier, which the caller got through a door of its own."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk).scoped()

    def standing(self, stand: Stand, today: date) -> Self:
        """What stands so today."""
        return self.filter(standing_so(stand, today))


def standing_so(stand: Stand, today: date) -> models.Q:
    """The condition under which an obligation stands so: each has exactly one (`standings.stand_of`)."""
    if stand == Stand.OVERDUE:
        return models.Q(state=State.OPEN, due_date__lt=today)
    if stand == Stand.RUNNING:
        return models.Q(state=State.OPEN, due_date__gte=today)
    return models.Q(state=State(stand))
