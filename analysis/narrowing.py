"""What narrows a pivot: the filters of the lists that its numbers lead to, so that both mean the same."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from analysis.rules.periods import Recent, days_of
from deadlines.filters import ObligationFilter
from equipment.filters import EquipmentFilter
from repairs.filters import CostFilter
from reports.filters import EntryFilter

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


class BooksFilter(EntryFilter):
    """Lines of the books."""

    flow = None
    recent = RecentFilter("effective_date")


class RepairCostFilter(CostFilter):
    recent = RecentFilter("repair__returned_on")


class DutyFilter(ObligationFilter):
    side = None
    recent = RecentFilter("due_date")
