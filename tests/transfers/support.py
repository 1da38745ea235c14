"""Transfers of the small country, brought as far as a test needs them."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import Document, DocumentKind
from equipment.models import Equipment
from tests.equipment.support import taken_in
from tests.world import World, devices, past
from transfers.actions import draft, receipt, steps
from transfers.actions.lines import lines_of
from transfers.models import Transfer
from transfers.rules import Arrival, Licences, Outcome, Result

MINUTES = {
    "place": "Trụ sở bên nhận",
    "giver_name": "Trần Văn Giao",
    "giver_title": "Phó Giám đốc",
    "receiver_name": "Lê Thị Nhận",
    "receiver_title": "Giám đốc",
}
SENDER, RECEIVER = "nghiepvu_badinh", "nghiepvu_hoankiem"


def paper(transfer: Transfer, by: User, kind: str) -> Document:
    """The row of a PDF without the PDF."""
    own = by.scope.write_units
    unit, partner = (transfer.unit, transfer.partner) if transfer.unit_id in own else (transfer.partner, transfer.unit)
    return Document.objects.create(
        subject=transfer, unit=unit, partner=partner, kind=kind, title=f"{kind}.pdf", file="aa/bb/x.pdf",
        sha256="0" * 64, size=1, pages=1, created_by=by,
    )  # fmt: skip


def stock(world: World, many: int = 3, *, by: str = SENDER, prefix: str = "SN") -> list[Equipment]:
    """Devices in the store of a unit, for some weeks now."""
    serials = [f"{prefix}-{n}" for n in range(many)]
    return devices(taken_in(world, getattr(world, by), serials, handover_date=past(30), late_reason="Chờ giấy tờ"))


def drafted(
    world: World,
    chosen: list[Equipment],
    *,
    by: str = SENDER,
    to: str = "01.002",
    submission: Any = None,
    licences: str = Licences.GO,
) -> Transfer:
    header = {"receiver": world.units[to], "reason": "Thừa so với định mức", "place": "", "licences": licences}
    return draft.start_draft(header=header, devices=chosen, by=getattr(world, by), submission=submission)


def decided(
    world: World, chosen: list[Equipment], *, by: str = SENDER, day: date | None = None, **more: Any
) -> Transfer:
    made = drafted(world, chosen, by=by, **more)
    paper(made, getattr(world, by), DocumentKind.DECISION)
    return decide(world, made, by=by, day=day)


def decide(world: World, made: Transfer, *, by: str = SENDER, day: date | None = None) -> Transfer:
    made.refresh_from_db()
    return steps.decide(
        made,
        number="12/QĐ-BHXH",
        day=day or timezone.localdate(),
        signer="Nguyễn Văn Ký",
        issuer="BHXH thành phố Hà Nội",
        by=getattr(world, by),
        version=made.version,
    )


def handed_over(
    world: World, chosen: list[Equipment], *, by: str = SENDER, on: date | None = None, **more: Any
) -> Transfer:
    made = decided(world, chosen, by=by, day=on, **more)
    return hand_over(world, made, by=by, on=on)


def hand_over(world: World, made: Transfer, *, by: str = SENDER, on: date | None = None, **more: Any) -> Transfer:
    made.refresh_from_db()
    return steps.hand_over(
        made,
        on=on or timezone.localdate(),
        minutes=MINUTES,
        by=getattr(world, by),
        version=made.version,
        **more,
    )


def receive(
    world: World, made: Transfer, *, by: str = RECEIVER, result: Result = Result.RECEIVED, **other: Arrival
) -> Transfer:
    """Everything alike, but for what is named in `other` by position ("p1")."""
    made.refresh_from_db()
    arrivals = {
        line.code: other.get(f"p{line.position}", Arrival(result, "" if result == Result.RECEIVED else "Không đúng"))
        for line in receipt.open_lines(lines_of(made))
    }
    return receipt.receive(
        made,
        arrivals=arrivals,
        on=timezone.localdate(),
        receiver_name="Lê Thị Nhận",
        receiver_title="Giám đốc",
        by=getattr(world, by),
        version=made.version,
    )


def received(world: World, chosen: list[Equipment], **more: Any) -> Transfer:
    return receive(world, handed_over(world, chosen, **more))


def settle(world: World, made: Transfer, *, by: str = SENDER, **outcomes: Outcome) -> Transfer:
    """By position ("p1"); without any, everything is taken back."""
    made.refresh_from_db()
    said = {
        line.code: outcomes.get(f"p{line.position}", Outcome.OPEN) if outcomes else Outcome.RETURNED
        for line in receipt.open_lines(lines_of(made))
    }
    return receipt.settle(made, outcomes=said, on=timezone.localdate(), by=getattr(world, by), version=made.version)


def difference(world: World, chosen: list[Equipment], **more: Any) -> Transfer:
    """The first device is refused, the others have arrived."""
    return receive(world, handed_over(world, chosen, **more), p1=Arrival(Result.REFUSED, "Màn hình vỡ"))


def now(*items: Equipment) -> list[tuple[str, str]]:
    """Unit and state of the devices as they are."""
    rows = Equipment.objects.filter(pk__in=[item.pk for item in items]).order_by("pk")
    return list(rows.values_list("unit__code", "status"))
