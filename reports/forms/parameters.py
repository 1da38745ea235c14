"""What set reports ask for: whose books, which days, how much detail."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from equipment.rules.figures import first_day
from orgs.models import OrgUnit
from orgs.policies import visible_units
from reports.building import Level
from reports.definition import Report
from ui.choices import SearchSelect
from ui.fields import DateField
from ui.form_base import KitForm
from ui.formats import vndate

AHEAD = "Ngày này chưa đến. Hãy chọn từ hôm nay trở về trước."
OLDEST = date(1990, 1, 1)


class UnitForm(KitForm):
    """Whose books: every report asks for it."""

    halves = ("unit", "below")

    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=OrgUnit.objects.none(), to_field_name="code", widget=SearchSelect("orgs:search")
    )
    below = forms.ChoiceField(label="Phạm vi", choices=[("1", "Gồm cả đơn vị cấp dưới"), ("0", "Riêng đơn vị này")])

    def __init__(self, data: Any = None, *, by: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = visible_units(by).agencies()  # type: ignore[attr-defined]  # a model choice


def _today() -> date:
    return timezone.localdate()


def _new_year() -> date:
    return first_day(timezone.localdate().year)


def level_field() -> forms.ChoiceField:
    """How much detail."""
    return forms.ChoiceField(label="Mức chi tiết", choices=Level.choices, initial=Level.CATEGORY)


class PeriodForm(KitForm):
    """Two days, both included, and the detail."""

    thirds = ("first", "last", "level")

    first = DateField(label="Từ ngày", initial=_new_year)
    last = DateField(label="Đến ngày", initial=_today)
    level = level_field()

    def clean_last(self) -> date:
        return _not_ahead(self.cleaned_data["last"])

    def clean_first(self) -> date:
        return _not_ahead(self.cleaned_data["first"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "Ngày cuối phải sau ngày đầu.")
        return data


class DayForm(KitForm):
    """A day at whose end the figures stand, and the detail."""

    halves = ("day", "level")

    day = DateField(label="Tính đến hết ngày", initial=_today)
    level = level_field()

    def clean_day(self) -> date:
        return _not_ahead(self.cleaned_data["day"])


def _not_ahead(day: date) -> date:
    if day > timezone.localdate():
        raise forms.ValidationError(AHEAD)
    if day < OLDEST:
        raise forms.ValidationError(f"Sổ bắt đầu từ {vndate(OLDEST)}. Hãy chọn ngày sau đó.")
    return day


class Asking:
    """The two forms of a report, bound to what was asked, with what is usual where nothing was."""

    def __init__(self, report: Report, given: QueryDict | Mapping[str, Any], *, by: Any, unit: str) -> None:
        own = report.form()
        usual = {"unit": unit, "below": "1"}
        for name, field in own.fields.items():
            initial = own.get_initial_for_field(field, name)
            usual[name] = vndate(initial) if isinstance(initial, date) else initial
        data = QueryDict(mutable=True)
        for name, value in usual.items():
            if value is not None and value != "":
                data.setlist(name, value if isinstance(value, list) else [value])
        for name in usual:
            values = given.getlist(name) if isinstance(given, QueryDict) else given.get(name)
            if values:
                data.setlist(name, values)
        self.data = data
        self.unit = UnitForm(data, by=by)
        self.own = report.form(data)

    @property
    def valid(self) -> bool:
        """Whether both were understood."""
        return all([self.unit.is_valid(), self.own.is_valid()])

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What was asked, to be sent again."""
        return [(name, value) for name, values in self.data.lists() for value in values]
