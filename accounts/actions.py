"""Writes on accounts."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import User
from accounts.rules import grants_in_custody, grants_on_own_unit, grants_on_root
from orgs.models import OrgUnit, OrgUnitUserPermission
from orgs.rules import Grant

if TYPE_CHECKING:
    from collections.abc import Iterable


def _due(user: User) -> set[tuple[Grant, int]]:
    due = {(grant, user.unit_id) for grant in grants_on_own_unit(user.kind)}
    root = OrgUnit.objects.get_first_root_node()
    due |= {(grant, root.pk) for grant in grants_on_root(user.kind, nationwide=user.unit.nationwide)}
    custody = grants_in_custody(user.kind)
    if custody:
        for pk in user.unit.in_custody.values_list("pk", flat=True):
            due |= {(grant, pk) for grant in custody}
    return due


@transaction.atomic
def sync_grants(user: User) -> None:
    """Give the account exactly the grants that its kind and unit carry."""
    permissions = dict(
        Permission.objects.filter(content_type__app_label="orgs", codename__in=Grant.values).values_list(
            "codename", "pk"
        )
    )
    due = {(permissions[grant], unit) for grant, unit in _due(user)}
    held = {
        (p.permission_id, p.content_object_id): p.pk
        for p in OrgUnitUserPermission.objects.filter(user=user).select_for_update()
    }
    OrgUnitUserPermission.objects.filter(pk__in=[pk for key, pk in held.items() if key not in due]).delete()
    OrgUnitUserPermission.objects.bulk_create(
        OrgUnitUserPermission(user=user, permission_id=permission, content_object_id=unit)
        for permission, unit in due - held.keys()
    )
    vars(user).pop("scope", None)


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


def sync_all_grants(users: "Iterable[User] | None" = None) -> None:
    """After the tree or the custodians changed: every account's grants anew."""
    for user in users if users is not None else User.objects.select_related("unit"):
        sync_grants(user)
