"""Filters of the lists of accounts."""

import django_filters

from accounts.models import User
from accounts.rules import Kind
from orgs.filters import OneUnitFilter, UnitFilter
from ui.filters import KitFilterSet


class AccountFilter(KitFilterSet):
    unit = UnitFilter()
    own = OneUnitFilter()
    kind = django_filters.MultipleChoiceFilter(label="Loại tài khoản", choices=Kind, distinct=False)
    never = django_filters.BooleanFilter(label="Chưa đăng nhập lần nào", field_name="last_login", lookup_expr="isnull")

    class Meta:
        model = User
        fields: list[str] = []
