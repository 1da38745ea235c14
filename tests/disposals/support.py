"""Disposals and loss reports of the small country, made as fast as tests need them."""

from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import Document, DocumentKind
from deadlines.queries import calendar
from disposals.actions import draft, losses, steps
from disposals.models import Disposal, LossReport
from disposals.rules.flow import Happening
from equipment.actions import life
from equipment.models import Equipment
from equipment.rules.lifecycle import Status
from tests import world as w
from tests.equipment.support import taken_in

COUNCIL = [
    {"name": "Trần Văn An", "title": "Phó Giám đốc", "body": "Lãnh đạo", "head": True},
    {"name": "Lê Thị Bình", "title": "Kế toán trưởng", "body": "Tổ Kế toán", "head": False},
    {"name": "Phạm Văn Cường", "title": "Chuyên viên", "body": "Tổ CNTT", "head": False},
]
SUBMITTING = (DocumentKind.COUNCIL_MINUTES, DocumentKind.PROPOSAL, DocumentKind.EXPERT_OPINION)


def paper(dossier: Any, kind: str, by: User) -> Document:
    """The row of a PDF without the PDF: what steps ask for."""
    return Document.objects.create(
        subject=dossier, unit=dossier.unit, kind=kind, title=f"{kind}.pdf", file="aa/bb/x.pdf", sha256="0" * 64, size=1,
        pages=1, created_by=by,
    )  # fmt: skip


def in_books(
    world: w.World, by: User, count: int = 1, *, prefix: str = "TL", days: int = 400, unit: Any = None, **line: Any
) -> list[Equipment]:
    """Devices of the unit of `by`, received long enough ago for everything that follows."""
    serials = [f"{prefix}-{n}" for n in range(1, count + 1)]
    made = taken_in(world, by, serials, unit=unit, line=line, handover_date=w.past(days), late_reason="Nhập dữ liệu cũ")
    return list(Equipment.objects.filter(intake=made).order_by("code"))


def fresh(obj: Any) -> Any:
    return type(obj)._base_manager.get(pk=obj.pk)


def values(**changes: Any) -> dict[str, Any]:
    """The head of a draft that lacks nothing."""
    return {
        "method": "sale",
        "council": COUNCIL,
        "minutes_number": "05/BB-HĐ",
        "minutes_date": timezone.localdate(),
        "conclusion": "Thiết bị hỏng, sửa chữa không hiệu quả. Đề nghị thanh lý.",
        "note": "",
        "late_reason": "",
        **changes,
    }


def drafted(
    devices: list[Equipment], by: User, *, act: str = "liquidation", papers: bool = True, **changes: Any
) -> Disposal:
    """A draft; with `papers`, nothing is missing."""
    changes = {"method": "burn", **changes} if act == "destruction" else changes
    made = draft.start_draft(devices=devices, act=act, reason="beyond_repair", values=values(**changes), by=by)
    for kind in SUBMITTING if papers else ():
        paper(made, kind, by)
    return made


def submitted(devices: list[Equipment], by: User, **changes: Any) -> Disposal:
    made = steps.submit(drafted(devices, by, **changes), by=by)
    paper(made, DocumentKind.DECISION, by)
    paper(made, DocumentKind.DATA_WIPE, by)
    return made


def decided(devices: list[Equipment], by: User, **changes: Any) -> Disposal:
    return steps.decide(
        submitted(devices, by, **changes), number="12/QĐ-BHXH", day=timezone.localdate(), signer="Giám đốc", by=by
    )


def ending(**changes: Any) -> dict[str, Any]:
    """What closing a dossier tells."""
    return {
        "closed_on": timezone.localdate(),
        "costs": 500_000,
        "proceeds": 1_200_000,
        "close_late_reason": "",
        **changes,
    }


def closed(devices: list[Equipment], by: User, **changes: Any) -> Disposal:
    return steps.close(decided(devices, by, **changes), values=ending(), by=by)


def cancelled(devices: list[Equipment], by: User, **changes: Any) -> Disposal:
    return draft.cancel(drafted(devices, by, **changes), reason="Lập nhầm", by=by)


def stopped(devices: list[Equipment], by: User, **changes: Any) -> Disposal:
    """Cancelled after the council has met."""
    return draft.cancel(submitted(devices, by, **changes), reason="Cấp trên không đồng ý", by=by)


STATES = {
    "draft": drafted,
    "submitted": submitted,
    "decided": decided,
    "closed": closed,
    "cancelled": cancelled,
    "stopped": stopped,
}


def told(kind: Happening, **changes: Any) -> dict[str, Any]:
    """What a report tells."""
    own = {"responsible": "Tổ Thu"} if kind == Happening.LOST else {"condition": "fair"}
    return {
        "happened_on": timezone.localdate(),
        "minutes_number": "07/BB",
        "circumstances": "Mất khi chuyển trụ sở",
        **own,
        **changes,
    }


def report(
    devices: list[Equipment], by: User, kind: Happening = Happening.LOST, *, papers: bool = True, **changes: Any
) -> LossReport:
    """A draft of a report with its minutes."""
    made = losses.start_draft(kind=kind, devices=devices, values=told(kind, **changes), by=by)
    if papers:
        paper(made, DocumentKind.LOSS_MINUTES if kind == Happening.LOST else DocumentKind.FOUND_MINUTES, by)
    return made


def lost(devices: list[Equipment], by: User, **changes: Any) -> LossReport:
    return losses.confirm(report(devices, by, **changes), by=by)


def found(devices: list[Equipment], by: User, **changes: Any) -> LossReport:
    return losses.confirm(report([fresh(d) for d in devices], by, Happening.FOUND, **changes), by=by)


def use(devices: list[Equipment], by: User) -> list[Equipment]:
    """The devices, in use."""
    return life.step(
        life.lock_devices(d.pk for d in devices), to=Status.IN_USE, by=by, reason="Bàn giao", event="equipment.test",
        values={"holder_name": "Nguyễn Văn Dùng"},
    )  # fmt: skip


def working_days_ago(count: int) -> date:
    """The day from which `count` working days have passed."""
    day, left, known = timezone.localdate(), count, calendar()
    while left:
        left -= known.is_working(day)
        day = day.fromordinal(day.toordinal() - 1)
    return day
