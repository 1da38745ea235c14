from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Concat

from core.scope import ScopedQuerySet
from core.text import escape_like, fold
from equipment.querysets import Like
from repairs.rules.flow import RepairState


def _folded(*names: str) -> models.Func:
    """The named columns as one text, lower case without accents."""
    spaced = [part for name in names for part in (models.F(name), models.Value(" "))]
    return models.Func(
        Concat(*spaced, output_field=models.TextField()), function="qltb_fold", output_field=models.TextField()
    )


class RepairQuerySet(ScopedQuerySet):
    def search(self, text: str) -> Self:
        """Rows whose number, supplier or one of whose devices (code, serial, name) holds every word of `text`."""
        found = self
        devices = self.model._meta.get_field("lines").related_model._base_manager  # type: ignore[union-attr]  # a relation
        for word in fold(text).split():
            pattern = models.Value(f"%{escape_like(word)}%")
            lines = devices.filter(repair=models.OuterRef("pk")).alias(words=_folded("code", "serial", "name"))
            here = found.alias(words=_folded("number", "supplier"))
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
        found = self
        for word in fold(text).split():
            pattern = models.Value(f"%{escape_like(word)}%")
            found = found.alias(words=_folded("code", "serial", "name", "repair__number")).filter(
                Like(models.F("words"), pattern)
            )
        return found

    def finished(self) -> Self:
        """Lines of dossiers that are done: their costs were really paid."""
        return self.filter(repair__state=RepairState.DONE)
