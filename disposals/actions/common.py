"""What the writes of disposals and of loss reports share."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import models
from django.utils import timezone

from accounts.models import User
from core import counters
from core.errors import DomainError
from disposals.queries import last_booked, steps_taken
from equipment.actions import holdings, life
from equipment.actions.licences import free_seats
from equipment.models import Equipment
from equipment.rules.lifecycle import EntryKind, Status
from orgs.models import OrgUnit

D = TypeVar("D", bound=models.Model)


def form_key(submission: UUID | None, *, by: User, unit: OrgUnit, prefix: str) -> UUID | None:
    """Names one filled form of this person, unit and kind of dossier."""
    return uuid5(submission, f"{by.pk} {unit.pk} {prefix}") if submission else None


def made_before(model: type[D], key: UUID | None, *, unit: OrgUnit, prefix: str) -> D | None:
    """The draft that the same filled form made already; a second press waits here for the first one's commit."""
    if key is None:
        return None
    counters.take(unit, f"{prefix}-{timezone.localdate().year}", count=0)
    rows: Any = model._default_manager
    return rows.of_unit(unit).filter(submission=key).first()


def refuse_sent_again(made: Any) -> None:
    """A form that comes a second time with other content is saved only while nobody else went on with its draft."""
    if made.state != "draft" or made.version != 1:
        message = f"Lần nhập này đã được lưu thành hồ sơ {made.number} và hồ sơ đó đã có thay đổi khác."
        raise DomainError(f"{message} Hãy mở hồ sơ {made.number} để sửa tiếp.", code="sent_again")


def take_devices(
    devices: Sequence[Equipment], *, unit: OrgUnit, allowed: Collection[Status], kind: str, number: str
) -> list[Equipment]:
    """Lock the devices and take them into the dossier; those that it has already stay.

    Raises DomainError for none, for one that went elsewhere meanwhile, or that another dossier has.
    """
    locked = life.lock_devices(device.pk for device in devices)
    if not locked:
        raise DomainError("Hồ sơ cần ít nhất một thiết bị.", field="devices", code="nothing_selected")
    for device in locked:
        if device.unit_id != unit.pk:
            message = f"Thiết bị {device.code} không thuộc {unit.name}; mỗi hồ sơ chỉ ghi cho một đơn vị."
            raise DomainError(message, field="devices", code="unit")
        if device.status not in allowed:
            message = f"Thiết bị {device.code} đang ở trạng thái “{device.get_status_display()}”, không đưa vào được."
            raise DomainError(message, field="devices", code="workflow")
    life.reserve(locked, kind=kind, number=number)
    return locked


def refuse_done(dossier: Any, state: str, *, event: str, by: User, done: str) -> None:
    """A step that was taken already is told with who took it and when. Raises DomainError."""
    if dossier.state != state:
        return
    taken = steps_taken(by, dossier).get(event)
    told = f" bởi {taken.who} lúc {timezone.localtime(taken.when):%H:%M ngày %d/%m/%Y}" if taken else ""
    raise DomainError(f"Hồ sơ {dossier.number} đã {done}{told}. Không cần làm lại.", code="workflow")


def check_books_day(day: date, devices: Sequence[Equipment], *, field: str) -> list[DomainError]:
    """Nothing is booked in the future, nor before what the books tell of the devices already."""
    if day > timezone.localdate():
        return [DomainError(f"Ngày {day:%d/%m/%Y} ở tương lai.", field=field, code="future")]
    last = last_booked(devices)
    if last is not None and day < last:
        message = (
            f"Sổ đã ghi biến động của thiết bị ngày {last:%d/%m/%Y}; ngày ghi giảm, ghi tăng không thể trước ngày đó."
        )
        return [DomainError(message, field=field, code="order")]
    return []


def depart(
    devices: Sequence[Equipment],
    *,
    to: Status,
    event: str,
    kind: EntryKind,
    on: date,
    dossier: str,
    by: User,
    reason: str,
) -> None:
    """Locked devices leave the unit: its books, its rooms and people, the seats of their software, the dossier."""
    free_seats(devices, by=by, on=on, reason=f"{reason} ({dossier})")
    nobody = {"holder": None, "holder_name": "", "room": None}
    told = {"dossier": dossier}
    life.step(devices, to=to, by=by, reason=reason, event=event, payload=told, values=nobody)
    holdings.end(devices, on=on, dossier=dossier, by=by)
    life.post(devices, kind=kind, on=on, dossier=dossier, by=by, quantity=-1)
    life.release(devices, number=dossier)
