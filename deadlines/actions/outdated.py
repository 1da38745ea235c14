"""What is done or waived needs no reminder: what was said of it and nobody has read yet counts as read."""

from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Cast
from django.utils import timezone

from core.scope import elevated
from deadlines.models import Obligation
from deadlines.rules import State
from deadlines.texts import KEY_PATTERN, keys_of
from notices.models import Notice


def forget(obligation: Obligation) -> None:
    """At the moment at which it is closed; whoever was told of it, superiors too."""
    if obligation.reminders.exists():
        with elevated("deadlines.forget: whoever was told of what is closed now, is no longer"):
            Notice.objects.filter(key__in=keys_of(obligation.pk), read_at=None).update(read_at=timezone.now())


def forget_closed() -> None:
    """What was closed in the very moment in which a sweep told of it. Runs elevated."""
    number = Func(F("key"), Value(KEY_PATTERN), function="substring")
    closed = Obligation.objects.filter(pk=OuterRef("about")).exclude(state=State.OPEN)
    unread = Notice.objects.filter(read_at=None).annotate(about=Cast(number, BigIntegerField()))
    unread.filter(Exists(closed)).update(read_at=timezone.now())
