"""Filters of the list of requests."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from orgs.filters import UnitFilter
from orgs.models import OrgUnit, OrgUnitQuerySet
from orgs.rules import UnitKind
from support.models import SupportRequest
from support.queries import WHO, FirstAnswer, by_first_answer, whose
from support.rules import Priority, State, Topic
from ui.choices import LongSelect
from ui.filters import DateRangeFilter, KitFilterSet


def _handlers(_request: Any) -> OrgUnitQuerySet:
    """Units that may answer. Names of units are shared catalogue."""
    found: OrgUnitQuerySet = OrgUnit.objects.agencies().filter(Q(kind=UnitKind.PROVINCE) | Q(nationwide=True))
    return found


class HandlerFilter(django_filters.ModelChoiceFilter):
    """A unit that answers, by its code."""

    def __init__(self, label: str, field_name: str) -> None:
        super().__init__(
            label=label,
            field_name=field_name,
            queryset=_handlers,
            to_field_name="code",
            empty_label="— Chọn —",
            widget=LongSelect,
        )


class RequestFilter(KitFilterSet):
    who = django_filters.ChoiceFilter(label="Của ai", choices=WHO, method="filter_who")
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=State, distinct=False)
    late = django_filters.ChoiceFilter(label="Hạn", choices=[("1", "Quá hạn trả lời")], method="filter_late")
    topic = django_filters.ChoiceFilter(label="Chủ đề", choices=Topic)
    priority = django_filters.ChoiceFilter(label="Ưu tiên", choices=Priority)
    unit = UnitFilter()
    handler = HandlerFilter("Đơn vị trả lời", "partner")
    first_handler = HandlerFilter("Đơn vị trả lời lần đầu", "first_handler")
    first = django_filters.ChoiceFilter(label="Trả lời lần đầu", choices=FirstAnswer, method="filter_first")
    created = DateRangeFilter(label="Ngày gửi", field_name="created_at__date")

    class Meta:
        model = SupportRequest
        fields: list[str] = []

    def filter_who(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        return whose(qs, value, self.request.user)

    def filter_late(self, qs: QuerySet, _name: str, _value: str) -> QuerySet:
        late: QuerySet = qs.late(timezone.now())  # type: ignore[attr-defined]  # a queryset of requests
        return late

    def filter_first(self, qs: QuerySet, _name: str, value: str) -> QuerySet:
        return by_first_answer(qs, value, timezone.now())
