"""The steps of a disposal: the council has met, the decision is there, the devices' life ends (art. 10)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from accounts.models import User
from core.bulk import change
from core.errors import DomainError, SeveralProblemsError
from core.fields import MoneyField
from core.history import require_version
from core.transitions import lock, transition
from deadlines import actions as deadlines
from deadlines.queries import calendar
from deadlines.rules import TERMS, Kind, due_date
from disposals.actions.common import SHOWN, check_books_day, check_wiping, depart, keep_devices, refuse_done
from disposals.models import Disposal, DisposalLine
from disposals.queries import lines_of
from disposals.rules.council import check_council
from disposals.rules.flow import DISPOSAL_FLOW, DisposalState
from dossiers.actions import require_papers
from equipment.actions import life
from equipment.models import Equipment
from equipment.queries.arrivals import arrivals
from equipment.queries.depreciation import figures_of
from equipment.rules.lifecycle import EntryKind, Status


@transaction.atomic
def submit(disposal: Disposal, *, by: User, version: int | None = None, late_reason: str = "") -> Disposal:
    """The council has met: the devices wait for their disposal.

    Raises StaleError if the draft was saved meanwhile, DomainError if the step was taken already, or
    SeveralProblemsError with all that is missing; then nothing is stored.
    """
    disposal, today = lock(disposal), timezone.localdate()
    refuse_done(disposal, DisposalState.SUBMITTED, event="disposal.submitted", by=by, done="được trình")
    DISPOSAL_FLOW.check(disposal.state, DisposalState.SUBMITTED)
    if version is not None:
        require_version(disposal, version)
    disposal.late_reason = late_reason or disposal.late_reason
    lines = lines_of(disposal)
    devices = life.lock_devices(line.equipment_id for line in lines)
    _refuse(submit_problems(disposal, lines))
    assert disposal.minutes_date is not None  # noqa: S101 - checked above; for the type checker
    keep_devices(disposal.lines, by=by, reason="Trình sau họp hội đồng")
    _keep_status(disposal, devices, by=by)
    _keep_figures(disposal, devices, on=disposal.minutes_date, by=by)
    reason = f"Chờ {disposal.get_act_display().lower()} theo biên bản {disposal.minutes_number}"
    _step(disposal, devices, Status.PENDING_DISPOSAL, "equipment.disposal_submitted", by=by, reason=reason)
    done = transition(
        disposal,
        DisposalState.SUBMITTED,
        flow=DISPOSAL_FLOW,
        by=by,
        reason="Trình sau họp hội đồng",
        event="disposal.submitted",
        submitted_on=today,
        late_reason=disposal.late_reason,
    )
    late = is_late(Kind.DISPOSAL_DOSSIER, disposal.minutes_date)
    why = disposal.late_reason if late else ""
    deadlines.fulfil(kind=Kind.DISPOSAL_DOSSIER, subject=done, on=today, by=by, reason=why)
    return done


def submit_problems(disposal: Disposal, lines: Sequence[DisposalLine]) -> list[DomainError]:
    """Everything that stands against submitting now; empty when nothing does. Reads, never writes."""
    day, found = disposal.minutes_date, []
    if not lines:
        found.append(DomainError("Hồ sơ chưa có thiết bị nào.", code="no_lines"))
    found += check_council(disposal.council)
    if not disposal.minutes_number:
        found.append(DomainError("Cần số biên bản của hội đồng.", field="minutes_number", code="required"))
    if day is None:
        found.append(DomainError("Cần ngày họp hội đồng.", field="minutes_date", code="required"))
    else:
        since = arrivals([line.equipment for line in lines])
        early = [f"{n.code} ({since[n.equipment_id]:%d/%m/%Y})" for n in lines if since[n.equipment_id] > day]
        if early:
            message = f"Ngày họp {day:%d/%m/%Y} trước ngày đơn vị tiếp nhận {', '.join(early[:SHOWN])}."
            found.append(DomainError(message, field="minutes_date", code="order"))
        if is_late(Kind.DISPOSAL_DOSSIER, day) and not disposal.late_reason:
            message = f"Đã quá hạn lập hồ sơ ({_due(Kind.DISPOSAL_DOSSIER, day):%d/%m/%Y}, Điều 10)."
            found.append(DomainError(f"{message} Hãy ghi lý do lập muộn.", field="late_reason", code="late"))
    return [*found, *require_papers(disposal)]


@transaction.atomic
def decide(
    disposal: Disposal, *, number: str, day: date, signer: str, by: User, version: int | None = None
) -> Disposal:
    """The decision has been signed: from its day on there are 3 working days to end it (art. 10)."""
    disposal = lock(disposal)
    refuse_done(disposal, DisposalState.DECIDED, event="disposal.decided", by=by, done="được ghi quyết định")
    DISPOSAL_FLOW.check(disposal.state, DisposalState.DECIDED)
    if version is not None:
        require_version(disposal, version)
    problems = require_papers(disposal)
    if not number:
        problems.append(DomainError("Cần số quyết định.", field="number", code="required"))
    if day > timezone.localdate():
        problems.append(DomainError(f"Ngày quyết định {day:%d/%m/%Y} ở tương lai.", field="day", code="future"))
    if disposal.minutes_date is not None and day < disposal.minutes_date:
        message = f"Ngày quyết định phải từ ngày họp hội đồng ({disposal.minutes_date:%d/%m/%Y}) trở đi."
        problems.append(DomainError(message, field="day", code="order"))
    _refuse(problems)
    devices = life.lock_devices(disposal.lines.values_list("equipment_id", flat=True))
    reason = f"Quyết định {number} ngày {day:%d/%m/%Y}"
    _step(disposal, devices, None, "equipment.disposal_decided", by=by, reason=reason)
    done = transition(
        disposal,
        DisposalState.DECIDED,
        flow=DISPOSAL_FLOW,
        by=by,
        reason="Có quyết định",
        event="disposal.decided",
        decision_number=number,
        decision_date=day,
        decision_signer=signer,
    )
    deadlines.open_obligation(
        kind=Kind.DISPOSAL_CLOSE, subject=done, unit=done.unit, start_date=day, label=done.number, by=by
    )
    return done


@transaction.atomic
def close(disposal: Disposal, *, values: Mapping[str, Any], by: User, version: int | None = None) -> Disposal:
    """The devices are sold or destroyed: their life ends, for good.

    `values`: closed_on, costs, proceeds, close_late_reason; and wiped_on, wiped_by, wipe_method for those lines that
    store data and don't say it themselves. The books lose the devices on `closed_on`, the day on which the act was
    carried out and not that of the decision: until then the unit has them. Raises as `submit` does.
    """
    disposal, today = lock(disposal), timezone.localdate()
    refuse_done(disposal, DisposalState.CLOSED, event="disposal.closed", by=by, done="kết thúc")
    DISPOSAL_FLOW.check(disposal.state, DisposalState.CLOSED)
    if version is not None:
        require_version(disposal, version)
    day: date = values["closed_on"]
    lines = lines_of(disposal)
    devices = life.lock_devices(line.equipment_id for line in lines)
    _refuse(_close_problems(disposal, lines, devices, values))
    keep_devices(disposal.lines, by=by, reason="Kết thúc hồ sơ")
    _keep_wiping(disposal, lines, values, by=by)
    _keep_figures(disposal, devices, on=day, by=by)
    if len(lines) == 1 and values["proceeds"] != lines[0].proceeds:
        rows = DisposalLine.objects.filter(pk=lines[0].pk).of_unit(disposal.unit)
        change(rows, {"proceeds": values["proceeds"]}, by=by, reason="Kết thúc hồ sơ", when=timezone.now())
    reason = f"{disposal.get_act_display()} theo Quyết định {disposal.decision_number}"
    depart(
        devices,
        to=Status.DISPOSED,
        event="equipment.disposed",
        kind=EntryKind.DISPOSAL,
        on=day,
        dossier=disposal.number,
        by=by,
        reason=reason,
    )
    late = is_late(Kind.DISPOSAL_CLOSE, disposal.decision_date)
    done = transition(
        disposal,
        DisposalState.CLOSED,
        flow=DISPOSAL_FLOW,
        by=by,
        reason="Kết thúc vòng đời thiết bị",
        event="disposal.closed",
        **{name: values[name] for name in ("closed_on", "costs", "proceeds", "close_late_reason")},
    )
    why = values["close_late_reason"] if late else ""
    deadlines.fulfil(kind=Kind.DISPOSAL_CLOSE, subject=done, on=today, by=by, reason=why)
    return done


def _close_problems(
    disposal: Disposal, lines: Sequence[DisposalLine], devices: Sequence[Equipment], values: Mapping[str, Any]
) -> list[DomainError]:
    found = require_papers(disposal)
    found += check_books_day(values["closed_on"], devices, field="closed_on")
    decided = disposal.decision_date
    if decided is not None and values["closed_on"] < decided:
        message = f"Ngày thực hiện phải từ ngày quyết định ({decided:%d/%m/%Y}) trở đi."
        found.append(DomainError(message, field="closed_on", code="order"))
    if is_late(Kind.DISPOSAL_CLOSE, decided) and not values["close_late_reason"]:
        assert decided is not None  # noqa: S101 - late only after a day
        message = f"Đã quá hạn kết thúc ({_due(Kind.DISPOSAL_CLOSE, decided):%d/%m/%Y}, Điều 10)."
        found.append(DomainError(f"{message} Hãy ghi lý do muộn.", field="close_late_reason", code="late"))
    by_lines = sum((line.proceeds for line in lines), Decimal(0))
    if len(lines) > 1 and by_lines and by_lines != values["proceeds"]:
        message = "Giá trị thu hồi khác tổng giá trị đã ghi cho từng thiết bị"
        found.append(DomainError(f"{message} ({by_lines:,.0f} đ).".replace(",", "."), field="proceeds", code="sum"))
    given = all(values.get(name) for name in ("wiped_on", "wiped_by", "wipe_method"))
    bare = [line.code for line in lines if line.category.stores_data and not _wiped(line)]
    wiped = {n.equipment: n.wiped_on for n in lines if n.wiped_on}
    if given:
        wiped |= {n.equipment: values["wiped_on"] for n in lines if n.code in bare}
    late = [*wiped.values(), *filter(None, [values.get("wiped_on")])]
    if any(on > values["closed_on"] for on in late):
        message = "Dữ liệu phải được xóa trước khi bán hoặc hủy thiết bị."
        found.append(DomainError(message, field="wiped_on", code="order"))
    found += check_wiping(wiped)
    if bare and not given:
        more = "…" if len(bare) > SHOWN else ""
        message = (
            f"Thiết bị lưu dữ liệu chưa ghi việc xóa dữ liệu (ngày, người, cách xóa): {', '.join(bare[:SHOWN])}{more}."
        )
        found.append(DomainError(message, field="wiped_on", code="wipe"))
    return found


def _wiped(line: DisposalLine) -> bool:
    return bool(line.wiped_on and line.wiped_by and line.wipe_method)


def _keep_wiping(disposal: Disposal, lines: Sequence[DisposalLine], values: Mapping[str, Any], *, by: User) -> None:
    """The wiping that was told once for all, on the lines that store data and don't tell their own."""
    bare = [line.pk for line in lines if line.category.stores_data and not _wiped(line)]
    if bare:
        given = {name: values[name] for name in ("wiped_on", "wiped_by", "wipe_method")}
        rows = DisposalLine.objects.filter(pk__in=bare).of_unit(disposal.unit)
        change(rows, given, by=by, reason="Xóa dữ liệu", when=timezone.now())


