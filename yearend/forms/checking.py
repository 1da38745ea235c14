"""A file that is held against an edition."""

from typing import Any

from django import forms
from django.conf import settings

from ui.forms import KitForm
from yearend.queries.held_files import is_figures, is_print


class CheckForm(KitForm):
    """A print, or the figures that are attached to it; nothing is kept of it."""

    file = forms.FileField(
        label="Tệp cần kiểm tra",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf,.json,application/json"}),
        error_messages={
            "required": "Hãy chọn tệp PDF hoặc JSON cần kiểm tra.",
            "empty": "Tệp rỗng. Hãy chọn tệp khác.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.DISPATCH_MAX_MB
        self.fields["file"].widget.attrs["data-max-bytes"] = limit * 1024 * 1024
        self.fields["file"].help_text = (
            f"Bản in PDF hoặc tệp số liệu so-lieu.json, nhiều nhất {limit} MB; bảng tính XLSX không đối chiếu được. "
            "Hệ thống chỉ đối chiếu, không lưu tệp này."
        )

    def clean_file(self) -> Any:
        """Not more than a sent report may hold, and of a kind with a hash here: workbooks are made anew each time."""
        file = self.cleaned_data["file"]
        if file.size > settings.DISPATCH_MAX_MB * 1024 * 1024:
            raise forms.ValidationError(f"Tệp lớn hơn {settings.DISPATCH_MAX_MB} MB. Hãy chọn đúng tệp báo cáo.")
        start = file.read(1024)
        file.seek(0)
        if not is_print(start) and not is_figures(start):
            raise forms.ValidationError(
                "Tệp không phải PDF hoặc số liệu JSON nên không đối chiếu được. Hãy chọn bản in PDF hoặc so-lieu.json."
            )
        return file
