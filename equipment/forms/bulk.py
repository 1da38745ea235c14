"""What to change of many devices at once."""

from typing import Any
from uuid import uuid4

from django import forms

from equipment.queries import rooms_of
from equipment.rules.bulk import APPEND, KEEP, MAX_REASON, NO_ROOM, REPLACE
from equipment.rules.lifecycle import Condition
from orgs.models import OrgUnit
from ui.choices import LongSelect
from ui.forms import Group, KitForm, LongTextField, TextField, offer

UNCHANGED = (KEEP, "— Giữ nguyên —")
MAX_ADDED = 1000  # leaves room below most notes


class BulkForm(KitForm):
    """Every field may stay as it is, but not all of them."""

    groups = (
        Group("Thay đổi", ("room", "condition", "note_mode", "note"), help="Ô để “Giữ nguyên” thì không thay đổi."),
        Group("Lý do", ("reason",)),
    )
    halves = ("room", "condition")

    room = forms.ChoiceField(label="Phòng, tổ", required=False, widget=LongSelect({"data-placeholder": UNCHANGED[1]}))
    condition = forms.ChoiceField(label="Tình trạng", required=False, choices=[UNCHANGED, *Condition.choices])
    note_mode = forms.ChoiceField(
        label="Ghi chú",
        required=False,
        choices=[UNCHANGED, (APPEND, "Ghi thêm vào dưới ghi chú cũ"), (REPLACE, "Thay ghi chú cũ")],
    )
    note = LongTextField(
        label="Nội dung ghi chú",
        required=False,
        max_length=MAX_ADDED,
        help_text="Thay ghi chú cũ mà để trống ô này thì xóa ghi chú.",
    )
    reason = TextField(
        label="Lý do sửa",
        max_length=MAX_REASON,
        help_text="Ghi vào lịch sử của từng thiết bị, ví dụ: chuyển phòng theo Quyết định 12/QĐ-BHXH.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, unit: OrgUnit | None, initial: Any = None) -> None:
        super().__init__(data, initial={"submission": uuid4(), **(initial or {})})
        if unit is None:
            del self.fields["room"]
        else:
            rooms = [(room.code, room.name) for room in rooms_of(unit)]
            offer(self, "room", [UNCHANGED, (NO_ROOM, "Không thuộc phòng, tổ nào"), *rooms])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("note") and not data.get("note_mode") and "note_mode" not in self.errors:
            self.add_error("note_mode", "Hãy chọn ghi thêm hay thay ghi chú cũ.")
        if data.get("note_mode") == APPEND and not data.get("note") and "note" not in self.errors:
            self.add_error("note", "Hãy nhập nội dung ghi thêm.")
        if not self.errors and not any(data.get(name) for name in ("room", "condition", "note_mode")):
            raise forms.ValidationError("Hãy chọn ít nhất một thay đổi: phòng, tổ, tình trạng hoặc ghi chú.")
        return data
