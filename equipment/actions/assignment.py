"""Handing devices over to a person or a room, and taking them back (art. 7): written when it has happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import counters, events
from core.errors import DomainError, SeveralProblemsError
from core.transitions import save_with_reason
from dossiers.actions import take_number
from equipment.actions import holdings, life
from equipment.actions.periods import require_open
from equipment.models import Assignment, AssignmentLine, Equipment, Holding
from equipment.queries.arrivals import arrivals
from equipment.queries.norms import Judgement, judge
from equipment.rules.assignment import ALLOWED, PREFIX, RESULT, AssignmentKind
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from personnel.models import Employee
from personnel.rules import EmployeeState

EVENTS = {AssignmentKind.HAND_OVER: "assignment.handed_over", AssignmentKind.RETURN: "assignment.returned"}
DEVICE_EVENTS = {AssignmentKind.HAND_OVER: "equipment.handed_over", AssignmentKind.RETURN: "equipment.returned"}
RESERVED = "assignment"


@dataclass(frozen=True)
class Transfer:
    """What the form says: which devices, from or to whom, when and why. A return has a room where they are kept."""

    kind: AssignmentKind
    devices: Sequence[Equipment]
    on: date
    employee: Employee | None = None
    room: OrgUnit | None = None
    keeper_name: str = ""
    note: str = ""
    norm_reason: str = ""

    @property
    def place(self) -> OrgUnit | None:
        """The room in which the devices will be: the one that is named, else that of the person."""
        if self.room is None and self.kind == AssignmentKind.HAND_OVER and self.employee is not None:
            return self.employee.room
        return self.room


@transaction.atomic
def assign(given: Transfer, *, by: User, submission: UUID | None = None) -> Assignment:
    """Hand the devices over, or take them back, with everything that follows. All of it or nothing.

    `given.devices` are as the person saw them. The same `submission` again gives the dossier that it made. Raises
    DomainError (several at once) for what isn't the unit's, for devices that changed meanwhile or are in an open
    dossier, for a day ahead, in closed books (who held what decides what was within the norms then) or before the
    holder got the device, and for what is above the norm without a reason.
    """
    unit = _unit(given)
    key = uuid5(submission, f"{by.pk} {unit.pk}") if submission else None
    if key is not None:
        counters.take(unit, f"{PREFIX}-{timezone.localdate().year}", count=0)  # a second press waits for the first
        if made := Assignment.objects.of_unit(unit).filter(submission=key).first():
            return made
    _check_sides(given, unit)
    require_open(unit, given.on, field="on")
    devices = _locked(given, by)
    now = holdings.open_holdings(devices)
    _check_days(given, devices, now)
    verdict = _judged(given, devices, unit)
    dossier = _dossier(given, devices, by=by, key=key, above=bool(verdict.above))
    life.reserve(devices, kind=RESERVED, number=dossier.number)
    _write_lines(dossier, devices, verdict)
    _move(given, devices, dossier, by=by)
    holdings.end(devices, on=given.on, dossier=dossier.number, by=by)
    if given.kind == AssignmentKind.HAND_OVER:
        _begin(given, devices, dossier)
    life.release(devices, number=dossier.number)
    events.record(EVENTS[given.kind], dossier, unit=unit, by=by, detail=f"{len(devices)} thiết bị")
    return dossier


def _unit(given: Transfer) -> OrgUnit:
    units = {device.unit_id: device.unit for device in given.devices}
    if len(units) != 1:
        raise DomainError("Hãy chọn thiết bị của một đơn vị.", field="devices", code="units")
    return next(iter(units.values()))


def _check_sides(given: Transfer, unit: OrgUnit) -> None:
    problems = []
    hand_over = given.kind == AssignmentKind.HAND_OVER
    if hand_over and given.employee is None and given.room is None:
        problems.append(DomainError("Hãy chọn người nhận, hoặc phòng, tổ nhận.", field="employee", code="receiver"))
    if given.employee is not None and given.employee.unit_id != unit.pk:
        problems.append(DomainError("Người này không thuộc đơn vị của thiết bị.", field="employee", code="foreign"))
    elif hand_over and given.employee is not None and given.employee.state != EmployeeState.WORKING:
        problems.append(
            DomainError(f"{given.employee.full_name} không còn làm việc tại đơn vị.", field="employee", code="gone")
        )
    if given.room is not None and not OrgUnit.objects.departments_of(unit).filter(pk=given.room.pk).exists():
        problems.append(DomainError("Phòng, tổ này không thuộc đơn vị của thiết bị.", field="room", code="foreign"))
    if given.on > timezone.localdate():
        problems.append(DomainError("Ngày bàn giao chưa đến. Hãy ghi khi đã bàn giao.", field="on", code="future"))
    _raise(problems)


def _locked(given: Transfer, by: User) -> list[Equipment]:
    """The devices as they are now; refused where they are no longer as the person saw them, or can't be moved."""
    seen = {device.pk: device.version for device in given.devices}
    devices = life.lock_devices(seen)
    allowed = ALLOWED[given.kind]
    problems = []
    for device in devices:
        if device.unit_id not in by.scope.write_units or device.status not in allowed:
            state = device.get_status_display().lower()
            message = f"{device.code} đang ở trạng thái “{state}”, không {given.kind.label.lower()} được."
            problems.append(DomainError(message, field="devices", code="workflow"))
        elif device.version != seen[device.pk]:
            message = f"{device.code} vừa được người khác cập nhật. Hãy xem lại rồi gửi lần nữa."
            problems.append(DomainError(message, field="devices", code="stale"))
    _raise(problems)
    return devices


