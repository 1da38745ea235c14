"""A file that is held against an edition."""

from typing import Any

from django import forms
from django.conf import settings

from ui.forms import KitForm


class CheckForm(KitForm):
    """A PDF; nothing is kept of it."""

    file = forms.FileField(
        label="Tệp PDF cần kiểm tra",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": "Hãy chọn tệp PDF cần kiểm tra.", "empty": "Tệp rỗng. Hãy chọn tệp khác."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.DISPATCH_MAX_MB
        self.fields["file"].widget.attrs["data-max-bytes"] = limit * 1024 * 1024
        self.fields["file"].help_text = f"PDF, nhiều nhất {limit} MB. Hệ thống chỉ đối chiếu, không lưu tệp này."

    def clean_file(self) -> Any:
        """Not more than a sent report may hold."""
        file = self.cleaned_data["file"]
        if file.size > settings.DISPATCH_MAX_MB * 1024 * 1024:
            raise forms.ValidationError(f"Tệp lớn hơn {settings.DISPATCH_MAX_MB} MB. Hãy chọn đúng tệp báo cáo.")
        return file
