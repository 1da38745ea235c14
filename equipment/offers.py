"""What hand-overs put on the pages of devices and of people."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from accounts.models import User
from equipment.extensions import DossierRow, offer_bulk, offer_step, offer_tab, tell_dossiers
from equipment.models import Assignment, Equipment, Holding, Reservation
from equipment.queries.assignments import held_by
from equipment.rules.assignment import ALLOWED, ASSIGNMENT_TONES, AssignmentKind
from equipment.rules.lifecycle import Status
from equipment.tables.assignment import HeldTable, HoldingTable
from personnel import extensions as people
from personnel.models import Employee
from personnel.rules import EmployeeState
from ui.actions import Action
from ui.blocks import Rows
from ui.links import Empty, Link
from ui.lists import BulkAction
from ui.records import Tab

HAND_OVER, RETURN = 10, 15  # where the steps stand on the page of a device


def register() -> None:
    """Called once, when the apps are ready."""
    offer_step(_hand_over, position=HAND_OVER)
    offer_step(_give_back, position=RETURN)
    offer_tab(_holders, position=HAND_OVER)
    offer_bulk(_bulk, position=HAND_OVER)
    tell_dossiers(_dossiers)
    people.tell_tabs(_held)
    people.offer_step(_lend)
    people.offer_step(_collect)


def _free(user: User, device: Equipment, kind: AssignmentKind) -> bool:
    """Whether this account may do it now: the device isn't in an open dossier."""
    return (
        device.unit_id in user.scope.write_units
        and Status(device.status) in ALLOWED[kind]
        and not Reservation.objects.of_unit(device.unit).filter(equipment=device).exists()
    )


def _hand_over(user: User, device: Equipment) -> Action | Link | None:
    if not _free(user, device, AssignmentKind.HAND_OVER):
        return None
    url = f"{reverse('assignments:create')}?thiet-bi={device.code}"
    label = "Bàn giao" if device.status == Status.IN_STOCK else "Bàn giao lại"
    return Action(label, url, icon="user-plus", method="get")


def _give_back(user: User, device: Equipment) -> Action | Link | None:
    if not _free(user, device, AssignmentKind.RETURN):
        return None
    url = f"{reverse('assignments:give_back')}?thiet-bi={device.code}"
    return Action("Thu hồi về kho", url, icon="arrow-back-up", method="get")


def _holders(request: Any, device: Equipment) -> Tab | None:
    rows = Holding.objects.visible_to(request.user).filter(equipment=device)
    empty = Empty("Chưa bàn giao cho ai qua hệ thống")
    return Tab("nguoi-giu", "Người giữ", partial(Rows.of, HoldingTable, rows, empty=empty))


def _bulk(user: User) -> BulkAction | None:
    if not user.scope.write_units:
        return None
    return BulkAction("Bàn giao", reverse("assignments:create"), icon="user-plus")


def _dossiers(user: User, device: Equipment) -> Sequence[DossierRow]:
    rows = Assignment.objects.visible_to(user).filter(lines__equipment=device)
    return [
        DossierRow(
            kind="Bàn giao sử dụng",
            number=dossier.number,
            url=reverse("assignments:detail", args=[dossier.number]),
            state=dossier.get_kind_display(),
            tone=ASSIGNMENT_TONES[AssignmentKind(dossier.kind)],  # type: ignore[arg-type]  # tones of the kit
            day=dossier.on,
            note=dossier.person_name or dossier.room_name,
        )
        for dossier in rows
    ]


def _held(_request: Any, employee: Employee) -> Tab | None:
    rows = held_by(employee)
    empty = Empty("Không giữ thiết bị nào")
    content = partial(Rows.of, HeldTable, rows, limit=500, empty=empty)
    return Tab("dang-giu", "Thiết bị đang giữ", content, count=rows.count())


def _lend(user: User, employee: Employee) -> Action | Link | None:
    if employee.unit_id not in user.scope.write_units or employee.state != EmployeeState.WORKING:
        return None
    url = f"{reverse('assignments:create')}?can-bo={employee.code}"
    return Action("Bàn giao thiết bị", url, style="primary", icon="user-plus", method="get")


def _collect(user: User, employee: Employee) -> Action | Link | None:
    if employee.unit_id not in user.scope.write_units or not held_by(employee).exists():
        return None
    url = f"{reverse('assignments:give_back')}?tra-tu={employee.code}"
    return Action("Thu hồi thiết bị", url, icon="arrow-back-up", method="get")
