"""Forms of the norms, for IT Center."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from equipment.models import Category, Norm, NormSet, TitleGroup
from equipment.rules.norms import GROUPS, Scope
from orgs.models import OrgUnit
from orgs.policies import visible_units
from personnel.models import Title
from ui.choices import LongSelect, LongSelectMultiple, SearchSelect
from ui.form_base import version_field
from ui.forms import DateField, Group, KitForm, LongTextField, MoneyField, TextField, VersionedForm

GROUP_CHOICES = [(group, f"Nhóm {group}") for group in GROUPS]


class StandingForm(KitForm):
    """Whose excess and shortage, as of which day."""

    halves = ("unit", "ngay")

    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=OrgUnit.objects.none(),
        to_field_name="code",
        required=False,
        widget=SearchSelect("orgs:search"),
    )
    ngay = DateField(label="Tính đến ngày", required=False)

    def __init__(self, data: Any = None, *, by: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = visible_units(by).agencies()  # type: ignore[attr-defined]  # a model choice


class SetForm(KitForm):
    """A decision: its name and the days between which it holds."""

    halves = ("valid_from", "valid_to")

    name = TextField(label="Văn bản", max_length=200)
    valid_from = DateField(label="Hiệu lực từ")
    valid_to = DateField(label="Hiệu lực đến", required=False, help_text="Để trống khi còn hiệu lực.")
    source = LongTextField(label="Nguồn", max_length=1000, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, norm_set: NormSet | None = None) -> None:
        names = ("name", "valid_from", "valid_to", "source", "version")
        super().__init__(data, files, initial={n: getattr(norm_set, n) for n in names} if norm_set else {})
        if norm_set is not None:
            self.fields["version"] = version_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày hết hiệu lực trước ngày có hiệu lực.")
        return data


class CopyForm(KitForm):
    """A new version: the figures of the old one, to be changed."""

    halves = ("code", "valid_from")

    code = TextField(label="Mã", max_length=20, help_text="Chữ không dấu, số và gạch, ví dụ QD12-2027.")
    name = TextField(label="Văn bản", max_length=200)
    valid_from = DateField(label="Hiệu lực từ", help_text="Bộ định mức hiện nay hết hiệu lực trước ngày này một ngày.")
    source = LongTextField(label="Nguồn", max_length=1000, required=False)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].upper()
        if not code.isascii() or not code.replace("-", "").replace("_", "").isalnum():
            raise ValidationError("Mã chỉ gồm chữ không dấu, số và gạch.")
        if NormSet.objects.filter(code=code).exists():
            raise ValidationError("Mã này đã có.")
        return code


class NormForm(VersionedForm):
    """One figure."""

    groups = (
        Group("Áp dụng", ("scope", "group", "description", "counted")),
        Group("Thiết bị", ("category", "alternatives")),
        Group("Số lượng, mức giá", ("quantity", "per", "ceiling")),
        Group("Nguồn", ("source", "confidence", "note")),
    )
    halves = ("scope", "group", "quantity", "per")

    scope = forms.ChoiceField(label="Tính theo", choices=Scope)
    group = TextField(
        label="Nhóm chức danh", max_length=20, required=False, help_text="I đến VIII nếu tính theo người."
    )
    description = TextField(label="Áp dụng cho", max_length=300, required=False)
    counted = forms.MultipleChoiceField(
        label="Chỉ tính các nhóm",
        choices=GROUP_CHOICES,
        required=False,
        widget=LongSelectMultiple,
        help_text="Khi tính theo số người của đơn vị; để trống là mọi chức danh.",
    )
    category = forms.ModelChoiceField(
        label="Loại thiết bị", queryset=Category.objects.all(), to_field_name="code", widget=LongSelect
    )
    alternatives = forms.ModelMultipleChoiceField(
        label="Hoặc các loại",
        queryset=Category.objects.all(),
        to_field_name="code",
        required=False,
        widget=LongSelectMultiple,
        help_text="Một trong các loại này, không cộng lại.",
    )
    quantity = forms.IntegerField(
        label="Số lượng tối đa", min_value=0, max_value=9999, required=False, help_text="Trống: theo quyết định riêng."
    )
    per = forms.IntegerField(
        label="Cho mỗi (người)",
        min_value=1,
        max_value=9999,
        required=False,
        help_text="Ví dụ 3: số lượng trên cho mỗi 3 người, làm tròn lên.",
    )
    ceiling = MoneyField(label="Mức giá tối đa", required=False, help_text="Không gồm hệ điều hành, phần mềm.")
    source = LongTextField(label="Nguồn", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    confidence = TextField(label="Độ tin cậy", max_length=200, required=False)
    note = LongTextField(label="Ghi chú", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, files: Any = None, *, norm: Norm | None = None) -> None:
        initial: dict[str, Any] = {"version": 0}
        if norm is not None:
            initial = {name: getattr(norm, name) for name in ("version", *_PLAIN)} | {"category": norm.category.code}
        super().__init__(data, files, initial=initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope") == Scope.PERSON and not data.get("group"):
            self.add_error("group", "Tính theo người thì phải ghi nhóm chức danh.")
        if data.get("scope") == Scope.STAFF and not data.get("per"):
            self.add_error("per", "Tính theo số người thì phải ghi cho mỗi bao nhiêu người.")
        data["alternatives"] = [category.code for category in data.get("alternatives") or ()]
        if isinstance(data.get("ceiling"), Decimal) and not data["ceiling"]:
            data["ceiling"] = None
        return data


_PLAIN = (
    "scope",
    "group",
    "description",
    "counted",
    "alternatives",
    "quantity",
    "per",
    "ceiling",
    "source",
    "confidence",
    "note",
)


class GroupsForm(VersionedForm):
    """In which group of the decision each post is."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        norm_set: NormSet,
        titles: Sequence[Title],
        standing: Sequence[TitleGroup],
    ) -> None:
        now = {group.title_id: group.group for group in standing}
        super().__init__(
            data,
            files,
            initial={"version": norm_set.version} | {f"title_{t.pk}": now.get(t.pk, "") for t in titles},
        )
        for title in titles:
            choices = [("", "Chưa xác định"), *GROUP_CHOICES]
            if (own := now.get(title.pk, "")) and own not in GROUPS:
                choices.append((own, own))
            self.fields[f"title_{title.pk}"] = forms.ChoiceField(label=title.name, choices=choices, required=False)
        self.thirds = tuple(f"title_{t.pk}" for t in titles)

    @staticmethod
    def chosen_of(data: dict[str, Any]) -> dict[int, str]:
        """The group of each post, by its key, of a valid form's data."""
        return {int(name.removeprefix("title_")): group for name, group in data.items() if name.startswith("title_")}
