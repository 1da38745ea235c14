"""What one line of a file would do, and how a change of a device is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.history import NOTHING, written
from equipment.importing.faults import Fault
from equipment.importing.fields import ATTRIBUTE, attribute_of
from equipment.importing.lookups import Known
from equipment.importing.reading import Values
from equipment.rules.attributes import display
from equipment.rules.device import warranty_end
from equipment.rules.lifecycle import Condition

Change = tuple[str, str, str]
"""What is changed, before, after: as people read it."""


@dataclass(slots=True)
class Planned:
    """What one line of the file would do. With faults it does nothing."""

    line: int
    faults: list[Fault] = field(default_factory=list)
    known: Known | None = None  # the device that it names
    values: Values = field(default_factory=dict)  # of a new device, or what is changed of a known one
    changes: list[Change] = field(default_factory=list)

    @property
    def fresh(self) -> bool:
        return self.known is None


def warranty_until(values: Values, received: date | None) -> date | None:
    """The last day, as it is given or counted in months from the day of receipt."""
    given = values.get("warranty_until")
    if isinstance(given, date):
        return given
    months = given if given is not None else values.get("warranty_months")
    return warranty_end(received, months) if received and months else None


LABELS = {
    "name": "Tên thiết bị",
    "serial": "Số máy (serial)",
    "inventory_number": "Số thẻ tài sản",
    "holder_name": "Người sử dụng",
    "made_in": "Nước sản xuất",
    "note": "Ghi chú",
    "made_year": "Năm sản xuất",
    "condition": "Tình trạng",
    "warranty_until": "Bảo hành đến",
    "end_of_support": "Nhà sản xuất hết hỗ trợ",
}


def told(found: Values, known: Known, attributes: Values) -> Iterable[Change]:
    """Before → after, as people read it."""
    for key, label in LABELS.items():
        if key in found:
            yield label, _shown(key, known[key]), _shown(key, found[key])
    if "room_id" in found:
        yield "Phòng, tổ", known["room__name"] or NOTHING, found["room_name"]
    if "model_id" in found:
        before = f"{known['model__brand__name']} {known['model__name']}" if known["model_id"] else NOTHING
        yield "Mẫu", before, found["model_name"]
    for key, value in attributes.items():
        attribute = attribute_of(ATTRIBUTE + key)
        yield (
            attribute.label,
            display(attribute, known["attributes"].get(key, "")) or NOTHING,
            display(attribute, value),
        )


def _shown(key: str, value: Any) -> str:
    if value in (None, ""):
        return NOTHING
    return Condition(value).label if key == "condition" else written(value)
