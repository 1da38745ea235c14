"""What narrows the lists behind the figures."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from equipment.filters import CategoryFilter
from equipment.models import LedgerEntry
from equipment.rules.lifecycle import Condition, EntryKind, Status
from orgs.filters import LevelFilter, OneUnitFilter, UnitFilter
from reports.queries.asof import held_on, of_flow, of_life, with_state
from reports.rules.annual import DECREASES, FLOWS, INCREASES
from ui.filters import DateFilter, DateRangeFilter, KitFilterSet

FLOW_CHOICES = [
    ("up", "Mọi khoản tăng"),
    *((name, f"Tăng: {FLOWS[name].lower()}") for name in INCREASES),
    ("down", "Mọi khoản giảm"),
    *((name, f"Giảm: {FLOWS[name].lower()}") for name in DECREASES),
]
LIVES = [
    ("past", "Đã hết thời gian sử dụng"),
    ("past_in_use", "Đã hết thời gian sử dụng, còn dùng"),
    ("ending", "Năm cuối của thời gian sử dụng"),
    ("unstated", "Loại chưa quy định thời gian"),
]


class EntryFilter(KitFilterSet):
    unit = UnitFilter()
    own = OneUnitFilter()
    level = LevelFilter()
    category = CategoryFilter()
    flow = django_filters.ChoiceFilter(label="Nguyên nhân", choices=FLOW_CHOICES, method="filter_flow")
    kind = django_filters.MultipleChoiceFilter(label="Loại bút toán", choices=EntryKind, distinct=False)
    on = DateRangeFilter(label="Ngày hiệu lực", field_name="effective_date")

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def filter_flow(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By the column of the reports into which an entry goes."""
        return of_flow(qs, value, self.request.user)


class HeldFilter(KitFilterSet):
    """`day` first: what the others ask of a device is asked as of it; without it, as of today."""

    day = DateFilter(label="Tính đến hết ngày", method="filter_nothing")
    unit = UnitFilter()
    own = OneUnitFilter()
    category = CategoryFilter()
    status = django_filters.MultipleChoiceFilter(
        label="Trạng thái", choices=Status, field_name="then_status", distinct=False
    )
    condition = django_filters.MultipleChoiceFilter(
        label="Tình trạng", choices=Condition, field_name="then_condition", distinct=False
    )
    received = DateRangeFilter(label="Ngày tiếp nhận", field_name="then_received")
    life = django_filters.ChoiceFilter(label="Thời gian sử dụng", choices=LIVES, method="filter_life")

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """The devices of the day, with what they were then, before anything narrows them."""
        return super().filter_queryset(with_state(held_on(queryset, self.day_asked), self.day_asked))

    @property
    def day_asked(self) -> Any:
        """The day as of which devices are listed."""
        return self.form.cleaned_data.get("day") or timezone.localdate()

    def filter_nothing(self, qs: QuerySet, _name: str, _value: Any) -> QuerySet:
        """The day narrows before everything else."""
        return qs

    def filter_life(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By the age of a device against what its category stated then."""
        return of_life(qs, value, self.day_asked)
