"""Who reports to whom (art. 13.8): a district to its province, provinces and units of HQ to the IT Center."""

from collections.abc import Mapping

from django.db.models import Q

from accounts.models import User
from orgs.models import OrgUnit
from orgs.queries import superiors
from orgs.rules import Grant, UnitKind
from yearend.rules.terms import closing_day


def superior_of(unit: OrgUnit) -> OrgUnit | None:
    """Whom the unit's report goes to; None for the IT Center, whose report is the country's. One query."""
    return superiors().get(unit.pk)


def reporting(year: int) -> list[OrgUnit]:
    """Every agency that keeps books at the end of the year, in the order of the tree. One query."""
    return list(OrgUnit.objects.agencies().in_force(closing_day(year)))


def subordinates(unit: OrgUnit, year: int, above: Mapping[int, OrgUnit] | None = None) -> list[OrgUnit]:
    """The units whose reports of the year go into the report of `unit`, in the order of the tree.

    Two queries, or one where the caller has asked for `superiors` already.
    """
    above = superiors() if above is None else above
    return [one for one in reporting(year) if one.pk in above and above[one.pk].pk == unit.pk]


def supervises(user: User) -> bool:
    """Whether the account supervises those who report to its unit: for the IT Center that is the whole sector."""
    unit = user.unit
    return user.scope.may(Grant.SUPERVISE, unit.path[: OrgUnit.steplen] if unit.nationwide else unit.path)


def below(user: User, lookup: str = "unit") -> Q:
    """The units whose reports the unit of `user` receives, as a condition on rows (`lookup` leads to their unit, ""
    if they are units): the same units as `subordinates` gives.
    """
    unit = user.unit
    if not supervises(user):
        return Q(pk__in=[])
    prefix = f"{lookup}__" if lookup else ""
    if unit.nationwide:
        return ~Q(**{f"{prefix}kind": UnitKind.DISTRICT}) & ~Q(**{lookup or "pk": unit.pk})
    return Q(
        **{
            f"{prefix}kind": UnitKind.DISTRICT,
            f"{prefix}path__startswith": unit.path,
            f"{prefix}depth": unit.depth + 1,
        }
    )
