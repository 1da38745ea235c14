"""What repairs add to the pages of devices."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from accounts.models import User
from dossiers.policies import records
from equipment.extensions import DossierRow
from equipment.models import Equipment
from equipment.models.reservation import open_dossier
from repairs.blocks import device_repairs
from repairs.models import RepairLine
from repairs.rules.flow import REPAIRABLE, STATE_TONES, RepairState
from ui.actions import Action
from ui.lists import BulkAction
from ui.records import Tab


def open_step(user: User, device: Equipment) -> Action | None:
    """Open a dossier with the device, if it may be sent and is in no other."""
    if not records(user, device) or device.status not in REPAIRABLE or open_dossier(device):
        return None
    url = f"{reverse('repairs:create')}?thiet-bi={device.code}"
    return Action("Sửa chữa", url, icon="tool", method="get")


def open_bulk(_user: User) -> BulkAction:
    """Open a dossier with the ticked devices."""
    return BulkAction("Sửa chữa", reverse("repairs:create"), icon="tool")


def repairs_tab(request: Any, device: Equipment) -> Tab:
    """The repairs of a device and what they cost."""
    return Tab("sua-chua", "Sửa chữa", partial(device_repairs, request.user, device))


def dossiers(user: User, device: Equipment) -> Sequence[DossierRow]:
    """The repairs in which the device is or was."""
    lines = RepairLine.objects.visible_to(user).filter(equipment=device).select_related("repair")
    return [
        DossierRow(
            kind=line.repair.get_kind_display(),
            number=line.repair.number,
            url=reverse("repairs:detail", args=[line.repair.number]),
            state=line.repair.get_state_display(),
            tone=STATE_TONES[RepairState(line.repair.state)],  # type: ignore[arg-type]  # tones of the kit
            day=line.repair.returned_on or line.repair.sent_on or line.repair.opened_on,
            note=line.get_result_display(),
        )
        for line in lines
    ]
