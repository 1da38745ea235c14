from typing import Any, Self

from django.db import models
from django.db.models.functions import Concat

from core.scope import ScopedQuerySet
from core.text import escape_like, fold
from equipment.querysets import Like


class _Fold(models.Func):
    """Lower case without accents, in the database."""

    function = "qltb_fold"
    output_field = models.TextField()


class DossierQuerySet(ScopedQuerySet):
    """Dossiers that are searched by their own texts and by the codes of their devices."""

    searched: tuple[str, ...] = ()

    def search(self, text: str) -> Self:
        """Rows whose number, minutes, decision or devices' codes hold every word of `text`, without accents."""
        found = self
        parts = [part for name in self.searched for part in (models.F(name), models.Value(" "))]
        for word in fold(text).split():
            pattern = models.Value(f"%{escape_like(word)}%")
            own = self.model._default_manager.alias(  # narrowed by the outer query
                folded=_Fold(Concat(*parts, output_field=models.TextField()))
            ).filter(Like(models.F("folded"), pattern))
            lines: Any = self.model._meta.get_field("lines")
            rows = lines.related_model._default_manager.alias(folded=_Fold(models.F("code")))
            devices = rows.filter(Like(models.F("folded"), pattern)).order_by().values(lines.field.name)
            found = found.filter(models.Q(pk__in=own.order_by().values("pk")) | models.Q(pk__in=devices))
        return found


class DisposalQuerySet(DossierQuerySet):
    searched = ("number", "minutes_number", "decision_number")


class LossQuerySet(DossierQuerySet):
    searched = ("number", "minutes_number", "responsible")
