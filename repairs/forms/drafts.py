"""The form of a draft: what it is about, its devices, and what is wrong with each."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from dossiers.submissions import made_from
from equipment.forms.devices import DevicesField
from equipment.rules.warranty import warranty
from repairs.actions.drafts import HEADER
from repairs.forms.fields import head_fields, rows
from repairs.models import Repair, RepairLine
from repairs.rules.flow import MAX_DEVICES, REPAIRABLE
from ui.forms import TAMPERED, Group, KitForm, LongTextField, MoneyField, version_field

_GROUPS = (
    Group("Thiết bị", ("devices",), help=f"Nhiều nhất {MAX_DEVICES} thiết bị của một đơn vị."),
    Group(
        "Đánh giá và việc cần làm",
        ("kind", "opened_on", "assessment", "fault"),
        help="Lập khi có kết quả đánh giá xác định thiết bị cần sửa chữa (Điều 8).",
    ),
    Group("Nơi thực hiện", ("sent_to", "expected_on", "supplier", "supplier_contact")),
    Group("Ghi chú", ("note",)),
)


class RepairForm(KitForm):
    """A new dossier, or a draft (`repair`) with its `lines`: these add a group for each device."""

    halves: tuple[str, ...] = ("kind", "opened_on", "sent_to", "expected_on", "supplier", "supplier_contact")
    groups: tuple[Group, ...] = _GROUPS

    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by: User,
        repair: Repair | None = None,
        lines: Sequence[RepairLine] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial={**_initial(repair, lines), **(initial or {})})
        number = repair.number if repair else made_from(Repair, data=data, by=by)
        self.fields["devices"] = DevicesField(by=by, allowed=REPAIRABLE, number=number)
        for name, field in head_fields(HEADER).items():
            self.fields[name] = field
        rows(self.fields["assessment"], 3)
        rows(self.fields["note"], 2)
        self.fields["opened_on"].help_text = "Ngày có kết quả đánh giá tình trạng kỹ thuật."
        self.fields["supplier"].help_text = "Cần khi gửi ra ngoài."
        if repair is None:
            self.fields["fault"] = rows(
                LongTextField(
                    label="Hiện tượng hỏng, việc cần làm",
                    max_length=1000,
                    required=False,
                    help_text="Ghi cho mọi thiết bị ở trên; sửa riêng từng thiết bị sau khi lưu.",
                ),
                2,
            )
            return
        self.fields["version"] = version_field()
        for line in lines:
            self._add_line(line)

    def _add_line(self, line: RepairLine) -> None:
        fault, estimate = f"fault_{line.pk}", f"estimate_{line.pk}"
        field = LongTextField(label="Hiện tượng hỏng, việc cần làm", max_length=1000, required=False)
        self.fields[fault] = rows(field, 2)
        self.fields[estimate] = MoneyField(label="Giá dự toán (đồng)", required=False)
        words, _ = warranty(line.warranty_until, timezone.localdate())
        group = Group(
            f"{line.code} – {line.name}", (fault, estimate), help=f"Bảo hành: {words[:1].lower()}{words[1:]}."
        )
        self.groups = (*self.groups, group)

    def lines(self) -> dict[int, dict[str, Any]]:
        """What is said of each device, by the key of its line."""
        found: dict[int, dict[str, Any]] = {}
        for name, value in self.cleaned_data.items():
            field, _, key = name.rpartition("_")
            if field in {"fault", "estimate"} and key.isdigit():
                found.setdefault(int(key), {})[field] = value
        return found

    def clean(self) -> dict[str, Any]:
        """Gives the lines with the rest."""
        cleaned = super().clean() or self.cleaned_data
        return {**cleaned, "lines": self.lines()}


def _initial(repair: Repair | None, lines: Sequence[RepairLine]) -> dict[str, Any]:
    if repair is None:
        return {"submission": uuid.uuid4(), "opened_on": timezone.localdate(), "sent_to": "in_house"}
    own = {f"{name}_{line.pk}": getattr(line, name) for line in lines for name in ("fault", "estimate")}
    codes = "\n".join(line.code for line in lines)
    return {"version": repair.version, "devices": codes, **{name: getattr(repair, name) for name in HEADER}, **own}
