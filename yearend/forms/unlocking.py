"""Asking that closed books be opened, and deciding on it."""

import uuid
from typing import Any

from django import forms
from django.conf import settings

from dossiers.forms import StepForm
from ui.forms import KitForm, LongTextField
from yearend.rules import UnlockState


def _pdf(label: str, *, required: bool) -> forms.FileField:
    limit = settings.DOCUMENT_MAX_BYTES
    return forms.FileField(
        label=label,
        required=required,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf", "data-max-bytes": limit}),
        help_text=f"PDF, nhiều nhất {limit // 1024 // 1024} MB.",
        error_messages={
            "required": "Hãy chọn tệp PDF của biên bản giải trình.",
            "empty": "Tệp rỗng. Hãy chọn tệp khác.",
        },
    )


class AskForm(KitForm):
    """Why, and the explanation minutes."""

    reason = LongTextField(
        label="Lý do mở khóa",
        max_length=2000,
        help_text="Số liệu nào sai hoặc thiếu, vì sao, sẽ ghi bổ sung, điều chỉnh thế nào.",
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"submission": uuid.uuid4()}, **kwargs})
        self.fields["file"] = _pdf("Biên bản giải trình (tệp PDF)", required=True)


class DecideForm(StepForm):
    """Granted or refused, with an answer."""

    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[(UnlockState.GRANTED, "Đồng ý mở khóa"), (UnlockState.REFUSED, "Không đồng ý")],
        widget=forms.RadioSelect,
    )
    answer = LongTextField(
        label="Ý kiến",
        required=False,
        max_length=2000,
        help_text="Bắt buộc khi không đồng ý. Đơn vị đọc được ý kiến này.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = _pdf("Văn bản trả lời (nếu có)", required=False)
