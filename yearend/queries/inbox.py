"""What subordinates have sent to the account's unit."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import User
from yearend.models import AnnualReport
from yearend.rules import State
from yearend.tree import below

INBOX = (State.SENT, State.ACCEPTED, State.RETURNED)
"""States that are told apart above the list."""


def inbox_of(user: User) -> QuerySet[AnnualReport]:
    """Reports of the units whose superior is the unit of `user`, whether they have come yet or not."""
    rows: QuerySet[AnnualReport] = AnnualReport.objects.visible_to(user).filter(below(user))
    return rows


def has_inbox(user: Any) -> bool:
    """Whether units report to the account's unit, and it may take their reports in. One query."""
    return inbox_of(user).exists()


def counts_of(user: User, year: int) -> Mapping[str, int]:
    """How many of the year's reports stand in each state. One query."""
    rows = inbox_of(user).filter(year=year).order_by().values_list("state").annotate(many=Count("pk"))
    return dict(rows)
