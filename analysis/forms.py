"""Forms of what people keep: a name for a question, when it is sent, what number is watched."""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from analysis.models import NAME_LENGTH
from analysis.rules.alerts import Compare
from analysis.rules.schedules import Every, FileKind
from ui.choices import LongSelect
from ui.forms import Group, KitForm, LongTextField, TextField, offer

SHARING = "Đồng nghiệp cùng đơn vị mở và sao chép được; chỉ bạn sửa được. Mỗi người vẫn chỉ thấy số liệu mình được xem."
WORKING = "Vào 07:30 ngày làm việc. Tệp chỉ gồm số liệu bạn được xem vào lúc lập."
DIGITS = 15
_NUMBER = re.compile(r"[-−]?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?", re.ASCII)


class NumberField(forms.CharField):
    """`1.234`, `95,5`: dots group thousands, a comma begins the decimals (two at most). Gives a Decimal."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError saying how numbers are written."""
        text = re.sub(r"\s", "", super().to_python(value) or "")
        if not text:
            return None
        if not _NUMBER.fullmatch(text) or sum(c.isdigit() for c in text.split(",")[0]) > DIGITS:
            raise ValidationError("Nhập số, ví dụ 1.500 hoặc 95,5; nhiều nhất 15 chữ số và 2 số lẻ.", code="invalid")
        return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))

    def validate(self, value: Any) -> None:
        """Required, as other fields say it."""
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Its own are in `to_python`."""

    def prepare_value(self, value: Any) -> Any:
        """As it is written here; what was typed stays."""
        if isinstance(value, Decimal):
            return f"{value.normalize():f}".replace(".", ",")
        return value


class AnalysisForm(KitForm):
    name = TextField(label="Tên phân tích", max_length=NAME_LENGTH)
    description = LongTextField(label="Mô tả", max_length=1000, required=False, help_text="Để làm gì, xem khi nào")
    shared = forms.BooleanField(label="Dùng chung trong đơn vị", required=False, help_text=SHARING)


class ScheduleForm(KitForm):
    """When and as what file. `kinds`: the files that its source can be."""

    halves = ("every", "file_kind")

    name = TextField(label="Tên lịch gửi", max_length=NAME_LENGTH)
    every = forms.ChoiceField(label="Gửi", choices=Every.choices, initial=Every.MONTH, help_text=WORKING)
    file_kind = forms.ChoiceField(label="Dạng tệp", choices=FileKind.choices)

    def __init__(self, *args: Any, kinds: Iterable[FileKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "file_kind", [(kind.value, kind.label) for kind in kinds])


class AlertForm(KitForm):
    """A number of an analysis and what is watched for. Its choices are what the analysis shows now.

    `signed`: the measures that may be below zero.
    """

    groups = (
        Group("Theo dõi số nào", ("name", "measure", "row", "column"), help="Để trống hàng và cột là theo dõi số tổng"),
        Group("Báo khi nào", ("compare", "threshold", "every")),
    )
    halves = ("row", "column", "threshold", "every")

    name = TextField(label="Tên cảnh báo", max_length=NAME_LENGTH)
    measure = forms.ChoiceField(label="Số đo")
    row = forms.ChoiceField(label="Hàng", required=False, widget=LongSelect)
    column = forms.ChoiceField(label="Cột", required=False, widget=LongSelect)
    compare = forms.ChoiceField(label="Điều kiện", choices=Compare.choices)
    threshold = NumberField(label="Ngưỡng", help_text="Là số phần trăm khi theo dõi thay đổi")
    every = forms.ChoiceField(label="Kiểm tra", choices=Every.choices, initial=Every.DAY)

    def __init__(
        self,
        *args: Any,
        measures: Iterable[tuple[str, str]],
        rows: Iterable[tuple[str, str]],
        columns: Collection[tuple[str, str]],
        signed: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.signed = signed
        for name, choices in (("measure", measures), ("row", rows), ("column", columns)):
            offer(self, name, list(choices))
        if len(columns) == 1:
            del self.fields["column"]

    def clean(self) -> dict[str, Any]:
        """A change is watched for in whole parts of what there was; a number that is never below zero, from there."""
        data = super().clean() or {}
        threshold, compare = data.get("threshold"), data.get("compare")
        if threshold is None:
            return data
        if compare == Compare.CHANGE:
            if threshold <= 0:
                self.add_error("threshold", "Mức thay đổi phải lớn hơn 0 %.")
        elif data.get("measure") not in {None, *self.signed}:
            if threshold < 0:
                self.add_error("threshold", "Số đo này không bao giờ âm. Hãy nhập ngưỡng từ 0 trở lên.")
            elif threshold == 0 and compare == Compare.AT_LEAST:
                self.add_error("threshold", "Số đo này lúc nào cũng từ 0 trở lên. Hãy nhập ngưỡng lớn hơn 0.")
        return data
