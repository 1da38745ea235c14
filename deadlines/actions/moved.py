"""Due days moved with the calendar: what was said of the old ones is taken back, and the new ones are told."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from accounts.models import User
from deadlines import texts
from deadlines.actions.audience import Audience
from deadlines.actions.outdated import forget_outdated
from deadlines.queries.redating import Move
from deadlines.rules import Kind
from notices.actions import tell


def tell_of_moves(moving: Sequence[Move], *, reason: str) -> int:
    """Tell those whose work it is, each once for all of it. Returns how many. Runs elevated or outside any scope.

    The steps that were given aren't given again, so nobody else would tell them of the new day.
    """
    forget_outdated()
    audience = Audience(
        units={move.unit for move in moving}, helping={move.unit for move in moving if move.kind == Kind.SUPPORT}
    )
    days: dict[User, Counter[tuple[date, date]]] = defaultdict(Counter)
    kinds: dict[User, set[Kind]] = defaultdict(set)
    for move in moving:
        for user in audience.doers(move.unit, move.kind):
            days[user][move.before, move.after] += 1
            kinds[user].add(Kind(move.kind))
    now = timezone.localtime()
    return tell((user, texts.moved(kinds[user], days[user], reason=reason, now=now)) for user in days)
