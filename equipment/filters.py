"""Filters of the lists. Choices are of the person's own scope."""

from abc import abstractmethod
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from equipment.models import (
    Assignment,
    Brand,
    Category,
    Equipment,
    ImportBatch,
    Intake,
    Recovery,
    Tally,
)
from equipment.queries import open_intakes
from equipment.rules.assignment import AssignmentKind, RecoveryReason
from equipment.rules.figures import OFF_THE_BOOKS, ON_THE_BOOKS, Books, Life, first_day, first_year_within
from equipment.rules.imports import ImportState
from equipment.rules.lifecycle import Condition, FundSource, IntakeState, Status
from equipment.rules.warranty import ENDING_DAYS, SUPPORT_DAYS
from orgs.filters import LevelFilter, OneUnitFilter, UnitFilter
from ui.choices import LongSelect
from ui.filters import DateRangeFilter, KitFilterSet

WEAR_AHEAD, WEAR_SINCE = 10, 2005


class LifeFilter(django_filters.ChoiceFilter):
    """Age against the years of use that the category states."""

    def __init__(self) -> None:
        super().__init__(label="Thời gian sử dụng", choices=Life.choices)

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        categories: dict[int | None, list[int]] = {}
        for pk, years in Category.objects.order_by().values_list("pk", "life_years"):
            categories.setdefault(years, []).append(pk)
        unstated = categories.pop(None, [])
        if value == Life.UNSTATED:
            return qs.filter(category__in=unstated)
        wanted, this_year = Q(pk__in=[]), timezone.localdate().year
        for years, keys in categories.items():
            from_day = first_day(first_year_within(years or 0, this_year))
            age = Q(received_on__lt=from_day) if value == Life.PAST else Q(received_on__gte=from_day)
            wanted |= Q(category__in=keys) & age
        return qs.filter(wanted)


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


def wear_years() -> list[tuple[int, str]]:
    """Years for which wear may be asked, the next ones first."""
    this_year = timezone.localdate().year
    return [(year, str(year)) for year in range(this_year + WEAR_AHEAD, WEAR_SINCE - 1, -1)]


def wear_year(data: QueryDict) -> int | None:
    """The year that a list was asked for; None for that which is closed."""
    asked = data.get("wear", "")
    return next((year for year, text in wear_years() if text == asked), None)


class EquipmentFilter(KitFilterSet):
    unit = UnitFilter()
    category = CategoryFilter()
    status = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=Status, distinct=False)
    condition = django_filters.MultipleChoiceFilter(label="Tình trạng", choices=Condition, distinct=False)
    brand = BrandFilter("model__brand")
    received = DateRangeFilter(label="Ngày tiếp nhận", field_name="received_on")
    life = LifeFilter()
    books = django_filters.ChoiceFilter(label="Sổ sách", choices=Books.choices, method="filter_books")
    ending = django_filters.ChoiceFilter(
        label="Sắp hết hạn",
        choices=[
            ("warranty", f"Bảo hành, trong {ENDING_DAYS} ngày"),
            ("support", f"Hỗ trợ của nhà sản xuất, trong {SUPPORT_DAYS} ngày"),
        ],
        method="filter_ending",
    )
    level = LevelFilter()
    own = OneUnitFilter()
    intake = django_filters.CharFilter(label="Hồ sơ tiếp nhận", field_name="intake__number", lookup_expr="iexact")
    batch = django_filters.CharFilter(label="Đợt nhập", field_name="batch__number", lookup_expr="iexact")
    twice = django_filters.ChoiceFilter(
        label="Nghi trùng lặp",
        choices=[("card", "Trùng số thẻ tài sản trong đơn vị"), ("serial", "Trùng số máy giữa các đơn vị")],
        method="filter_twice",
    )
    wear = django_filters.ChoiceFilter(label="Tính hao mòn đến hết năm", choices=wear_years, method="filter_nothing")

    class Meta:
        model = Equipment
        fields: list[str] = []

    def filter_nothing(self, qs: QuerySet, _name: str, _value: str) -> QuerySet:
        """The year narrows nothing: the columns of wear are counted for it."""
        return qs

    def filter_twice(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """On the books, and there is another one like it among what the person sees."""
        return qs.repeated_cards() if value == "card" else qs.repeated_serials(self.request.user)  # type: ignore[attr-defined]  # devices

    def filter_ending(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """On the books, and the warranty or the maker's support ends soon."""
        today = timezone.localdate()
        return qs.warranty_ending(today) if value == "warranty" else qs.support_ending(today)  # type: ignore[attr-defined]  # devices

    def filter_books(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By whether the device is still on the books of a unit."""
        return qs.filter(status__in=ON_THE_BOOKS if value == Books.ON else OFF_THE_BOOKS)


TALLIED = frozenset({"unit", "category", "status", "condition", "received", "life", "books", "level", "own", "wear"})
"""The filters that the tally can answer: its lines have the same fields, but only the year of receipt."""


def tallied(filters: EquipmentFilter) -> int | None:
    """How many devices visible to the person the filters let through, where the tally knows."""
    on = {name: value for name, value in filters.form.cleaned_data.items() if value}
    if not TALLIED.issuperset(on) or not whole_years(on.get("received")):
        return None
    return filters.filter_queryset(Tally.objects.visible_to(filters.request.user)).devices()


def whole_years(days: slice | None) -> bool:
    """Whether the days are from the first of a year to the last of one."""
    first, last = (days.start, days.stop) if days else (None, None)
    return (not first or (first.day, first.month) == (1, 1)) and (not last or (last.day, last.month) == (31, 12))


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
    own = OneUnitFilter()
    papers = django_filters.ChoiceFilter(
        label="Tài liệu", choices=[("lacking", "Còn thiếu hợp đồng, giấy phép (Điều 7)")], method="filter_papers"
    )

    class Meta:
        model = Intake
        fields: list[str] = []

    def filter_papers(self, qs: QuerySet, _name: str, _value: str) -> QuerySet:
        """Confirmed without all the papers that art. 7 names."""
        return qs.lacking_papers()  # type: ignore[attr-defined]  # intakes

    def filter_due(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By how the term of art. 7 stands."""
        if value == "was_late":
            return qs.filter(late=True)
        today = timezone.localdate()
        return qs.filter(pk__in=open_intakes(self.request.user, today, late=value == "late").values("pk"))


class AssignmentFilter(KitFilterSet):
    unit = UnitFilter()
    kind = django_filters.ChoiceFilter(label="Loại", choices=AssignmentKind.choices)
    on = DateRangeFilter(label="Ngày", field_name="on")
    above_norm = django_filters.BooleanFilter(label="Vượt định mức")

    class Meta:
        model = Assignment
        fields: list[str] = []


class RecoveryFilter(KitFilterSet):
    unit = UnitFilter()
    open = django_filters.ChoiceFilter(
        label="Tình hình", choices=[("open", "Chưa xong"), ("done", "Đã xong")], method="filter_open"
    )
    reason = django_filters.ChoiceFilter(label="Lý do", choices=RecoveryReason.choices)

    class Meta:
        model = Recovery
        fields: list[str] = []

    def filter_open(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By whether everything has been got back."""
        return qs.filter(closed_on__isnull=value == "open")


class ImportFilter(KitFilterSet):
    unit = UnitFilter()
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=ImportState, distinct=False)
    created = DateRangeFilter(label="Ngày tải lên", field_name="created_at__date")

    class Meta:
        model = ImportBatch
        fields: list[str] = []
