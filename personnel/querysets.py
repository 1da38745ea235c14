from typing import Self

from django.db import models

from core.scope import ScopedQuerySet
from core.text import escape_like, fold
from personnel.rules import EmployeeState


class Like(models.Func):
    """`value LIKE pattern`, where the pattern's wildcards are the caller's."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = models.BooleanField()


class EmployeeQuerySet(ScopedQuerySet):
    def working(self) -> Self:
        return self.filter(state=EmployeeState.WORKING)

    def search(self, text: str) -> Self:
        """Rows whose code, name or address holds every word of `text`, without accents."""
        found = self
        for word in fold(text).split():
            found = found.filter(Like(models.F("search_text"), models.Value(f"%{escape_like(word)}%")))
        return found
