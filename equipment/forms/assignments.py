"""Forms of hand-overs and returns."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from equipment.forms.devices import DevicesField
from equipment.rules.assignment import ALLOWED, AssignmentKind
from orgs.models import OrgUnit
from orgs.policies import recordable_units
from personnel.models import Employee
from ui.choices import LongSelect
from ui.forms import TAMPERED, DateField, Group, KitForm, LongTextField, TextField


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        title = f" – {obj.title.name}" if obj.title else ""
        return f"{obj.full_name}{title} ({obj.code})"


class RoomChoice(forms.ModelChoiceField):
    """Rooms by name; with that of their unit where the person records for several."""

    units: dict[str, str]

    def label_from_instance(self, obj: Any) -> str:
        unit = self.units.get(obj.path[: -OrgUnit.steplen], "") if len(self.units) > 1 else ""
        return f"{obj.name} – {unit}" if unit else obj.name


class _ChangeForm(KitForm):
    """What a hand-over and a return have in common. Each press of the button has the same `submission`."""

    kind: AssignmentKind

    on = DateField(label="Ngày bàn giao")
    keeper_name = TextField(label="Đại diện đơn vị", max_length=100, required=False, help_text="In trên biên bản.")
    note = LongTextField(label="Ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )

    def __init__(self, data: Any = None, files: Any = None, *, by: User, initial: Any = None) -> None:
        given = {
            "on": timezone.localdate(),
            "keeper_name": by.full_name,
            "submission": uuid.uuid4(),
            **(initial or {}),
        }
        super().__init__(data, files, initial=given)
        self.fields["devices"] = DevicesField(by=by, allowed=ALLOWED[self.kind])
        units = list(recordable_units(by))
        rooms = OrgUnit.objects.none()
        for unit in units:
            rooms |= OrgUnit.objects.departments_of(unit).in_force(timezone.localdate())
        room = RoomChoice(
            label="Phòng, tổ", queryset=rooms, to_field_name="code", required=False, widget=LongSelect, empty_label="—"
        )
        room.units = {unit.path: unit.name for unit in units}
        self.fields["room"] = room


class HandOverForm(_ChangeForm):
    """Devices to a person, to a room, or to a person who has them in another room."""

    kind = AssignmentKind.HAND_OVER
    groups = (
        Group("Thiết bị", ("devices",)),
        Group("Bên nhận", ("employee", "room"), help="Chọn người nhận; giao dùng chung thì chỉ chọn phòng, tổ."),
        Group("Bàn giao", ("on", "keeper_name", "note", "norm_reason")),
    )
    halves = ("employee", "room", "on", "keeper_name")

    norm_reason = TextField(
        label="Lý do vượt định mức", max_length=500, required=False, help_text="Chỉ cần khi vượt định mức."
    )

    def __init__(self, data: Any = None, files: Any = None, *, by: User, initial: Any = None) -> None:
        super().__init__(data, files, by=by, initial=initial)
        people = Employee.objects.writable_by(by).working().select_related("title").order_by("full_name", "pk")
        self.fields["employee"] = PersonChoice(
            label="Người nhận",
            queryset=people,
            to_field_name="code",
            required=False,
            widget=LongSelect,
            empty_label="—",
        )


class ReturnForm(_ChangeForm):
    """Devices back to the store."""

    kind = AssignmentKind.RETURN
    groups = (
        Group("Thiết bị thu hồi", ("devices",)),
        Group("Thu hồi", ("on", "keeper_name", "room", "note")),
    )
    halves = ("on", "keeper_name")

    def __init__(self, data: Any = None, files: Any = None, *, by: User, initial: Any = None) -> None:
        super().__init__(data, files, by=by, initial=initial)
        self.fields["on"].label = "Ngày thu hồi"
        self.fields["room"].label = "Nơi cất giữ"
