"""Whose books a report is about."""

from accounts.models import User
from equipment.models import Tally
from orgs.models import OrgUnit
from orgs.policies import visible_units


def units_of(user: User, unit: OrgUnit, *, below: bool) -> list[OrgUnit]:
    """The unit, with `below` also what `user` sees of the units below it, in the order of the tree. One query."""
    if not below:
        return [unit]
    return list(visible_units(user).agencies().filter(path__startswith=unit.path))


def top_of(user: User) -> OrgUnit:
    """The unit that a report is about until another one is chosen: the whole country for whoever sees it."""
    return OrgUnit.objects.get(depth=1) if user.scope.nationwide else user.unit


def devices_of(user: User, units: list[OrgUnit]) -> int:
    """How many devices the units have by now, gone ones included: how long a report will take. One query."""
    return Tally.objects.visible_to(user).filter(unit__in=[unit.pk for unit in units]).devices()
