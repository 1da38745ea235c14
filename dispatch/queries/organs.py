"""How agencies are called in the exchange of documents."""

from collections.abc import Collection

from dispatch.models import AgencyIdentifier
from dispatch.rules import Organ
from orgs.models import OrgUnit
from orgs.rules import UnitKind


def code_of(unit: OrgUnit) -> str:
    """What stands for an identifier as long as none is entered: the unit's code in the sector, or its own."""
    return unit.sector_code or unit.code


def organs_of(units: Collection[OrgUnit]) -> dict[int, Organ]:
    """By unit, how it is called. Two queries."""
    known = {one.unit_id: one for one in AgencyIdentifier.objects.filter(unit__in=units)}
    top = OrgUnit.objects.filter(kind=UnitKind.HQ).first()
    return {unit.pk: _organ(unit, known.get(unit.pk), top.name if top else unit.name) for unit in units}


def organ_of(unit: OrgUnit) -> Organ:
    """How one unit is called."""
    return organs_of([unit])[unit.pk]


def _organ(unit: OrgUnit, known: AgencyIdentifier | None, top: str) -> Organ:
    organ_id = known.organ_id if known else code_of(unit)
    return Organ(organ_id, unit.name, (known.in_charge if known else "") or top)
