"""Repairs of the small country, made as fast as tests need them."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import Document, DocumentKind
from equipment.models import Equipment
from repairs.actions import drafts, results, sending
from repairs.models import Repair, RepairLine
from tests import world as w
from tests.equipment.support import taken_in

RESULTS: dict[str, dict[str, Any]] = {
    "repaired": {"result": "repaired"},
    "replaced": {"result": "replaced", "new_serial": "MOI-1"},
    "upgraded": {"result": "upgraded", "new_price": 16_000_000, "new_attributes": {"RAM": "16 GB"}},
    "beyond_repair": {"result": "beyond_repair"},
    "not_done": {"result": "not_done"},
}


def today() -> date:
    return timezone.localdate()


def some(world: w.World, by: User, serials: list[str] | None = None, **changes: Any) -> list[Equipment]:
    """Devices of the account's unit, received a month ago; their warranty runs for three years."""
    made = taken_in(world, by, serials or ["S1", "S2"], handover_date=w.past(30), late_reason="Chờ giấy", **changes)
    return w.devices(made)


def paper(repair: Repair, by: User, *kinds: str) -> None:
    """The rows of PDFs without the PDFs."""
    for kind in kinds:
        Document.objects.create(
            subject=repair, unit=repair.unit, kind=kind, title=f"{kind}.pdf", file="aa/bb/x.pdf", sha256="0" * 64,
            size=1, pages=1, created_by=by,
        )  # fmt: skip


def head(**changes: Any) -> dict[str, Any]:
    """The head of a dossier that lacks nothing."""
    return {
        "kind": "repair",
        "opened_on": w.past(10),
        "assessment": "Máy không lên nguồn, cần thay bộ nguồn.",
        "sent_to": "supplier",
        "supplier": "Công ty TNHH Tin học Phương Nam",
        "supplier_contact": "Phòng kỹ thuật",
        "expected_on": None,
        "note": "",
        **changes,
    }


def drafted(devices: list[Equipment], by: User, *, fault: str = "Không lên nguồn", **changes: Any) -> Repair:
    """A draft that lacks nothing."""
    repair = drafts.open_draft(devices, header=head(**changes), fault=fault, by=by)
    paper(repair, by, DocumentKind.ASSESSMENT)
    return repair


def sent(devices: list[Equipment], by: User, *, on: date | None = None, **changes: Any) -> Repair:
    """Sent a few days ago."""
    repair = drafted(devices, by, **changes)
    return sending.send(repair, sent_on=on or w.past(5), by=by, version=repair.version)


def known(repair: Repair, by: User, *ends: str, **changes: Any) -> Repair:
    """Results are recorded: `ends` by line; `changes` of the head."""
    lines = RepairLine.objects.filter(repair=repair).order_by("position")
    given = {line.pk: RESULTS[end] for line, end in zip(lines, ends, strict=True)}
    given = {pk: {"cost": 0, **values} for pk, values in given.items()}
    return results.record_results(
        repair, header={"returned_on": today(), **changes}, results=given, by=by, version=repair.version
    )


def ready(devices: list[Equipment], by: User, *ends: str, **changes: Any) -> Repair:
    """Lacks nothing to be finished."""
    repair = known(sent(devices, by, **changes), by, *ends)
    paper(repair, by, DocumentKind.REPAIR_MINUTES, DocumentKind.VALUE_MINUTES)
    return repair


def done(devices: list[Equipment], by: User, *ends: str, **changes: Any) -> Repair:
    repair = ready(devices, by, *ends, **changes)
    return results.finish(repair, by=by, version=repair.version)


def cancelled(devices: list[Equipment], by: User, **changes: Any) -> Repair:
    repair = drafted(devices, by, **changes)
    return drafts.cancel(repair, reason="Lập nhầm", by=by, version=repair.version)


def now(device: Equipment) -> Equipment:
    return Equipment.objects.get(pk=device.pk)
