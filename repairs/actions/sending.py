"""The devices go off to be repaired."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from core.transitions import transition
from dossiers.actions import require_papers
from equipment.actions import life
from equipment.rules.lifecycle import Status
from repairs.actions.common import before_arrival, change_lines, fit_devices, locked, refuse, told
from repairs.models import Repair
from repairs.rules.checks import check_send
from repairs.rules.flow import REPAIR_FLOW, RepairState


def problems(repair: Repair, lines: list, *, sent_on: date | None = None) -> list[DomainError]:
    """Everything that stands against sending now; empty when nothing does."""
    return [*check_send(repair, lines, sent_on=sent_on, today=timezone.localdate()), *require_papers(repair)]


@transaction.atomic
def send(repair: Repair, *, sent_on: date, by: User, version: int) -> Repair:
    """Send the devices off (art. 8): each is "đang sửa chữa" until the dossier ends.

    Raises SeveralProblemsError with all that is missing, the assessment and its minutes among it; StaleError.
    """
    repair = locked(repair, RepairState.SENT, version=version)
    lines = list(repair.lines.all())
    refuse(problems(repair, lines, sent_on=sent_on))
    names = {line.equipment_id: line.code for line in lines}
    devices = fit_devices(names, unit_id=repair.unit_id, names=names)
    now = {device.pk: device for device in devices}
    refuse(before_arrival(devices, sent_on, field="sent_on", what="ngày gửi"))
    # They may have been taken into the books anew since the draft was saved.
    refuse(before_arrival(devices, repair.opened_on, field="sent_on", what="ngày đánh giá"))
    by_status = defaultdict(list)
    for line in lines:
        by_status[now[line.equipment_id].status].append(line)
    for status, some in by_status.items():
        change_lines(some, {"former_status": status}, by=by, reason="Gửi sửa chữa")
    life.step(
        devices,
        to=Status.IN_REPAIR,
        by=by,
        reason=f"Gửi sửa chữa theo hồ sơ {repair.number}",
        event="equipment.repair_sent",
        payload=told(repair, repair.supplier or repair.get_sent_to_display()),
    )
    return transition(
        repair,
        RepairState.SENT,
        flow=REPAIR_FLOW,
        by=by,
        reason="Gửi sửa chữa",
        event="repair.sent",
        sent_on=sent_on,
    )
