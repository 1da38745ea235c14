"""Forms of transfers: the draft, and each step."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.models import User
from core.errors import DomainError, SeveralProblemsError
from dossiers.forms import StepForm
from dossiers.submissions import made_from
from equipment.actions.confirm import DuplicateSerialError
from equipment.forms.devices import DevicesField
from transfers.actions.receipt import open_lines
from transfers.models import Transfer, TransferLine
from transfers.queries import possible_receivers
from transfers.rules import MOVABLE, Arrival, Licences, Outcome, Result, field_of
from ui.choices import SearchSelect
from ui.forms import (
    TAMPERED,
    DateField,
    Group,
    KitForm,
    LongTextField,
    TextField,
    version_field,
)


class DraftForm(KitForm):
    """What is to be moved, to whom, why."""

    groups = (
        Group("Bên nhận và lý do", ("receiver", "reason", "place")),
        Group("Thiết bị", ("devices", "licences"), help="Thiết bị được giữ cho hồ sơ này đến khi xong hoặc hủy."),
    )

    submission = forms.UUIDField(
        label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED}
    )
    receiver: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Bên nhận",
        queryset=None,
        to_field_name="code",
        widget=SearchSelect("transfers:units"),
        help_text="Cơ quan giữ sổ riêng. Bên nhận chỉ thấy hồ sơ từ khi ghi quyết định.",
    )
    reason = LongTextField(label="Lý do điều chuyển", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    place = TextField(label="Địa điểm bàn giao", max_length=200, required=False)
    licences = forms.ChoiceField(
        label="Phần mềm chỉ cài trên các máy này",
        choices=Licences.choices,
        initial=Licences.GO,
        widget=forms.RadioSelect,
        help_text="Áp dụng cho mọi máy; đổi cho từng máy ở bước “Xóa dữ liệu, phần mềm”.",
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        by: User,
        transfer: Transfer | None = None,
        devices: Sequence[TransferLine] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial={**_head_of(transfer, devices), **(initial or {})})
        self.fields["receiver"].queryset = possible_receivers()  # type: ignore[attr-defined]  # a choice of rows
        self.fields["devices"] = DevicesField(
            by=by,
            allowed=MOVABLE,
            number=transfer.number if transfer is not None else made_from(Transfer, data=data, by=by),
        )
        if transfer is not None:
            self.fields["version"] = version_field()


def _head_of(transfer: Transfer | None, lines: Sequence[TransferLine]) -> dict[str, Any]:
    if transfer is None:
        return {"submission": uuid.uuid4()}
    return {
        "version": transfer.version,
        "receiver": transfer.receiver.code,
        "reason": transfer.reason,
        "place": transfer.place,
        "licences": transfer.licences,
        "devices": "\n".join(line.code for line in lines if line.along_id is None),
    }


class DecideForm(StepForm):
    """The decision. Its PDF is asked for where it isn't among the papers yet."""

    halves = ("number", "day", "signer", "issuer")

    number = TextField(label="Số quyết định", max_length=60)
    day = DateField(label="Ngày quyết định", help_text="Hạn bàn giao trên phần mềm: 03 ngày làm việc từ ngày này.")
    signer = TextField(label="Người ký", max_length=100)
    issuer = TextField(label="Cơ quan ban hành", max_length=200, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Transfer, there: bool) -> None:
        super().__init__(data, files, dossier=dossier)
        if not there:
            limit = settings.DOCUMENT_MAX_BYTES
            attrs = {"accept": ".pdf,application/pdf", "data-max-bytes": limit}
            self.fields["file"] = forms.FileField(
                label="Quyết định (tệp PDF)",
                widget=forms.FileInput(attrs=attrs),
                help_text=f"PDF, nhiều nhất {limit // 1024 // 1024} MB.",
                error_messages={
                    "required": "Hãy chọn tệp PDF của quyết định.",
                    "empty": "Tệp rỗng. Hãy chọn tệp khác.",
                },
            )


_MINUTES_GROUP = Group(
    "Biên bản bàn giao",
    ("place", "giver_name", "giver_title", "receiver_name", "receiver_title"),
    help="In trên biên bản 01/TSC-BBGN.",
)


class HandOverForm(StepForm):
    """The devices leave."""

    groups = (Group("Bàn giao", ("on", "late_reason")), _MINUTES_GROUP)
    halves = ("giver_name", "giver_title", "receiver_name", "receiver_title")

    on = DateField(label="Ngày bàn giao", help_text="Ngày hai bên giao nhận thiết bị.")
    late_reason = LongTextField(
        label="Lý do cập nhật muộn", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    place = TextField(label="Địa điểm bàn giao", max_length=200, required=False)
    giver_name = TextField(label="Đại diện bên giao", max_length=100)
    giver_title = TextField(label="Chức vụ bên giao", max_length=100, required=False)
    receiver_name = TextField(label="Đại diện bên nhận", max_length=100)
    receiver_title = TextField(label="Chức vụ bên nhận", max_length=100, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, dossier: Transfer, late: bool) -> None:
        initial = {"place": dossier.place, "on": timezone.localdate()}
        super().__init__(data, files, dossier=dossier, initial=initial)
        if late:
            self.fields["late_reason"].required = True
            self.fields["late_reason"].help_text = "Đã quá hạn 03 ngày làm việc (Điều 9)."
        else:
            del self.fields["late_reason"]


class PrepareForm(StepForm):
    """For each computer: whether its data were wiped, and what becomes of its software."""

    wiped_on = DateField(label="Ngày xóa dữ liệu", required=False)
    wiped_by = TextField(label="Người xóa dữ liệu", max_length=100, required=False)
    wipe_method = TextField(
        label="Cách xóa dữ liệu",
        max_length=200,
        required=False,
        help_text="Ví dụ: ghi đè toàn bộ ổ cứng, khôi phục cài đặt gốc, tháo hủy ổ cứng.",
    )
    halves = ("wiped_on", "wiped_by")

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        dossier: Transfer,
        lines: Sequence[TransferLine],
        software: set[int],
    ) -> None:
        super().__init__(data, files, dossier=dossier)
        self.storing = [line for line in lines if line.category.stores_data]
        self.computers = [line for line in lines if line.along_id is None and line.equipment_id in software]
        for line in self.storing:
            self.fields[field_of("wiped", line)] = forms.BooleanField(
                label=f"Đã xóa dữ liệu {line.code} – {line.name}", required=False, initial=line.data_wiped
            )
        for line in self.computers:
            self.fields[field_of("licences", line)] = forms.ChoiceField(
                label=f"Phần mềm cài riêng trên {line.code} – {line.name}",
                choices=Licences.choices,
                initial=line.licences,
                widget=forms.RadioSelect,
            )
        if not self.storing:
            for name in ("wiped_on", "wiped_by", "wipe_method"):
                del self.fields[name]
        wiped = tuple(field_of("wiped", line) for line in self.storing)
        kept = tuple(field_of("licences", line) for line in self.computers)
        self.groups = (
            Group("Xóa dữ liệu", (*wiped, "wiped_on", "wiped_by", "wipe_method")),
            Group("Phần mềm", kept, help="Phần mềm chỉ cài trên một máy có thể đi cùng máy đó."),
        )

    def clean(self) -> dict[str, Any]:
        """By line: whether its data were wiped, what becomes of the software."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            data["wiped"] = {line.pk: data[field_of("wiped", line)] for line in self.storing}
            data["chosen"] = {line.pk: Licences(data[field_of("licences", line)]) for line in self.computers}
        return data


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
