"""Closing the books: what is asked for before, what is frozen, who is told what when two do it."""

import pytest
import time_machine

from core.errors import DomainError, SeveralProblemsError, StaleError
from core.models import Event
from equipment.models import PeriodLock
from tests.equipment.support import ready
from tests.yearend.closing import WHY, bought, closed, figures, report_of
from tests.yearend.support import drafted, in_year, last_year
from yearend.actions import locking
from yearend.queries.warnings import warnings_of
from yearend.rules import State

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


def test_a_lock_freezes_the_figures_and_closes_the_books(world):
    unit, by = world.units["01.001"], world.nghiepvu_badinh
    bought(world, by, ["A1", "A2"])
    now = figures(unit)[unit.pk]
    report = closed(unit, by, reason="")
    assert report.state == State.LOCKED
    assert report.edition.edition == 1
    assert report.edition.figures["own"] == now
    assert now["MAY_TINH_BAN"]["closing_quantity"] == 2
    (lock,) = PeriodLock.objects.all()
    assert (lock.unit, lock.year, lock.closed_until, lock.locked_by) == (unit, last_year(), in_year(12, 31), by)
    assert Event.objects.filter(kind="annual.locked", unit=unit, actor=by).count() == 1


def test_not_before_the_year_is_over(world):
    report = report_of(world.units["01.001"])
    with time_machine.travel(in_year(12, 31)), pytest.raises(DomainError, match="chưa hết") as refused:
        locking.lock(report, by=world.nghiepvu_badinh, version=report.version)
    assert refused.value.code == "too_early"
    assert not PeriodLock.objects.exists()


def test_a_second_press_is_told_who_was_quicker(world):
    unit, by = world.units["01.001"], world.nghiepvu_badinh
    report = report_of(unit)
    locking.lock(report, by=by, version=report.version)
    with pytest.raises(DomainError, match=f"đã khóa, không cần khóa lại. {by} khóa lúc"):
        locking.lock(report, by=by, version=report.version)
    assert PeriodLock.objects.count() == 1


def test_a_stale_page_is_refused(world):
    report = report_of(world.units["01.001"])
    with pytest.raises(StaleError):
        locking.lock(report, by=world.nghiepvu_badinh, version=report.version + 1)


def test_what_should_be_set_right_needs_a_reason_that_is_kept(world):
    unit, by = world.units["01.001"], world.nghiepvu_badinh
    ready(world, by, ["N1"], handover_date=in_year(12, 20))
    report = report_of(unit)
    with pytest.raises(SeveralProblemsError) as refused:
        locking.lock(report, by=by, version=report.version)
    told = [str(problem) for problem in refused.value.problems]
    assert any("Hồ sơ tiếp nhận còn nháp" in text and text.endswith(": 1.") for text in told)
    assert refused.value.problems[-1].field == "reason"
    report.refresh_from_db()
    assert (report.state, report.edition) == (State.DRAFT, None), "nothing was frozen"
    done = locking.lock(report, by=by, version=report.version, reason=WHY)
    assert done.edition.reason == PeriodLock.objects.get().reason == WHY


def test_the_custodian_locks_for_the_units_in_its_custody(world):
    unit = world.units["00.PC"]
    assert closed(unit, world.vanphong).state == State.LOCKED


def test_pages_of_the_review_and_the_lock(world, client_of, django_assert_max_num_queries):
    unit, by = world.units["01.001"], world.nghiepvu_badinh
    bought(world, by, ["A1"])
    ready(world, by, ["N1"], handover_date=in_year(12, 20))
    number = drafted()["01.001"].number
    client = client_of(by)
    page = f"/bao-cao-nam/{number}/ra-soat/"
    client.get(page)
    with django_assert_max_num_queries(15):  # three of them belong to the test: its transaction is the outer one
        text = client.get(page).content.decode()
    assert "Hồ sơ tiếp nhận còn nháp" in text
    assert f"/bao-cao-nam/{number}/khoa/" in text
    page = f"/bao-cao-nam/{number}/khoa/"
    form = client.get(page)
    assert "bằng bất cứ cách nào" in form.content.decode()
    version = report_of(unit).version
    refused = client.post(page, {"version": version, "reason": ""})
    assert refused.status_code == 422
    assert "ghi rõ lý do vẫn khóa" in refused.content.decode()
    done = client.post(page, {"version": version, "reason": WHY}, follow=True)
    assert "Đã khóa số liệu năm" in done.content.decode()
    again = client.post(page, {"version": version, "reason": WHY})
    assert again.status_code == 422
    assert "không cần khóa lại" in again.content.decode()
    shown = client.get(f"/bao-cao-nam/{number}/?tab=khoa-mo").content.decode()
    assert WHY in shown
    assert by.full_name in shown


def test_lists_behind_warnings_show_exactly_those(world, client_of):
    by, unit = world.nghiepvu_badinh, world.units["01.001"]
    one, two, other = bought(world, by, ["A1", "A2", "A3"])
    for device, card in ((one, "TSCD-7"), (two, "TSCD-7"), (other, "TSCD-8")):
        type(device).objects.filter(pk=device.pk).update(inventory_number=card)
    ready(world, by, ["N1"], handover_date=in_year(12, 20))
    ready(world, by, ["N2"])
    found = {one.title: one for one in warnings_of(report_of(unit), by, None)}
    client = client_of(by)
    cards = client.get(found["Thiết bị trùng số thẻ tài sản"].url).content.decode()
    assert found["Thiết bị trùng số thẻ tài sản"].count == 2
    assert (one.code in cards, two.code in cards, other.code in cards) == (True, True, False)
    for caution in found.values():
        assert client.get(caution.url).status_code == 200, caution.url


def test_nothing_of_other_units_is_told(world):
    bought(world, world.nghiepvu_badinh, ["SAME"])
    bought(world, world.nghiepvu_danang, ["SAME"])
    for by, unit, many in (
        (world.nghiepvu_badinh, "01.001", 0), (world.nghiepvu_hanoi, "01", 0), (world.admin1, "00", 2)
    ):  # fmt: skip
        titles = {one.title: one.count for one in warnings_of(report_of(world.units[unit]), by, None)}
        assert titles.get("Thiết bị trùng số máy giữa các đơn vị", 0) == many, unit
