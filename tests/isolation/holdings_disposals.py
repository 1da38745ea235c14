"""Disposals and loss reports of the units of the country, with the marker in every text."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import DocumentKind
from disposals.actions import draft, losses, steps
from disposals.loading import load_procedures
from disposals.models import Disposal, ProcedureRule
from dossiers import actions as papers
from equipment.actions import life
from equipment.models import Equipment
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from tests.disposals import support as s
from tests.world import World, pdf_file


def furnish(holding: Any, world: World, *, by: User) -> None:
    """A disposal in each state, reports of losses and of a find; a device waits for a disposal, another is free."""
    marker = holding.marker
    told_of = {"name": f"Máy {marker}", "made_in": f"Nước {marker}"}
    devices = s.in_books(world, by, 10, prefix=f"D-{marker}", unit=holding.unit, **told_of)
    Equipment.objects.filter(pk=devices[0].pk).update(inventory_number=f"Thẻ {marker}")
    devices[0].refresh_from_db()
    states = ("draft", "submitted", "decided", "closed", "cancelled")
    made = {state: _brought(state, device, marker, by=by) for state, device in zip(states, devices, strict=False)}
    made["draft"], line = _described(made["draft"], marker, by=by)
    scan = papers.attach(made["draft"], paper="other", file=pdf_file(f"Tờ trình {marker}.pdf"), by=by)
    form = papers.issue(made["closed"], paper="form_c51", by=by)
    report = s.report([devices[5]], by, **told(marker))
    loss_scan = papers.attach(report, paper="other", file=pdf_file(f"Biên bản mất {marker}.pdf"), by=by)
    given_up = losses.cancel(s.report([devices[6]], by, **told(marker)), reason=f"Nhầm {marker}", by=by)
    s.lost([devices[6]], by, **told(marker))
    back = s.found([devices[6]], by, circumstances=f"Ở kho {marker}", minutes_number=f"BB {marker}")
    _wait(devices[8], holding.unit, marker, by=by)
    s.lost([devices[9]], by, **told(marker))
    holding.more |= {f"disposal_{state}": dossier for state, dossier in made.items()}
    holding.more |= {"disposal_line": line, "disposal_scan": scan, "disposal_form": form, "disposal_spare": devices[7]}
    holding.more |= {"missing": devices[9]}
    holding.more |= {"loss": report, "loss_scan": loss_scan, "loss_cancelled": given_up, "found": back}
    holding.told += [dossier.number for dossier in (*made.values(), report, given_up, back)]
    holding.told += [str(paper.public_id) for paper in (scan, form, loss_scan)]
    holding.told += [device.code for device in devices]


def _brought(state: str, device: Equipment, marker: str, *, by: User) -> Disposal:
    """A disposal of one device, taken through its real steps."""
    today = timezone.localdate()
    made = s.drafted([device], by, **marked(marker))
    if state == "cancelled":
        return draft.cancel(made, reason=f"Hủy {marker}", by=by)
    if state != "draft":
        made = steps.submit(made, by=by)
        s.paper(made, DocumentKind.DECISION, by)
    if state in {"decided", "closed"}:
        made = steps.decide(made, number=f"QĐ {marker}", day=today, signer=f"Giám đốc {marker}", by=by)
    if state == "closed":
        made = steps.close(made, values=s.ending(close_late_reason=f"Chờ {marker}"), by=by)
    return made


def _described(made: Disposal, marker: str, *, by: User) -> tuple[Disposal, Any]:
    texts = {"wiped_by": f"Người xóa {marker}", "wipe_method": f"Cách xóa {marker}"}
    line = draft.describe_line(made.lines.get(), values=texts, by=by, version=made.version)
    return s.fresh(made), line


def _wait(device: Equipment, unit: OrgUnit, marker: str, *, by: User) -> None:
    """The device stands in a room and waits for its disposal."""
    room = OrgUnit.objects.departments_of(unit).first()
    life.step(
        life.lock_devices([device.pk]),
        to=Status.PENDING_DISPOSAL,
        by=by,
        reason=f"Hỏng {marker}",
        event="equipment.updated",
        values={"room": room},
    )


def marked(marker: str) -> dict[str, Any]:
    """The texts of a disposal."""
    return {
        "council": [{**member, "name": f"{member['name']} {marker}"} for member in s.COUNCIL],
        "minutes_number": f"BB {marker}",
        "conclusion": f"Kết luận {marker}",
        "late_reason": f"Muộn vì {marker}",
        "note": f"Ghi chú {marker}",
    }


def told(marker: str) -> dict[str, Any]:
    """The texts of a report."""
    return {
        "happened_on": timezone.localdate(),
        "minutes_number": f"BB {marker}",
        "circumstances": f"Mất ở {marker}",
        "responsible": f"Tổ {marker}",
    }


def make_shared() -> dict[str, Any]:
    """What belongs to all: the table of procedures."""
    load_procedures()
    return {"procedure": ProcedureRule.objects.order_by("pk")[0]}
