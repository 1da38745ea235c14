"""Forms as declarations: grouped fields, errors at their fields and summed up, nothing typed is lost."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.models import ModelFormMetaclass
from django.http import QueryDict

from core.changes import Change
from core.errors import DomainError, SeveralProblemsError, StaleError
from ui.fields import DateField, LongTextField, MoneyField, TextField

MAX_VERSION = 2_147_483_647  # of the column
TAMPERED = "Trang này không còn nguyên vẹn nên chưa lưu được. Hãy mở lại trang rồi nhập lại."


@dataclass(frozen=True)
class Group:
    """Fields under one heading; `help` says what the group is for."""

    title: str
    fields: tuple[str, ...]
    help: str = ""


@dataclass(frozen=True)
class FieldGroup:
    """A group ready for the page."""

    title: str
    help: str
    fields: Sequence[BoundField]


@dataclass(frozen=True)
class Problem:
    """A line of the summary of errors; `anchor` is the id of the control, empty for the form as a whole."""

    label: str
    message: str
    anchor: str


def offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    """Sets what a field of choices offers."""
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class KitFormMixin(forms.BaseForm):
    """What our forms add to Django's.

    `groups`: the fields by heading; fields in no group follow under none.
    `halves`, `thirds`: names of short fields that stand beside each other.
    `stale`: the changes others made meanwhile, after a StaleError.
    """

    groups: tuple[Group, ...] = ()
    halves: tuple[str, ...] = ()
    thirds: tuple[str, ...] = ()
    stale: Sequence[Change] = ()
    is_stale = False

    def full_clean(self) -> None:
        """Before checking, give required fields words of their own; forms may have added fields until now."""
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field, str(field.label or name))
        super().full_clean()

    def fieldsets(self) -> Iterator[FieldGroup]:
        """The visible fields by group."""
        left = {field.name: field for field in self.visible_fields()}
        for group in self.groups:
            fields = [left.pop(name) for name in group.fields if name in left]
            if fields:
                yield FieldGroup(group.title, group.help, fields)
        if left:
            yield FieldGroup("", "", list(left.values()))

    def problems(self) -> Iterator[Problem]:
        """Every error in the order of the page, the form's own first."""
        for message in self.non_field_errors():
            yield Problem("", str(message), "")
        for field in self.hidden_fields():
            for message in field.errors:
                yield Problem(str(field.label), str(message), "")
        for group in self.fieldsets():
            for field in group.fields:
                for message in field.errors:
                    yield Problem(str(field.label), str(message), field.id_for_label or f"{field.auto_id}_0")

    def focus_first_error(self) -> None:
        """The page opens with the caret where the first thing is to be mended."""
        for group in self.fieldsets():
            for field in group.fields:
                if field.errors:
                    field.field.widget.attrs["autofocus"] = True
                    return

    def refuse(self, refusal: DomainError) -> None:
        """Show what a rule said: at its field where it names one, else at the form."""
        if isinstance(refusal, StaleError):
            self._go_stale(refusal)
            return
        for one in refusal.problems if isinstance(refusal, SeveralProblemsError) else (refusal,):
            field = one.field if one.field in self.fields else NON_FIELD_ERRORS
            self.add_error(None if field == NON_FIELD_ERRORS else field, str(one))

    def _go_stale(self, refusal: StaleError) -> None:
        """Keep what was typed, tell what others changed, let the next press of the button win knowingly."""
        self.is_stale, self.stale = True, refusal.changes
        if "version" in self.fields:
            data = cast("QueryDict", self.data).copy()
            data[self.add_prefix("version")] = str(refusal.version)
            self.data = data
        self.add_error(None, str(refusal))


def _missing(field: forms.Field, label: str) -> str:
    """What to do about a required field left empty: "Hãy nhập nhà cung cấp."."""
    verb = "chọn" if isinstance(field, forms.ChoiceField | forms.FileField | forms.BooleanField) else "nhập"
    named = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    return f"Hãy {verb} {named}."


class KitForm(KitFormMixin, forms.Form):
    """A form of its own fields."""


def version_field() -> forms.IntegerField:
    """The version that a form was filled from. Without it, or with another text in it, the form is refused.

    It must never pass as one that was filled from the newest version.
    """
    messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), TAMPERED)
    return forms.IntegerField(
        label="", widget=forms.HiddenInput, min_value=0, max_value=MAX_VERSION, error_messages=messages
    )


class VersionedForm(KitForm):
    """A form over a record with a version: the action gets `cleaned_data["version"]` and may find it stale.

    Give `initial={"version": record.version}`.
    """

    version = version_field()


def form_field(db_field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model field, ours where we have one."""
    if getattr(db_field, "choices", None):
        field = db_field.formfield(**kwargs)
        if isinstance(field, forms.ChoiceField):
            listed = list(cast("Iterable[tuple[Any, Any]]", field.choices))
            if listed[:1] == BLANK_CHOICE_DASH:
                field.choices = [("", "— Chọn —"), *listed[1:]]
        return field
    if isinstance(db_field, models.DecimalField) and db_field.decimal_places == 0:
        return db_field.formfield(form_class=MoneyField, **kwargs)
    if isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        return db_field.formfield(form_class=DateField, **kwargs)
    if isinstance(db_field, models.TextField):
        return db_field.formfield(form_class=LongTextField, **kwargs)
    if type(db_field).formfield is models.CharField.formfield:
        return db_field.formfield(form_class=TextField, **kwargs)
    return db_field.formfield(**kwargs)


class KitModelFormMetaclass(ModelFormMetaclass):
    """Makes model forms use our fields without each of them having to say so."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> type:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(form_field)
        return super().__new__(mcs, name, bases, attrs)


class KitModelForm(KitFormMixin, forms.ModelForm, metaclass=KitModelFormMetaclass):
    """A form over a model. It checks; actions write: never call `save()`."""
