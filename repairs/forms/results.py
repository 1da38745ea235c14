"""The form of the results: one page for all devices of a dossier, made for the phone too."""

from collections.abc import Sequence
from typing import Any

from django import forms

from equipment.forms.attributes import attribute_field
from repairs.actions.results import HEADER
from repairs.forms.fields import PartsField, head_fields, rows
from repairs.models import Repair, RepairLine
from repairs.rules.checks import covered
from repairs.rules.flow import RESULTS, RepairKind, Result
from repairs.rules.parts import cost_of_parts
from ui.formats import money, vndate
from ui.forms import DateField, Group, LongTextField, MoneyField, TextField, VersionedForm

_ATTRIBUTE = "attribute"


class ResultsForm(VersionedForm):
    """What came back, and how each device came out. Everything may be left for later."""

    def __init__(
        self, data: Any = None, files: Any = None, *, repair: Repair, lines: Sequence[RepairLine], **kwargs: Any
    ) -> None:
        self.repair, self.lines = repair, lines
        initial = {"version": repair.version, **{name: getattr(repair, name) for name in HEADER}}
        super().__init__(data, files, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        for name, field in head_fields(HEADER).items():
            self.fields[name] = field
        for name in ("cost_reason", "late_reason"):
            rows(self.fields[name], 2)
        self.fields["cost_reason"].help_text = "Chỉ cần khi có chi phí cho thiết bị còn bảo hành."
        self.fields["late_reason"].help_text = f"Chỉ cần khi nhận sau ngày hẹn {vndate(repair.expected_on)}."
        if repair.expected_on is None:
            del self.fields["late_reason"]
        self.groups: tuple[Group, ...] = (Group("Nghiệm thu, nhận lại", HEADER),)
        if len(lines) > 1:
            self._add_all()
        for line in lines:
            self._add_line(line)

    def _choices(self, blank: str) -> list[tuple[str, str]]:
        return [("", blank), *((result.value, result.label) for result in RESULTS[self.repair.kind])]

    def _add_all(self) -> None:
        """What holds for most devices is said once."""
        self.fields["all_result"] = forms.ChoiceField(
            label="Kết quả chung", required=False, choices=self._choices("— Ghi riêng từng thiết bị —")
        )
        self.fields["all_work"] = TextField(label="Việc đã làm chung", max_length=1000, required=False)
        help_text = "Điền cho những thiết bị để trống kết quả ở dưới."
        self.groups = (*self.groups, Group("Chung cho các thiết bị", ("all_result", "all_work"), help=help_text))
        self.halves = (*self.halves, "all_result", "all_work")

    def _add_line(self, line: RepairLine) -> None:
        made: dict[str, forms.Field] = {
            "result": forms.ChoiceField(label="Kết quả", required=False, choices=self._choices("— Chưa có kết quả —")),
            "cost": MoneyField(
                label="Chi phí thực tế (đồng)",
                required=False,
                help_text="Cả linh kiện; để trống thì lấy tiền linh kiện.",
            ),
            "work_done": rows(LongTextField(label="Việc đã làm", max_length=1000, required=False), 2),
            "parts": PartsField(),
        }
        self.halves = (*self.halves, f"result_{line.pk}", f"cost_{line.pk}")
        if Result.REPLACED in RESULTS[self.repair.kind]:
            made["new_serial"] = TextField(label="Số máy mới (khi đổi máy)", max_length=100, required=False)
            made["new_warranty_until"] = DateField(label="Bảo hành mới đến (khi đổi máy)", required=False)
            self.halves = (*self.halves, f"new_serial_{line.pk}", f"new_warranty_until_{line.pk}")
        if self.repair.kind == RepairKind.UPGRADE:
            now = f"Hiện nay: {money(line.equipment.original_price)}."
            made["new_price"] = MoneyField(label="Nguyên giá sau nâng cấp (đồng)", required=False, help_text=now)
            for attribute in line.equipment.category.attributes:
                made[f"{_ATTRIBUTE}:{attribute.key}"] = attribute_field(attribute)
        made["result_note"] = TextField(label="Ghi chú kết quả", max_length=500, required=False)
        for name, field in made.items():
            self.fields[f"{name}_{line.pk}"] = field
            self.initial.setdefault(f"{name}_{line.pk}", self._stored(line, name))
        self.thirds = (*self.thirds, *(f"{n}_{line.pk}" for n in made if n.startswith(_ATTRIBUTE)))
        names = tuple(f"{name}_{line.pk}" for name in made)
        self.groups = (*self.groups, Group(f"{line.code} – {line.name}", names, help=self._help(line)))

    def _help(self, line: RepairLine) -> str:
        told = [line.fault]
        if self.repair.sent_on and covered(line, self.repair.sent_on):
            told.append(f"Còn bảo hành đến {vndate(line.warranty_until)}: trả tiền thì phải ghi lý do.")
        return " · ".join(filter(None, told))

    def _stored(self, line: RepairLine, name: str) -> Any:
        if name.startswith(_ATTRIBUTE):
            key = name.removeprefix(f"{_ATTRIBUTE}:")
            return line.new_attributes.get(key, line.equipment.attributes.get(key, ""))
        return getattr(line, name)

    def clean(self) -> dict[str, Any]:
        """Gives the head under `header`, and under `results` what is said of each line by its key."""
        cleaned = super().clean() or self.cleaned_data
        return {
            "version": cleaned.get("version"),
            "header": {name: cleaned[name] for name in HEADER if name in cleaned},
            "results": {line.pk: self._result(cleaned, line) for line in self.lines},
        }

    def _result(self, cleaned: dict[str, Any], line: RepairLine) -> dict[str, Any]:
        own = {
            name.removesuffix(f"_{line.pk}"): value
            for name, value in cleaned.items()
            if name.endswith(f"_{line.pk}") and name in self.fields
        }
        said = {name: value for name, value in own.items() if not name.startswith(_ATTRIBUTE)}
        if not said.get("result") and cleaned.get("all_result"):
            said["result"] = cleaned["all_result"]
            said["work_done"] = said.get("work_done") or cleaned.get("all_work", "")
        if self.repair.kind == RepairKind.UPGRADE:
            typed = {name.removeprefix(f"{_ATTRIBUTE}:"): value for name, value in own.items() if name not in said}
            now = line.equipment.attributes
            said["new_attributes"] = {key: value for key, value in typed.items() if value and value != now.get(key)}
        if said.get("cost") is None and said.get("parts"):
            said["cost"] = cost_of_parts(said["parts"])
        return said
