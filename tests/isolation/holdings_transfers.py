"""Transfers of the units of the country, with the sender's marker in every text.

What leaves the watched units goes to IT Center, for which nobody who is sent round records and which sees the whole
country anyway: so whoever is sent round finds nothing of another unit in a dossier that it shares.
"""

from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.rules import Kind
from core.models import DocumentKind
from dossiers import actions as papers
from equipment.actions import confirm, equipment
from equipment.models import Equipment
from tests.world import make_user, past, pdf_file
from transfers.actions import draft, receipt, steps
from transfers.actions.lines import lines_of
from transfers.models import Transfer
from transfers.rules import Arrival, Licences, Outcome, Result

OUT = ("draft", "decided", "handed", "differing", "gone", "cancelled", "settled")
"""What the unit in the middle sends; it receives `coming` and has received `come`."""


def furnish(country: Any, make_draft: Any) -> None:
    """A draft and a decided transfer of every unit; in the middle one in each state, and both ways."""
    world = country.world
    taker = make_user("nghiepvu.cntt", world.units["00.CNTT"], Kind.BUSINESS)
    clerks = {"01": "nghiepvu_hanoi", "48": "nghiepvu_danang", "01.001": "nghiepvu_badinh",
              "01.002": "nghiepvu_hoankiem", "00.PC": "vanphong"}  # fmt: skip
    for code, holding in country.holdings.items():
        by = User.objects.select_related("unit").get(pk=world.users[clerks[code]].pk)
        names = OUT if code == "01" else ("draft", "decided", "differing") if code == "01.002" else ("draft", "decided")
        devices = stock(country, holding, by, make_draft, len(names))
        for name, device in zip(names, devices, strict=True):
            made = brought(name, device, to=world.units["00.CNTT"], marker=holding.marker, by=by, taker=taker)
            holding.more[f"transfer_{name}"] = made
            holding.told += [made.number, device.code]
    middle, sender = country.middle, world.nghiepvu_hoankiem
    # Their texts are those of the middle: what is told of them there must be found.
    coming, come = stock(country, country.holdings["01.002"], sender, make_draft, 2, marker=middle.marker)
    for name, device in (("coming", coming), ("come", come)):
        made = brought(
            "handed" if name == "coming" else "gone",
            device,
            to=middle.unit,
            marker=middle.marker,
            by=sender,
            taker=world.nghiepvu_hanoi,
        )
        middle.more[f"transfer_{name}"] = made
        middle.told += [made.number, device.code]
    # And one that waits for the spider to receive it.
    second = country.holdings["01.002"]
    (device,) = stock(country, middle, world.nghiepvu_hanoi, make_draft, 1, marker=second.marker)
    made = brought(
        "handed", device, to=second.unit, marker=second.marker, by=world.nghiepvu_hanoi, taker=world.nghiepvu_hoankiem
    )
    second.more["transfer_coming"] = made
    second.told += [made.number, device.code]
    middle.more["transfer_issued"] = papers.issue(
        middle.more["transfer_gone"], paper="form_handover", by=_hanoi(country)
    )
    middle.told.append(str(middle.more["transfer_issued"].public_id))


def _hanoi(country: Any) -> User:
    return country.world.nghiepvu_hanoi


def stock(country: Any, holding: Any, by: User, make_draft: Any, many: int, *, marker: str = "") -> list[Equipment]:
    """Further devices of the unit, described with the marker."""
    marker = marker or holding.marker
    serials = [f"S-{marker}-DC-{holding.unit.code}-{n}" for n in range(many)]
    days = {"handover_date": past(40)}
    made = confirm.confirm(make_draft(country.world, holding, serials, by=by, **days), by=by)
    found = []
    for device in Equipment.objects.filter(intake=made).order_by("code"):
        values = {"name": f"Máy {marker}", "note": f"Ghi chú {marker}"}
        found.append(
            equipment.describe(device, values=values, reason=f"Sửa vì {marker}", by=by, version=device.version)
        )
    return found


def brought(name: str, device: Equipment, *, to: Any, marker: str, by: User, taker: User) -> Transfer:
    """A transfer of one device, as far as its name says."""
    header = {"receiver": to, "reason": f"Lý do {marker}", "place": f"Kho {marker}", "licences": Licences.GO}
    made = draft.start_draft(header=header, devices=[device], by=by)
    papers.attach(made, paper=DocumentKind.DECISION, file=pdf_file(f"Quyết định {marker}.pdf"), by=by)
    if name == "draft":
        return made
    if name == "cancelled":
        return draft.cancel(made, reason=f"Hủy vì {marker}", by=by)
    made.refresh_from_db()
    made = steps.decide(
        made, number=f"QĐ {marker}", day=past(20), signer=f"Ký {marker}", issuer=f"Nơi {marker}", by=by,
        version=made.version,
    )  # fmt: skip
    papers.attach(made, paper=DocumentKind.DATA_WIPE, file=pdf_file(f"Xóa {marker}.pdf"), by=by)
    (line,) = lines_of(made)
    made = draft.prepare(
        made, wiped={line.pk: True}, licences={}, on=past(16), person=f"Xóa {marker}", method=f"Ghi đè {marker}", by=by,
        version=made.version,
    )  # fmt: skip
    if name == "decided":
        return made
    names = {key: f"{key} {marker}" for key in steps.MINUTES}
    made = steps.hand_over(made, on=past(15), minutes=names, late_reason=f"Muộn {marker}", by=by, version=made.version)
    if name == "handed":
        return made
    lost = name in {"differing", "settled"}
    arrival = Arrival(Result.MISSING, f"Thiếu {marker}") if lost else Arrival(Result.RECEIVED)
    made = receipt.receive(
        made,
        arrivals={device.code: arrival},
        on=timezone.localdate(),
        receiver_name=f"Nhận {marker}",
        receiver_title=f"Chức vụ {marker}",
        late_reason=f"Nhận muộn {marker}",
        by=taker,
        version=made.version,
    )
    if name != "settled":
        return made
    said = {device.code: Outcome.RETURNED}
    return receipt.settle(made, outcomes=said, on=timezone.localdate(), by=by, version=made.version)
