"""What ends soon or has stood for long: nothing is owed on a day, so nothing is stored (docs/adr/0014-*).

A watch is a question over what other apps keep, asked when somebody looks. Each app offers its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet, Sum

from core.scope import ScopedQuerySet
from orgs.rules import Grant

R = TypeVar("R", bound=ScopedQuerySet)


@dataclass(frozen=True)
class Part:
    """Rows whose number, or the sum of whose column `total`, is a part of what a watch counts; less with `sign` -1.

    Each row has a `unit`; `day` names its column with the day that matters (empty: none).
    """

    rows: QuerySet
    day: str = ""
    total: str = ""
    sign: int = 1

    def many(self, only: Q | None = None) -> Any:
        """The expression that counts them, those of `only` if it is given."""
        sums = Sum(self.total, filter=only) if self.total else Count("pk", filter=only)
        return sums if self.sign == 1 else -sums


Parts = Callable[[date, Any], Sequence[Part]]
"""As of a day and for an account; for None (in elevated code) of all units."""


@dataclass(frozen=True)
class Watch:
    """One thing to keep an eye on.

    `address`: the list with exactly these rows, whose filter `own` asks for a unit alone. `grant`: who is told of it
    each week, and, where that isn't whoever records, who sees it at all. `advice`: what there is to do. The earliest of
    the parts' days is that on which the first of them ends, or with `ends` False that since which it has stood.
    """

    key: str
    label: str
    advice: str
    address: str
    parts: Parts
    law: str = ""
    grant: Grant = Grant.RECORD_DATA
    ends: bool = True

    @property
    def first(self) -> str:
        """What the earliest day is called."""
        return "gần nhất" if self.ends else "lâu nhất từ"

    def shown_to(self, user: Any) -> bool:
        """Whether the account may open the list."""
        return self.grant == Grant.RECORD_DATA or user.scope.may(self.grant)


_watches: dict[str, Watch] = {}


def offer(watch: Watch) -> None:
    """Called from AppConfig.ready."""
    _watches[watch.key] = watch


def watches() -> Sequence[Watch]:
    """All that are watched, in the order in which they were offered."""
    return tuple(_watches.values())


def seen(rows: R, user: Any) -> R:
    """What the account sees of `rows`; all for None."""
    return rows if user is None else rows.visible_to(user)
