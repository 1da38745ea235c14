"""What the minutes of a finished repair (C54-HD) say, taken from a dossier and its devices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from equipment.models import Equipment
from equipment.printing.basis import legal_basis
from equipment.printing.minutes import written_date
from equipment.printing.words import money_in_words
from orgs.models import OrgUnit
from repairs.models import Repair, RepairLine
from repairs.rules.flow import Place, Result
from ui.formats import number, vndate

FORM = "C54-HD"


@dataclass(frozen=True)
class Row:
    """Columns A to 3 of the form, as text: a part, or the work as a whole."""

    part: str
    work: str
    estimate: str
    cost: str
    result: str


@dataclass(frozen=True)
class Device:
    """What the form says of one device, and its rows."""

    name: str
    code: str
    card: str
    place: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Completion:
    form: str
    basis: str
    superior: str
    unit: str
    owner: str
    dossier: str
    kind: str
    day: str
    repairer: str
    start: str
    end: str
    devices: Sequence[Device]
    estimate: str
    cost: str
    words: str
    conclusion: Sequence[str]


def completion_of(repair: Repair) -> Completion:
    """The minutes of a repair whose results are recorded, devices in their order. The caller got it through a door."""
    lines = list(repair.lines.all())
    own = Equipment.objects.of_unit(repair.unit).filter(pk__in=[line.equipment_id for line in lines])
    devices = {device.pk: device for device in own.select_related("room", "model__brand")}
    parent = OrgUnit.objects.get_parent(repair.unit)
    cost = sum((line.cost or Decimal(0) for line in lines), Decimal(0))
    estimate = sum((line.estimate or Decimal(0) for line in lines), Decimal(0))
    return Completion(
        form=FORM,
        basis=legal_basis(FORM, repair.returned_on or timezone.localdate()),
        superior=parent.name.upper() if parent else "",
        unit=repair.unit.name.upper(),
        owner=repair.unit.name,
        dossier=repair.number,
        kind=repair.get_kind_display(),
        day=written_date(repair.returned_on),
        repairer=repair.supplier if repair.sent_to == Place.SUPPLIER else repair.unit.name,
        start=vndate(repair.sent_on),
        end=vndate(repair.returned_on),
        devices=[_device(line, devices.get(line.equipment_id)) for line in lines],
        estimate=number(estimate) if estimate else "",
        cost=number(cost),
        words=money_in_words(cost),
        conclusion=_conclusion(lines),
    )


def _device(line: RepairLine, device: Equipment | None) -> Device:
    named = [
        line.name,
        str(device.model) if device and device.model and str(device.model) not in line.name else "",
        f"S/N: {line.serial}" if line.serial else "",
    ]
    place = [device.room.name if device and device.room else "", device.holder_name if device else ""]
    return Device(
        name="; ".join(filter(None, named)),
        code=line.code,
        card=device.inventory_number if device else "",
        place=", ".join(filter(None, place)),
        rows=_rows(line),
    )


def _rows(line: RepairLine) -> list[Row]:
    """The work, then its parts; their cost is within that of the work."""
    work = Row(
        part="",
        work=line.work_done or line.fault,
        estimate=number(line.estimate) if line.estimate is not None else "",
        cost=number(line.cost) if line.cost is not None else "",
        result=_result(line),
    )
    parts = [Row(part=part["name"], work=_part(part), estimate="", cost="", result="") for part in line.parts]
    return [work, *parts]


def _part(part: Mapping[str, Any]) -> str:
    price = f", đơn giá {number(part['price'])}" if part["price"] else ""
    return f"Thay, số lượng {number(part['quantity'])}{price}"


def _result(line: RepairLine) -> str:
    told = [line.get_result_display()]
    if line.result == Result.REPLACED:
        told.append(f"S/N mới: {line.new_serial}")
    if line.result == Result.UPGRADED and line.new_price is not None:
        told.append(f"nguyên giá mới: {number(line.new_price)} đ")
    return "; ".join([*told, *([line.result_note] if line.result_note else [])])


def _conclusion(lines: Sequence[RepairLine]) -> list[str]:
    """How many devices came out how."""
    counts = [(result, sum(line.result == result for line in lines)) for result in Result]
    return [f"{result.label}: {number(count)} thiết bị" for result, count in counts if count]
