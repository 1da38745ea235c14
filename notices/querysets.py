from typing import Self

from core.scope import OwnedQuerySet


class NoticeQuerySet(OwnedQuerySet):
    def unread(self) -> Self:
        """What its reader hasn't opened or marked."""
        return self.filter(read_at=None)
