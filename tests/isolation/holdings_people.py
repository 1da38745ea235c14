"""People, hand-overs, what has to be got back, and norms of one unit of the country, with the marker in every text."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from dossiers import actions as papers
from equipment.actions import holdings
from equipment.actions.assignment import Transfer, assign
from equipment.models import Equipment, Norm, NormSet
from equipment.rules.assignment import AssignmentKind, RecoveryReason
from orgs.models import OrgUnit
from personnel.models import Employee, FeedFault, FeedRun, Title
from personnel.rules import RunState
from tests.world import World, pdf_file


def furnish(holding: Any, devices: Any, *, by: User) -> None:
    """A person with a device, one who has gone with another, and one whose account is the clerk's."""
    unit, marker = holding.unit, holding.marker
    title, _ = Title.objects.get_or_create(code="CV", defaults={"name": "Chuyên viên", "position": 14})
    room = OrgUnit.objects.departments_of(unit).first()
    common = {"unit": unit, "title": title, "email": f"{marker.lower()}@example.vn"}
    person = Employee.objects.create(
        code=f"{unit.code}-NV1", full_name=f"Nguyễn {marker}", room=room, account=by, **common
    )
    gone = Employee.objects.create(code=f"{unit.code}-NV2", full_name=f"Lê {marker}", **common)
    first, second = devices.select_related("unit", "category").order_by("code")
    hand_over([first, second], gone, by, marker)
    dossier = holding.more["first"] = hand_over([fresh(first)], person, by, marker)
    dossier.norm_reason = f"Được phép {marker}"
    dossier.save()
    scan = papers.attach(dossier, paper="signed_form", file=pdf_file(f"Đã ký {marker}.pdf"), by=by)
    form = papers.issue(dossier, paper="form_use", by=by)
    gone.state = "left"
    gone.save()
    recovery = holdings.open_recovery(
        employee=gone,
        unit=unit,
        code=gone.code,
        name=gone.full_name,
        reason=RecoveryReason.LEFT,
        on=timezone.localdate(),
    )
    holding.more |= {"person": person, "gone": gone, "scan": scan, "form": form, "recovery": recovery}
    holding.more |= {"lent": first, "second": second}
    holding.told += [
        first.code,
        second.code,
        person.code,
        gone.code,
        dossier.number,
        str(scan.public_id),
        str(form.public_id),
    ]


def fresh(device: Equipment) -> Equipment:
    return Equipment.objects.select_related("unit", "category").get(pk=device.pk)


def hand_over(devices: list[Equipment], person: Employee, by: User, marker: str) -> Any:
    given = Transfer(
        kind=AssignmentKind.HAND_OVER,
        devices=devices,
        on=timezone.localdate(),
        employee=person,
        keeper_name=f"Người giao {marker}",
        note=f"Bàn giao {marker}",
    )
    return assign(given, by=by)


def make_shared(world: World, marker: str) -> dict[str, Any]:
    """What belongs to all: a set of norms, and a run of the feed with a fault."""
    root, category, title = world.units["00"], world.desktop, Title.objects.get(code="CV")
    norm_set = NormSet.objects.create(code="QD-THU", name="Quyết định thử", valid_from="2020-01-01")
    norm = Norm.objects.create(norm_set=norm_set, scope="unit", category=category, quantity=500)
    run = FeedRun.objects.create(
        unit=root,
        source=f"https://nhan-su.example.vn/{marker}",
        etag=marker,
        modified=marker,
        problem=f"Hỏng {marker}",
        state=RunState.PARTLY,
        faulty=1,
    )
    FeedFault.objects.create(unit=root, run=run, line=3, code=f"M-{marker}", message=f"Thiếu {marker}.")
    norm_set.titles.create(title=title, group="VIII")
    return {"norm_set": norm_set, "norm": norm, "run": run}
