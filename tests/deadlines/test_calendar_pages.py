"""The pages of the working calendar."""

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from deadlines.models import CalendarDay, Obligation
from tests.deadlines.support import owe

WEDNESDAY, FRIDAY, SATURDAY = date(2026, 3, 11), date(2026, 3, 13), date(2026, 3, 14)
YEAR, ADD = "/quan-tri/lich/", "/quan-tri/lich/them/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-03-11 09:00 +0700", tick=False):
        yield


@pytest.fixture
def admin(world, client_of):
    return client_of(world.admin1)


def typed(**changes):
    values = {"first": "13/03/2026", "last": "", "working": "off", "reason": "Nghỉ đột xuất", "source": "CV 1/VPCP"}
    return {**values, **changes}


def seen(page):
    return page.context["plan"].fingerprint


def text(response):
    return response.content.decode()


def written(admin, **changes):
    look = admin.post(ADD, typed(**changes))
    return admin.post(ADD, typed(**changes, step="ghi", seen=seen(look)))


def test_the_year_tells_by_words_what_departs_and_why(world, client_of):
    call_command("load_calendar", stdout=StringIO())
    page = text(client_of(world.tracuu_badinh).get(YEAR, {"nam": "2026"}))
    assert page.count("year-month") == 12
    assert "2<small>nghỉ</small>" in page
    assert "10<small>làm</small>" in page
    assert "Thứ Bảy 10/01</a>: ngày làm việc, Làm bù 02/01/2026" in page
    assert "CV 12729/VPCP-KGVX 25/12/2025" in page
    assert "249 ngày làm việc" in page
    assert 'href="?nam=2025"' in page
    assert ADD not in page


def test_a_year_without_announcements_says_that_it_is_expected(world, client_of):
    client = client_of(world.tracuu_badinh)
    page = text(client.get(YEAR, {"nam": "2027"}))
    assert "mới có các ngày nghỉ dự kiến theo luật" in page
    assert "Thứ Sáu 16/04</b>: ngày nghỉ, Ngày Giỗ Tổ Hùng Vương" in page
    assert "(dự kiến)" in page


@pytest.mark.parametrize("year", ["2009", "2032", "x", "-1", "02026", "２０２６", "9" * 400])
def test_other_years_are_not_there(world, client_of, year):
    assert client_of(world.tracuu_badinh).get(YEAR, {"nam": year}).status_code == 404


def test_the_first_and_last_year_lead_nowhere_else(world, client_of):
    client = client_of(world.tracuu_badinh)
    assert "?nam=2009" not in text(client.get(YEAR, {"nam": "2010"}))
    assert "?nam=2032" not in text(client.get(YEAR, {"nam": "2031"}))


def test_the_year_costs_a_constant_number_of_queries(world, client_of, django_assert_max_num_queries):
    call_command("load_calendar", stdout=StringIO())
    client = client_of(world.tracuu_badinh)
    with django_assert_max_num_queries(13):
        client.get(YEAR)


def test_nothing_is_written_before_the_consequence_was_seen(world, admin):
    owed = owe(world.units["01.001"], start=WEDNESDAY, label="TN-1")
    page = admin.post(ADD, typed())
    shown = text(page)
    assert "1 hạn xử lý đang chờ sẽ chuyển ngày" in shown
    assert "BHXH quận, huyện: 1" in shown
    assert all(word in shown for word in ("TN-1", "BHXH quận Ba Đình", "16/03/2026", "17/03/2026"))
    assert not CalendarDay.objects.exists()
    assert admin.post(ADD, typed(step="ghi")).status_code == 422  # nobody agreed to anything
    assert not CalendarDay.objects.exists()
    done = admin.post(ADD, typed(step="ghi", seen=seen(page)), follow=True)
    assert done.redirect_chain == [("/quan-tri/lich/2026-03-13/", 302)]
    assert "Đã ghi 1 ngày vào lịch; 1 hạn xử lý đã chuyển ngày." in text(done)
    assert Obligation.objects.get(pk=owed.pk).due_date == date(2026, 3, 17)


def test_what_moved_meanwhile_is_asked_again(world, admin):
    page = admin.post(ADD, typed())
    owe(world.units["01.001"], start=WEDNESDAY)
    again = admin.post(ADD, typed(step="ghi", seen=seen(page)))
    assert again.status_code == 422
    assert "vừa thay đổi nên chưa ghi gì" in text(again)
    assert not CalendarDay.objects.exists()
    assert admin.post(ADD, typed(step="ghi", seen=seen(again))).status_code == 302


def test_a_second_press_says_that_it_is_there_already(world, admin):
    page = admin.post(ADD, typed())
    for status in (302, 422):
        again = admin.post(ADD, typed(step="ghi", seen=seen(page)))
        assert again.status_code == status
    assert "đã có trong lịch là ngày nghỉ (Người dùng admin1, 11/03/2026 09:00)" in text(again)


