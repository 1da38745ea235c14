"""Filters of the lists. Choices are of the person's own scope."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from disposals.models import Disposal, LossReport, ProcedureRule
from disposals.rules.flow import Act, DisposalState, LossState
from disposals.rules.procedure import Procedure
from orgs.filters import OneUnitFilter, UnitFilter
from ui.filters import DateRangeFilter, KitFilterSet


class DisposalFilter(KitFilterSet):
    unit = UnitFilter()
    act = django_filters.ChoiceFilter(label="Việc", choices=Act.choices)
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=DisposalState, distinct=False)
    due = django_filters.ChoiceFilter(
        label="Hạn xử lý", choices=[("open", "Còn hạn"), ("late", "Quá hạn")], method="filter_due"
    )
    decided = DateRangeFilter(label="Ngày quyết định", field_name="decision_date")
    own = OneUnitFilter()

    class Meta:
        model = Disposal
        fields: list[str] = []

    def filter_due(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By the term that runs (the list's rows know it)."""
        today = timezone.localdate()
        return qs.filter(due_date__lt=today) if value == "late" else qs.filter(due_date__gte=today)


class LossFilter(KitFilterSet):
    unit = UnitFilter()
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=LossState, distinct=False)
    happened = DateRangeFilter(label="Ngày phát hiện", field_name="happened_on")
    own = OneUnitFilter()

    class Meta:
        model = LossReport
        fields: list[str] = []


class ProcedureFilter(KitFilterSet):
    procedure = django_filters.ChoiceFilter(label="Việc", choices=Procedure.choices)
    day = django_filters.ChoiceFilter(
        label="Hiệu lực", choices=[("now", "Đang áp dụng"), ("past", "Đã hết hiệu lực")], method="filter_day"
    )

    class Meta:
        model = ProcedureRule
        fields: list[str] = []

    def filter_day(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """Whether it holds today."""
        today = timezone.localdate()
        if value == "past":
            return qs.filter(valid_to__lt=today)
        return qs.exclude(valid_to__lt=today).filter(valid_from__lte=today)
