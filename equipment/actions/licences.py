"""Writes on software: what its licence allows, and on which computers it runs. Never across units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from core import events
from core.errors import DomainError, SeveralProblemsError
from core.history import require_version
from core.transitions import lock, save_with_reason
from equipment.actions.installable import refusals
from equipment.actions.life import lock_devices
from equipment.models import Equipment, Installation, SoftwareLicence
from equipment.rules.device import ENDED
from orgs.models import OrgUnit

FACTS = (
    "seats",
    "starts_on",
    "expires_on",
    "software_code",
    "original_version",
    "current_version",
    "origin",
    "terms",
    "platform",
    "deployed_at",
    "stability",
    "friendliness",
    "note",
)
SHOWN = 10
MOST_SEATS = 1_000_000


@dataclass(frozen=True)
class Installed:
    """What came of it: how many computers, how many beyond the seats, and whether the licence has expired by then."""

    count: int
    over: int
    expired: bool


def licence_of(software: Equipment) -> SoftwareLicence:
    """The licence of the item, or what it is until somebody states it: seats and end as the item was recorded with."""
    found = SoftwareLicence.objects.filter(software=software).scoped().first()
    if found is not None:
        return found
    recorded = str(software.attributes.get("so_ban_quyen", ""))
    seats = int(recorded) if recorded.isdecimal() and 0 < int(recorded) <= MOST_SEATS else 1
    try:
        expires_on = date.fromisoformat(software.attributes.get("han_BQ", ""))
    except (TypeError, ValueError):
        expires_on = None
    return SoftwareLicence(
        unit=software.unit,
        software=software,
        seats=seats,
        starts_on=min(software.received_on, expires_on or software.received_on),
        expires_on=expires_on,
    )


@transaction.atomic
def state(software: Equipment, *, values: Mapping[str, Any], version: int, by: User) -> SoftwareLicence:
    """Write what is known of the licence (`values`, see FACTS). Saving what stands there already writes nothing.

    Raises StaleError when somebody saved meanwhile, DomainError for a hardware device, one whose life has ended, days
    out of order.
    """
    software = _software(software)
    licence = licence_of(software)
    fresh = licence.pk is None
    if not fresh:
        licence = lock(licence)
        require_version(licence, version)  # 0 when nobody had stated it yet
    given = {name: values[name] for name in FACTS if name in values}
    if not fresh and all(getattr(licence, name) == value for name, value in given.items()):
        return licence
    for name, value in given.items():
        setattr(licence, name, value)
    if licence.starts_on and licence.expires_on and licence.expires_on < licence.starts_on:
        raise DomainError("Ngày hết hạn phải sau ngày bắt đầu sử dụng.", field="expires_on", code="order")
    licence.version += 0 if fresh else 1
    save_with_reason(licence, by=by, reason="Ghi thông tin bản quyền")
    events.record("licence.stated", software, unit=software.unit, by=by)
    return licence


def _software(software: Equipment) -> Equipment:
    """The item as it is now, locked: two writers make one licence."""
    item = lock(software)
    if not item.category.software:
        raise DomainError("Thiết bị này không phải phần mềm.", code="hardware")
    if item.status in ENDED:
        raise DomainError(f"Phần mềm đang ở trạng thái “{item.get_status_display()}”, không ghi được.", code="workflow")
    return item


@transaction.atomic
def install(software: Equipment, computers: Sequence[Equipment], *, on: date, reason: str = "", by: User) -> Installed:
    """Record that the software runs on the computers since that day.

    Beyond the seats a reason is asked for, and what is beyond is flagged. Raises SeveralProblemsError naming every
    device that is no computer or one of another unit, in a state that doesn't allow it, that has the software already,
    or came to the unit after that day; and the licence when it starts later.
    """
    if on > timezone.localdate():
        raise DomainError("Ngày cài không thể ở tương lai.", field="on", code="ahead")
    wanted = {device.pk for device in computers} - {software.pk}
    if not wanted:
        raise DomainError("Hãy chọn ít nhất một máy.", field="devices", code="nothing_selected")
    # Software and computers together, by ascending key: dossiers lock them so, too.
    devices = [device for device in lock_devices([software.pk, *wanted]) if device.pk in wanted]
    software = _software(software)
    licence = licence_of(software)
    if licence.pk is None:
        save_with_reason(licence, by=by, reason="Cài đặt lần đầu")
    running = Installation.objects.filter(licence=licence, removed_on=None).scoped()
    on_them = set(running.values_list("computer_id", flat=True))
    if problems := refusals(licence, software, devices, on=on, on_them=on_them):
        raise SeveralProblemsError(problems[:SHOWN])
    free = len(devices) if licence.seats is None else max(licence.seats - len(on_them), 0)
    if len(devices) > free and not reason:
        message = f"Bản quyền còn {free} máy, bạn đang cài cho {len(devices)} máy. Hãy ghi lý do dùng vượt."
        raise DomainError(message, field="reason", code="over_use")
    rows = [
        Installation(
            unit=software.unit,
            licence=licence,
            computer=device,
            **_named(software, device),
            installed_on=on,
            over_use=place >= free,
            reason=reason if place >= free else "",
            installed_by=by,
        )
        for place, device in enumerate(devices)
    ]
    try:
        with transaction.atomic():
            Installation.objects.bulk_create(rows)
    except IntegrityError as error:
        raise DomainError("Có máy vừa được người khác ghi cài đặt. Hãy tải lại trang.", code="duplicate") from error
    _tell("licence.installed", licence, devices, by=by, reason=reason)
    return Installed(len(rows), max(len(rows) - free, 0), bool(licence.expires_on and licence.expires_on < on))


def _named(software: Equipment, computer: Equipment) -> dict[str, str]:
    """What an installation keeps of the two for the time when one of them is with another unit."""
    return {
        "computer_code": computer.code,
        "computer_name": computer.name,
        "software_code": software.code,
        "software_name": software.name,
    }


@transaction.atomic
def uninstall(software: Equipment, installations: Iterable[int], *, on: date, reason: str, by: User) -> int:
    """Record that the software was removed from computers; the rows stay. Returns how many there were.

    `installations` are keys of rows of this software; those removed meanwhile are passed over. Raises
    SeveralProblemsError naming every computer on which it was installed after that day.
    """
    if on > timezone.localdate():
        raise DomainError("Ngày gỡ không thể ở tương lai.", field="on", code="ahead")
    software = lock(software)
    running = Installation.objects.filter(licence__software=software, removed_on=None, pk__in=list(installations))
    later = running.filter(installed_on__gt=on).scoped().order_by("computer_code")
    if problems := [
        DomainError(f"{code} cài ngày {day:%d/%m/%Y}, sau ngày gỡ này.", field="on", code="too_early")
        for code, day in later.values_list("computer_code", "installed_on")[:SHOWN]
    ]:
        raise SeveralProblemsError(problems)
    return _remove(running, on=on, reason=reason, by=by)


@transaction.atomic
def free_seats(computers: Sequence[Equipment], *, by: User, on: date, reason: str) -> int:
    """The software of computers that leave (a transfer, a disposal, a loss) no longer uses seats; how many it were.

    Of a software item that leaves itself, all installations end. The caller holds the devices' locks.
    """
    keys = [device.pk for device in computers]
    running = Installation.objects.filter(removed_on=None)
    leaving = running.filter(Q(computer__in=keys) | Q(licence__software__in=keys))
    return _remove(leaving, on=on, reason=reason, by=by)


def _remove(rows: Any, *, on: date, reason: str, by: User) -> int:
    ending = _end(rows, on=on, reason=reason, by=by)
    by_licence: dict[SoftwareLicence, list[Equipment]] = {}
    for row in ending:
        by_licence.setdefault(row.licence, []).append(row.computer)
    for licence, devices in by_licence.items():
        _tell("licence.removed", licence, devices, by=by, reason=reason)
    return len(ending)


def _end(rows: Any, *, on: date, reason: str, by: User) -> list[Installation]:
    ending = list(
        rows.scoped()
        .select_for_update(of=("self",))
        .select_related("licence__software", "licence__unit", "computer")
        .order_by("pk")
    )
    for row in ending:
        # What was installed after the day on which the device is said to have left was there until it left.
        row.removed_on, row.removal_reason, row.removed_by = max(on, row.installed_on), reason[:200], by
        row.save(update_fields=["removed_on", "removal_reason", "removed_by"])
    return ending


def _tell(kind: str, licence: SoftwareLicence, devices: Sequence[Equipment], *, by: User, reason: str) -> None:
    """One line in the life of each computer, one in that of the software."""
    software, unit = licence.software, licence.unit
    told = {"title": f"{software.code} – {software.name}", "reason": reason}
    events.record_many(kind, devices, unit=unit, by=by, payloads=[told] * len(devices))
    named = ", ".join(device.code for device in devices[:SHOWN]) + ("…" if len(devices) > SHOWN else "")
    events.record(kind, software, unit=unit, by=by, title=f"{len(devices)} máy: {named}", reason=reason)


def bound_to(computer: Equipment) -> list[Equipment]:
    """Software items that have one seat and run on this computer only: they may go along with it."""
    rows = (
        Equipment.objects.of_unit(computer.unit)
        .filter(licence__seats=1)
        .annotate(
            running=Count("licence__installations", filter=Q(licence__installations__removed_on=None)),
            here=Count(
                "licence__installations",
                filter=Q(licence__installations__removed_on=None, licence__installations__computer=computer),
            ),
        )
    )
    return list(
        rows.filter(running=1, here=1).exclude(status__in=ENDED).select_related("unit", "category").order_by("pk")
    )


@transaction.atomic
def follow(devices: Sequence[Equipment], *, unit: OrgUnit, by: User, on: date, reason: str) -> None:
    """Have the licences go along with devices that have come to `unit`: for whoever moves devices between units.

    Software that came with its computer runs on it there too; all other installations of the devices end at the
    former unit, where their rows stay. The caller holds the devices' locks and may write at both units.
    """
    keys = [device.pk for device in devices]
    together = Installation.objects.filter(removed_on=None, computer__in=keys, licence__software__in=keys)
    pairs = _end(together, on=on, reason=reason, by=by)
    free_seats(devices, by=by, on=on, reason=reason)
    for licence in SoftwareLicence.objects.filter(software__in=keys).scoped().select_for_update().order_by("pk"):
        licence.unit, licence.version = unit, licence.version + 1
        save_with_reason(licence, by=by, reason=reason[:100])
    Installation.objects.bulk_create(
        Installation(
            unit=unit,
            licence=pair.licence,
            computer=pair.computer,
            **_named(pair.licence.software, pair.computer),
            installed_on=pair.removed_on or on,
            over_use=pair.over_use,
            reason=pair.reason,
            installed_by=by,
        )
        for pair in pairs
    )