def test_going_back_keeps_what_was_typed(world, admin):
    page = text(admin.post(ADD, typed(step="sua", last="16/03/2026", working="work")))
    assert 'value="16/03/2026"' in page
    assert 'value="Nghỉ đột xuất"' in page
    assert not CalendarDay.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first": "14/03/2026"}, "vốn đã nghỉ nên không cần nhập"),
        ({"working": "work"}, "vốn đã là ngày làm việc"),
        ({"first": ""}, "Hãy nhập từ ngày"),
        ({"first": "32/01/2026"}, "Từ ngày"),
        ({"first": "01/01/2009"}, "Lịch làm việc có từ năm 2010 đến năm 2031."),
        ({"last": "12/03/2026"}, "Ngày cuối phải từ ngày đầu trở đi."),
        ({"last": "13/04/2026"}, "Một lần nhập nhiều nhất 31 ngày."),
        ({"reason": " "}, "Hãy nhập lý do."),
        ({"source": ""}, "Hãy nhập văn bản, nguồn."),
        ({"working": "x"}, "Ngày này là"),
        ({"reason": "x" * 201}, "200"),
    ],
)
def test_the_form_says_what_is_wrong(world, admin, changes, says):
    page = admin.post(ADD, typed(**changes))
    assert page.status_code == 422
    assert says in text(page)


def test_a_range_goes_back_to_its_year(world, admin):
    done = written(admin, last="17/03/2026")
    assert done.headers["Location"] == "/quan-tri/lich/?nam=2026"
    assert CalendarDay.objects.count() == 3


def test_a_day_is_edited_and_taken_back_with_its_history(world, admin, client_of):
    written(admin)
    day = "/quan-tri/lich/2026-03-13/"
    assert 'value="Nghỉ đột xuất"' in text(admin.get(f"{day}sua/"))
    new = {"working": "off", "reason": "Nghỉ bù", "source": "CV 2/VPCP"}
    look = admin.post(f"{day}sua/", new)
    assert admin.post(f"{day}sua/", {**new, "step": "ghi", "seen": seen(look)}).status_code == 302
    look = admin.post(f"{day}go/", {"reason": "Nhập nhầm"})
    assert admin.post(f"{day}go/", {"reason": "Nhập nhầm", "step": "ghi", "seen": seen(look)}).status_code == 302
    page = text(client_of(world.nghiepvu_danang).get(day))
    for word in ("Đã gỡ", "Thêm vào lịch là ngày nghỉ: Nghỉ đột xuất (CV 1/VPCP)", "CV 2/VPCP", "Gỡ khỏi lịch",
                 "Nhập nhầm: 0 hạn xử lý chuyển ngày", "Người dùng admin1", "Ngày làm việc"):  # fmt: skip
        assert word in page
    log = text(client_of(world.nghiepvu_danang).get("/quan-tri/lich/nhat-ky/"))
    assert log.count("Người dùng admin1") == 3
    assert "Nhập nhầm: 0 hạn xử lý chuyển ngày" in log
    for step in ("sua", "go"):
        assert admin.get(f"{day}{step}/").status_code == 404
        gone = admin.post(f"{day}{step}/", {**new, "reason": "x"})
        assert gone.status_code == 422
        assert "không còn thay đổi nào trong lịch" in text(gone)


@pytest.mark.parametrize("address", ["2026-03-12", "2026-02-30", "1999-01-01"])
def test_a_day_without_an_override_has_no_page(world, admin, address):
    assert admin.get(f"{YEAR}{address}/").status_code == 404


@pytest.mark.parametrize("who", ["ttcntt", "admin2_hanoi", "nghiepvu_hanoi", "tracuu_hanoi", "vanphong"])
def test_only_who_keeps_the_catalogue_changes_the_calendar(world, admin, client_of, who):
    written(admin)
    client = client_of(getattr(world, who))
    for name, args in (("add", []), ("edit", [FRIDAY]), ("take_back", [FRIDAY])):
        url = reverse(f"calendar:{name}", args=args)
        assert client.get(url).status_code == 403
        assert client.post(url, typed(first="16/03/2026")).status_code == 403
    page = text(client.get("/quan-tri/lich/2026-03-13/"))
    assert "/sua/" not in page
    assert "/go/" not in page
    assert CalendarDay.objects.count() == 1


def test_hostile_words_are_words(world, admin):
    written(admin, reason="<script>alert(1)</script>", source='"><img src=x>')
    for url in (f"{YEAR}?nam=2026", "/quan-tri/lich/2026-03-13/", "/quan-tri/lich/nhat-ky/"):
        assert "<script>alert" not in text(admin.get(url))
        assert "<img src=x>" not in text(admin.get(url))
