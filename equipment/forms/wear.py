"""Forms of the circulars on wear."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from equipment.forms.catalogue import CODE, GuardedModelForm
from equipment.models import Category, DepreciationRate, DepreciationRegime
from ui.choices import LongSelect
from ui.forms import Group


class RegimeForm(GuardedModelForm):
    """A circular and its validity."""

    groups = (
        Group("Chế độ", ("code", "source")),
        Group("Hiệu lực", ("valid_from", "valid_to", "restates"), help="Hai chế độ không được chồng ngày lên nhau."),
    )
    halves = ("valid_from", "valid_to")

    class Meta:
        model = DepreciationRegime
        fields = ("code", "source", "valid_from", "valid_to", "restates")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs["rows"] = 2
        if self.instance.pk:
            del self.fields["code"]  # figures name it
        else:
            self.fields["code"].validators.append(CODE)
            self.fields["code"].help_text = "Chữ không dấu, chữ số, gạch ngang. Ví dụ: TT141-2025."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày cuối phải sau ngày áp dụng.")
        return data


class RateForm(GuardedModelForm):
    """Life and rate of a kind of device under one circular."""

    groups = (
        Group("Áp dụng cho", ("regime", "category"), help="Nhóm không có dòng riêng theo dòng của nhóm trên nó."),
        Group(
            "Hao mòn",
            ("life_years", "rate", "threshold"),
            help="Để trống số năm và tỷ lệ khi chưa có quy định: thiết bị chỉ được theo dõi.",
        ),
        Group("Căn cứ", ("source", "confidence")),
    )
    halves = ("regime", "category", "life_years", "rate", "threshold")

    rate = forms.DecimalField(
        label="Tỷ lệ hao mòn (% năm)",
        required=False,
        localize=True,
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        help_text="Ví dụ: 12,5",
    )

    class Meta:
        model = DepreciationRate
        fields = ("regime", "category", "life_years", "rate", "threshold", "source", "confidence")
        widgets = {"regime": LongSelect, "category": LongSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "confidence"):
            self.fields[name].widget.attrs["rows"] = 2
        if self.instance.pk:
            del self.fields["regime"]
            del self.fields["category"]
        else:
            self.fields["category"].queryset = Category.objects.order_by("position")  # type: ignore[attr-defined]  # a model choice

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        regime, category = data.get("regime"), data.get("category")
        if regime and category and DepreciationRate.objects.filter(regime=regime, category=category).exists():
            self.add_error("category", "Loại này đã có dòng trong chế độ đã chọn.")
        if (data.get("life_years") is None) != (data.get("rate") is None) and not self.errors:
            missing = "rate" if data.get("rate") is None else "life_years"
            self.add_error(missing, ValidationError("Hãy nhập cả số năm và tỷ lệ, hoặc để trống cả hai."))
        return data
