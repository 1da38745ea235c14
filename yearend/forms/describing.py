"""What the unit says beside its figures."""

from collections.abc import Mapping
from typing import Any

from dossiers.forms import StepForm
from ui.forms import Group, LongTextField, TextField

NOTE = 300
WORDS = 5000
PREFIX = "note_"


class DescribeForm(StepForm):
    """A note for each category that the report has figures of, the assessment, and what is proposed."""

    assessment = LongTextField(
        label="Đánh giá tình hình quản lý, sử dụng",
        required=False,
        max_length=WORDS,
        help_text="Tình hình tiếp nhận, sử dụng, bảo quản, sửa chữa; việc chấp hành Quy chế trong năm.",
    )
    proposal = LongTextField(
        label="Kiến nghị",
        required=False,
        max_length=WORDS,
        help_text="Đề nghị trang bị, điều chuyển, thanh lý, đào tạo…",
    )

    def __init__(self, *args: Any, categories: Mapping[str, str], **kwargs: Any) -> None:
        """`categories`: names by code, of those that get a note."""
        report = kwargs["dossier"]
        initial = {"assessment": report.assessment, "proposal": report.proposal}
        initial |= {f"{PREFIX}{code}": report.notes.get(code, "") for code in categories}
        super().__init__(*args, initial=initial, **kwargs)
        self._categories = categories
        for code, name in categories.items():
            self.fields[f"{PREFIX}{code}"] = TextField(label=name, required=False, max_length=NOTE)
        self.groups = (
            Group("Đánh giá, kiến nghị", ("assessment", "proposal")),
            Group(
                "Ghi chú theo loại thiết bị",
                tuple(f"{PREFIX}{code}" for code in categories),
                help="In ở cột Ghi chú của báo cáo, ví dụ lý do tăng, giảm bất thường. Không bắt buộc.",
            ),
        )

    def clean(self) -> dict[str, Any]:
        """What was written beside a category stands under its code in `notes`."""
        data = super().clean() or self.cleaned_data
        given = {code: data.pop(f"{PREFIX}{code}", "") for code in self._categories}
        return {**data, "notes": {code: text for code, text in given.items() if text}}
