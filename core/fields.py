"""Model fields that store clean text whichever way it comes in: form, import, command or bulk write."""

from typing import Any

from django.db import models

from core.text import clean_text


class CleanCharField(models.CharField):
    """One line of text: NFC, single spaces, no control characters."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean_text(value) if isinstance(value, str) else value


class CleanTextField(models.TextField):
    """Several lines of text: NFC, no control characters but line ends and tabs."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean_text(value, multiline=True) if isinstance(value, str) else value


def clean_json(value: Any) -> Any:
    """`value` with every string in it (keys too) cleaned; raises ValidationError as `clean_text` does."""
    if isinstance(value, str):
        return clean_text(value, multiline=True)
    if isinstance(value, dict):
        return {clean_json(k): clean_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(v) for v in value]
    return value


class CleanJSONField(models.JSONField):
    """JSON whose strings are clean text."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        return super().get_db_prep_value(clean_json(value), connection, prepared)


class MoneyField(models.DecimalField):
    """Whole đồng."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 0)
        super().__init__(*args, **kwargs)
