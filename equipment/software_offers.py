"""What software puts on the pages of devices."""

from functools import partial
from typing import Any

from django.urls import reverse

from accounts.models import User
from equipment.extensions import offer_bulk, offer_step, offer_tab
from equipment.models import Equipment
from equipment.policies import records
from equipment.queries.software import installations_on
from equipment.rules.figures import OFF_THE_BOOKS
from equipment.rules.licences import INSTALLABLE
from equipment.tables.software import OnComputerTable
from ui.actions import Action
from ui.blocks import Rows
from ui.links import Empty, Link
from ui.lists import BulkAction
from ui.records import Tab

POSITION = 80  # behind the steps of the device's own life


def register() -> None:
    """Called once, when the apps are ready."""
    offer_step(_step, position=POSITION)
    offer_tab(_tab, position=POSITION)
    offer_bulk(_bulk, position=POSITION)


def _step(user: User, device: Equipment) -> Action | Link | None:
    if device.category.software:
        if device.status in OFF_THE_BOOKS:
            return None
        return Link("Bản quyền, cài đặt", reverse("software:detail", args=[device.code]), icon="key")
    if not records(user, device) or device.status not in INSTALLABLE or not device.category.is_computer:
        return None
    url = f"{reverse('software:install')}?thiet-bi={device.code}"
    return Action("Ghi cài phần mềm", url, icon="download", method="get")


def _tab(request: Any, device: Equipment) -> Tab | None:
    if device.category.software:
        return None
    rows = installations_on(request.user, device)
    empty = Empty("Chưa ghi phần mềm nào", "Ghi cài đặt để biết máy này dùng bản quyền nào.")
    return Tab("phan-mem", "Phần mềm", partial(Rows.of, OnComputerTable, rows, empty=empty))


def _bulk(user: User) -> BulkAction | None:
    if not user.scope.write_units:
        return None
    return BulkAction("Ghi cài phần mềm", reverse("software:install"), icon="download")
