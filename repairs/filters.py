"""Filters of the lists of repairs. Choices are of the person's own scope."""

from functools import cached_property
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet, Value
from django.utils import timezone

from equipment.filters import CategoryFilter
from equipment.models import Equipment
from orgs.filters import LevelFilter, OneUnitFilter, UnitFilter
from repairs.models import Repair, RepairLine
from repairs.queries import Starts, due_since, starts, with_category
from repairs.rules.flow import Place, RepairKind, RepairState, Result
from repairs.watches import upkeep_parts
from ui.filters import DateFilter, DateRangeFilter, KitFilterSet


class RepairFilter(KitFilterSet):
    unit = UnitFilter()
    own = OneUnitFilter()
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=RepairState, distinct=False)
    kind = django_filters.MultipleChoiceFilter(label="Loại việc", choices=RepairKind, distinct=False)
    sent_to = django_filters.ChoiceFilter(label="Nơi thực hiện", choices=Place.choices)
    overdue = django_filters.ChoiceFilter(
        label="Kéo dài",
        choices=[("late", "Quá hẹn chưa trả"), ("long", f"Mở quá {settings.WATCH_REPAIR_DAYS} ngày")],
        method="filter_overdue",
    )
    opened = DateRangeFilter(label="Ngày đánh giá", field_name="opened_on")

    class Meta:
        model = Repair
        fields: list[str] = []

    def filter_overdue(self, qs: Any, _name: str, value: str) -> QuerySet:
        """Sent and not back on the day that was agreed, or open for too long."""
        today = timezone.localdate()
        return qs.overdue(today) if value == "late" else qs.long_open(today, days=settings.WATCH_REPAIR_DAYS)


class DeviceCategoryFilter(CategoryFilter):
    """A category, or a group with all of its categories, of the device that was repaired."""

    def filter(self, qs: Any, value: str) -> QuerySet:
        return super().filter(with_category(qs), value) if value else qs


class CostFilter(KitFilterSet):
    unit = UnitFilter()
    category = DeviceCategoryFilter()
    supplier = django_filters.CharFilter(label="Nơi sửa chữa", field_name="repair__supplier")
    kind = django_filters.MultipleChoiceFilter(
        label="Loại việc", field_name="repair__kind", choices=RepairKind, distinct=False
    )
    result = django_filters.MultipleChoiceFilter(label="Kết quả", choices=Result, distinct=False)
    sent_to = django_filters.ChoiceFilter(label="Nơi thực hiện", field_name="repair__sent_to", choices=Place.choices)
    returned = DateRangeFilter(label="Ngày nhận lại", field_name="repair__returned_on")
    own = OneUnitFilter()
    level = LevelFilter()

    class Meta:
        model = RepairLine
        fields: list[str] = []


class UpkeepFilter(KitFilterSet):
    """Without a day: what is due today."""

    unit = UnitFilter()
    own = OneUnitFilter()
    category = CategoryFilter()
    by = DateFilter(label="Đến kỳ trước hoặc vào ngày", method="keep")

    class Meta:
        model = Equipment
        fields: list[str] = []

    def keep(self, qs: QuerySet, _name: str, _value: Any) -> QuerySet:
        """The day is applied to the whole, given or not."""
        return qs

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """What is due on the day that was asked for."""
        return due_since(super().filter_queryset(queryset), self.since, self.request.user)

    @cached_property
    def since(self) -> Starts:
        """What must have been before for an upkeep to be due on the day that was asked for."""
        return starts(self.form.cleaned_data.get("by") or timezone.localdate())

    def many(self) -> int:
        """How many devices these filters let through, reckoned from the parts of their number in one query."""
        parts = [
            super(UpkeepFilter, self)
            .filter_queryset(part.rows)
            .order_by()
            .values(part=Value(number))
            .annotate(many=part.many())
            .values_list("many", flat=True)
            for number, part in enumerate(upkeep_parts(self.since, self.request.user))
            if not part.rows.query.is_empty()
        ]
        return sum(many or 0 for many in parts[0].union(*parts[1:], all=True)) if parts else 0
