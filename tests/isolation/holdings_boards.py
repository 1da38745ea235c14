"""Notes to the units of the country about what they owe, with the unit's own marker in every text.

They come from IT Center, for which nobody who is sent round works; what the unit in the middle sends goes to a district
that nobody visits: so whoever reads a note finds nothing of another unit in it.
"""

from typing import Any

from django.utils import timezone

from accounts.models import User
from deadlines.actions import fulfil, open_obligation, oversight
from deadlines.actions.urging import answer, urge
from deadlines.models import Obligation, Urging
from deadlines.rules import Kind
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from tests.world import past


def furnish(country: Any) -> None:
    """Each unit is urged; the one in the middle answers, urges too, and needn't do something any more."""
    center = User.objects.select_related("unit").get(username="nghiepvu.cntt")
    for holding in country.holdings.values():
        rows = Obligation.objects.filter(unit=holding.unit)
        (note,) = urge(rows, text=f"Đôn đốc {holding.marker}", by=center)
        holding.more["urging"] = note
        holding.more["owed"] = rows.overdue(timezone.localdate()).order_by("pk")[0]
        holding.told += [str(note.public_id), *(item["id"] for item in note.items)]
    middle, by = country.middle, country.world.nghiepvu_hanoi
    answer(middle.more["urging"], text=f"Phản hồi {middle.marker}", by=by)
    waived = open_obligation(
        kind=Kind.TRANSFER_OUT,
        subject=middle.overdue,
        unit=middle.unit,
        start_date=past(20),
        label=middle.overdue.number,
        by=by,
    )
    middle.more["waived"] = oversight.excuse(waived, reason=f"Miễn {middle.marker}", by=center)
    middle.told += [str(waived.public_id), str(_sent(country, by).public_id)]


def _sent(country: Any, by: User) -> Urging:
    middle = country.middle
    parent = OrgUnit.objects.get(pk=middle.unit.pk)
    district = OrgUnit(code="01.003", name="BHXH huyện Sóc Sơn", kind=UnitKind.DISTRICT)
    unit = OrgUnit.objects.add_child(parent, instance=district)
    owed = {"kind": Kind.INTAKE, "subject": unit}
    open_obligation(**owed, unit=unit, start_date=past(20), label="TN-01.003-1", by=by)
    (note,) = urge(Obligation.objects.filter(unit=unit), text=f"Đôn đốc {middle.marker}", by=by)
    fulfil(**owed, on=timezone.localdate(), by=by)
    return note
