"""Form fields that read what people here type: clean text, whole đồng, dd/mm/yyyy."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.text import clean_text
from ui import formats

MONEY_DIGITS = 15
YEARS = range(1900, 2101)

_PLAIN = re.compile(r"\d+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*", re.ASCII)
_CURRENCY = re.compile(r"(?:đồng|đ|₫|vnđ|vnd)$", re.IGNORECASE)
_DECIMAL = re.compile(r"[\d.,\s]*\d[.,]\d+", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class TextField(forms.CharField):
    """One line: NFC, single spaces, no control characters."""

    multiline = False

    def to_python(self, value: Any) -> str | None:
        """Clean before the length is counted."""
        # CharField would strip and then let validators meet the null byte with an English-minded message.
        text = clean_text(str(value), multiline=self.multiline) if value not in self.empty_values else value
        return super().to_python(text)


class LongTextField(TextField):
    """Several lines."""

    multiline = True
    widget = forms.Textarea(attrs={"rows": 4})


class MoneyInput(forms.TextInput):
    """Shows the amount in groups of three; phones offer digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "data-money": "", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """What was typed stays as it was typed."""
        if isinstance(value, Decimal | int):
            return formats.number(Decimal(value).quantize(Decimal(1)))
        return super().format_value(value)


class MoneyField(forms.DecimalField):
    """Whole đồng, "14.890.000" or "14890000"; gives a Decimal.

    `largest` and `smallest` bound the amount; no amount has more than 15 digits.
    """

    widget = MoneyInput
    default_error_messages = {
        "invalid": "Nhập số tiền bằng chữ số, ví dụ 14.890.000.",
        "decimals": "Số tiền tính bằng đồng, không có phần lẻ. Ví dụ: 14.890.000.",
        "negative": "Số tiền không được âm.",
        "digits": f"Số tiền có nhiều nhất {MONEY_DIGITS} chữ số.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.update(max_digits=None, decimal_places=0)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs make Decimal an int
        """Raises ValidationError naming the rule that the text breaks."""
        if value in self.empty_values:
            return None
        text = _CURRENCY.sub("", " ".join(str(value).replace("\xa0", " ").split()).lower()).strip()
        if text.startswith(("-", "\u2212")):
            raise ValidationError(self.error_messages["negative"], code="negative")
        if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
            digits = re.sub(r"\D", "", text).lstrip("0") or "0"
            if len(digits) > MONEY_DIGITS:
                raise ValidationError(self.error_messages["digits"], code="digits")
            return Decimal(digits)
        code = "decimals" if _DECIMAL.fullmatch(text) else "invalid"
        raise ValidationError(self.error_messages[code], code=code)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 - Django's signature
        """No min/max/step: they belong to number inputs."""
        return {}


class DateInput(forms.DateInput):
    """A text box, not the browser's date box: that one follows the language of the browser.

    On the many PCs with an English browser it would show and take mm/dd/yyyy.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        base = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy", "data-date": ""}
        super().__init__({**base, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """dd/mm/yyyy; what was typed stays as it was typed."""
        return formats.vndate(value) if isinstance(value, date) else super().format_value(value)


class DateField(forms.DateField):
    """25/11/2026, 25-11-2026, 25.11.2026, 25112026 (phones' number pads have no slash) or 2026-11-25."""

    widget = DateInput
    default_error_messages = {
        "invalid": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 25/11/2026.",
        "unknown": "Không có ngày %(value)s. Kiểm tra lại ngày và tháng.",
        "year": "Năm phải từ 1900 đến 2100.",
    }

    def to_python(self, value: Any) -> date | None:
        """Raises ValidationError saying what to type."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return formats.local(value).date()
        if isinstance(value, date):
            return value
        text = " ".join(str(value).split())
        if match := _ISO.fullmatch(text):
            year, month, day = map(int, match.groups())
        elif match := _DAY_FIRST.fullmatch(text) or _DIGITS.fullmatch(text):
            day, month, year = map(int, match.groups())
        else:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if year not in YEARS:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"value": text}) from None
