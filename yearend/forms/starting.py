"""Making a report that the system hasn't made."""

from collections.abc import Sequence
from typing import Any

from django import forms

from orgs.models import OrgUnit
from ui.forms import KitForm


class StartForm(KitForm):
    unit: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=None,
        to_field_name="code",
        empty_label=None,
        error_messages={"invalid_choice": "Hãy chọn một đơn vị trong danh sách."},
    )

    def __init__(self, *args: Any, units: Sequence[OrgUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = OrgUnit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].queryset = chosen  # type: ignore[attr-defined]  # a choice of rows
