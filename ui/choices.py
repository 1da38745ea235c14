"""Choice fields with more choices than a person can scroll through."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

from core.text import clean_text

OFFERED = 20


class LongSelect(forms.Select):
    """All choices are in the page (some hundreds); typing finds them, accents or not."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-tom": "", **(attrs or {})}, choices)


class LongSelectMultiple(forms.SelectMultiple):
    """Several of some hundreds."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-tom": "", **(attrs or {})}, choices)


class ChosenOnly:
    """Mixed into a select: the page holds only what is chosen, the server finds the rest by typing.

    `url_name` names a view that answers with `found`. Only for choices that can't be listed (thousands):
    unlike the others, such a field needs scripts. `also` names fields that narrow the search, as
    `{"category": "#id_category"}`.
    """

    choices: Any
    known: Sequence[Model] | None = None  # the chosen rows, where the form has fetched them already

    def __init__(self, url_name: str, *, also: dict[str, str] | None = None, placeholder: str = "") -> None:
        self.url_name, self.also, self.placeholder = url_name, also or {}, placeholder
        super().__init__()

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tell the script where to ask."""
        asks = {
            "data-search-url": reverse(self.url_name),
            "data-search-with": ",".join(f"{name}:{selector}" for name, selector in self.also.items()),
            "data-placeholder": self.placeholder,
        }
        own: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)  # type: ignore[misc]  # of the select
        return own | {name: value for name, value in asks.items() if value}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was sent is looked up by the database, which takes no null byte."""
        value = super().value_from_datadict(data, files, name)  # type: ignore[misc]  # of the select
        if isinstance(value, str):
            return value.replace("\x00", "\ufffd")
        return [one.replace("\x00", "\ufffd") for one in value or []]

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """One query for the chosen rows if they aren't known, none for the others."""
        everything = self.choices
        if isinstance(everything, ModelChoiceIterator):
            field = everything.field
            chosen: Iterable[Model] | None = self.known
            try:
                if chosen is None:
                    key = f"{field.to_field_name or 'pk'}__in"
                    chosen = everything.queryset.filter(**{key: [v for v in value if v]})
                self.choices = [(field.prepare_value(row), field.label_from_instance(row)) for row in chosen]
            except (ValueError, ValidationError):
                self.choices = []
            self.choices.insert(0, ("", ""))
        try:
            return super().optgroups(name, value, attrs)  # type: ignore[misc]  # of the select
        finally:
            self.choices = everything


class SearchSelect(ChosenOnly, forms.Select):
    """One of thousands."""


class SearchSelectMultiple(ChosenOnly, forms.SelectMultiple):
    """Several of thousands."""


def know_chosen(form: forms.Form) -> None:
    """What checking `form` has fetched isn't fetched again to draw it."""
    for name, field in form.fields.items():
        row = form.cleaned_data.get(name)
        if isinstance(field.widget, SearchSelect) and isinstance(row, Model):
            field.widget.known = [row]


def found(
    request: HttpRequest,
    queryset: QuerySet,
    *,
    search: Callable[[QuerySet, str], QuerySet],
    text: Callable[[Any], str] = str,
    note: Callable[[Any], str] | None = None,
    key: Callable[[Model], Any] = lambda row: row.pk,
) -> JsonResponse:
    """Answer of a search field: twenty rows at most and how many more there are.

    `queryset` must be scoped before it comes here: what is limited first and scoped later shows gaps.
    """
    try:
        asked = clean_text(request.GET.get("q", ""))[:200]
    except ValidationError:
        return JsonResponse({"results": [], "more": 0})
    rows = search(queryset, asked) if asked else queryset
    count = rows.order_by().count()
    results = [{"id": str(key(row)), "text": text(row), "note": note(row) if note else ""} for row in rows[:OFFERED]]
    return JsonResponse({"results": results, "more": max(0, count - len(results))})
