from collections.abc import Sequence
from typing import Self, TypeVar

from django.db import models
from django.db.models.expressions import RawSQL

from core.scope import ScopedQuerySet
from core.text import escape_like, fold
from equipment.rules.lifecycle import IntakeState

Q = TypeVar("Q", bound=models.QuerySet)


class Like(models.Func):
    """`value LIKE pattern`, where the pattern's wildcards are the caller's."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = models.BooleanField()


class EquipmentQuerySet(ScopedQuerySet):
    def search(self, text: str) -> Self:
        """Rows whose code, serial, name, holder, card number or model holds every word of `text`, without accents.

        The database function looks through the trigram index within the scope that is set: under row-level security
        a LIKE of ours couldn't use it.
        """
        found = self
        for word in fold(text).split():
            pattern = f"%{escape_like(word)}%"
            found = found.filter(pk__in=RawSQL("SELECT equipment_search(%s)", [pattern]))
        return found

    def with_serials(self, serials: list[str]) -> Self:
        """Rows that have one of the serials, whatever their case."""
        return self.annotate(serial_upper=models.functions.Upper("serial")).filter(
            serial_upper__in=[s.upper() for s in serials]
        )


def containing(rows: Q, text: str, names: Sequence[str]) -> Q:
    """Rows whose named texts hold every word of `text`, without accents."""
    parts: list[models.F | models.Value] = []
    for name in names:
        parts += [models.F(name), models.Value(" ")]
    whole = models.functions.Concat(*parts, output_field=models.TextField())
    folded = models.Func(whole, function="qltb_fold", output_field=models.TextField())
    for word in fold(text).split():
        pattern = f"%{escape_like(word)}%"
        rows = rows.alias(folded=folded).filter(Like(models.F("folded"), models.Value(pattern)))
    return rows


class IntakeQuerySet(ScopedQuerySet):
    def drafts(self) -> Self:
        return self.filter(state=IntakeState.DRAFT)

    def search(self, text: str) -> Self:
        """Rows whose number, supplier, contract or minutes hold every word of `text`, without accents."""
        return containing(self, text, ("number", "supplier", "contract_number", "minutes_number"))


class IntakeLineQuerySet(ScopedQuerySet):
    def for_form(self) -> Self:
        return self.select_related("category", "model__brand")


class TallyQuerySet(ScopedQuerySet):
    def devices(self) -> int:
        """How many devices the lines add up to."""
        return self.aggregate(n=models.Sum("quantity"))["n"] or 0
