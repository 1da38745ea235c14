"""What a change of the calendar makes overdue or due at once is said before it is written; sources are in words."""

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from deadlines.models import CalendarDay
from tests.deadlines.support import owe

pytestmark = pytest.mark.django_db
ADD = "/quan-tri/lich/them/"
WEDNESDAY = "2026-03-11 09:00 +0700"
OVERDUE, DUE_TODAY = "thành quá hạn ngay", "thành hạn hôm nay"


def looked(client, day, working="work"):
    typed = {"first": day, "last": "", "working": working, "reason": "Làm bù", "source": "CV 1/VPCP"}
    return client.post(ADD, typed).content.decode()


@time_machine.travel(WEDNESDAY, tick=False)
def test_a_past_saturday_worked_tells_what_it_makes_overdue(world, client_of):
    for code in ("01.001", "48"):
        assert owe(world.units[code], start=date(2026, 3, 6)).due_date == date(2026, 3, 11)
    assert owe(world.units["48"], start=date(2026, 3, 5)).due_date == date(2026, 3, 10)  # overdue already
    page = looked(client_of(world.admin1), "07/03/2026")
    assert "3 hạn xử lý đang chờ sẽ chuyển ngày" in page
    assert f"2 việc {OVERDUE}." in page
    assert DUE_TODAY not in page


@time_machine.travel("2026-03-14 09:00 +0700", tick=False)
def test_today_worked_tells_what_it_makes_due_today_and_overdue(world, client_of):
    assert owe(world.units["48"], start=date(2026, 3, 11)).due_date == date(2026, 3, 16)
    page = looked(client_of(world.admin1), "14/03/2026")
    assert f"1 việc {DUE_TODAY}." in page
    assert OVERDUE not in page


@time_machine.travel(WEDNESDAY, tick=False)
@pytest.mark.parametrize("day", ["07/09/2019", "07/02/2026"])
def test_days_before_anything_open_move_nothing_and_say_so(world, client_of, day):
    owe(world.units["48"], start=date(2026, 3, 6))
    page = looked(client_of(world.admin1), day)
    assert "Không có hạn xử lý nào chuyển ngày" in page
    assert "Những ngày này đã qua" in page
    assert OVERDUE not in page


@time_machine.travel(WEDNESDAY, tick=False)
def test_a_day_off_and_a_day_to_come_warn_of_nothing(world, client_of):
    owe(world.units["48"], start=date(2026, 3, 11))
    client = client_of(world.admin1)
    for page in (looked(client, "13/03/2026", "off"), looked(client, "14/03/2026")):
        assert "1 hạn xử lý đang chờ sẽ chuyển ngày" in page
        assert OVERDUE not in page
        assert DUE_TODAY not in page


@time_machine.travel(WEDNESDAY, tick=False)
def test_sources_are_papers_or_say_in_words_that_there_is_none(world, client_of):
    call_command("load_calendar", stdout=StringIO())
    assert set(CalendarDay.objects.values_list("source", flat=True)) == {
        "CV 12729/VPCP-KGVX 25/12/2025",
        "CV 2450/VPCP-KGVX 12/4/2024",
        "Thông báo lịch nghỉ Tết 2026",
        "Theo lịch nghỉ hằng năm (chưa có số văn bản)",
    }
    page = client_of(world.tracuu_badinh).get("/quan-tri/lich/", {"nam": "2026"}).content.decode()
    assert "Theo lịch nghỉ hằng năm (chưa có số văn bản)" in page
    assert "holidays" not in page
    assert "vnanet" not in page
