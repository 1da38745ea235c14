"""Doors of obligations and of notes about them: who is above whom, and who may do what."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from deadlines.models import Obligation, Urging
from deadlines.rules import State
from orgs.models import OrgUnit, OrgUnitQuerySet
from orgs.policies import visible_units
from orgs.rules import Grant

Check = Callable[[User, Any], bool]


def own_units(user: User) -> frozenset[int]:
    """The unit of `user`, and those for which it records."""
    return user.scope.write_units | {user.scope.home}


def supervised(user: User) -> OrgUnitQuerySet:
    """Agencies that `user` supervises (art. 14): strictly below a unit on which it may, never its own nor in its
    unit's custody.
    """
    below = Q(pk__in=[])
    for path in user.scope.grants.get(Grant.SUPERVISE, ()):
        below |= Q(path__startswith=path) & ~Q(path=path)
    units = visible_units(user).agencies().filter(below)
    return units.exclude(pk__in=own_units(user)).exclude(custodian=user.scope.home)


def supervises(user: User, unit: OrgUnit) -> bool:
    """Whether `unit` is one of those."""
    paths = user.scope.grants.get(Grant.SUPERVISE, ())
    above = any(unit.path != path and unit.path.startswith(path) for path in paths)
    return above and unit.pk not in own_units(user) and unit.custodian_id != user.scope.home


def oversees(user: User) -> bool:
    """Whether there are agencies below a unit that `user` sees: it has a board of them."""
    tops = user.scope.read_paths
    return visible_units(user).agencies().exclude(path__in=tops).exclude(pk__in=own_units(user)).exists()


def _may_waive(user: User, owed: Obligation) -> bool:
    return owed.state == State.OPEN and supervises(user, owed.unit)


def _may_ask_again(user: User, owed: Obligation) -> bool:
    return owed.waived_by_id is not None and supervises(user, owed.unit)


def _supervises_unit(user: User, owed: Obligation) -> bool:
    return supervises(user, owed.unit)


def _answers(user: User, urging: Urging) -> bool:
    return urging.target_id in user.scope.write_units


OBLIGATION_CHECKS: Mapping[str, Check] = {
    "view": lambda _user, _owed: True,
    "waive": _supervises_unit,
    "ask_again": _supervises_unit,
}
"""The state is for the action to judge: it says who did it and when."""
OFFERED: Mapping[str, Check] = {"waive": _may_waive, "ask_again": _may_ask_again}
URGING_CHECKS: Mapping[str, Check] = {"view": lambda _user, _urging: True, "answer": _answers}


def access_obligation(user: User, public_id: UUID, action: str = "view") -> Obligation:
    """An obligation: 404 for who doesn't see its unit, 403 for who may not do it."""
    rows = Obligation.objects.visible_to(user).select_related("unit", "waived_by")
    return _through(rows, OBLIGATION_CHECKS, user, public_id, action)


def access_urging(user: User, public_id: UUID, action: str = "view") -> Urging:
    """A note to a unit: 404 for who sees neither side, 403 for who may not do it."""
    rows = Urging.objects.visible_to(user).select_related("unit", "target", "created_by")
    return _through(rows, URGING_CHECKS, user, public_id, action)


def _through(rows: Any, checks: Mapping[str, Check], user: User, public_id: UUID, action: str) -> Any:
    found = get_object_or_404(rows, public_id=public_id)
    if not checks[action](user, found):
        raise PermissionDenied
    return found


def require_supervising(user: User) -> list[OrgUnit]:
    """The agencies that `user` supervises: 403 for who may not, 404 for whom there is none below."""
    if not user.scope.may(Grant.SUPERVISE):
        raise PermissionDenied
    units = list(supervised(user))
    if not units:
        raise Http404
    return units
