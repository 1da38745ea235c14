"""Filters of the lists."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from dispatch.models import Dispatch
from dispatch.queries.sendings import towards
from dispatch.rules import Channel, Direction, Kind, State
from orgs.filters import UnitFilter
from orgs.models import OrgUnit
from ui.filters import DateRangeFilter, KitFilterSet


class DispatchFilter(KitFilterSet):
    huong = django_filters.ChoiceFilter(label="Hộp thư", choices=Direction, method="filter_direction")
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=State, distinct=False)
    kind = django_filters.ChoiceFilter(label="Loại gói", choices=Kind)
    channel = django_filters.ChoiceFilter(label="Đường gửi", choices=Channel)
    unit = UnitFilter()
    created = DateRangeFilter(label="Ngày gửi", field_name="created_at__date")

    class Meta:
        model = Dispatch
        fields: list[str] = []

    def filter_direction(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        found: QuerySet = towards(qs, self.request.user, value)
        return found


class AgencyFilter(KitFilterSet):
    co = django_filters.ChoiceFilter(
        label="Mã định danh", choices=[("1", "Đã nhập"), ("0", "Chưa nhập")], method="filter_entered"
    )

    class Meta:
        model = OrgUnit
        fields: list[str] = []

    def filter_entered(self, qs: QuerySet, _name: str, value: Any) -> QuerySet:
        return qs.filter(identifier__isnull=value == "0")