def _keep_status(disposal: Disposal, devices: Sequence[Equipment], *, by: User) -> None:
    """What each device goes back to, should the dossier be cancelled."""
    whens = [When(equipment=device.pk, then=Value(device.status)) for device in devices]
    rows = DisposalLine.objects.filter(disposal=disposal).of_unit(disposal.unit)
    change(rows, {"former_status": Case(*whens)}, by=by, reason="Trình sau họp hội đồng", when=timezone.now())


def _keep_figures(disposal: Disposal, devices: Sequence[Equipment], *, on: date, by: User) -> None:
    """What the books said of each device on that day, as papers show it from now on."""
    figures = figures_of(devices, on=on)

    def column(name: str) -> Case:
        whens = [When(equipment=device.pk, then=Value(getattr(figures[device.pk], name))) for device in devices]
        return Case(*whens, output_field=MoneyField())

    values = {
        "original_value": column("original"),
        "accumulated": column("accumulated"),
        "residual": column("residual"),
    }
    rows = DisposalLine.objects.filter(disposal=disposal).of_unit(disposal.unit)
    change(rows, values, by=by, reason=f"Giá trị tại ngày {on:%d/%m/%Y}", when=timezone.now())


def _step(
    disposal: Disposal, devices: Sequence[Equipment], to: Status | None, event: str, *, by: User, reason: str
) -> None:
    """One step of all the devices; those that are there already are only told of it."""
    told = {"dossier": disposal.number}
    moving = [device for device in devices if to is not None and device.status != to]
    staying = [device for device in devices if to is None or device.status == to]
    life.step(moving, to=to, by=by, reason=reason, event=event, payload=told)
    life.step(staying, to=None, by=by, reason=reason, event=event, payload=told)


def is_late(kind: Kind, start: date | None) -> bool:
    """Whether today is past the term that began on that day."""
    return start is not None and timezone.localdate() > _due(kind, start)


def _due(kind: Kind, start: date) -> date:
    return due_date(start, TERMS[kind].working_days, calendar())


def _refuse(problems: Sequence[DomainError]) -> None:
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralProblemsError(problems)
