"""What a reader does with notices: mark them. That is no fact of the unit, so it has no history."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from notices.models import Notice


@transaction.atomic
def mark_read(notices: QuerySet[Notice]) -> int:
    """Mark those of `notices` as read that aren't. Returns how many."""
    return _lock(notices.filter(read_at=None)).update(read_at=timezone.now())


@transaction.atomic
def mark_unread(notices: QuerySet[Notice]) -> int:
    """Put those of `notices` that were read back among the unread; they aren't mailed for that. Returns how many."""
    return _lock(notices.exclude(read_at=None)).update(read_at=None, mail_at=None)


def _lock(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The rows, locked in the order in which the mails take theirs, so that neither waits for the other in a circle."""
    keys = list(notices.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    return notices.filter(pk__in=keys)
