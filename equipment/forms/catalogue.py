"""Forms of the shared catalogue."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from equipment.models import Brand, Category, EquipmentModel
from equipment.rules.attributes import ATTRIBUTES
from ui.choices import LongSelect, LongSelectMultiple
from ui.forms import DateField, Group, KitForm, KitModelForm, version_field

# It stands in addresses.
CODE = RegexValidator(r"^[A-Za-z0-9_.-]+\Z", "Chỉ dùng chữ không dấu, chữ số, dấu chấm, gạch dưới hoặc gạch ngang.")


class GuardedModelForm(KitModelForm):
    """A form over a catalogue entry with the guard of its version."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {"version": instance.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if instance is not None:
            self.fields["version"] = version_field()


class CategoryForm(GuardedModelForm):
    groups = (
        Group("Loại thiết bị", ("code", "name", "parent", "measure", "position")),
        Group(
            "Cách ghi",
            (
                "software",
                "holds_equipment",
                "serial_required",
                "stores_data",
                "life_years",
                "maintenance_months",
                "attribute_keys",
            ),
        ),
    )
    halves = ("code", "measure", "position", "life_years", "maintenance_months")

    attribute_keys = forms.MultipleChoiceField(
        label="Thuộc tính riêng",
        required=False,
        choices=[(key, attribute.label) for key, attribute in ATTRIBUTES.items()],
        widget=LongSelectMultiple,
        help_text="Những gì cần ghi thêm cho thiết bị loại này.",
    )

    class Meta:
        model = Category
        fields = (
            "code",
            "name",
            "parent",
            "measure",
            "position",
            "software",
            "holds_equipment",
            "serial_required",
            "stores_data",
            "life_years",
            "maintenance_months",
        )
        widgets = {"parent": LongSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Category.objects.filter(holds_equipment=False)  # type: ignore[attr-defined]  # a model choice
        if self.instance.pk:
            self.initial["attribute_keys"] = self.instance.attribute_keys
            del self.fields["code"]  # the identifier that imports and reports know
        else:
            self.fields["code"].validators.append(CODE)
            self.fields["code"].help_text = "Chữ không dấu, chữ số, gạch dưới, gạch ngang; không sửa được về sau."


class BrandForm(GuardedModelForm):
    halves = ("name", "country")

    class Meta:
        model = Brand
        fields = ("name", "country")


class ModelForm(GuardedModelForm):
    halves = ("brand", "category", "typical_price", "end_of_support")

    class Meta:
        model = EquipmentModel
        fields = ("brand", "category", "name", "typical_price", "end_of_support")
        widgets = {"brand": LongSelect, "category": LongSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(holds_equipment=True)  # type: ignore[attr-defined]  # a model choice
        if self.instance.pk:
            del self.fields["category"]  # devices of this model are of its category


class CloseForm(KitForm):
    """From which day an entry isn't offered any more."""

    closed_on = DateField(label="Ngừng dùng từ ngày", help_text="Thiết bị đã ghi vẫn giữ nguyên.")
