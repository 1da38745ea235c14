"""The circulars as the project's data has them."""

import itertools
from datetime import date
from decimal import Decimal

import pytest

from equipment.loading import load
from equipment.models import Category, DepreciationRate, DepreciationRegime
from equipment.queries.depreciation import Rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules() -> Rules:
    load()
    return Rules()


def test_every_day_since_2015_has_one_regime(rules):
    regimes = list(DepreciationRegime.objects.order_by("valid_from"))
    for before, after in itertools.pairwise(regimes):
        assert (after.valid_from - before.valid_to).days == 1
    assert (regimes[0].valid_from, regimes[-1].valid_to) == (date(2015, 1, 1), None)
    assert [regime.restates for regime in regimes] == [False, False, False, True]
    assert all(regime.source for regime in regimes)


def test_every_kind_of_hardware_has_a_line_in_every_year(rules):
    without = {
        category.code
        for category in Category.objects.filter(holds_equipment=True, software=False)
        for year in (2014, 2016, 2019, 2024, 2026, 2040)
        if not rules.of(category.pk)(year).rate
    }
    assert without == {"BM_TOKEN", "MAY_CHU_AO"}  # on loan; no asset


def test_software_waits_for_a_decision(rules):
    for category in Category.objects.filter(holds_equipment=True, software=True):
        terms = rules.of(category.pk)(2026)
        assert (terms.life, terms.rate, terms.threshold) == (None, None, 10_000_000)


@pytest.mark.parametrize(
    ("code", "life", "rate"),
    [("MAY_TINH_BAN", 5, "20"), ("MAY_PHOTO", 8, "12.5"), ("BM_FW", 5, "20"), ("PMC_DIEU_HOA", 8, "12.5"),
     ("MAY_IN_MAU", 5, "20"), ("NV_CAMERA_GS", 8, "12.5"), ("PMC_ON_AP", 8, "12.5"), ("NV_MAN_HINH", 5, "20")],
)  # fmt: skip
def test_a_kind_goes_by_its_line_or_that_of_its_group(rules, code, life, rate):
    terms = rules.of(Category.objects.get(code=code).pk)(2024)
    assert (terms.life, terms.rate) == (life, Decimal(rate))


def test_every_line_says_where_it_is_from_and_how_sure_that_is(rules):
    assert not DepreciationRate.objects.filter(source="").exists()
    assert not DepreciationRate.objects.filter(confidence="").exists()
    printer = DepreciationRate.objects.get(category__code="MAY_IN_N", regime__code="TT45-2018")
    assert "dòng “Máy in các loại”" in printer.source
    assert printer.confidence == "đã đối chiếu. Xếp loại: đúng tên dòng (máy in các loại)"
