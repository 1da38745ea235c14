"""What narrows a pivot: the filters of the lists that its numbers lead to, so that both mean the same."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from analysis.rules.periods import Recent, days_of
from deadlines.filters import ObligationFilter
from equipment.filters import CategoryFilter, EquipmentFilter
from equipment.models import LedgerEntry
from equipment.rules.lifecycle import EntryKind
from orgs.filters import LevelFilter, OneUnitFilter, UnitFilter
from repairs.filters import CostFilter
from ui.filters import DateRangeFilter, KitFilterSet

RECENT = "recent"


class RecentFilter(django_filters.ChoiceFilter):
    """A year, quarter or month counted from today, so that what is saved goes with the time."""

    def __init__(self, field_name: str) -> None:
        super().__init__(label="Kỳ", field_name=field_name, choices=Recent.choices, empty_label="Mọi kỳ")

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        if not value:
            return qs
        return qs.filter(**{f"{self.field_name}__range": days_of(Recent(value), timezone.localdate())})


class DeviceFilter(EquipmentFilter):
    """Without what a dossier or a term is looked up by."""

    ending = intake = batch = wear = None


class EntryFilter(KitFilterSet):
    """Lines of the books."""

    recent = RecentFilter("effective_date")
    effective = DateRangeFilter(label="Ngày hiệu lực", field_name="effective_date")
    kind = django_filters.MultipleChoiceFilter(label="Loại bút toán", choices=EntryKind, distinct=False)
    side = django_filters.ChoiceFilter(
        label="Tăng, giảm", choices=[("in", "Tăng số lượng"), ("out", "Giảm số lượng")], method="filter_side"
    )
    category = CategoryFilter()
    unit = UnitFilter()
    own = OneUnitFilter()
    level = LevelFilter()

    class Meta:
        model = LedgerEntry
        fields: list[str] = []

    def filter_side(self, qs: QuerySet, _name: str, value: Any) -> QuerySet:
        """What came onto the books, or went off them."""
        return qs.filter(quantity__gt=0) if value == "in" else qs.filter(quantity__lt=0)


class RepairCostFilter(CostFilter):
    recent = RecentFilter("repair__returned_on")


class DutyFilter(ObligationFilter):
    side = None
    recent = RecentFilter("due_date")
