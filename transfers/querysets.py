from typing import Any, Self

from django.db import models

from core.fields import MoneyField
from core.scope import SharedQuerySet
from core.searching import containing
from transfers.rules import State


class TransferQuerySet(SharedQuerySet):
    def waiting_for(self, user: Any) -> Self:
        """What has been handed over to units for which `user` records, and waits to be received."""
        return self.filter(state=State.HANDED_OVER, partner__in=user.scope.write_units).scoped()

    def with_totals(self) -> Self:
        """Each with how many devices it holds (`devices`) and what these cost (`value`)."""
        cost = models.functions.Coalesce(models.Sum("lines__original_price"), 0, output_field=MoneyField())
        return self.annotate(devices=models.Count("lines"), value=cost)

    def search(self, text: str) -> Self:
        """Rows whose number, decision or units hold every word of `text`, without accents."""
        return containing(self, text, ("number", "decision_number", "unit__name", "receiver__name"))


class LineQuerySet(SharedQuerySet):
    def for_pages(self) -> Self:
        """Lines with what their pages read. Never the device itself: the other side doesn't see its row."""
        return self.select_related("category", "model__brand").order_by("position", "id")
