"""Filters of the lists. Choices are of the person's own scope."""

from abc import abstractmethod
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from core.http import Request
from equipment.models import Brand, Category, Equipment, EquipmentModel, Intake
from equipment.queries import open_intakes
from equipment.rules.lifecycle import Condition, FundSource, IntakeState, Status
from orgs.models import OrgUnit, OrgUnitQuerySet
from orgs.policies import visible_units
from ui.choices import LongSelect, SearchSelect
from ui.filters import DateRangeFilter, KitFilterSet


def _units(request: Request) -> OrgUnitQuerySet:
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
        if value is None:
            return qs
        below = OrgUnit.objects.agencies().filter(path__startswith=value.path)
        return qs.filter(unit__in=list(below.values_list("pk", flat=True)))


class ListedFilter(django_filters.ChoiceFilter):
    """A choice from a short table, which is read once for each list: to check, to name the chip, to draw."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=LongSelect, **kwargs)

    @abstractmethod
    def listed(self) -> list[tuple[Any, str]]:
        """The choices. One query."""

    @property
    def field(self) -> Any:
        if not hasattr(self, "_field"):
            self.extra["choices"] = self.listed()
        return super().field


class CategoryFilter(ListedFilter):
    """A category, or a group with all of its categories, by its code."""

    def __init__(self) -> None:
        super().__init__(label="Loại")

    def listed(self) -> list[tuple[Any, str]]:
        self.rows = list(Category.objects.order_by("position").values_list("pk", "code", "name", "parent"))
        return [(code, name) for _, code, name, _ in self.rows]

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        chosen = {pk for pk, code, _, _ in self.rows if code == value}
        while below := {pk for pk, _, _, parent in self.rows if parent in chosen} - chosen:
            chosen |= below
        return qs.filter(category__in=chosen)


class BrandFilter(ListedFilter):
    """A brand by its key."""

    def __init__(self, field_name: str) -> None:
        super().__init__(label="Hãng", field_name=field_name)

    def listed(self) -> list[tuple[Any, str]]:
        return list(Brand.objects.order_by("name").values_list("pk", "name"))


class EquipmentFilter(KitFilterSet):
    unit = UnitFilter()
    category = CategoryFilter()
    status = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=Status, distinct=False)
    condition = django_filters.MultipleChoiceFilter(label="Tình trạng", choices=Condition, distinct=False)
    brand = BrandFilter("model__brand")
    received = DateRangeFilter(label="Ngày tiếp nhận", field_name="received_on")
    intake = django_filters.CharFilter(label="Hồ sơ tiếp nhận", field_name="intake__number", lookup_expr="iexact")

    class Meta:
        model = Equipment
        fields: list[str] = []


class IntakeFilter(KitFilterSet):
    unit = UnitFilter()
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=IntakeState, distinct=False)
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
    brand = BrandFilter("brand")
    open = _OpenFilter()

    class Meta:
        model = EquipmentModel
        fields: list[str] = []
