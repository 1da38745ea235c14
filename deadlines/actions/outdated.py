"""What is done or waived needs no reminder, and one that names a day of before misleads: unread ones count as read."""

from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Cast

from core.scope import elevated
from deadlines.models import Obligation
from deadlines.rules import State
from deadlines.texts import KEY_PATTERN, keys_of
from notices.actions import mark_read
from notices.models import Notice


def forget(obligation: Obligation) -> None:
    """At the moment at which it is closed or gets another day; whoever was told of it, superiors too."""
    if obligation.reminders.exists():
        with elevated("deadlines.forget: what was told of what is closed now, or due on another day, is outdated"):
            mark_read(Notice.objects.filter(key__in=keys_of(obligation.pk)))


def forget_outdated() -> None:
    """What is closed, or due on another day than was told. Runs elevated or outside any scope.

    The sweep does so too: either may have happened in the very moment in which another one told of it.
    """
    number = Func(F("key"), Value(KEY_PATTERN), function="substring")
    otherwise = ~Q(state=State.OPEN) | ~Q(due_date=OuterRef("due_date"))
    changed = Obligation.objects.filter(otherwise, pk=OuterRef("about"))
    mark_read(Notice.objects.annotate(about=Cast(number, BigIntegerField())).filter(Exists(changed)))
