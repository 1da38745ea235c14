"""What is asked before a survey is opened: whose, of which year, which form."""

from typing import Any

from django import forms
from django.utils import timezone

from orgs.models import OrgUnit
from orgs.policies import recordable_units, visible_units
from reports.rules.surveys import Form, years
from ui.choices import SearchSelect
from ui.forms import KitForm, VersionedForm, offer


class ChooseForm(KitForm):
    """Whose surveys, of which year."""

    halves = ("unit", "nam")

    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=OrgUnit.objects.none(),
        to_field_name="code",
        required=False,
        widget=SearchSelect("orgs:search"),
    )
    nam = forms.TypedChoiceField(label="Năm", coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any = None, *, by: Any, year: int) -> None:
        super().__init__(data, initial={"nam": year})
        self.fields["unit"].queryset = visible_units(by).agencies()  # type: ignore[attr-defined]  # a model choice
        offer(self, "nam", [(year, str(year)) for year in years(timezone.localdate())])


class OpenForm(forms.Form):
    """What is begun: a form of a year for one of the units for which the person records."""

    unit = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), to_field_name="code")
    year = forms.IntegerField()
    form = forms.ChoiceField(choices=Form.choices)
    copied = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, by: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = recordable_units(by).agencies()  # type: ignore[attr-defined]  # a model choice


class CopyForm(VersionedForm):
    """As the person saw the survey whose content is replaced."""
