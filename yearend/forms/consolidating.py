"""Taking in anew what subordinates have frozen."""

from dossiers.forms import StepForm
from ui.forms import LongTextField


class ConsolidateForm(StepForm):
    reason = LongTextField(
        label="Lý do tổng hợp lại", max_length=2000, help_text="Lưu cùng bản số liệu mới, in trong phần diễn biến."
    )
