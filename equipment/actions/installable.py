"""What stands against installing software on computers."""

from collections.abc import Collection, Sequence
from datetime import date

from core.errors import DomainError
from equipment.models import Equipment, SoftwareLicence
from equipment.queries.arrivals import arrivals
from equipment.rules.licences import INSTALLABLE


def refusals(
    licence: SoftwareLicence, software: Equipment, devices: Sequence[Equipment], *, on: date, on_them: Collection[int]
) -> list[DomainError]:
    """All that stands against it on that day. The devices are locked; `on_them` are keys of those that have it."""
    computers = {category.pk for category in {device.category for device in devices} if category.is_computer}
    unfit = [
        DomainError(message, field="devices", code=code)
        for device in devices
        for code, message in _unfit(device, software, on_them, computers)
    ]
    return unfit or _too_early(licence, [software, *devices], on)


def _unfit(
    device: Equipment, software: Equipment, on_them: Collection[int], computers: Collection[int]
) -> list[tuple[str, str]]:
    if device.unit_id != software.unit_id:
        return [("foreign", "Chỉ cài được trên máy của cùng đơn vị với phần mềm.")]
    if device.category.software:
        return [("software", f"{device.code} là phần mềm, không phải máy.")]
    if device.category_id not in computers:
        kind = device.category.name.lower()
        return [("no_computer", f"{device.code} ({kind}) không phải máy tính, không ghi cài phần mềm được.")]
    if device.status not in INSTALLABLE:
        return [("workflow", f"{device.code} đang ở trạng thái “{device.get_status_display()}”.")]
    if device.pk in on_them:
        return [("duplicate", f"{device.code} đã cài phần mềm này.")]
    return []


def _too_early(licence: SoftwareLicence, devices: Sequence[Equipment], on: date) -> list[DomainError]:
    said = []
    if licence.starts_on and on < licence.starts_on:
        said.append(f"Bản quyền bắt đầu từ ngày {licence.starts_on:%d/%m/%Y}, sau ngày cài này.")
    since = arrivals(devices)
    said += [
        f"{device.code} có ở đơn vị từ ngày {since[device.pk]:%d/%m/%Y}, sau ngày cài này."
        for device in devices
        if on < since[device.pk]
    ]
    return [DomainError(message, field="on", code="too_early") for message in said]
