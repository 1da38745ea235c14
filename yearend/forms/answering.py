"""Sending a report, and what its receiver does with it."""

from typing import Any

from django import forms
from django.conf import settings

from dossiers.forms import StepForm
from ui.forms import KitForm, LongTextField


class SendForm(StepForm):
    """Late ones say why."""

    reason = LongTextField(label="Lý do gửi muộn", max_length=500, required=False)

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["reason"]


class ReturnForm(StepForm):
    """Why it is returned."""

    reason = LongTextField(
        label="Lý do trả lại",
        max_length=1000,
        help_text="Đơn vị gửi đọc được: nêu rõ chỗ sai và việc phải làm để gửi lại.",
    )


class CompareForm(KitForm):
    """A file that came on another way."""

    file = forms.FileField(
        label="Tệp nhận được",
        widget=forms.FileInput(attrs={"accept": ".pdf,.edxml,.xml,application/pdf,application/xml"}),
        error_messages={"required": "Hãy chọn tệp nhận được.", "empty": "Tệp rỗng. Hãy chọn tệp khác."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.DISPATCH_MAX_MB * 1024 * 1024
        self.fields["file"].widget.attrs["data-max-bytes"] = limit
        self.fields["file"].help_text = "PDF đã ký số, hoặc gói edXML chứa tệp đó."

    def clean_file(self) -> Any:
        """Not more than a package may hold."""
        file = self.cleaned_data["file"]
        if file.size > settings.DISPATCH_MAX_MB * 1024 * 1024:
            raise forms.ValidationError(f"Tệp lớn hơn {settings.DISPATCH_MAX_MB} MB.")
        return file
