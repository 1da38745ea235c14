"""The weekly notice: the first working day, once, whatever runs twice or is down."""

import threading
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from deadlines.actions.watches import tell_weekly
from deadlines.models import CalendarDay
from deadlines.tasks import tell_of_watches
from equipment.models import Equipment
from notices.models import Notice
from notices.rules import Topic
from tests.watches.conftest import devices

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 23)


def at(day, hour=7):
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, 15, tzinfo=HANOI), tick=False)


@pytest.fixture
def something(world):
    """Warranties that end in Ba Đình and in Đà Nẵng, and everybody has logged in."""
    with at(MONDAY - timedelta(days=2)):
        User.objects.update(last_login=datetime(2026, 11, 20, tzinfo=HANOI))
        for by, serials in ((world.nghiepvu_badinh, ["A1", "A2"]), (world.nghiepvu_danang, ["B1"])):
            devices(world, by, serials, warranty_until=MONDAY + timedelta(days=9), end_of_support=None)
    return world


def told():
    return {notice.owner.username: notice for notice in Notice.objects.filter(topic=Topic.WATCH)}


@pytest.mark.django_db
@pytest.mark.dieu("8")
def test_recorders_hear_of_their_unit_and_nobody_else(something):
    with at(MONDAY):
        assert tell_of_watches() == 2
    notices = told()
    assert set(notices) == {"nghiepvu.badinh", "nghiepvu.danang"}
    notice = notices["nghiepvu.badinh"]
    assert notice.key == "watch:2026-W48"
    assert notice.title == "Việc cần theo dõi trong tuần: 2 mục"
    assert notice.text.splitlines() == [
        "BHXH quận Ba Đình:",
        (
            "- Thiết bị hết bảo hành trong 30 ngày tới: 2, gần nhất 02/12/2026."
            " Kiểm tra, yêu cầu bảo hành những máy có lỗi trước khi hết hạn."
        ),
    ]
    assert (notice.due_date, notice.address) == (date(2026, 12, 2), "/han-xu-ly/#theo-doi")
    assert notice.law == "Điều 8 Quy chế ban hành kèm theo QĐ 375/QĐ-BHXH"
    assert "Ba Đình" not in notices["nghiepvu.danang"].text, "peers hear nothing of each other"


@pytest.mark.django_db
def test_a_custodian_hears_of_each_unit_that_it_records_for(something):
    unit = something.units["00.PC"]
    Equipment.objects.filter(serial="B1").update(unit=unit)
    with at(MONDAY):
        tell_weekly()
    assert "Vụ Pháp chế:" in told()["vanphong"].text


@pytest.mark.django_db
def test_managers_hear_of_accounts_that_nobody_uses(something):
    User.objects.filter(unit__code__in=["01.001", "01.002"]).update(last_login=datetime(2026, 1, 5, tzinfo=HANOI))
    with at(MONDAY):
        tell_weekly()
    notices = told()
    assert "- Tài khoản không dùng từ 90 ngày: 3. " in notices["admin2.hanoi"].text
    assert "BHXH thành phố Hà Nội:" in notices["admin2.hanoi"].text
    assert "- Tài khoản không dùng từ 90 ngày: 3. " in notices["admin1"].text
    assert "admin2.danang" not in notices
    assert "Tài khoản" not in notices["nghiepvu.badinh"].text


@pytest.mark.django_db
def test_a_week_is_told_once_and_the_next_one_again(something):
    for hour in (7, 8, 17):
        with at(MONDAY, hour):
            tell_weekly()
    with at(MONDAY + timedelta(days=2)):
        devices(something, something.nghiepvu_hanoi, ["C1"], warranty_until=MONDAY + timedelta(days=3))
        assert tell_weekly() == 0, "what is new waits for the next week"
    assert Notice.objects.count() == 2
    with at(MONDAY + timedelta(days=7)):
        assert tell_weekly() == 2
    assert {notice.key for notice in Notice.objects.all()} == {"watch:2026-W48", "watch:2026-W49"}


@pytest.mark.django_db
@pytest.mark.parametrize("late", [2, 3, 4])
def test_a_monday_that_was_down_is_made_up_for_in_the_week(something, late):
    with at(MONDAY + timedelta(days=late), 16):
        assert tell_weekly() == 2
        assert tell_weekly() == 0


@pytest.mark.django_db
def test_days_off_are_left_alone_and_the_first_working_day_tells(something):
    for day in (0, 1):
        CalendarDay.objects.create(date=MONDAY + timedelta(days=day), working=False, reason="Nghỉ bù")
    for day in (-1, 0, 1):
        with at(MONDAY + timedelta(days=day)):
            assert tell_weekly() == 0
    with at(MONDAY + timedelta(days=2)):
        assert tell_weekly() == 2


@pytest.mark.django_db
def test_a_week_of_the_new_year_bears_its_own_number(something):
    Equipment.objects.update(warranty_until=date(2027, 1, 20))
    with at(date(2026, 12, 31)):
        tell_weekly()
    with at(date(2027, 1, 4)):
        tell_weekly()
    assert {notice.key for notice in Notice.objects.all()} == {"watch:2026-W53", "watch:2027-W01"}


@pytest.mark.django_db
def test_it_asks_the_same_however_many_units_there_are(something):
    with at(MONDAY), CaptureQueriesContext(connection) as few:
        tell_weekly()
    Notice.objects.all().delete()
    with at(MONDAY):
        for by in (something.nghiepvu_hanoi, something.nghiepvu_hoankiem, something.vanphong):
            devices(something, by, ["X1", "X2"], warranty_until=MONDAY)
        with CaptureQueriesContext(connection) as many:
            assert tell_weekly() == 5
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_an_end_in_the_middle_tells_nobody(something):
    """All notices or none: a worker that dies while it writes has told nobody, and the next run tells everybody."""
    failed = []

    def run():
        try:
            tell_weekly()
        except OperationalError as error:
            failed.append(error)
        finally:
            connection.close()

    with at(MONDAY):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE notices_notice IN SHARE MODE")  # reading goes on, writing waits
            worker = threading.Thread(target=run)
            worker.start()
            waiting = "wait_event_type = 'Lock' AND query LIKE 'INSERT INTO %notices_notice%'"
            while not asked(cursor, f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}"):
                cursor.execute("SELECT pg_stat_clear_snapshot()")
                time.sleep(0.02)
            assert asked(cursor, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {waiting}")
            worker.join()
        assert len(failed) == 1
        assert not Notice.objects.exists()
        assert tell_weekly() == 2


def asked(cursor, sql):
    cursor.execute(sql)
    return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_once(something):
    numbers, start = [], threading.Barrier(2)

    def run():
        try:
            start.wait()
            numbers.append(tell_weekly())
        finally:
            connection.close()

    with at(MONDAY):
        both = [threading.Thread(target=run) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert sorted(numbers) == [0, 2]
    assert Notice.objects.count() == 2
