"""Filters of the list of requests to open closed books."""

import django_filters

from orgs.filters import UnitFilter
from ui.filters import DateRangeFilter, KitFilterSet
from yearend.models import UnlockRequest
from yearend.rules import UnlockState


class UnlockFilter(KitFilterSet):
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=UnlockState, distinct=False)
    unit = UnitFilter()
    year = django_filters.NumberFilter(label="Năm báo cáo", field_name="report__year")
    asked = DateRangeFilter(label="Ngày đề nghị", field_name="created_at__date")

    class Meta:
        model = UnlockRequest
        fields: list[str] = []
