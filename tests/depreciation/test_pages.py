"""Pages of the circulars, and the wear of a device on its page."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from equipment.models import Category, DepreciationRate, DepreciationRegime, Equipment
from tests import world as w
from tests.depreciation import support as s
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db
RATES, REGIMES = "/quan-tri/danh-muc/hao-mon/", "/quan-tri/danh-muc/hao-mon/che-do/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 21), tick=False):
        yield


@pytest.fixture
def device(world) -> Equipment:
    s.both(world.desktop)
    made = taken_in(world, world.nghiepvu_badinh, ["A1"], handover_date=date(2023, 3, 20), late_reason="Chậm")
    return w.devices(made)[0]


def test_the_tab_tells_every_year_to_the_end_of_the_life(device, world, person):
    page = person(world.tracuu_badinh).get(f"/thiet-bi/{device.code}/?tab=hao-mon")
    assert [row[0] for row in page.rows] == ["2023", "2024", "2025", "2026", "2027"]
    assert page.rows[2][1:] == [
        "14.500.000 đ", "2.900.000 đ", "8.700.000 đ", "5.800.000 đ", "TT23-2023", "Tính hao mòn",
    ]  # fmt: skip
    assert page.rows[3][5:] == ["TT141-2025", "Tính hao mòn (dự tính)"]
    for words in ("Đến hết năm 2025", "5 năm", "20 %", "Phụ lục"):
        assert words in page.main


def test_a_year_may_be_chosen(device, world, person):
    page = person(world.nghiepvu_badinh).get(f"/thiet-bi/{device.code}/?tab=hao-mon&wear=2030")
    assert "Đến hết năm 2030 (dự tính)" in page.main
    assert "Đã hao mòn hết" in page.main
    assert (page.rows[-1][0], page.rows[-1][-1]) == ("2030", "Đã hao mòn hết (dự tính)")
    early = person(world.nghiepvu_badinh).get(f"/thiet-bi/{device.code}/?tab=hao-mon&wear=2020")
    assert "không có trên sổ vào tháng 12 năm 2020" in early.main


def test_below_the_line_and_without_a_rate_it_says_so(world, person):
    by = world.nghiepvu_badinh
    (item,) = w.devices(taken_in(world, by, ["A1"], line={"unit_price": 9_000_000}))
    assert "chưa có tỷ lệ hao mòn trong danh mục" in person(by).get(f"/thiet-bi/{item.code}/?tab=hao-mon").main
    s.both(world.desktop)
    page = person(by).get(f"/thiet-bi/{item.code}/?tab=hao-mon&wear=2026")
    assert "Dưới mức tài sản cố định, chỉ theo dõi" in page.main
    assert "Giá trị còn lại 9" not in page.main


def test_the_paper_of_a_device_has_its_wear(device, world, client_of):
    response = client_of(world.nghiepvu_badinh).get(f"/thiet-bi/{device.code}/?in=pdf")
    assert response.status_code == 200


@pytest.mark.dieu("14.3")
def test_everybody_reads_and_it_center_writes(device, world, person, client_of):
    line = DepreciationRate.objects.first()
    reader = person(world.nghiepvu_badinh)
    assert len(reader.get(RATES).rows) == 2
    assert len(reader.get(f"{RATES}?regime=TT141-2025&category=MAY_TINH").rows) == 1
    assert "Tính lại mức hao mòn" in reader.get(REGIMES).main
    for url in (f"{RATES}{line.pk}/", f"{REGIMES}{line.regime_id}/"):
        page = reader.get(url)
        assert page.status == 200
        assert "Sửa" not in page.buttons()
        assert "Sửa" in person(world.admin1).get(url).buttons()
        assert client_of(world.nghiepvu_badinh).get(f"{url}sua/").status_code == 403
    assert client_of(world.admin2_hanoi).post(f"{RATES}moi/").status_code == 403


def test_a_rate_is_changed_with_its_history(device, world, person):
    line = DepreciationRate.objects.get(regime__code="TT23-2023")
    admin = person(world.admin1)
    page = admin.fill(f"{RATES}{line.pk}/sua/", life_years="8", rate="12,5", threshold="30.000.000")
    assert "Đã lưu" in page.main or page.status == 200
    line.refresh_from_db()
    assert (line.life_years, line.rate, line.threshold, line.version) == (8, Decimal("12.5"), 30_000_000, 2)
    assert "12,5 %" in admin.get(f"{RATES}{line.pk}/").main
    assert "Tỷ lệ hao mòn" in admin.get(f"{RATES}{line.pk}/?tab=dien-bien").main


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"life_years": ""}, "life_years"), ({"rate": ""}, "rate"), ({"rate": "0"}, "rate"), ({"rate": "101"}, "rate"),
     ({"life_years": "0"}, "life_years"), ({"life_years": "51"}, "life_years"), ({"threshold": "-1"}, "threshold"),
     ({"source": ""}, "source")],
)  # fmt: skip
def test_a_rate_that_cannot_be_is_refused(device, world, person, typed, field):
    line = DepreciationRate.objects.first()
    page = person(world.admin1).fill(f"{RATES}{line.pk}/sua/", **typed)
    assert page.status == 422
    assert page.errors(field)
    assert DepreciationRate.objects.get(pk=line.pk).version == 1


def test_both_may_stay_open(device, world, person):
    line = DepreciationRate.objects.first()
    assert person(world.admin1).fill(f"{RATES}{line.pk}/sua/", life_years="", rate="").status == 200
    assert DepreciationRate.objects.get(pk=line.pk).rate is None


def test_a_stale_form_is_told_what_changed(device, world, person):
    line = DepreciationRate.objects.first()
    admin = person(world.admin1)
    url = f"{RATES}{line.pk}/sua/"
    old = admin.get(url).form()
    admin.fill(url, life_years="6")
    page = admin.post(url, old | {"life_years": "7"})
    assert page.status == 422
    assert "Nội dung bạn nhập vẫn còn nguyên" in page.main


def test_a_line_stands_once_in_a_circular(device, world, person):
    admin, regime = person(world.admin1), DepreciationRegime.objects.first()
    typed = {"regime": regime.pk, "life_years": "5", "rate": "20", "source": "Phụ lục"}
    again = admin.fill(f"{RATES}moi/", category=world.desktop.pk, **typed)
    assert again.status == 422
    assert "đã có dòng" in again.errors("category")
    group = Category.objects.get(code="MAY_TINH")
    assert admin.fill(f"{RATES}moi/", category=group.pk, **typed).status == 200
    assert DepreciationRate.objects.filter(category=group, regime=regime).exists()


def test_a_new_circular_brings_the_lines_of_the_one_before(device, world, person):
    admin = person(world.admin1)
    last = DepreciationRegime.objects.get(code="TT141-2025")
    typed = {"code": "TT9-2030", "valid_from": "01/01/2030", "source": "Thông tư 9/2030/TT-BTC"}
    page = admin.fill(f"{REGIMES}moi/", **typed)
    assert page.status == 422
    assert "TT141-2025" in page.errors("valid_from")
    admin.fill(reverse("catalogue:regime_edit", args=[last.pk]), valid_to="31/12/2029")
    page = admin.fill(f"{REGIMES}moi/", **typed)
    assert len(page.rows) == 1
    made = DepreciationRate.objects.get(regime__code="TT9-2030")
    assert (made.life_years, made.rate, made.category) == (5, 20, world.desktop)
    assert "chép từ TT141-2025, cần đối chiếu" in made.source
    assert DepreciationRate.objects.count() == 3


def test_days_of_a_circular_in_order(device, world, person):
    regime = DepreciationRegime.objects.get(code="TT23-2023")
    page = person(world.admin1).fill(f"{REGIMES}{regime.pk}/sua/", valid_to="01/01/2014")
    assert page.status == 422
    assert page.errors("valid_to")
    assert person(world.admin1).fill(f"{REGIMES}moi/", code="TT23-2023", valid_from="01/01/2001", valid_to="31/12/2001",
                                     source="x").errors("code")  # fmt: skip
