"""Read-only questions about accounts."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from orgs.models import OrgUnit, OrgUnitUserPermission
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


def managers() -> list[tuple[User, OrgUnit]]:
    """Active accounts that manage accounts, each with the unit on which, and below which, it does."""
    held = OrgUnitUserPermission.objects.filter(
        permission__codename=Grant.MANAGE_ACCOUNTS, user__is_active=True
    ).select_related("user", "content_object")
    return [(row.user, row.content_object) for row in held.order_by("user", "content_object")]


def unused(today: date, *, days: int) -> QuerySet[User]:
    """Open accounts without a login in the last `days` days; one never used counts from the day it was given.

    `used_at` is the moment from which they count. Accounts have no wall: narrow them by `managed_by`.
    """
    since = timezone.make_aware(datetime.combine(today - timedelta(days=days - 1), time.min))
    used_at = Coalesce("last_login", "date_joined")
    return User.objects.filter(is_active=True).annotate(used_at=used_at).filter(used_at__lt=since)


def managed_by(user: User, accounts: QuerySet[User]) -> QuerySet[User]:
    """Those of `accounts` that belong to units whose accounts `user` manages (art. 5.1)."""
    managed = Q(pk__in=[])
    for path in user.scope.grants.get(Grant.MANAGE_ACCOUNTS, ()):
        managed |= Q(unit__path__startswith=path)
    return accounts.filter(managed)


def _by_unit(pairs: Collection[tuple[int, int]]) -> dict[int, list[User]]:
    pairs = list(pairs)
    users = User.objects.in_bulk({user for _, user in pairs})
    found = defaultdict(list)
    for unit, user in sorted(pairs):
        found[unit].append(users[user])
    return dict(found)
