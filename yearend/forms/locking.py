"""Closing the books, and choosing two editions to compare."""

from typing import Any

from django import forms

from dossiers.forms import StepForm
from ui.forms import KitForm, LongTextField, offer
from yearend.models import AnnualReport


class LockForm(StepForm):
    """The lock. Where something should have been set right before, the reason is asked for."""

    reason = LongTextField(label="Lý do khóa khi còn cảnh báo", max_length=2000, required=False)

    def __init__(self, *args: Any, blocked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if blocked:
            self.fields[
                "reason"
            ].help_text = "Bắt buộc: ghi rõ vì sao chưa xử lý được. Lý do lưu cùng bản số liệu khóa."
        else:
            del self.fields["reason"]


class CompareForm(KitForm):
    """Which two editions."""

    halves = ("a", "b")

    a = forms.TypedChoiceField(label="Lần khóa trước", coerce=int)
    b = forms.TypedChoiceField(label="Lần khóa sau", coerce=int)

    def __init__(self, *args: Any, report: AnnualReport, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report
        for name in ("a", "b"):
            offer(self, name, [(number, f"Lần {number}") for number in numbers])
