"""Writes on accounts."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import User
from accounts.rules import grants_in_custody, grants_on_own_unit, grants_on_root
from orgs.models import OrgUnit, OrgUnitUserPermission
from orgs.rules import Grant

if TYPE_CHECKING:
    from collections.abc import Collection

BATCH = 2000


def _due(users: "Collection[User]") -> set[tuple[int, Grant, int]]:
    """What accounts must hold: (account, grant, unit)."""
    root = OrgUnit.objects.get_first_root_node()
    custody = defaultdict(list)
    for pk, custodian in OrgUnit.objects.exclude(custodian=None).values_list("pk", "custodian"):
        custody[custodian].append(pk)
    due = set()
    for user in users:
        due |= {(user.pk, grant, user.unit_id) for grant in grants_on_own_unit(user.kind)}
        due |= {(user.pk, grant, root.pk) for grant in grants_on_root(user.kind, nationwide=user.unit.nationwide)}
        due |= {(user.pk, grant, pk) for grant in grants_in_custody(user.kind) for pk in custody[user.unit_id]}
    return due


def sync_grants(user: User) -> None:
    """Give the account exactly the grants that its kind and unit carry."""
    _sync([user])
    vars(user).pop("scope", None)


@transaction.atomic
def _sync(users: "Collection[User]") -> int:
    """The grants of `users` as they must be; returns how many were given or taken away. Some queries, however many."""
    codenames = Permission.objects.filter(content_type__app_label="orgs", codename__in=Grant.values)
    permissions = dict(codenames.values_list("codename", "pk"))
    due = {(user, permissions[grant], unit) for user, grant, unit in _due(users)}
    rows = OrgUnitUserPermission.objects.filter(user__in=[user.pk for user in users]).select_for_update()
    held = {(row.user_id, row.permission_id, row.content_object_id): row.pk for row in rows}
    gone, missing = [pk for key, pk in held.items() if key not in due], due - held.keys()
    OrgUnitUserPermission.objects.filter(pk__in=gone).delete()
    OrgUnitUserPermission.objects.bulk_create(
        (
            OrgUnitUserPermission(user_id=user, permission_id=permission, content_object_id=unit)
            for user, permission, unit in sorted(missing)
        ),
        batch_size=BATCH,
    )
    return len(gone) + len(missing)


@transaction.atomic
def create_account(*, username: str, full_name: str, unit: OrgUnit, kind: str, password: str, email: str = "") -> User:
    """A new account with its grants. Raises ValidationError for a name taken, a bad password or a room as unit."""
    user = User(username=username, full_name=full_name, unit=unit, kind=kind, email=email)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    sync_grants(user)
    return user


def sync_all_grants() -> int:
    """After the tree, the custodians or the rules changed: every account's grants anew; returns how many changed.

    Closed accounts keep no more than they had: their scope is nothing.
    """
    return _sync(User.objects.select_related("unit").filter(is_active=True))
