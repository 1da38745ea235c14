from datetime import date, timedelta
from typing import Self

from django.db import models

from core.scope import ScopedQuerySet
from core.searching import Like, containing, folded, patterns
from repairs.rules.flow import RepairState


class RepairQuerySet(ScopedQuerySet):
    def search(self, text: str) -> Self:
        """Rows whose number, supplier or one of whose devices (code, serial, name) holds every word of `text`."""
        found = self
        devices = self.model._meta.get_field("lines").related_model._base_manager  # type: ignore[union-attr]  # a relation
        for pattern in map(models.Value, patterns(text)):
            lines = devices.filter(repair=models.OuterRef("pk")).alias(words=folded("code", "serial", "name"))
            here = found.alias(words=folded("number", "supplier"))
            found = here.filter(
                Like(models.F("words"), pattern) | models.Exists(lines.filter(Like(models.F("words"), pattern)))
            )
        return found

    def overdue(self, today: date) -> Self:
        """Devices that should have been back by now."""
        return self.filter(state=RepairState.SENT, expected_on__lt=today)

    def long_open(self, today: date, *, days: int) -> Self:
        """Neither done nor cancelled more than `days` days after the device was found to need it."""
        open_states = (RepairState.DRAFT, RepairState.SENT)
        return self.filter(state__in=open_states, opened_on__lt=today - timedelta(days=days))


class RepairLineQuerySet(ScopedQuerySet):
    def search(self, text: str) -> Self:
        """Rows whose device (code, serial, name) or dossier's number holds every word of `text`."""
        return containing(self, text, ("code", "serial", "name", "repair__number"))

    def finished(self) -> Self:
        """Lines of dossiers that are done: their costs were really paid."""
        return self.filter(repair__state=RepairState.DONE)
