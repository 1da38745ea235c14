"""Repairs of one unit of the country, with the marker in every text."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import DocumentKind
from dossiers import actions as papers
from equipment.actions import confirm, equipment
from equipment.models import Category, Equipment
from orgs.models import OrgUnit
from repairs.actions import drafts, results, sending
from repairs.models import Repair
from tests.world import past, pdf_file

PAPERS = (DocumentKind.ASSESSMENT, DocumentKind.REPAIR_MINUTES, DocumentKind.VALUE_MINUTES)


def furnish(country: Any, make_draft: Any) -> None:
    """A dossier in each state in every unit, and a device whose upkeep is due."""
    world = country.world
    Category.objects.filter(pk=world.desktop.pk).update(maintenance_months=1)
    for code, holding in country.holdings.items():
        by = User.objects.select_related("unit").get(pk=_clerk(world, code))
        serials = [f"S-{holding.marker}-SC-{n}" for n in range(5)]
        made = confirm.confirm(make_draft(world, holding, serials, by=by, handover_date=past(60)), by=by)
        devices = list(Equipment.objects.filter(intake=made).select_related("unit", "category").order_by("code"))
        holding.more |= furnish_one(devices, holding.marker, by=by)
        dossiers = [holding.more[f"repair_{state}"] for state in ("draft", "sent", "done", "cancelled")]
        holding.told += [*(dossier.number for dossier in dossiers), *(device.code for device in devices)]
        holding.told += [str(holding.more[f"repair_{paper}"].public_id) for paper in ("scan", "form")]


def _clerk(world: Any, code: str) -> int:
    accounts = {"01": "nghiepvu_hanoi", "48": "nghiepvu_danang", "01.001": "nghiepvu_badinh",
                "01.002": "nghiepvu_hoankiem", "00.PC": "vanphong"}  # fmt: skip
    return world.users[accounts[code]].pk


def furnish_one(devices: list[Equipment], marker: str, *, by: User) -> dict[str, Any]:
    """One dossier in each state; the fifth device is free."""
    draft = drafted(devices[0], marker, by=by)
    scan = attached(draft, marker, by=by)
    stopped = drafted(devices[1], marker, by=by)
    stopped = drafts.cancel(stopped, reason=f"Hủy vì {marker}", by=by, version=stopped.version)
    upgrade = known(
        sent(drafted(devices[2], marker, by=by, kind="upgrade"), marker, by=by),
        {"result": "upgraded", "new_price": 20_000_000, "new_attributes": {"RAM": f"16 GB {marker}"}},
        marker,
        by=by,
    )
    claim = known(
        sent(drafted(devices[3], marker, by=by, kind="warranty"), marker, by=by),
        {"result": "replaced", "new_serial": f"M-{marker}"},
        marker,
        by=by,
    )
    room = OrgUnit.objects.departments_of(devices[4].unit).first()
    free = equipment.describe(devices[4], values={"room": room}, reason=f"Đặt {marker}", by=by, version=1)
    form = papers.issue(claim, paper=DocumentKind.FORM_C54, by=by)
    done = results.finish(claim, by=by, version=claim.version)
    return {
        "repair_draft": draft,
        "repair_cancelled": stopped,
        "repair_sent": upgrade,
        "repair_done": done,
        "repair_scan": scan,
        "repair_form": form,
        "repair_spare": free,
    }


def drafted(device: Equipment, marker: str, *, by: User, kind: str = "repair") -> Repair:
    header = {
        "kind": kind,
        "opened_on": past(20),
        "assessment": f"Đánh giá {marker}",
        "sent_to": "supplier",
        "supplier": f"Nơi sửa {marker}",
        "supplier_contact": f"Liên hệ {marker}",
        "expected_on": past(5),
        "note": f"Ghi chú {marker}",
    }
    return drafts.open_draft([device], header=header, fault=f"Hỏng {marker}", by=by)


def attached(repair: Repair, marker: str, *, by: User) -> Any:
    kind, *_ = PAPERS
    return papers.attach(repair, paper=kind, file=pdf_file(f"Đánh giá {marker}.pdf"), by=by)


def sent(repair: Repair, marker: str, *, by: User) -> Repair:
    for kind in PAPERS:
        papers.attach(repair, paper=kind, file=pdf_file(f"{kind} {marker}.pdf"), by=by)
    return sending.send(repair, sent_on=past(15), by=by, version=repair.version)


def known(repair: Repair, result: dict[str, Any], marker: str, *, by: User) -> Repair:
    told = {
        "work_done": f"Đã làm {marker}",
        "parts": [{"name": f"Linh kiện {marker}", "quantity": 1, "price": 100_000}],
        "cost": 150_000,
        "result_note": f"Kết quả {marker}",
    }
    header: dict[str, date | str] = {
        "returned_on": timezone.localdate() - timedelta(days=1),
        "cost_reason": f"Trả tiền vì {marker}",
        "late_reason": f"Chậm vì {marker}",
    }
    line = repair.lines.get()
    return results.record_results(
        repair, header=header, results={line.pk: {**told, **result}}, by=by, version=repair.version
    )
