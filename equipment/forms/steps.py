"""Forms of the steps of an intake: the confirmation, a correction."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from core.errors import DomainError, SeveralProblemsError
from equipment.actions.confirm import DuplicateSerialError
from equipment.actions.intake import CORRECTABLE
from equipment.forms.intake import HALVES, HEAD_GROUPS, model_fields, not_ahead
from equipment.models import Intake
from ui.forms import (
    Group,
    LongTextField,
    VersionedForm,
)


class ConfirmForm(VersionedForm):
    """The step itself, with the version that the person looked at."""

    def __init__(self, data: Any = None, files: Any = None, *, intake: Intake) -> None:
        super().__init__(data, files, initial={"version": intake.version})

    def refuse(self, refusal: DomainError) -> None:
        """A serial that the unit has already comes with a link to its device."""
        for one in refusal.problems if isinstance(refusal, SeveralProblemsError) else (refusal,):
            if isinstance(one, DuplicateSerialError) and one.device:
                url = reverse("equipment:detail", args=[one.device])
                self.add_error(None, format_html('{} <a href="{}">Xem thiết bị {}</a>', one.message, url, one.device))
            else:
                super().refuse(one)


class CorrectForm(VersionedForm):
    """Typing mistakes of a confirmed intake."""

    groups = (
        *(Group(g.title, tuple(n for n in g.fields if n in CORRECTABLE)) for g in HEAD_GROUPS),
        Group("Lý do đính chính", ("reason",), help="Giá trị cũ được giữ trong lịch sử."),
    )
    halves = HALVES

    def __init__(self, data: Any = None, files: Any = None, *, intake: Intake) -> None:
        initial = {"version": intake.version, **{name: getattr(intake, name) for name in CORRECTABLE}}
        super().__init__(data, files, initial=initial)
        for name, field in model_fields(CORRECTABLE).items():
            self.fields[name] = field
        for name in ("supplier", "fund_source"):
            self.fields[name].required = True
        self.fields["note"].widget.attrs["rows"] = 2
        self.fields["reason"] = LongTextField(label="Lý do", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_contract_date(self) -> Any:
        return not_ahead(self.cleaned_data["contract_date"])
