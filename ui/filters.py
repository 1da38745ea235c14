"""Filter sets, and the chips that say which filters are on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import HttpRequest
from django_filters.fields import RangeField
from django_filters.widgets import SuffixedMultiWidget

from ui import formats
from ui.fields import DateField, DateInput
from ui.links import querystring


class DateFilter(django_filters.DateFilter):
    """One day, written the Vietnamese way."""

    field_class = DateField


class DateRangeWidget(SuffixedMultiWidget):
    """Two days: `<name>_tu` and `<name>_den`."""

    suffixes = ["tu", "den"]
    template_name = "ui/range.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        inputs = (
            DateInput({"aria-label": "Từ ngày", "placeholder": "từ dd/mm/yyyy"}),
            DateInput({"aria-label": "Đến ngày", "placeholder": "đến dd/mm/yyyy"}),
        )
        super().__init__(inputs, attrs)


class DateRangeField(RangeField):
    """From a day to a day, both included, either may be missing."""

    widget = DateRangeWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__((DateField(required=False), DateField(required=False)), **kwargs)


class DateRangeFilter(django_filters.RangeFilter):
    """A date field between two days, both included."""

    field_class = DateRangeField


class KitFilterSet(django_filters.FilterSet):
    """Base of the filter sets of lists: dates are written the Vietnamese way.

    Choices of related rows must be scoped: give `ModelChoiceFilter` a `queryset` callable of the request.
    The names q, sort, page, cols, up, down, view and export belong to the list itself.
    """

    FILTER_DEFAULTS = django_filters.FilterSet.FILTER_DEFAULTS | {
        models.DateField: {"filter_class": DateFilter},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            if type(one) is django_filters.MultipleChoiceFilter:
                # A multiple select needs Ctrl, which few know and no phone has: a box for each choice instead.
                one.extra.setdefault("widget", forms.CheckboxSelectMultiple)


@dataclass(frozen=True)
class Chip:
    """A filter that is on; `url` is the list without it."""

    label: str
    value: str
    url: str


def chips(request: HttpRequest, form: forms.Form) -> Iterator[Chip]:
    """A chip for each value that filters, valid or not, so that each can be taken off."""
    for name, field in form.fields.items():
        keys = _keys(name, field)
        if not any(value for key in keys for value in request.GET.getlist(key)):
            continue
        label = str(field.label or name)
        given = [value for value in request.GET.getlist(name) if value]
        if len(given) > 1 and name in form.cleaned_data:
            for value, text in zip(given, _texts(field, form.cleaned_data[name], given), strict=False):
                rest = [other for other in given if other != value]
                yield Chip(label, text, querystring(request, {name: rest or None}, drop=("page",)))
            continue
        if name in form.cleaned_data:
            text = " \u2013 ".join(_texts(field, form.cleaned_data[name], given))
        else:
            text = " ".join(given) or "?"
        yield Chip(label, text, querystring(request, dict.fromkeys(keys), drop=("page",)))


def parameters(form: forms.Form) -> list[str]:
    """The querystring names that the filters of `form` read."""
    return [key for name, field in form.fields.items() for key in _keys(name, field)]


def _keys(name: str, field: forms.Field) -> list[str]:
    """The querystring names that carry a field."""
    if isinstance(field.widget, SuffixedMultiWidget):
        return [field.widget.suffixed(name, suffix) for suffix in field.widget.suffixes]
    return [name]


def _texts(field: forms.Field, cleaned: Any, given: list[str]) -> list[str]:
    """What a chip says for a cleaned value: labels of choices, names of rows, written dates."""
    if isinstance(cleaned, slice):
        return [_text(part) or "…" for part in (cleaned.start, cleaned.stop)]
    if isinstance(field, forms.ModelChoiceField):
        rows = list(cleaned) if isinstance(cleaned, models.QuerySet | list) else [cleaned]
        names = {str(field.prepare_value(row)): field.label_from_instance(row) for row in rows if row is not None}
        return [names.get(value, value) for value in given] or [_text(cleaned)]
    if isinstance(field, forms.ChoiceField):
        labels = {str(value): str(label) for value, label in _flat(field.choices)}
        return [labels.get(value, value) for value in given]
    return [_text(cleaned)]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if hasattr(value, "year"):
        return formats.vndate(value)
    return str(value)
