"""Read-only questions about the tree."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.memo import once_a_page
from core.text import fold
from orgs.models import OrgUnit
from orgs.policies import visible_units
from orgs.rules import UnitKind


@dataclass(frozen=True)
class Branch:
    """A unit in the drawn tree: `opens` a list below it, or `closes` so many lists after it."""

    unit: OrgUnit
    opens: bool
    closes: range


def branches(user: Any) -> list[Branch]:
    """The agencies that `user` sees, in the order of the tree, ready to be drawn. One query."""
    units = list(visible_units(user).agencies().only("code", "name", "kind", "depth", "path", "valid_to"))
    drawn = []
    for unit, following in zip(units, [*units[1:], None], strict=True):
        opens = following is not None and following.path.startswith(unit.path)
        last = units[0].depth if following is None else following.depth
        drawn.append(Branch(unit, opens, range(0 if opens else max(0, unit.depth - last))))
    return drawn


def ancestors_seen(user: Any, unit: OrgUnit) -> list[OrgUnit]:
    """The units above `unit` that `user` sees, from the top."""
    steps = range(OrgUnit.steplen, len(unit.path), OrgUnit.steplen)
    return list(visible_units(user).filter(path__in=[unit.path[:end] for end in steps]).order_by("path"))


def by_name(rows: QuerySet, text: str) -> QuerySet:
    """Units by words without accents; some hundreds of names are compared here rather than in the database."""
    words = fold(text).split()
    names = rows.values_list("pk", "name", "code")
    return rows.filter(pk__in=[pk for pk, name, code in names if all(w in fold(f"{code} {name}") for w in words)])


def it_center() -> OrgUnit | None:
    """The unit that watches the whole sector (IT Center, art. 14)."""
    return OrgUnit.objects.filter(nationwide=True).order_by("path").first()


@once_a_page
def superiors() -> dict[int, OrgUnit]:
    """By unit, whom it turns to and who answers for it (art. 13.4, 13.5): for a district the agency above it, for
    provinces and units of the headquarters the IT Center; nobody for the IT Center itself. One query.
    """
    units = {unit.path: unit for unit in OrgUnit.objects.agencies()}
    center = next((unit for unit in units.values() if unit.nationwide), None)
    found = {}
    for path, unit in units.items():
        above = _above(units, path) if unit.kind == UnitKind.DISTRICT else center
        if above is not None and above.pk != unit.pk:
            found[unit.pk] = above
    return found


def _above(units: dict[str, OrgUnit], path: str) -> OrgUnit | None:
    """The nearest agency above `path`."""
    ends = range(len(path) - OrgUnit.steplen, 0, -OrgUnit.steplen)
    return next((units[path[:end]] for end in ends if path[:end] in units), None)
