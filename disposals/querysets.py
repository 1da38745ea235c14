from typing import Any, Self

from django.db import models

from core.scope import ScopedQuerySet
from core.searching import Like, folded, patterns


class DossierQuerySet(ScopedQuerySet):
    """Dossiers that are searched by their own texts and by the codes of their devices."""

    searched: tuple[str, ...] = ()

    def search(self, text: str) -> Self:
        """Rows whose number, minutes, decision or devices' codes hold every word of `text`, without accents."""
        found = self
        lines: Any = self.model._meta.get_field("lines")
        for pattern in map(models.Value, patterns(text)):
            # Both are narrowed by the outer query.
            own = self.model._default_manager.alias(words=folded(*self.searched)).filter(
                Like(models.F("words"), pattern)
            )
            rows = lines.related_model._default_manager.alias(words=folded("code"))
            devices = rows.filter(Like(models.F("words"), pattern)).order_by().values(lines.field.name)
            found = found.filter(models.Q(pk__in=own.order_by().values("pk")) | models.Q(pk__in=devices))
        return found


class DisposalQuerySet(DossierQuerySet):
    searched = ("number", "minutes_number", "decision_number")


class LossQuerySet(DossierQuerySet):
    searched = ("number", "minutes_number", "responsible")
