"""Filters of the lists of papers and signers."""

import django_filters

from orgs.filters import UnitFilter
from signing.models import Paper, SignatureImage, SignerCertificate, TrustedAuthority
from signing.rules import PaperState, Step
from ui.filters import DateRangeFilter, KitFilterSet

ACTIVE = [("1", "Đang dùng"), ("0", "Đã ngừng dùng")]


class PaperFilter(KitFilterSet):
    state = django_filters.MultipleChoiceFilter(label="Trạng thái", choices=PaperState)
    unit = UnitFilter()
    created = DateRangeFilter(label="Ngày trình ký", field_name="created_at__date")

    class Meta:
        model = Paper
        fields: list[str] = []


class SignerFilter(KitFilterSet):
    step = django_filters.ChoiceFilter(label="Vai trò ký", choices=Step)
    active = django_filters.ChoiceFilter(label="Tình trạng", choices=ACTIVE, field_name="active")
    unit = UnitFilter()

    class Meta:
        model = SignerCertificate
        fields: list[str] = []


class ImageFilter(KitFilterSet):
    step = django_filters.ChoiceFilter(label="Dùng cho", choices=Step)
    active = django_filters.ChoiceFilter(label="Tình trạng", choices=ACTIVE, field_name="active")
    unit = UnitFilter()

    class Meta:
        model = SignatureImage
        fields: list[str] = []


class AuthorityFilter(KitFilterSet):
    active = django_filters.ChoiceFilter(label="Tình trạng", choices=ACTIVE, field_name="active")

    class Meta:
        model = TrustedAuthority
        fields: list[str] = []
