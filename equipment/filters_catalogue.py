"""Filters of the lists of the shared catalogue: categories, brands, models, rates of wear."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from equipment.filters import BrandFilter, CategoryFilter, ListedFilter
from equipment.models import Brand, Category, DepreciationRate, DepreciationRegime, EquipmentModel
from ui.filters import KitFilterSet


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
    brand = BrandFilter("brand")
    open = _OpenFilter()

    class Meta:
        model = EquipmentModel
        fields: list[str] = []


class RegimeFilter(ListedFilter):
    """A circular on wear, by its sign."""

    def __init__(self) -> None:
        super().__init__(label="Chế độ", field_name="regime__code")

    def listed(self) -> list[tuple[Any, str]]:
        return [
            (code, code) for code in DepreciationRegime.objects.order_by("-valid_from").values_list("code", flat=True)
        ]


class RateFilterSet(KitFilterSet):
    regime = RegimeFilter()
    category = CategoryFilter()

    class Meta:
        model = DepreciationRate
        fields: list[str] = []
