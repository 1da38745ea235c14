"""Forms of a loss report: what is gone, and what was found again."""

import uuid
from typing import Any

from django import forms

from accounts.models import User
from disposals.forms.disposal import not_ahead
from disposals.models import LossReport
from disposals.rules.flow import CONCERNED, Happening
from dossiers.submissions import made_from
from equipment.forms.devices import DevicesField
from equipment.rules.lifecycle import Condition
from ui.forms import TAMPERED, DateField, KitForm, LongTextField, TextField, version_field

DAY = {Happening.LOST: "Ngày phát hiện mất, hủy hoại", Happening.FOUND: "Ngày tìm thấy"}


class LossForm(KitForm):
    halves = ("happened_on", "minutes_number", "responsible", "condition")

    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by: User,
        kind: Happening,
        report: LossReport | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial={**_stored(report), **(initial or {})})
        number = report.number if report else made_from(LossReport, data=data, by=by)
        self.fields["devices"] = DevicesField(by=by, allowed=CONCERNED[kind], number=number)
        self.fields["happened_on"] = DateField(label=DAY[kind])
        self.fields["minutes_number"] = TextField(label="Số biên bản", max_length=60, required=False)
        help_text = "Xảy ra thế nào, ở đâu, đã báo cho ai." if kind == Happening.LOST else "Tìm thấy ở đâu, do ai."
        self.fields["circumstances"] = LongTextField(label="Hoàn cảnh", max_length=2000, help_text=help_text)
        if kind == Happening.LOST:
            self.fields["responsible"] = TextField(
                label="Người, bộ phận chịu trách nhiệm", max_length=200, required=False
            )
        else:
            self.fields["condition"] = forms.ChoiceField(label="Tình trạng khi tìm thấy", choices=Condition.choices)
        if report is not None:
            self.fields["version"] = version_field()
            del self.fields["submission"]

    def clean_happened_on(self) -> Any:
        return not_ahead(self.cleaned_data["happened_on"])


def _stored(report: LossReport | None) -> dict[str, Any]:
    if report is None:
        return {"submission": uuid.uuid4()}
    names = ("version", "happened_on", "minutes_number", "circumstances", "responsible", "condition")
    return {
        **{name: getattr(report, name) for name in names},
        "devices": "\n".join(report.lines.values_list("code", flat=True)),
    }
