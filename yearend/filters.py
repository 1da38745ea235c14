"""Filters of the list of yearly reports."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from deadlines.rules.standings import Stand
from orgs.filters import OneUnitFilter, UnitFilter
from ui.filters import KitFilterSet
from yearend.models import AnnualReport
from yearend.querysets import duty_so
from yearend.rules import State
from yearend.rules.terms import last_year
from yearend.tree import below

FIRST_YEAR = 2020
"""QĐ 375/QĐ-BHXH is of that year."""


def years() -> list[tuple[int, str]]:
    """The years that may be reported, the latest first."""
    return [(year, f"Năm {year}") for year in range(last_year(timezone.localdate()), FIRST_YEAR - 1, -1)]


class ReportFilter(KitFilterSet):
    year = django_filters.TypedChoiceFilter(label="Năm", choices=years, coerce=int)
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=State, distinct=False)
    stand = django_filters.MultipleChoiceFilter(label="Thời hạn", choices=Stand, distinct=False, method="filter_stand")
    unit = UnitFilter()
    own = OneUnitFilter()
    inbox = django_filters.BooleanFilter(label="Gửi đến đơn vị tôi", method="filter_inbox")
    outdated = django_filters.BooleanFilter(label="Cần tổng hợp lại", method="filter_outdated")

    class Meta:
        model = AnnualReport
        fields: list[str] = []

    def filter_stand(self, qs: QuerySet, _name: str, value: list[str]) -> QuerySet:
        today, wanted = timezone.localdate(), Q()
        for stand in value:
            wanted |= duty_so(Stand(stand), today)
        return qs.filter(wanted)

    def filter_inbox(self, qs: QuerySet, _name: str, value: bool) -> QuerySet:  # noqa: FBT001 - the library's call
        mine = below(self.request.user)
        return qs.filter(mine if value else ~mine)

    def filter_outdated(self, qs: QuerySet, _name: str, value: bool) -> QuerySet:  # noqa: FBT001 - the library's call
        outdated = Q(outdated_at__isnull=False) & ~Q(state=State.DRAFT)
        return qs.filter(outdated if value else ~outdated)


class InboxFilter(KitFilterSet):
    year = django_filters.TypedChoiceFilter(label="Năm", choices=years, coerce=int)
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=State, distinct=False)
    unit = UnitFilter()

    class Meta:
        model = AnnualReport
        fields: list[str] = []
