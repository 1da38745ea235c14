"""Software and computers of the small country."""

from equipment.actions import confirm, intake
from equipment.models import Equipment
from tests import world as w
from tests.equipment.support import paper, taken_in


def software(
    world: w.World, by, *, name="Bộ phần mềm văn phòng", seats: str = "2", many=1, **header
) -> list[Equipment]:
    """Software items, each with so many seats recorded at the intake."""
    line = intake.LineData(
        category=world.office, quantity=many, unit_price=3_000_000, name=name, attributes={"so_ban_quyen": seats}
    )
    made = intake.start_draft(unit=by.unit, header=w.header(**header), lines=[line], by=by)
    paper(made, by)
    confirm.confirm(made, by=by)
    return w.devices(made)


def computers(world: w.World, by, many: int, *, prefix="PC", **header) -> list[Equipment]:
    return w.devices(taken_in(world, by, [f"{prefix}-{n}" for n in range(many)], **header))
