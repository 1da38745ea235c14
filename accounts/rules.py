"""Kinds of account (art. 5.1) and the grants that each carries."""

from django.db import models

from orgs.rules import Grant


class Kind(models.TextChoices):
    LEVEL1_ADMIN = "level1_admin", "Quản trị cấp 1"
    LEVEL2_ADMIN = "level2_admin", "Quản trị cấp 2"
    BUSINESS = "business", "Nghiệp vụ"
    LOOKUP = "lookup", "Tra cứu"


ADMINS = frozenset({Kind.LEVEL1_ADMIN, Kind.LEVEL2_ADMIN})

_OVER_OTHERS = frozenset({Grant.SUPERVISE, Grant.ANSWER_SUPPORT})
"""What a unit does for those below it (art. 13.4, 14): it reaches nothing where there is no unit below."""

_ON_OWN_UNIT = {
    Kind.LEVEL1_ADMIN: frozenset({Grant.VIEW_DATA}),
    Kind.LEVEL2_ADMIN: frozenset({Grant.VIEW_DATA, Grant.MANAGE_ACCOUNTS, *_OVER_OTHERS}),
    Kind.BUSINESS: frozenset({Grant.VIEW_DATA, Grant.RECORD_DATA, *_OVER_OTHERS}),
    Kind.LOOKUP: frozenset({Grant.VIEW_DATA}),
}
_ON_ROOT = {
    Kind.LEVEL1_ADMIN: frozenset(
        {
            Grant.VIEW_DATA,
            Grant.MANAGE_ACCOUNTS,
            Grant.MANAGE_CATALOGUE,
            Grant.MANAGE_UNITS,
            Grant.RUN_PLANNING,
            Grant.UNLOCK_BOOKS,
            *_OVER_OTHERS,
        }
    ),
}


def grants_on_own_unit(kind: str) -> frozenset[Grant]:
    """What an account of this kind may do on the unit it is bound to."""
    return _ON_OWN_UNIT[Kind(kind)]


def grants_on_root(kind: str, *, nationwide: bool) -> frozenset[Grant]:
    """What it may do on the whole tree: level-1 admins always (art. 5.1a, 14.3); every account of a unit that
    watches the sector (IT Center, art. 14.6) sees it, its business accounts urge and help the units; nobody records
    there."""
    watching = {Grant.VIEW_DATA, *(_OVER_OTHERS if kind == Kind.BUSINESS else ())} if nationwide else frozenset()
    return _ON_ROOT.get(Kind(kind), frozenset()) | watching


def grants_in_custody(kind: str) -> frozenset[Grant]:
    """What it may do on the units that its own unit records for (art. 13.7)."""
    if kind == Kind.BUSINESS:
        return frozenset({Grant.VIEW_DATA, Grant.RECORD_DATA})
    return frozenset({Grant.VIEW_DATA}) if kind in {Kind.LOOKUP, Kind.LEVEL2_ADMIN} else frozenset()
