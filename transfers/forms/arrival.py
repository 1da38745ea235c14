"""What arrived, and what becomes of that which didn't."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.errors import DomainError, SeveralProblemsError
from dossiers.forms import StepForm
from equipment.actions.confirm import DuplicateSerialError
from transfers.actions.receipt import open_lines
from transfers.models import Transfer, TransferLine
from transfers.rules import Arrival, Outcome, Result, field_of
from ui.forms import (
    DateField,
    Group,
    LongTextField,
    TextField,
)


class ReceiveForm(StepForm):
    """Each device: received, refused or missing. Made for the phone: one choice under the other, nothing chosen yet."""

    halves = ("receiver_name", "receiver_title")

    on = DateField(label="Ngày nhận")
    receiver_name = TextField(label="Đại diện bên nhận", max_length=100)
    receiver_title = TextField(label="Chức vụ bên nhận", max_length=100, required=False)
    late_reason = LongTextField(
        label="Lý do cập nhật muộn", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, dossier: Transfer, lines: Sequence[TransferLine], late: bool
    ) -> None:
        names = {name: getattr(dossier, name) for name in ("receiver_name", "receiver_title")}
        super().__init__(data, files, dossier=dossier, initial={"on": timezone.localdate(), **names})
        self.lines = open_lines(lines)
        if not late:
            del self.fields["late_reason"]
        answers = [choice for choice in Result.choices if choice[0] != Result.PENDING]
        for line in self.lines:
            stated = line.result if line.result != Result.PENDING else None
            self.fields[field_of("result", line)] = forms.ChoiceField(
                label=_named(line),
                choices=answers,
                widget=forms.RadioSelect,
                initial=stated,
                error_messages={"required": "Hãy chọn kết quả nhận."},
            )
            self.fields[field_of("note", line)] = TextField(
                label="Nội dung chênh lệch", max_length=500, required=False, initial=line.difference
            )
        listed = tuple(field_of(name, line) for line in self.lines for name in ("result", "note"))
        self.groups = (
            Group("Từng thiết bị", listed, help="Từ chối hoặc không thấy thì ghi rõ vì sao."),
            Group("Giao nhận", ("on", "receiver_name", "receiver_title", "late_reason")),
        )

    def clean(self) -> dict[str, Any]:
        """By code: what the receiver says of the device."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["arrivals"] = {
                line.code: Arrival(Result(data[field_of("result", line)]), data[field_of("note", line)])
                for line in self.lines
            }
        return data

    def refuse(self, refusal: DomainError) -> None:
        """A serial that the unit has already comes with a link to its own device."""
        for one in refusal.problems if isinstance(refusal, SeveralProblemsError) else (refusal,):
            if isinstance(one, DuplicateSerialError) and one.device:
                url = reverse("equipment:detail", args=[one.device])
                message = format_html('{} <a href="{}">Xem thiết bị {}</a>', one.message, url, one.device)
                self.add_error(one.field if one.field in self.fields else None, message)
            else:
                super().refuse(one)


def _named(line: TransferLine) -> str:
    serial = f", số máy {line.serial}" if line.serial else ""
    return f"{line.code} – {line.name}{serial}"


class SettleForm(StepForm):
    """What the sender says of each device that didn't arrive."""

    on = DateField(label="Ngày xử lý")

    def __init__(
        self, data: Any = None, files: Any = None, *, dossier: Transfer, lines: Sequence[TransferLine]
    ) -> None:
        super().__init__(data, files, dossier=dossier, initial={"on": timezone.localdate()})
        self.lines = open_lines(lines)
        for line in self.lines:
            said = f"{line.get_result_display()}{': ' + line.difference if line.difference else ''}"
            self.fields[field_of("outcome", line)] = forms.ChoiceField(
                label=_named(line),
                choices=Outcome.choices,
                widget=forms.RadioSelect,
                required=False,
                help_text=f"Bên nhận ghi: {said}",
            )
        listed = tuple(field_of("outcome", line) for line in self.lines)
        self.groups = (Group("Từng thiết bị", listed), Group("", ("on",)))

    def clean(self) -> dict[str, Any]:
        """By code: what became of the device."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["outcomes"] = {line.code: Outcome(data[field_of("outcome", line)]) for line in self.lines}
        return data
