"""The lines of a draft, as they are given and as they are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.models import User
from core.errors import DomainError
from core.transitions import save_with_reason
from equipment.models import Category, EquipmentModel, Intake, IntakeLine
from equipment.rules.intake import MAX_DEVICES, Item


@dataclass(frozen=True)
class LineData:
    """A line as a form or an import gives it; `pk` names the stored line that it replaces."""

    category: Category
    model: EquipmentModel | None = None
    name: str = ""
    quantity: int = 1
    unit_price: Decimal | None = None
    warranty_months: int | None = None
    made_year: int | None = None
    made_in: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    items: Sequence[Item] = ()
    pk: int | None = None


_LINE_FIELDS = (
    "category",
    "model",
    "name",
    "quantity",
    "unit_price",
    "warranty_months",
    "made_year",
    "made_in",
    "attributes",
    "items",
)


def content(line: IntakeLine | LineData) -> list[Any]:
    """What a line says, wherever it comes from."""
    values = {name: getattr(line, name) for name in _LINE_FIELDS}
    return list({**values, "attributes": dict(values["attributes"]), "items": list(values["items"])}.values())


def write_lines(intake: Intake, lines: Sequence[LineData], *, by: User) -> None:
    """Make the stored lines those given: changed ones updated, new ones added, the others taken out."""
    if sum(max(len(line.items), line.quantity) for line in lines) > MAX_DEVICES:
        message = f"Một hồ sơ nhận nhiều nhất {MAX_DEVICES:,} thiết bị. Hãy tách thành nhiều hồ sơ.".replace(
            ",", ".", 1
        )
        raise DomainError(message, code="too_many")
    stored = {line.pk: line for line in intake.lines.select_related("category", "model")}
    for position, data in enumerate(lines, start=1):
        line = stored.pop(data.pk, None) if data.pk else None
        fresh = line is None
        line = line or IntakeLine(intake=intake, unit=intake.unit)
        before = None if fresh else [line.position, *content(line)]
        line.position = position
        for name in _LINE_FIELDS:
            value = getattr(data, name)
            setattr(line, name, dict(value) if name == "attributes" else list(value) if name == "items" else value)
        if before != [line.position, *content(line)]:
            save_with_reason(line, by=by, reason="Lưu nháp")
    for line in stored.values():
        vars(line).update(_history_user=by, _change_reason="Bỏ dòng")
        line.delete()
