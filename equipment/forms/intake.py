"""The form of an intake's head; its lines and its steps have modules of their own."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from equipment.forms.lines import BaseLineFormSet
from equipment.models import Intake
from orgs.models import OrgUnit
from ui.choices import LongSelect
from ui.form_base import Problem
from ui.forms import (
    TAMPERED,
    Group,
    KitForm,
    form_field,
    version_field,
)


def model_fields(names: Sequence[str]) -> dict[str, forms.Field]:
    """Form fields of the named fields of an intake."""
    made = {name: form_field(Intake._meta.get_field(name)) for name in names}  # type: ignore[arg-type]  # plain fields
    return {name: field for name, field in made.items() if field is not None}


HEAD_GROUPS = (
    Group(
        "Biên bản bàn giao",
        ("unit", "handover_date", "minutes_number", "place", "decision", "late_reason"),
        help="Hạn cập nhật: 03 ngày làm việc kể từ ngày ký biên bản (Điều 7).",
    ),
    Group(
        "Bên giao và hợp đồng",
        ("supplier", "contract_number", "contract_date", "fund_source"),
    ),
    Group(
        "Đại diện hai bên",
        ("giver_name", "giver_title", "receiver_name", "receiver_title"),
        help="In trên biên bản giao nhận C50-HD.",
    ),
    Group("Ghi chú", ("note",)),
)
HALVES = (
    "handover_date",
    "minutes_number",
    "contract_number",
    "contract_date",
    "giver_name",
    "giver_title",
    "receiver_name",
    "receiver_title",
)


class IntakeForm(KitForm):
    """The head of a draft. `units` are those for which the person records; one alone isn't asked for."""

    groups = HEAD_GROUPS
    halves = HALVES

    submission = forms.UUIDField(
        label="",
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid": TAMPERED},
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        units: Sequence[OrgUnit] = (),
        intake: Intake | None = None,
        **kwargs: Any,
    ) -> None:
        initial = kwargs.pop("initial", None) or {}
        super().__init__(data, files, initial={**_head_of(intake), **initial}, **kwargs)
        if intake is not None:
            self.fields["version"] = version_field()
        if intake is None and len(units) > 1:
            self.fields["unit"] = UnitForm.field(units)
        for name, field in model_fields(_HEADER).items():
            self.fields[name] = field
            field.required = False
        self.fields["handover_date"].help_text = "Ngày hai bên ký biên bản bàn giao, nghiệm thu."
        self.fields["late_reason"].help_text = "Chỉ cần khi tiếp nhận sau hạn."
        self.fields["late_reason"].widget.attrs["rows"] = 2
        self.fields["note"].widget.attrs["rows"] = 2

    lines: BaseLineFormSet | None = None

    def note_lines(self) -> None:
        """Say in the summary that something is wrong in the lines, so that it is found there too."""
        if self.lines is None or (self.lines.is_valid() and not self.lines.non_form_errors()):
            return
        for error in self.lines.non_form_errors():
            self.add_error(None, str(error))
        self.add_error(None, "Có lỗi ở các dòng thiết bị.")

    def problems(self) -> Iterator[Problem]:
        """The head's errors, then those of the lines with the line's number."""
        yield from super().problems()
        for number, form in enumerate(self.lines.forms if self.lines is not None else (), start=1):
            for problem in form.problems():
                yield Problem(
                    f"Dòng {number}, {problem.label}" if problem.label else f"Dòng {number}",
                    problem.message,
                    problem.anchor,
                )

    def clean_handover_date(self) -> Any:
        day = self.cleaned_data["handover_date"]
        if day and day > timezone.localdate():
            raise ValidationError(
                f"Ngày bàn giao {day:%d/%m/%Y} ở tương lai. Nhập ngày đã ký biên bản, hoặc để trống nếu chưa ký."
            )
        return day

    def clean_contract_date(self) -> Any:
        return not_ahead(self.cleaned_data["contract_date"])


def not_ahead(day: date | None) -> date | None:
    """The day of a contract, which can't be signed tomorrow; raises ValidationError."""
    if day and day > timezone.localdate():
        raise ValidationError("Ngày hợp đồng ở tương lai. Hãy kiểm tra lại.")
    return day


_HEADER = (
    "handover_date",
    "minutes_number",
    "place",
    "decision",
    "late_reason",
    "supplier",
    "contract_number",
    "contract_date",
    "fund_source",
    "giver_name",
    "giver_title",
    "receiver_name",
    "receiver_title",
    "note",
)


def _head_of(intake: Intake | None) -> dict[str, Any]:
    if intake is None:
        return {"submission": uuid.uuid4()}
    return {"version": intake.version, **{name: getattr(intake, name) for name in _HEADER}}


class UnitForm(KitForm):
    """Which of the units one records for."""

    @staticmethod
    def field(units: Sequence[OrgUnit]) -> forms.ModelChoiceField:
        """A choice among `units`."""
        return forms.ModelChoiceField(
            label="Đơn vị",
            queryset=OrgUnit.objects.filter(pk__in=[unit.pk for unit in units]),
            to_field_name="code",
            widget=LongSelect,
            help_text="Đơn vị được ghi nhận thiết bị.",
        )
