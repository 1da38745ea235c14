"""The sender's steps: decision, preparing, handing over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from dossiers.forms import StepForm
from transfers.models import Transfer, TransferLine
from transfers.rules import Licences, field_of
from ui.forms import (
    DateField,
    Group,
    LongTextField,
    TextField,
)


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
