"""The wear of devices as the database knows them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.scope import elevated, entered
from equipment.models import Category, DepreciationRate, Equipment
from equipment.queries.depreciation import Figures, figures_of, schedule_of
from equipment.rules.depreciation import Basis
from equipment.rules.lifecycle import Status
from tests import world as w
from tests.depreciation import support as s
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(world) -> Equipment:
    """Received in March 2023 for 14,500,000 đồng."""
    s.both(world.desktop)
    made = taken_in(world, world.nghiepvu_badinh, ["A1"], handover_date=date(2023, 3, 20), late_reason="Chậm")
    return w.devices(made)[0]


def amounts(figures: Figures) -> tuple:
    return figures.original, figures.accumulated, figures.residual


def test_the_figures_of_a_device(device):
    found = figures_of([device], on=date(2026, 11, 21))
    assert list(found) == [device.pk]
    assert amounts(found[device.pk]) == (14_500_000, 8_700_000, 5_800_000)
    assert (found[device.pk].regime, found[device.pk].year) == ("TT23-2023", 2025)
    assert amounts(figures_of([device], on=date(2026, 12, 31))[device.pk]) == (14_500_000, 11_600_000, 2_900_000)


def test_no_device_costs_no_query():
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert figures_of([], on=date(2026, 1, 1)) == {}
    assert len(asked) == 0


def test_queries_are_constant_in_devices(world, device):
    taken_in(world, world.nghiepvu_badinh, [f"B{n}" for n in range(30)])
    counts = []
    for devices in ([device], list(Equipment.objects.all())):
        with CaptureQueriesContext(connection) as asked:
            assert len(figures_of(devices, on=date(2026, 12, 31))) == len(devices)
        counts.append(len(asked))
    assert counts == [4, 4]


def test_the_rate_of_the_nearest_group_holds(world, device):
    group = Category.objects.get(code="MAY_TINH")
    DepreciationRate.objects.update(category=group)
    assert figures_of([device], on=date(2026, 12, 31))[device.pk].accumulated == 11_600_000
    s.rate(DepreciationRate.objects.first().regime, world.desktop, None, None)
    assert [year.basis for year in schedule_of(device, until=2024)] == [Basis.UNRATED] * 2


def test_without_any_regime_nothing_is_counted(world):
    made = taken_in(world, world.nghiepvu_badinh, ["A1"], handover_date=date(2023, 3, 20), late_reason="Chậm")
    (figures,) = figures_of(w.devices(made), on=date(2026, 12, 31)).values()
    assert (figures.basis, amounts(figures), figures.counted) == (Basis.UNRATED, (14_500_000, 0, 14_500_000), False)


def test_years_before_all_regimes_go_by_the_oldest(world, device):
    regime = DepreciationRate.objects.order_by("regime__valid_from").first().regime
    regime.valid_from = date(2024, 6, 1)
    regime.save()
    assert [year.regime for year in schedule_of(device, until=2024)] == ["TT23-2023"] * 2


def test_the_receiver_counts_from_the_books_of_the_giver_without_reading_them(world, device):
    on = date(2025, 4, 2)
    s.entry(device, "value_change", date(2024, 5, 1), 3_500_000)
    s.entry(device, "transfer_out", on, -18_000_000, -1)
    s.entry(device, "transfer_in", on, 18_000_000, 1, unit=world.units["01.002"])
    device.unit, device.original_price = world.units["01.002"], 18_000_000
    device.save()
    with elevated("test"):
        expected = figures_of([device], on=date(2026, 12, 31))[device.pk]
    assert expected.accumulated == 2_900_000 + 3_600_000 * 2 + (18_000_000 - 10_100_000 + 1) // 3
    for reader in (world.nghiepvu_hoankiem, world.tracuu_hanoi, world.ttcntt):
        with entered(reader.scope):
            assert figures_of([device], on=date(2026, 12, 31))[device.pk] == expected


@pytest.mark.dieu("6")
@pytest.mark.parametrize("who", ["nghiepvu_hoankiem", "nghiepvu_danang", "vanphong"])
def test_who_does_not_read_the_device_learns_nothing_of_its_books(world, device, who):
    with entered(getattr(world, who).scope), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM equipment_books(%s)", [[device.pk]])
        assert cursor.fetchall() == []
        assert figures_of([device], on=date(2026, 12, 31))[device.pk].basis == Basis.OFF_BOOKS


def test_what_waits_for_its_disposal_broken_stops_from_that_day(device):
    device.status, device.condition = Status.PENDING_DISPOSAL, "poor"
    device.save()
    device.history.filter(status=Status.PENDING_DISPOSAL).update(history_date="2025-05-05T10:00:00+07:00")
    basis = {year.year: year.basis for year in schedule_of(device, until=2026)}
    assert basis == {2023: Basis.COUNTED, 2024: Basis.COUNTED, 2025: Basis.BROKEN, 2026: Basis.BROKEN}
    device.condition = "good"
    device.save()
    assert {year.basis for year in schedule_of(device, until=2026)} == {Basis.COUNTED}