def _check_days(given: Transfer, devices: Sequence[Equipment], now: dict[int, Holding]) -> None:
    problems = []
    since = arrivals(devices)
    for device in devices:
        holding = now.get(device.pk)
        if holding is not None and given.on < holding.since:
            message = f"{device.code} được giao ngày {holding.since:%d/%m/%Y}, sau ngày bàn giao này."
            problems.append(DomainError(message, field="on", code="too_early"))
        elif given.on < since[device.pk]:
            message = f"{device.code} có ở đơn vị từ ngày {since[device.pk]:%d/%m/%Y}, sau ngày bàn giao này."
            problems.append(DomainError(message, field="on", code="too_early"))
        same = (given.employee.pk if given.employee else None, given.place.pk if given.place else None)
        if (
            given.kind == AssignmentKind.HAND_OVER
            and holding is not None
            and (holding.employee_id, holding.room_id) == same
        ):
            message = f"{device.code} đã giao cho chính người, phòng này từ {holding.since:%d/%m/%Y}."
            problems.append(DomainError(message, field="devices", code="same"))
    _raise(problems)


def _judged(given: Transfer, devices: Sequence[Equipment], unit: OrgUnit) -> Judgement:
    if given.kind == AssignmentKind.RETURN:
        return Judgement({}, {})
    verdict = judge(devices, unit=unit, employee=given.employee, room=given.room, day=given.on)
    if verdict.above and not given.norm_reason:
        said = [DomainError(f"{code}: {text}", field="devices", code="norm") for code, text in verdict.above.items()]
        wanted = DomainError(
            "Bàn giao vượt định mức thì phải ghi lý do, ví dụ văn bản cho phép.", field="norm_reason", code="norm"
        )
        raise SeveralProblemsError([*said, wanted])
    return verdict


def _dossier(given: Transfer, devices: Sequence[Equipment], *, by: User, key: UUID | None, above: bool) -> Assignment:
    """The dossier. Who gives back is the one holder of all the devices, if there is one."""
    unit, person = devices[0].unit, given.employee
    holders = {(device.holder_id, device.holder_name) for device in devices}
    key_of, name = (person.pk, person.full_name) if person else (None, "")
    if given.kind == AssignmentKind.RETURN and person is None and len(holders) == 1:
        ((key_of, name),) = holders
    dossier = Assignment(
        number=take_number(unit=unit, prefix=PREFIX),
        unit=unit,
        kind=given.kind,
        employee_id=key_of,
        room=given.place,
        person_name=name,
        person_title=person.title.name if person and person.title else "",
        room_name=given.place.name if given.place else "",
        keeper_name=given.keeper_name,
        on=given.on,
        note=given.note,
        above_norm=above,
        norm_reason=given.norm_reason if above else "",
        created_by=by,
        submission=key,
    )
    save_with_reason(dossier, by=by, reason=given.kind.label)
    return dossier


def _write_lines(dossier: Assignment, devices: Sequence[Equipment], verdict: Judgement) -> None:
    rooms = dict(OrgUnit.objects.filter(pk__in={d.room_id for d in devices} - {None}).values_list("pk", "name"))
    AssignmentLine.objects.bulk_create(
        AssignmentLine(
            assignment=dossier,
            unit=dossier.unit,
            equipment=device,
            code=device.code,
            name=device.name,
            serial=device.serial,
            category_name=device.category.name,
            former_name=device.holder_name,
            former_room=rooms.get(device.room_id, ""),
            former_status=device.status,
            condition=device.condition,
            finding=verdict.finding(device.code)[:500],
        )
        for device in devices
    )


def _move(given: Transfer, devices: Sequence[Equipment], dossier: Assignment, *, by: User) -> None:
    """Status, holder and place; a device that is in use passes on without a change of its status."""
    hand_over = given.kind == AssignmentKind.HAND_OVER
    values = {
        "holder": given.employee if hand_over else None,
        "holder_name": given.employee.full_name if hand_over and given.employee else "",
        "room": given.place,
    }
    whom = dossier.person_name or dossier.room_name
    label = f"{given.kind.label} {dossier.number}"
    result = RESULT[given.kind]
    for status in sorted({device.status for device in devices}):
        life.step(
            [device for device in devices if device.status == status],
            to=None if Status(status) == result else result,
            by=by,
            reason=label,
            event=DEVICE_EVENTS[given.kind],
            payload={"dossier": dossier.number, "detail": whom},
            values=values,
        )


def _begin(given: Transfer, devices: Sequence[Equipment], dossier: Assignment) -> None:
    Holding.objects.bulk_create(
        Holding(
            equipment=device,
            unit=dossier.unit,
            employee=given.employee,
            room=given.place,
            holder_name=dossier.person_name,
            since=given.on,
            given_by=dossier.number,
        )
        for device in devices
    )


def _raise(problems: Sequence[DomainError]) -> None:
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralProblemsError(problems)
