"""Read-only questions about accounts."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F

from accounts.models import User
from orgs.models import OrgUnitUserPermission
from orgs.rules import Grant


def recorders(units: Collection[int]) -> dict[int, list[User]]:
    """By unit, the active accounts that record for it: its own, or those of the unit that has it in custody."""
    held = OrgUnitUserPermission.objects.filter(
        permission__codename=Grant.RECORD_DATA, content_object__in=units, user__is_active=True
    )
    return _by_unit(held.values_list("content_object_id", "user_id"))


def staff(units: Collection[int], grant: Grant) -> dict[int, list[User]]:
    """By unit, its own active accounts that have the grant, there or on the whole sector."""
    held = OrgUnitUserPermission.objects.filter(
        permission__codename=grant, user__unit__in=units, user__is_active=True
    ).annotate(home=F("user__unit_id"))
    return _by_unit(held.values_list("home", "user_id").distinct())


def _by_unit(pairs: Collection[tuple[int, int]]) -> dict[int, list[User]]:
    pairs = list(pairs)
    users = User.objects.in_bulk({user for _, user in pairs})
    found = defaultdict(list)
    for unit, user in sorted(pairs):
        found[unit].append(users[user])
    return dict(found)
