"""The form of a device's descriptive fields."""

from typing import Any

from django import forms

from equipment.forms.attributes import MADE_YEAR, PREFIX, attribute_field, collect
from equipment.models import Equipment, EquipmentModel
from equipment.queries import open_models, rooms_of
from equipment.rules.device import MAX_CARD, MAX_HOLDER, MAX_NAME, MAX_NOTE, MAX_SERIAL
from equipment.rules.lifecycle import Condition
from orgs.models import OrgUnit
from ui.choices import LongSelect
from ui.forms import Group, LongTextField, TextField, VersionedForm, form_field


class RoomChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class ModelChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.brand.name} {obj.name}"


class EquipmentForm(VersionedForm):
    """What describes a device. Unit, category, price and state change by their dossiers."""

    halves = ("serial", "inventory_number", "room", "holder_name")
    thirds: tuple[str, ...] = ("condition", "warranty_until", "end_of_support", "made_year", "made_in")

    name = TextField(label="Tên thiết bị", max_length=MAX_NAME)
    model = ModelChoice(
        label="Mẫu", queryset=EquipmentModel.objects.none(), required=False, widget=LongSelect, empty_label="—"
    )
    serial = TextField(label="Số máy (serial)", max_length=MAX_SERIAL, required=False)
    inventory_number = TextField(label="Số thẻ tài sản", max_length=MAX_CARD, required=False)
    room = RoomChoice(
        label="Phòng, tổ", queryset=OrgUnit.objects.none(), required=False, to_field_name="code", empty_label="—"
    )
    holder_name = TextField(label="Người sử dụng", max_length=MAX_HOLDER, required=False)
    condition = forms.ChoiceField(label="Tình trạng", choices=Condition)
    note = LongTextField(label="Ghi chú", max_length=MAX_NOTE, required=False)
    reason = TextField(
        label="Lý do sửa", max_length=100, help_text="Ghi vào lịch sử, ví dụ: nhập sai số máy khi tiếp nhận."
    )

    def __init__(self, data: Any = None, files: Any = None, *, item: Equipment) -> None:
        plain = ("warranty_until", "end_of_support", "made_year", "made_in")
        initial = {
            name: getattr(item, name)
            for name in ("version", "name", "serial", "inventory_number", "holder_name", "condition", "note", *plain)
        }
        initial |= {"model": item.model_id, "room": item.room.code if item.room else ""}
        initial |= {PREFIX + key: value for key, value in item.attributes.items()}
        super().__init__(data, files, initial=initial)
        self.fields["model"].queryset = open_models().filter(category=item.category) | (  # type: ignore[attr-defined]  # a model choice
            EquipmentModel.objects.filter(pk=item.model_id or 0).select_related("brand", "category")
        )
        rooms = rooms_of(item.unit) | OrgUnit.objects.filter(pk=item.room_id)  # where it stands, were it dissolved
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]  # a model choice
        self.fields["serial"].required = item.category.serial_required
        for name in plain:
            field = form_field(Equipment._meta.get_field(name))  # type: ignore[arg-type]  # a plain field
            if field is not None:
                self.fields[name] = field
        self.fields["made_year"].validators += MADE_YEAR
        own = [a for a in item.category.attributes if a.key != "ngay_het_ho_tro"]
        for attribute in own:
            self.fields[PREFIX + attribute.key] = attribute_field(attribute)
        names = tuple(PREFIX + a.key for a in own)
        self.thirds = (*self.thirds, *names)
        self.groups = (
            Group("Nhận dạng", ("name", "model", "serial", "inventory_number")),
            Group("Nơi đặt, người dùng", ("room", "holder_name")),
            Group("Tình trạng và thời hạn", ("condition", "warranty_until", "end_of_support", "made_year", "made_in")),
            *([Group(f"Thuộc tính của loại {item.category.name}", names)] if names else []),
            Group("Ghi chú và lý do", ("note", "reason")),
        )


def descriptive_values(data: dict[str, Any], item: Equipment) -> dict[str, Any]:
    """What the action takes of a valid form. Attributes that the category no longer lists stay as they are."""
    kept = {key: value for key, value in item.attributes.items() if PREFIX + key not in data}
    plain = {k: v for k, v in data.items() if not k.startswith(PREFIX) and k not in {"version", "reason"}}
    return {**plain, "attributes": {**kept, **collect(data)}}
