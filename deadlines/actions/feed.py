"""The secret address of a person's calendar of deadlines: given out, taken back, used."""

import secrets
from datetime import date

from django.db import transaction

from accounts.models import SecurityEvent, User
from core.errors import DomainError
from deadlines.models import FeedToken
from deadlines.queries.feed import hashed

BYTES = 32  # 256 bits: nobody finds it by trying


@transaction.atomic
def issue(*, by: User) -> str:
    """A new secret for the address of `by`; an earlier one stops working. It is told this once, kept is its hash."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two at once would both be the first
    FeedToken.objects.filter(owner=by).delete()
    secret = secrets.token_urlsafe(BYTES)
    FeedToken.objects.create(owner=by, sha256=hashed(secret))
    _note(SecurityEvent.Kind.FEED_ISSUED, by)
    return secret


@transaction.atomic
def revoke(*, by: User) -> None:
    """The address of `by` stops working. Raises DomainError if there is none."""
    deleted, _ = FeedToken.objects.filter(owner=by).delete()
    if not deleted:
        raise DomainError("Bạn không có địa chỉ lịch nào: có thể đã thu hồi ở một trang khác.", code="gone")
    _note(SecurityEvent.Kind.FEED_REVOKED, by)


@transaction.atomic
def note_use(token: FeedToken, *, on: date) -> None:
    """That the address was used, by the day: its owner sees whether somebody still asks."""
    if token.used_on == on:
        return
    standing = FeedToken.objects.select_for_update(of=("self",)).filter(pk=token.pk).first()
    if standing is not None:
        standing.used_on = on
        standing.save(update_fields=["used_on"])


def _note(kind: SecurityEvent.Kind, by: User) -> None:
    SecurityEvent.objects.create(kind=kind, username=by.username, user=by)
