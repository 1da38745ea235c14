"""Doors: who may look at a sending, try it again, and look after the way."""

from collections.abc import Mapping

from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet
from dispatch.models import Dispatch
from dispatch.rules import AGAIN, Channel
from dossiers.policies import Check, door, records, seen
from orgs.models import OrgUnit
from orgs.policies import require
from orgs.rules import Grant


def _may_retry(user: User, row: Dispatch) -> bool:
    """Within this system there is nothing that could be tried again."""
    return records(user, row) and row.state in AGAIN and row.channel != Channel.APP


CHECKS: Mapping[str, Check] = {
    "view": seen,
    "retry": _may_retry,
}


def dispatch_rows() -> ScopedQuerySet:
    """Sendings with what their pages read."""
    return Dispatch.objects.select_related("unit", "partner", "created_by", "answers")


def access_dispatch(user: User, number: str, action: str = "view") -> Dispatch:
    """A sending: 404 for who is on neither side, 403 for who may not do it (now)."""
    found: Dispatch = door(dispatch_rows(), user, CHECKS, action, number=number)
    return found


def may(user: User, row: Dispatch) -> set[str]:
    """What the account may do with it now."""
    return {action for action, check in CHECKS.items() if check(user, row)}


def watches_the_way(user: User) -> bool:
    """Whether the account looks after adapters and identifiers: IT Center (art. 14.3)."""
    return user.scope.may(Grant.MANAGE_UNITS)


def require_watching(user: User) -> None:
    """403 for whoever doesn't."""
    require(user, Grant.MANAGE_UNITS)


def access_agency(user: User, code: str) -> OrgUnit:
    """An agency whose identifier is entered: 403 for who may not, 404 for a unit that keeps no books."""
    require_watching(user)
    return get_object_or_404(OrgUnit.objects.agencies(), code=code)
