"""Fields of the forms of repairs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.errors import DomainError
from repairs.models import Repair
from repairs.rules.parts import EXAMPLE, Part, format_parts, parse_parts
from ui.forms import LongTextField, form_field


class PartsField(LongTextField):
    """Spare parts, a line each."""

    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        help_text = f"Mỗi dòng: tên; số lượng; đơn giá. Ví dụ: {EXAMPLE}"
        super().__init__(label="Linh kiện thay", required=False, max_length=10_000, help_text=help_text, **kwargs)

    def clean(self, value: Any) -> list[Part]:
        text = super().clean(value)
        try:
            return parse_parts(text)
        except DomainError as refusal:
            raise ValidationError(refusal.message) from refusal

    def prepare_value(self, value: Any) -> Any:
        """Stored parts as they are typed; what was typed stays."""
        return format_parts(value) if isinstance(value, list) else value


def head_fields(names: Sequence[str]) -> dict[str, forms.Field]:
    """Form fields of the named fields of a repair."""
    made = {name: form_field(Repair._meta.get_field(name)) for name in names}  # type: ignore[arg-type]  # plain fields
    return {name: field for name, field in made.items() if field is not None}


def rows(field: forms.Field, count: int) -> forms.Field:
    """A text of so many lines."""
    field.widget.attrs["rows"] = count
    return field
