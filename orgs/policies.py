"""Who sees and writes what: grants on units become the scope of an account."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from core.scope import NOBODY, Scope
from orgs.models import OrgUnit, OrgUnitQuerySet, OrgUnitUserPermission
from orgs.rules import Grant


def scope_of(user: Any) -> Scope:
    """The scope that the grants of `user` add up to; nothing for an inactive account. One query."""
    if not user.is_active:
        return NOBODY
    grants: dict[str, set[str]] = defaultdict(set)
    write: set[int] = set()
    held = OrgUnitUserPermission.objects.filter(user=user).values_list(
        "permission__codename", "content_object__path", "content_object_id", "content_object__depth"
    )
    nationwide = False
    for codename, path, pk, depth in held:
        grants[codename].add(path)
        if codename == Grant.RECORD_DATA:
            write.add(pk)
        nationwide |= codename == Grant.VIEW_DATA and depth == 1
    return Scope(
        read_paths=_widest(grants[Grant.VIEW_DATA]),
        write_units=frozenset(write),
        nationwide=nationwide,
        account=user.pk,
        home=user.unit_id,
        grants={codename: tuple(sorted(paths)) for codename, paths in grants.items()},
    )


def _widest(paths: set[str]) -> tuple[str, ...]:
    """Without the paths that lie below another one."""
    return tuple(p for p in sorted(paths) if not any(p != q and p.startswith(q) for q in paths))


def visible_units(user: Any) -> OrgUnitQuerySet:
    """Units whose data `user` may see, in the order of the tree."""
    return OrgUnit.objects.filter(user.scope.readable(""))


def recordable_units(user: Any) -> OrgUnitQuerySet:
    """Units for which `user` records: its own and those in its custody."""
    return OrgUnit.objects.filter(pk__in=user.scope.write_units)


def require(user: Any, grant: Grant) -> None:
    """Refuse (403) an account that has the grant nowhere."""
    if not user.scope.may(grant):
        raise PermissionDenied


def access_unit(user: Any, code: str) -> OrgUnit:
    """A unit that `user` may look into: 404 for the others."""
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None or not user.scope.reads(unit.path):
        raise Http404
    return unit
