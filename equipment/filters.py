"""Filters of the lists. Choices are of the person's own scope."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from equipment.models import Brand, Category, Equipment, EquipmentModel, Intake
from equipment.queries import open_intakes
from equipment.rules.lifecycle import Condition, FundSource, IntakeState, Status
from orgs.models import OrgUnit
from orgs.policies import visible_units
from ui.choices import SearchSelect
from ui.filters import DateRangeFilter, KitFilterSet


def _units(request: HttpRequest) -> QuerySet[OrgUnit]:
    return visible_units(request.user).agencies()


class UnitFilter(django_filters.ModelChoiceFilter):
    """A unit with everything below it, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Đơn vị (gồm cấp dưới)",
            queryset=_units,
            to_field_name="code",
            widget=SearchSelect("orgs:search"),
            **kwargs,
        )

    def filter(self, qs: QuerySet, value: OrgUnit | None) -> QuerySet:
        return qs.filter(unit__path__startswith=value.path) if value else qs


class CategoryFilter(django_filters.ModelChoiceFilter):
    """A category, or a group with all of its categories, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Loại", queryset=Category.objects.order_by("position"), to_field_name="code", **kwargs)

    def filter(self, qs: QuerySet, value: Category | None) -> QuerySet:
        if value is None:
            return qs
        if value.holds_equipment:
            return qs.filter(category=value)
        below = Category.objects.filter(parent=value) | Category.objects.filter(parent__parent=value)
        return qs.filter(category__in=below.values("pk"))


class EquipmentFilter(KitFilterSet):
    unit = UnitFilter()
    category = CategoryFilter()
    status = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=Status)
    condition = django_filters.MultipleChoiceFilter(label="Tình trạng", choices=Condition)
    brand = django_filters.ModelChoiceFilter(
        label="Hãng", field_name="model__brand", queryset=Brand.objects.order_by("name")
    )
    received = DateRangeFilter(label="Ngày tiếp nhận", field_name="received_on")
    intake = django_filters.CharFilter(label="Hồ sơ tiếp nhận", field_name="intake__number", lookup_expr="iexact")

    class Meta:
        model = Equipment
        fields: list[str] = []


class IntakeFilter(KitFilterSet):
    unit = UnitFilter()
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=IntakeState)
    due = django_filters.ChoiceFilter(
        label="Hạn cập nhật",
        choices=[("open", "Còn hạn"), ("late", "Quá hạn, chưa tiếp nhận"), ("was_late", "Đã tiếp nhận muộn")],
        method="filter_due",
    )
    fund_source = django_filters.ChoiceFilter(label="Nguồn kinh phí", choices=FundSource.choices)
    handover = DateRangeFilter(label="Ngày bàn giao", field_name="handover_date")

    class Meta:
        model = Intake
        fields: list[str] = []

    def filter_due(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By how the term of art. 7 stands."""
        if value == "was_late":
            return qs.filter(late=True)
        today = timezone.localdate()
        return qs.filter(pk__in=open_intakes(self.request.user, today, late=value == "late").values("pk"))


class _OpenFilter(django_filters.ChoiceFilter):
    """In use, or closed."""

    def __init__(self) -> None:
        super().__init__(label="Tình trạng", choices=[("open", "Đang dùng"), ("closed", "Ngừng dùng")])

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(closed_on__isnull=value == "open") if value else qs


class CategoryFilterSet(KitFilterSet):
    software = django_filters.BooleanFilter(label="Là phần mềm")
    open = _OpenFilter()

    class Meta:
        model = Category
        fields: list[str] = []


class BrandFilterSet(KitFilterSet):
    open = _OpenFilter()

    class Meta:
        model = Brand
        fields: list[str] = []


class ModelFilterSet(KitFilterSet):
    category = CategoryFilter()
    brand = django_filters.ModelChoiceFilter(label="Hãng", queryset=Brand.objects.order_by("name"))
    open = _OpenFilter()

    class Meta:
        model = EquipmentModel
        fields: list[str] = []
