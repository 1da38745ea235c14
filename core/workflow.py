"""Which state may follow which."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from core.errors import DomainError


@dataclass(frozen=True)
class Workflow:
    """The moves of one kind of dossier. Pure data: no database, no user, no clock."""

    states: type[TextChoices]
    moves: Mapping[str, frozenset[str]]

    def allows(self, old: str, new: str) -> bool:
        """Whether `new` may follow `old`."""
        return new in self.moves.get(old, frozenset())

    def check(self, old: str, new: str) -> None:
        """Refuse a move that is not in the workflow; raises DomainError."""
        if not self.allows(old, new):
            a, b = self.states(old).label, self.states(new).label
            message = f"Hồ sơ đang ở trạng thái “{a}” nên không chuyển sang “{b}” được."
            raise DomainError(message, code="workflow")
