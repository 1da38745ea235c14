"""Form fields of a category's own attributes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from core.errors import DomainError
from equipment.rules.attributes import Attribute, AttributeKind, clean_attribute, display
from equipment.rules.device import MADE_YEARS
from ui.forms import TextField

PREFIX = "attr_"
MADE_YEAR = [
    MinValueValidator(MADE_YEARS.start, f"Từ năm {MADE_YEARS.start}."),
    MaxValueValidator(MADE_YEARS.stop - 1, "Năm không hợp lệ."),
]


class AttributeField(TextField):
    """One attribute: cleaned by the rule of its kind, shown as people read it."""

    def __init__(self, attribute: Attribute, **kwargs: Any) -> None:
        self.attribute = attribute
        super().__init__(label=attribute.label, help_text=attribute.help, required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return clean_attribute(self.attribute, text)
        except DomainError as refusal:
            raise ValidationError(refusal.message.removeprefix(f"{self.attribute.label}: ").capitalize()) from refusal

    def prepare_value(self, value: Any) -> Any:
        """Stored values (ISO dates) as people write them; what was typed stays."""
        try:
            return display(self.attribute, value) if isinstance(value, str) else value
        except ValueError:
            return value


class AttributeChoice(forms.ChoiceField):
    """An attribute chosen from a list."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(label=attribute.label, required=False, choices=[("", "—"), *attribute.choices])


def attribute_field(attribute: Attribute) -> forms.Field:
    """The field for one attribute."""
    if attribute.kind is AttributeKind.CHOICE:
        return AttributeChoice(attribute)
    field = AttributeField(attribute)
    if attribute.kind is AttributeKind.DATE:
        field.widget.attrs |= {"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}
    if attribute.kind is AttributeKind.NUMBER:
        field.widget.attrs["inputmode"] = "numeric"
    return field


def collect(cleaned: dict[str, Any]) -> dict[str, str]:
    """The attributes among a form's cleaned values, without the empty ones."""
    return {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX) and value}
