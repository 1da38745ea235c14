"""Forms of an intake's lines: what is received, with its serials."""

import json
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BaseFormSet, formset_factory
from django.urls import reverse

from equipment.actions.lines import LineData
from equipment.forms.attributes import MADE_YEAR, PREFIX, attribute_field, collect
from equipment.models import Category, EquipmentModel, IntakeLine
from equipment.queries import open_categories, open_models
from equipment.rules.device import MAX_COUNTRY, MAX_NAME, MAX_PRICE, MAX_WARRANTY_MONTHS
from equipment.rules.intake import MAX_DEVICES, SHOWN_FAULTS, format_items, item_columns, parse_items
from ui.choices import LongSelect
from ui.forms import (
    TAMPERED,
    KitFormMixin,
    MoneyField,
    TextField,
    offer,
)


def _label(model: EquipmentModel) -> str:
    return f"{model.brand.name} {model.name}"


class LineForm(KitFormMixin, forms.Form):
    """One line. A line without category and without anything typed is nothing."""

    thirds: tuple[str, ...] = ("quantity", "unit_price", "warranty_months", "made_year", "made_in")
    halves = ("category", "model")

    pk = forms.IntegerField(label="", widget=forms.HiddenInput, required=False, error_messages={"invalid": TAMPERED})
    category = forms.ModelChoiceField(
        label="Loại thiết bị",
        queryset=Category.objects.none(),
        to_field_name="code",
        required=False,
        # Choosing a category asks the server for the line again, with that category's attributes.
        widget=LongSelect(
            {
                "hx-target": "closest [data-formset-row]",
                "hx-swap": "outerHTML",
                "hx-include": "closest [data-formset-row]",
            }
        ),
    )
    model = forms.ModelChoiceField(
        label="Mẫu",
        queryset=EquipmentModel.objects.none(),
        required=False,
        widget=LongSelect,
        help_text="Để trống nếu danh mục chưa có.",
    )
    name = TextField(
        label="Tên thiết bị", max_length=MAX_NAME, required=False, help_text="Để trống thì lấy theo loại và mẫu."
    )
    quantity = forms.IntegerField(
        label="Số lượng",
        required=False,
        min_value=1,
        max_value=MAX_DEVICES,
        initial=1,
        error_messages={
            "min_value": "Số lượng phải từ 1 trở lên.",
            "max_value": "Một hồ sơ nhận nhiều nhất 5.000 thiết bị. Hãy tách thành nhiều hồ sơ.",
            "invalid": "Nhập số lượng bằng chữ số.",
        },
    )
    unit_price = MoneyField(label="Đơn giá (đồng)", required=False)
    warranty_months = forms.IntegerField(
        label="Bảo hành (tháng)",
        required=False,
        validators=[
            MinValueValidator(0, "Số tháng không được âm."),
            MaxValueValidator(MAX_WARRANTY_MONTHS, f"Nhiều nhất {MAX_WARRANTY_MONTHS} tháng."),
        ],
    )
    made_year = forms.IntegerField(
        label="Năm sản xuất",
        required=False,
        validators=MADE_YEAR,
    )
    made_in = TextField(label="Nước sản xuất", max_length=MAX_COUNTRY, required=False)
    items = forms.CharField(
        label="Số máy (serial)",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-serials": "", "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, catalogue: "Catalogue", line: IntakeLine | None = None, **kwargs: Any) -> None:
        if line is not None:
            kwargs["initial"] = _initial(line)
        super().__init__(*args, **{**kwargs, "empty_permitted": True, "use_required_attribute": False})
        self.fields["category"].widget.attrs["hx-post"] = reverse("intakes:line")
        self.fields["category"].widget.attrs["hx-vals"] = json.dumps({"prefix": self.prefix})
        self.fields["category"].queryset = catalogue.category_rows  # type: ignore[attr-defined]  # a model choice
        offer(self, "category", catalogue.categories)  # after the queryset, which would take them back
        chosen = catalogue.by_code.get(str(self._value("category") or ""))
        self.fields["model"].queryset = catalogue.model_rows  # type: ignore[attr-defined]  # a model choice
        offer(self, "model", catalogue.models_of(chosen))
        self.chosen = chosen
        if chosen is not None:
            self._make_attributes(chosen)

    def _value(self, name: str) -> Any:
        if self.is_bound:
            return self.data.get(self.add_prefix(name))
        return self.initial.get(name)

    def _make_attributes(self, category: Category) -> None:
        own = item_columns(category.attributes)
        shared = [a for a in category.attributes if not a.each]
        items = self.fields.pop("items")
        for attribute in shared:
            self.fields[PREFIX + attribute.key] = attribute_field(attribute)
        self.fields["items"] = items
        self.thirds = (*self.thirds, *(PREFIX + attribute.key for attribute in shared))
        columns = [
            "số máy" if category.serial_required else "số máy (nếu có)",
            *(a.label for a in own),
            "số thẻ tài sản",
        ]
        items.help_text = (
            "Mỗi dòng một thiết bị; quét mã vạch hoặc dán cả cột từ Excel. "
            f"Có thể dán thêm các cột: {', '.join(columns[1:])}."
        )
        items.widget.attrs["data-expected-from"] = f"#id_{self.add_prefix('quantity')}"

    def has_changed(self) -> bool:
        """Whether anything was typed: a quantity of one stands there from the start."""
        typed = set(self.changed_data) - {"DELETE", "pk", "ORDER"}
        return bool(typed - {"quantity"}) or ("quantity" in typed and bool(self._value("quantity")))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        category = data.get("category")
        if self.has_changed() and category is None and "category" not in self.errors:
            self.add_error("category", "Hãy chọn loại thiết bị.")
        model = data.get("model")
        if model and category and model.category_id != category.pk:
            self.add_error("model", "Mẫu này không thuộc loại đã chọn. Hãy chọn lại.")
        price = data.get("unit_price")
        if price is not None and price >= MAX_PRICE:
            self.add_error("unit_price", "Đơn giá quá lớn: dưới 10.000.000.000.000 đ. Hãy kiểm tra lại số 0.")
        if category is not None:
            self._clean_items(data, category)
        return data

    def _clean_items(self, data: dict[str, Any], category: Category) -> None:
        try:
            parsed, faults = parse_items(data.get("items") or "", category.attributes)
        except ValidationError as refusal:
            self.add_error("items", refusal)
            return
        if len(parsed) > MAX_DEVICES:
            faults = [f"có {len(parsed):,} dòng; một hồ sơ nhận nhiều nhất 5.000 thiết bị".replace(",", ".", 1)]
        for fault in faults[:SHOWN_FAULTS]:
            self.add_error("items", fault[:1].upper() + fault[1:])
        if len(faults) > SHOWN_FAULTS:
            self.add_error("items", f"…và {len(faults) - SHOWN_FAULTS} dòng lỗi khác.")
        data["parsed"] = parsed

    def line(self) -> LineData:
        """What the line says. Call it on a valid form."""
        data = self.cleaned_data
        return LineData(
            pk=data.get("pk"),
            category=data["category"],
            model=data.get("model"),
            name=data.get("name") or "",
            quantity=data.get("quantity") or 1,
            unit_price=data.get("unit_price"),
            warranty_months=data.get("warranty_months"),
            made_year=data.get("made_year"),
            made_in=data.get("made_in") or "",
            attributes=collect(data),
            items=data.get("parsed") or (),
        )


