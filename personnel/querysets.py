from typing import Self

from django.db import models

from core.scope import ScopedQuerySet
from core.searching import Like, patterns
from personnel.rules import EmployeeState


class EmployeeQuerySet(ScopedQuerySet):
    def working(self) -> Self:
        return self.filter(state=EmployeeState.WORKING)

    def search(self, text: str) -> Self:
        """Rows whose code, name or address holds every word of `text`, without accents."""
        found = self
        for pattern in patterns(text):
            found = found.filter(Like(models.F("search_text"), models.Value(pattern)))
        return found
