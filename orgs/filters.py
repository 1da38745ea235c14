"""Filters by unit for every list of what belongs to units. Choices are of the person's own scope."""

import django_filters
from django.db.models import QuerySet

from core.http import Request
from orgs.models import OrgUnit, OrgUnitQuerySet
from orgs.policies import visible_units
from orgs.rules import AGENCIES, UnitKind
from ui.choices import SearchSelect


def _units(request: Request) -> OrgUnitQuerySet:
    return visible_units(request.user).agencies()


class OneUnitFilter(django_filters.ModelChoiceFilter):
    """A unit alone, by its code."""

    def __init__(self, label: str = "Đơn vị (không gồm cấp dưới)") -> None:
        super().__init__(
            label=label,
            field_name="unit",
            queryset=_units,
            to_field_name="code",
            widget=SearchSelect("orgs:search"),
        )


class UnitFilter(OneUnitFilter):
    """A unit with everything below it, by its code."""

    _below: list[int] | None = None

    def __init__(self) -> None:
        super().__init__("Đơn vị (gồm cấp dưới)")

    def filter(self, qs: QuerySet, value: OrgUnit | None) -> QuerySet:
        if value is None or value.depth == 1:  # below the root is everything
            return qs
        if self._below is None:  # the list and its count ask for the same
            below = OrgUnit.objects.agencies().filter(path__startswith=value.path)
            self._below = list(below.values_list("pk", flat=True))
        return qs.filter(unit__in=self._below)


class LevelFilter(django_filters.ChoiceFilter):
    """Units of one level."""

    def __init__(self) -> None:
        choices = [(kind.value, kind.label) for kind in UnitKind if kind in AGENCIES]
        super().__init__(label="Cấp đơn vị", choices=choices)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        units = OrgUnit.objects.filter(kind=value).order_by().values("pk")
        return qs.filter(unit__in=units) if value else qs
