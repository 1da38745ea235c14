from typing import Self

from django.db.models import Q

from core.scope import OwnedQuerySet


class NoticeQuerySet(OwnedQuerySet):
    def unread(self) -> Self:
        """What its reader hasn't opened or marked."""
        return self.filter(read_at=None)

    def search(self, text: str) -> Self:
        """By what is written in it."""
        return self.filter(Q(title__icontains=text) | Q(text__icontains=text) | Q(law__icontains=text))
