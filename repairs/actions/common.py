"""What the steps of a repair share: the lock, the version, the devices."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import models
from django.utils import timezone

from accounts.models import User
from core import events
from core.bulk import change
from core.changes import Change
from core.errors import DomainError, SeveralProblemsError, StaleError
from core.history import require_version, revisions
from core.transitions import lock
from equipment.actions import life
from equipment.models import Equipment
from equipment.queries.arrivals import arrivals
from equipment.rules.lifecycle import Status
from repairs.models import Repair, RepairLine
from repairs.rules.flow import REPAIR_FLOW, REPAIRABLE, RepairState
from ui.formats import vndate

KIND = "repair"


def refuse(problems: Sequence[DomainError]) -> None:
    """Raise what stands against a step, all at once."""
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralProblemsError(problems)


def locked(repair: Repair, to: RepairState, *, version: int | None) -> Repair:
    """The dossier for its step `to`: locked, in a state from which that step leads, and as the person saw it.

    Raises DomainError saying who took the step already, or that there is none; StaleError.
    """
    repair = lock(repair)
    if repair.state == to:
        raise DomainError(_done_already(repair), code="workflow")
    REPAIR_FLOW.check(repair.state, to)
    if version is not None:
        require_fresh(repair, version)
    return repair


def _done_already(repair: Repair) -> str:
    row = repair.history.filter(state=repair.state).select_related("history_user").order_by("history_id").last()
    state = "đã là bản nháp" if repair.state == RepairState.DRAFT else repair.get_state_display().lower()
    if row is None:
        return f"Hồ sơ {repair.number} {state} rồi, không cần làm lại."
    moment = timezone.localtime(row.history_date)
    return (
        f"Hồ sơ {repair.number} {state} rồi, do {row.history_user} ghi lúc {moment:%H:%M ngày %d/%m/%Y}. "
        "Không cần làm lại."
    )


def require_state(repair: Repair, state: RepairState) -> None:
    """Raises DomainError when the dossier has gone on."""
    if repair.state != state:
        raise DomainError(
            f"Hồ sơ {repair.number} đang ở trạng thái “{repair.get_state_display()}”. Hãy mở lại trang hồ sơ.",
            code="workflow",
        )


def require_fresh(repair: Repair, version: int) -> None:
    """Refuse a form that was filled from an older version; the refusal tells what changed in the lines, too."""
    try:
        require_version(repair, version)
    except StaleError as stale:
        seen = repair.history.filter(version=version).order_by("-history_id").first()
        lines = list(repair.lines.all()) if seen else []
        told = [
            Change(f"{line.code}, {c.label[:1].lower()}{c.label[1:]}", c.before, c.after, r.who, r.when)
            for line in lines
            for r in revisions(line)
            if r.when > seen.history_date
            for c in r.changes
        ]
        raise StaleError([*stale.changes, *told], version=stale.version) from stale


def fit_devices(keys: Iterable[int], *, unit_id: int, names: dict[int, str]) -> list[Equipment]:
    """The devices, locked, if the unit has them all in a state in which they may be sent.

    Raises DomainError naming those that are elsewhere by now; `names` is what they are called here.
    """
    devices = life.lock_devices(keys)
    fit = {device.pk for device in devices if device.unit_id == unit_id and device.status in REPAIRABLE}
    states = {device.pk: device.get_status_display() for device in devices if device.unit_id == unit_id}
    refuse(
        [
            DomainError(
                f"{name} đang ở trạng thái “{states[key]}”." if key in states else f"{name} không còn ở đơn vị.",
                field="devices",
            )
            for key, name in names.items()
            if key not in fit
        ]
    )
    return devices


def before_arrival(devices: Sequence[Equipment], day: date, *, field: str, what: str) -> list[DomainError]:
    """Nothing is done with a device on a day on which the unit didn't have it yet; `what` names the day."""
    since = arrivals(devices)
    return [
        DomainError(
            f"{device.code} vào sổ của đơn vị ngày {vndate(since[device.pk])}, sau {what} ({vndate(day)}).",
            field=field,
            code="order",
        )
        for device in devices
        if since[device.pk] > day
    ]


def change_lines(lines: Sequence[RepairLine], values: dict[str, object], *, by: User, reason: str) -> None:
    """Write the same values into all the lines, with their history."""
    if lines:
        rows = RepairLine.objects.of_unit(lines[0].unit).filter(pk__in=[line.pk for line in lines])
        change(rows, values, by=by, reason=reason, when=timezone.now())


def send_back(repair: Repair, lines: Sequence[RepairLine], *, by: User, reason: str, event: str) -> None:
    """Give the devices of these lines the state that they had before they were sent. They are locked."""
    by_status: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        by_status[line.former_status].append(line.equipment_id)
    for status, keys in by_status.items():
        devices = life.lock_devices(keys)
        life.step(devices, to=Status(status), by=by, reason=reason, event=event, payload=told(repair))


def told(repair: Repair, detail: str = "") -> dict[str, str]:
    """What the event of a device says of the dossier."""
    return {"dossier": repair.number, "title": repair.get_kind_display(), "detail": detail}


def tell_devices(repair: Repair, devices: Sequence[Equipment], *, event: str, by: User, reason: str) -> None:
    """A step of the dossier that leaves the devices as they are."""
    life.step(devices, to=None, by=by, reason=reason, event=event, payload=told(repair))


def record(event: str, repair: Repair, *, by: User, reason: str = "") -> None:
    """A fact about the dossier that no transition tells."""
    events.record(event, repair, unit=repair.unit, by=by, reason=reason)


def fill(row: models.Model, values: dict[str, object]) -> bool:
    """Set the fields; whether that changes any."""
    changed = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return changed
