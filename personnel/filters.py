"""Filters of the lists of people and of the runs of the feed."""

import django_filters
from django.db.models import QuerySet

from core.http import Request
from orgs.filters import UnitFilter
from orgs.models import OrgUnit
from orgs.policies import visible_units
from orgs.rules import UnitKind
from personnel.models import Employee, FeedRun, Title
from personnel.rules import EmployeeState, RunState, Source
from ui.choices import LongSelect
from ui.filters import DateRangeFilter, KitFilterSet


def _titles(_request: Request) -> QuerySet[Title]:
    return Title.objects.all()


class EmployeeFilter(KitFilterSet):
    unit = UnitFilter()
    room = django_filters.CharFilter(label="Phòng, tổ", method="filter_room")
    title = django_filters.ModelChoiceFilter(
        label="Chức danh", queryset=_titles, to_field_name="code", widget=LongSelect
    )
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=EmployeeState, distinct=False)
    source = django_filters.ChoiceFilter(label="Nguồn dữ liệu", choices=Source.choices)

    class Meta:
        model = Employee
        fields: list[str] = []

    def filter_room(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By words of the room's name."""
        rooms: QuerySet[OrgUnit] = visible_units(self.request.user).filter(kind=UnitKind.DEPARTMENT)
        return qs.filter(room__in=rooms.filter(name__icontains=value))


class RunFilter(KitFilterSet):
    state = django_filters.MultipleChoiceFilter(label="Kết quả", choices=RunState, distinct=False)
    moment = DateRangeFilter(label="Ngày", field_name="moment__date")

    class Meta:
        model = FeedRun
        fields: list[str] = []
