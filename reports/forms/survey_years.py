"""What reports on surveys ask for: of which year."""

from django import forms
from django.utils import timezone

from reports.rules.surveys import reported_year, years
from ui.form_base import KitForm


def _usual() -> int:
    return reported_year(timezone.localdate())


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in years(timezone.localdate())]


class YearForm(KitForm):
    """A year that is surveyed."""

    year = forms.TypedChoiceField(label="Năm", coerce=int, choices=_years, initial=_usual)
