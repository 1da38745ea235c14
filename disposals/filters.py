"""Filters of the lists. Choices are of the person's own scope."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from disposals.models import Disposal, DisposalLine, LossReport, ProcedureRule
from disposals.rules.flow import Act, DisposalState, LossState, Method, Reason
from disposals.rules.procedure import Procedure
from equipment.filters import CategoryFilter
from orgs.filters import OneUnitFilter, UnitFilter
from ui.filters import DateRangeFilter, KitFilterSet


class DeviceCategoryFilter(CategoryFilter):
    """Dossiers with a device of this category, or of one below it."""

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """One with several such devices is one all the same."""
        if not value:
            return qs
        lines = DisposalLine.objects.visible_to(self.parent.request.user)
        return qs.filter(pk__in=super().filter(lines, value).values("disposal"))


class DisposalFilter(KitFilterSet):
    unit = UnitFilter()
    category = DeviceCategoryFilter()
    method = django_filters.ChoiceFilter(label="Hình thức", choices=Method.choices, method="filter_method")
    reason = django_filters.ChoiceFilter(label="Lý do", choices=Reason.choices, method="filter_reason")
    closed = DateRangeFilter(label="Ngày thực hiện xong", field_name="closed_on")
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

    def filter_method(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """With a device that goes this way: its own, or that of the dossier."""
        lines = DisposalLine.objects.visible_to(self.request.user)
        own = Q(method=value) | Q(method="", disposal__method=value)
        return qs.filter(pk__in=lines.filter(own).values("disposal"))

    def filter_reason(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """With a device that goes for this reason."""
        lines = DisposalLine.objects.visible_to(self.request.user)
        return qs.filter(pk__in=lines.filter(reason=value).values("disposal"))

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
