"""Filters of the list of software."""

import django_filters
from django.db.models import QuerySet
from django.utils import timezone

from equipment.filters import CategoryFilter
from equipment.models import Equipment
from equipment.queries.software import overused, with_free_seats
from equipment.rules.licences import SOON_DAYS, Origin
from orgs.filters import OneUnitFilter, UnitFilter
from ui.filters import KitFilterSet

STATES = [
    ("over", "Vượt số bản quyền"),
    ("free", "Còn bản quyền"),
    ("soon", f"Hết hạn trong {SOON_DAYS} ngày"),
    ("expired", "Đã hết hạn"),
    ("unstated", "Chưa khai báo bản quyền"),
]


class SoftwareFilter(KitFilterSet):
    unit = UnitFilter()
    own = OneUnitFilter()
    category = CategoryFilter()
    state = django_filters.ChoiceFilter(label="Bản quyền", choices=STATES, method="filter_state")
    origin = django_filters.ChoiceFilter(label="Nguồn gốc", field_name="licence__origin", choices=Origin.choices)

    class Meta:
        model = Equipment
        fields: list[str] = []

    def filter_state(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """By how the licence stands today."""
        today = timezone.localdate()
        if value == "over":
            return overused(qs)
        if value == "free":
            return with_free_seats(qs)
        if value == "unstated":
            return qs.filter(licence__isnull=True)
        if value == "expired":
            return qs.filter(licence__expires_on__lt=today)
        return qs.licence_ending(today)  # type: ignore[attr-defined]  # devices