def _initial(line: IntakeLine) -> dict[str, Any]:
    return {
        "pk": line.pk,
        "category": line.category.code,
        "model": line.model_id,
        "name": line.name,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "warranty_months": line.warranty_months,
        "made_year": line.made_year,
        "made_in": line.made_in,
        "items": format_items(line.items, line.category.attributes),
        **{PREFIX + key: value for key, value in line.attributes.items()},
    }


class Catalogue:
    """The open categories and models, read once for all lines of a form.

    What stored lines hold stays among them: saving a draft must not drop what was closed meanwhile. That a category
    is closed is told when the draft is confirmed.
    """

    def __init__(self, stored: Sequence[IntakeLine] = ()) -> None:
        self.category_rows = open_categories()
        self.model_rows = open_models()
        if stored:
            held = Category.objects.filter(pk__in={line.category_id for line in stored}).select_related("parent")
            self.category_rows |= held
            models = {line.model_id for line in stored if line.model_id is not None}
            self.model_rows |= EquipmentModel.objects.filter(pk__in=models).select_related("brand", "category")
        rows = list(self.category_rows)
        self.by_code = {category.code: category for category in rows}
        groups: dict[str, list[tuple[str, str]]] = {}
        for category in rows:
            groups.setdefault(category.parent.name if category.parent else "", []).append(
                (category.code, category.name)
            )
        self.categories = [("", "— Chọn loại —"), *groups.items()]
        self._models: dict[int, list[tuple[str, str]]] = {}
        for model in self.model_rows.order_by("brand__name", "name"):
            self._models.setdefault(model.category_id, []).append((str(model.pk), _label(model)))

    def models_of(self, category: Category | None) -> list[tuple[str, str]]:
        """Models to choose from: those of the category; all of them while none is chosen."""
        if category is not None:
            return [("", "— Chọn mẫu —"), *self._models.get(category.pk, [])]
        return [("", "— Chọn loại trước —")]


class BaseLineFormSet(BaseFormSet):
    """Lines of a draft; `lines` are the stored ones."""

    default_error_messages = {
        "missing_management_form": TAMPERED,
        "too_many_forms": "Một hồ sơ có nhiều nhất %(num)d dòng. Hãy gộp thiết bị cùng mẫu vào một dòng, "
        "hoặc tách thành nhiều hồ sơ.",
    }

    def __init__(self, data: Any = None, files: Any = None, *, lines: Sequence[IntakeLine] = ()) -> None:
        self.lines = list(lines)
        self.catalogue = Catalogue(self.lines)
        super().__init__(data, files, prefix="lines")

    def initial_form_count(self) -> int:
        return super().initial_form_count() if self.is_bound else len(self.lines)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        stored = self.lines[index] if index is not None and not self.is_bound and index < len(self.lines) else None
        return {**super().get_form_kwargs(index), "catalogue": self.catalogue, "line": stored}

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Bỏ dòng này"

    def data_of_lines(self) -> list[LineData]:
        """The lines to store, in order, without those taken out and those left empty."""
        return [
            form.line()
            for form in self.forms
            if form.cleaned_data.get("category") and not form.cleaned_data.get("DELETE")
        ]


LineFormSet = cast(
    "type[BaseLineFormSet]",
    formset_factory(
        LineForm, formset=BaseLineFormSet, extra=0, can_delete=True, max_num=100, absolute_max=200, validate_max=True
    ),
)
