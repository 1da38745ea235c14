"""Filters of the lists of obligations and of notes about them."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from deadlines.models import Obligation, Urging
from deadlines.policies import own_units
from deadlines.querysets import standing_so
from deadlines.rules import Kind
from deadlines.rules.standings import Stand
from orgs.filters import LevelFilter, OneUnitFilter, UnitFilter
from ui.filters import DateRangeFilter, KitFilterSet

MINE, BELOW = "toi", "duoi"
SENT, RECEIVED = "gui", "nhan"


class ObligationFilter(KitFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label="Trạng thái", choices=Stand, distinct=False, method="filter_state"
    )
    kind = django_filters.MultipleChoiceFilter(label="Việc phải làm", choices=Kind, distinct=False)
    side = django_filters.ChoiceFilter(
        label="Phạm vi",
        choices=[(MINE, "Đơn vị tôi"), (BELOW, "Đơn vị cấp dưới")],
        method="filter_side",
    )
    unit = UnitFilter()
    own = OneUnitFilter()
    level = LevelFilter()
    due = DateRangeFilter(label="Hạn", field_name="due_date")
    start = DateRangeFilter(label="Tính từ ngày", field_name="start_date")

    class Meta:
        model = Obligation
        fields: list[str] = []

    def filter_state(self, qs: QuerySet, _name: str, value: list[str]) -> QuerySet:
        today, wanted = timezone.localdate(), Q()
        for stand in value:
            wanted |= standing_so(Stand(stand), today)
        return qs.filter(wanted)

    def filter_side(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        own = Q(unit__in=own_units(self.request.user))
        return qs.filter(own if value == MINE else ~own)


class UrgingFilter(KitFilterSet):
    side = django_filters.ChoiceFilter(
        label="Chiều",
        choices=[(SENT, "Đã đôn đốc"), (RECEIVED, "Được đôn đốc")],
        method="filter_side",
    )
    answered = django_filters.BooleanFilter(label="Đã phản hồi", method="filter_answered")
    day = DateRangeFilter(label="Ngày đôn đốc", field_name="created_at__date")

    class Meta:
        model = Urging
        fields: list[str] = []

    def filter_side(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        """As seen from the person's own unit and those for which it records."""
        own = own_units(self.request.user)
        return qs.filter(Q(unit__in=own) if value == SENT else Q(target__in=own))

    def filter_answered(self, qs: QuerySet, _name: str, value: bool) -> QuerySet:  # noqa: FBT001 - the library's call
        return qs.filter(answers__gt=0) if value else qs.filter(answers=0)
