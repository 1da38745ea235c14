"""What the calendar of a person's deadlines is made of."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max

from accounts.models import User
from deadlines.models import FeedToken, Obligation


class Owed(NamedTuple):
    """An open obligation, when it was last written, and how often before."""

    obligation: Obligation
    written: datetime
    rewritten: int


def hashed(secret: str) -> str:
    """What is kept of the secret part of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> FeedToken | None:
    """Whose address it is; nobody's if it was never given out, was revoked, or the account is closed."""
    tokens = FeedToken.objects.select_related("owner__unit")
    return tokens.filter(sha256=hashed(secret), owner__is_active=True).first()


def owed_by(user: User) -> list[Owed]:
    """What is open for the units for which `user` records, the earliest first. Two queries."""
    rows = list(Obligation.objects.writable_by(user).open().select_related("unit").order_by("due_date", "pk"))
    written = (
        Obligation.history.filter(id__in=[row.pk for row in rows])
        .order_by()
        .values("id")
        .annotate(last=Max("history_date"), times=Count("history_id"))
        .values_list("id", "last", "times")
    )
    last = {pk: (when, times) for pk, when, times in written}
    found = ((row, *last.get(row.pk, (row.created_at, 1))) for row in rows)
    return [Owed(row, when, times - 1) for row, when, times in found]
