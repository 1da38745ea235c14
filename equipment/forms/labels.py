"""How labels are printed: on which paper, from which place on, with what under the code."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from equipment.printing.label_formats import FORMATS
from equipment.printing.label_rows import PARTS
from equipment.printing.labels import Setup
from ui.formats import number
from ui.forms import KitForm

DEFAULTS = {"format": "a4-24", "parts": ["name", "serial", "unit"]}
REMEMBERED = ("format", "parts", "right", "down")
FARTHEST = 10  # millimetres: what is more askew is loaded wrongly


def shift_field(label: str, help_text: str) -> forms.DecimalField:
    """Millimetres, to a tenth."""
    wrong = f"Nhập số mi-li-mét từ -{FARTHEST} đến {FARTHEST}, nhiều nhất một chữ số sau dấu phẩy."
    codes = ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    field = forms.DecimalField(
        label=label,
        help_text=help_text,
        localize=True,
        required=False,
        min_value=-FARTHEST,
        max_value=FARTHEST,
        max_digits=3,
        decimal_places=1,
    )
    field.error_messages.update(dict.fromkeys(codes, wrong))
    return field


class LabelForm(KitForm):
    """Asked once, remembered for the rest of the session."""

    thirds = ("start", "parts", "right", "down")

    format = forms.ChoiceField(
        label="Mẫu nhãn",
        choices=[(key, form.name) for key, form in FORMATS.items()],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    start = forms.IntegerField(
        label="Bắt đầu từ ô số",
        min_value=1,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value"), "Nhập số thứ tự của ô, từ 1 trở lên."),
        help_text="Tờ nhãn đã dùng dở thì nhập số của ô trống đầu tiên, đếm theo hàng như trên hình. Để trống: ô số 1.",
    )
    parts = forms.MultipleChoiceField(
        label="In dưới mã thiết bị",
        choices=list(PARTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    right = shift_field("Dịch sang phải (mm)", "Số âm: sang trái.")
    down = shift_field("Dịch xuống (mm)", "Số âm: lên trên.")
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        """What the chosen paper has no room for is said, not cut off."""
        data = super().clean() or {}
        paper = FORMATS.get(data.get("format", ""))
        if paper is None:
            return data
        if (data.get("start") or 1) > paper.per_page:
            place = f"chỉ có {paper.per_page} ô" if paper.is_sheet else "mỗi lần chỉ có một ô"
            self.add_error("start", ValidationError(f"Mẫu {paper.name} {place}. Hãy nhập số nhỏ hơn hoặc để trống."))
        if len(data.get("parts", ())) > paper.lines:
            text = f"Mẫu {paper.name} chỉ đủ chỗ cho {paper.lines} dòng dưới mã. Hãy bỏ bớt."
            self.add_error("parts", ValidationError(text))
        return data

    def setup(self, base_url: str) -> Setup:
        """What was asked for, as the printer wants it."""
        data = self.cleaned_data
        return Setup(
            fmt=data["format"],
            base_url=base_url,
            skip=(data["start"] or 1) - 1,
            right=data["right"] or Decimal(0),
            down=data["down"] or Decimal(0),
        )

    def remembered(self) -> dict[str, Any]:
        """What the next print begins with: the printer and its paper stay, the sheet that was begun doesn't."""
        kept = {name: self.cleaned_data[name] for name in REMEMBERED}
        return {name: number(value) if isinstance(value, Decimal) else value for name, value in kept.items()}
