"""Filters of the list of transfers."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from orgs.filters import OneUnitFilter, UnitFilter
from orgs.models import OrgUnit, OrgUnitQuerySet
from transfers.models import Transfer
from transfers.rules import State
from ui.choices import SearchSelect
from ui.filters import DateRangeFilter, KitFilterSet


def _agencies(_request: Any) -> OrgUnitQuerySet:
    return OrgUnit.objects.agencies()


class OtherSideFilter(django_filters.ModelChoiceFilter):
    """Any unit of the sector, as receiver: names of units are shared catalogue."""

    def __init__(self) -> None:
        super().__init__(
            label="Bên nhận",
            field_name="receiver",
            queryset=_agencies,
            to_field_name="code",
            widget=SearchSelect("transfers:units"),
        )


class TransferFilter(KitFilterSet):
    direction = django_filters.ChoiceFilter(
        label="Chiều", choices=[("di", "Chuyển đi"), ("den", "Chuyển đến")], method="filter_direction"
    )
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=State, distinct=False)
    unit = UnitFilter()
    receiver = OtherSideFilter()
    handed_over = DateRangeFilter(label="Ngày bàn giao", field_name="handed_over_on")
    own = OneUnitFilter()

    class Meta:
        model = Transfer
        fields: list[str] = []

    def filter_direction(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """As seen from the person's own unit and those for which it records."""
        scope = self.request.user.scope
        own = {scope.home, *scope.write_units}
        return qs.filter(Q(unit__in=own) if value == "di" else Q(partner__in=own))
