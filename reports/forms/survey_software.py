"""The form in which units enter a part of BC01."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory

from core.text import fold
from reports.bc_forms import bc01
from reports.models import SurveySoftware
from reports.queries.survey_books import Booked
from reports.rules.surveys import MOST_ROWS, SoftwareRow
from ui.form_base import Problem
from ui.forms import TAMPERED, KitFormMixin, LongTextField, VersionedForm, form_field


class SoftwareRowForm(KitFormMixin, forms.Form):
    """One software; its fields are the columns of the form's part."""

    halves = ("original_version", "current_version", "code", "started", "origin", "terms", "platform", "deployed_at")

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "empty_permitted": True, "use_required_attribute": False})
        for rule in bc01(part):
            field = form_field(SurveySoftware._meta.get_field(rule.name))  # type: ignore[arg-type]  # plain fields
            if field is not None:
                field.label, field.help_text, field.required = rule.label, rule.help, False
                if isinstance(field.widget, forms.Textarea):
                    field.widget.attrs["rows"] = 2
                self.fields[rule.name] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("name") and "name" not in self.errors and self.has_changed() and not data.get("DELETE"):
            self.add_error("name", "Hãy nhập tên phần mềm, hoặc bỏ dòng này.")
        return data

    def row(self) -> SoftwareRow:
        """The row as it was filled in. Call it on a valid form."""
        values = {name: value for name, value in self.cleaned_data.items() if value and name not in {"name", "DELETE"}}
        return SoftwareRow(self.cleaned_data["name"], values)


class SoftwareRows(BaseFormSet):
    """The software of the form's part."""

    default_error_messages = {"missing_management_form": TAMPERED, "too_many_forms": "Nhiều nhất %(num)d phần mềm."}

    def __init__(self, data: Any = None, *, part: str, rows: Sequence[SoftwareRow], **kwargs: Any) -> None:
        self.part = part
        # What is sent is taken whole: a row that is as it was before isn't an empty one.
        initial = [{**row.values, "name": row.name} for row in rows] if data is None else None
        super().__init__(data, prefix="rows", initial=initial, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "part": self.part}

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Bỏ dòng này"


SoftwareRowSet = cast(
    "type[SoftwareRows]",
    formset_factory(
        SoftwareRowForm,
        formset=SoftwareRows,
        extra=0,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=2 * MOST_ROWS,
        validate_max=True,
    ),
)


@dataclass
class ShownSoftware:
    """A row on the page, with what the books say of software of that name."""

    form: SoftwareRowForm
    books: Booked | None = None

    @property
    def differs(self) -> bool:
        """Whether the books know another version as the one in use."""
        typed = str(self.form["current_version"].value() or "")
        return bool(self.books and self.books.versions and typed not in self.books.versions)


class SoftwareForm(VersionedForm):
    """A part of BC01, all of it."""

    none = forms.BooleanField(label="Đơn vị không có phần mềm nào thuộc biểu này", required=False)
    proposal = LongTextField(label="Kiến nghị (nếu có)", max_length=3000, required=False)
    finish = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        part: str,
        rows: Sequence[SoftwareRow] = (),
        books: Mapping[str, Booked],
        more: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self.books = books
        self.rows = SoftwareRowSet(data, part=part, rows=rows)
        self.rows.extra = 1 if more or not (rows or self.initial.get("none")) else 0

    def shown(self) -> Iterator[ShownSoftware]:
        """The rows, each with its counterpart in the books."""
        for form in self.rows.forms:
            yield ShownSoftware(form, self.books.get(fold(str(form["name"].value() or ""))))

    def missing(self) -> list[Booked]:
        """Software of the books that the form doesn't name yet."""
        named = {fold(str(form["name"].value() or "")) for form in self.rows.forms}
        return [one for key, one in self.books.items() if key not in named]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.rows.is_valid():
            for error in self.rows.non_form_errors():
                self.add_error(None, str(error))
            if any(form.errors for form in self.rows.forms):
                self.add_error(None, "Có lỗi ở các dòng phần mềm.")
        else:
            data["rows"] = [
                form.row()
                for form in self.rows.forms
                if form.cleaned_data.get("name") and not form.cleaned_data.get("DELETE")
            ]
        return data

    def problems(self) -> Iterator[Problem]:
        """The form's errors, then those of the rows with the row's number."""
        yield from super().problems()
        for number, form in enumerate(self.rows.forms, start=1):
            for problem in form.problems():
                label = f"Dòng {number}, {problem.label}" if problem.label else f"Dòng {number}"
                yield Problem(label, problem.message, problem.anchor)
