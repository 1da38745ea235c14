"""What a superior is asked for, and the unit that answers."""

from collections.abc import Mapping
from typing import Any

from django import forms

from ui.forms import KitForm, LongTextField, offer

WORDS = (
    "Đề nghị đơn vị khẩn trương thực hiện các việc đã quá hạn trong danh sách kèm theo, đúng Quy chế ban hành kèm theo "
    "Quyết định 375/QĐ-BHXH; phản hồi nguyên nhân chậm và ngày dự kiến hoàn thành."
)


class WaiveForm(KitForm):
    """Why the unit needn't do it."""

    reason = LongTextField(label="Lý do miễn", max_length=500, help_text="Đơn vị đọc được lý do này.")


class AskAgainForm(KitForm):
    """Why the unit has to do it after all."""

    reason = LongTextField(label="Lý do yêu cầu lại", max_length=500, help_text="Đơn vị đọc được lý do này.")


class UrgeForm(KitForm):
    """Which units, and the note; `owing` are the units that may be chosen with how much each has overdue.

    They are all `ticked` where they were chosen before.
    """

    units = forms.MultipleChoiceField(
        label="Đơn vị được đôn đốc",
        widget=forms.CheckboxSelectMultiple,
        help_text="Mỗi đơn vị nhận một bản, kèm các việc quá hạn của riêng đơn vị đó.",
    )
    text = LongTextField(
        label="Nội dung đôn đốc",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),  # the ready words whole, also on a phone
    )

    def __init__(self, *args: Any, owing: Mapping[str, tuple[str, int]], ticked: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"units": list(owing) if ticked else [], "text": WORDS}
        choices = [(code, f"{name}: {many} việc") for code, (name, many) in owing.items()]
        offer(self, "units", choices)


class AnswerForm(KitForm):
    """What the unit says."""

    text = LongTextField(
        label="Nội dung phản hồi",
        max_length=2000,
        help_text="Nguyên nhân chậm, việc đã làm, ngày dự kiến hoàn thành.",
    )
