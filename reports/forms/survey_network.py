"""The form in which units enter BC02."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.forms.boundfield import BoundField

from reports.queries.survey_books import Counted
from reports.rules.surveys import MOST, NAMED, Item, RowKind, RowRule, field_name
from ui.form_base import Problem
from ui.forms import TAMPERED, KitFormMixin, LongTextField, TextField, VersionedForm

YES, NO = "co", "khong"
NUMBERS = {"good": "Tốt", "fair": "Trung bình", "poor": "Kém"}
NOTE = 1000


def number_field(label: str) -> forms.IntegerField:
    """So many of something."""
    messages = {
        "invalid": "Nhập số bằng chữ số.",
        "min_value": "Số lượng không được âm.",
        "max_value": "Số lượng quá lớn. Hãy kiểm tra lại số 0.",
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=MOST, widget=widget, error_messages=messages
    )


def note_field() -> LongTextField:
    """Column C."""
    return LongTextField(label="Ghi chú", max_length=NOTE, required=False, widget=forms.Textarea(attrs={"rows": 1}))


class NamedForm(KitFormMixin, forms.Form):
    """A row that asks for a name: a service, a software, a database, a person."""

    name = TextField(label="Tên", max_length=200, required=False)
    good = number_field(NUMBERS["good"])
    fair = number_field(NUMBERS["fair"])
    poor = number_field(NUMBERS["poor"])
    note = note_field()

    def __init__(self, *args: Any, rule: RowRule, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "empty_permitted": True, "use_required_attribute": False})
        self.rule = rule
        if rule.kind == RowKind.NAMES:
            self.fields["name"].label = "Họ và tên"
            for name in NUMBERS:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and "name" not in self.errors and self.has_changed() and not data.get("DELETE"):
            self.add_error("name", f"Hãy nhập {str(self.fields['name'].label).lower()}, hoặc bỏ dòng này.")
        poor = data.get("poor")
        if poor and not data.get("note"):
            self.add_error("note", f"Có {poor} “kém” thì phải thuyết minh ở đây.")
        return data

    def item(self) -> Item:
        """The row as it was filled in. Call it on a valid form."""
        said = {name: self.cleaned_data.get(name) for name in NUMBERS}
        return Item(self.rule.code, self.cleaned_data["name"], note=self.cleaned_data.get("note") or "", **said)


class NamedRows(BaseFormSet):
    """The rows below one heading."""

    default_error_messages = {"missing_management_form": TAMPERED, "too_many_forms": "Nhiều nhất %(num)d dòng."}

    def __init__(self, data: Any = None, *, rule: RowRule, items: Sequence[Item], **kwargs: Any) -> None:
        self.rule = rule
        stored = [
            {**{name: getattr(item, name) for name in NUMBERS}, "name": item.name, "note": item.note} for item in items
        ]
        # What is sent is taken whole: a row that is as it was before isn't an empty one.
        initial = stored if data is None else None
        super().__init__(data, prefix=f"muc{rule.code.replace('.', '_')}", initial=initial, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "rule": self.rule}

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Bỏ dòng này"

    def items(self) -> list[Item]:
        """What was entered, without what was taken out or left empty. Call it on valid rows."""
        return [
            form.item() for form in self.forms if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
        ]


NamedRowSet = cast(
    "type[NamedRows]",
    formset_factory(
        NamedForm, formset=NamedRows, extra=0, can_delete=True, max_num=100, absolute_max=200, validate_max=True
    ),
)


@dataclass
class ShownRow:
    """A row of BC02 on the page: its fields, or the formset of what it asks to name, and what the books say."""

    rule: RowRule
    fields: Sequence[BoundField] = ()
    rows: NamedRows | None = None
    books: Counted | None = None
    differs: bool = False


class NetworkForm(VersionedForm):
    """BC02, all of it: numbers are summed up by themselves (1 = 2 + 3 + 4)."""

    finish = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        rules: Sequence[RowRule],
        items: Sequence[Item] = (),
        books: Mapping[str, Counted],
        more: bool = False,
        **kwargs: Any,
    ) -> None:
        self.rules, self.books = rules, books
        plain = {item.code: item for item in items if not item.name}
        kwargs["initial"] = {**kwargs.get("initial", {}), **_initial(rules, plain)}
        super().__init__(data, files, **kwargs)
        self.named: dict[str, NamedRows] = {}
        for rule in rules:
            for name, field in _fields_of(rule):
                self.fields[field_name(rule.code, name)] = field
            if rule.kind in NAMED:
                own = [item for item in items if item.code == rule.code and item.name]
                self.named[rule.code] = NamedRowSet(data, rule=rule, items=own)
                self.named[rule.code].extra = 1 if more or not own else 0
        self.fields["proposal"] = LongTextField(
            label="Các kiến nghị khác về hệ thống mạng và máy chủ", max_length=3000, required=False
        )
        self.plain = plain

    def shown(self) -> Iterator[ShownRow]:
        """The rows in the order of the form."""
        for rule in self.rules:
            names = [field_name(rule.code, name) for name, _ in _fields_of(rule)]
            books = self.books.get(rule.code)
            entered = self.plain.get(rule.code, Item(rule.code))
            differs = (
                books is not None
                and any(getattr(entered, n) is not None for n in NUMBERS)
                and any((getattr(entered, name) or 0) != getattr(books, name) for name in NUMBERS)
            )
            yield ShownRow(rule, [self[name] for name in names], self.named.get(rule.code), books, differs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for rows in self.named.values():
            if not rows.is_valid():
                for error in rows.non_form_errors():
                    self.add_error(None, str(error))
                if any(form.errors for form in rows.forms):
                    self.add_error(None, f"Có lỗi ở mục {rows.rule.code} {rows.rule.label}.")
        if not self.errors:
            data["items"] = [*self._plain(data), *(item for rows in self.named.values() for item in rows.items())]
        return data

    def _plain(self, data: Mapping[str, Any]) -> Iterator[Item]:
        for rule in self.rules:
            values: dict[str, Any] = {name: data.get(field_name(rule.code, name)) for name, _ in _fields_of(rule)}
            if values:
                answer = {YES: True, NO: False}.get(values.pop("answer", "") or "")
                note = values.pop("note", None) or ""
                yield Item(rule.code, answer=answer, note=note, **values)

    def problems(self) -> Iterator[Problem]:
        """The form's errors, then those of the rows below a heading, each with the heading's number."""
        for problem in super().problems():  # what names its row needs no name of the field
            yield replace(problem, label="") if problem.message.startswith("Mục ") else problem
        for rows in self.named.values():
            for number, form in enumerate(rows.forms, start=1):
                for problem in form.problems():
                    yield Problem(f"Mục {rows.rule.code}, dòng {number}", problem.message, problem.anchor)


def _fields_of(rule: RowRule) -> list[tuple[str, forms.Field]]:
    if rule.kind == RowKind.COUNT:
        return [*((name, number_field(label)) for name, label in NUMBERS.items()), ("note", note_field())]
    if rule.kind == RowKind.ANSWER:
        choices = [("", "— Chọn —"), (YES, "Có"), (NO, "Không")]
        return [
            ("answer", forms.ChoiceField(label="Có hay không", choices=choices, required=False)),
            ("note", note_field()),
        ]
    return []


def _initial(rules: Sequence[RowRule], plain: Mapping[str, Item]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for rule in rules:
        item = plain.get(rule.code)
        if item is not None and rule.kind not in NAMED:
            values = {name: getattr(item, name) for name in (*NUMBERS, "note")}
            values["answer"] = {True: YES, False: NO, None: ""}[item.answer]
            found |= {field_name(rule.code, name): value for name, value in values.items()}
    return found
