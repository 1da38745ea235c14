"""The calendar of one's own deadlines: what a calendar program gets, and what those get who try."""

import re
from datetime import date, timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from accounts.actions import sync_grants
from accounts.models import SecurityEvent, User
from accounts.rules import Kind as AccountKind
from core.errors import DomainError
from deadlines import ics
from deadlines.actions import feed, fulfil
from deadlines.actions.calendar import change_calendar
from deadlines.models import FeedToken, Obligation
from deadlines.queries import calendar
from deadlines.queries.changes import plan_of
from deadlines.queries.feed import hashed, owed_by
from deadlines.rules import Kind
from deadlines.rules.overrides import Wanted
from qltb.logs import JsonFormatter, without_secrets
from tests.deadlines.support import owe
from tests.world import draft

WEDNESDAY, FRIDAY, MONDAY = date(2026, 3, 11), date(2026, 3, 13), date(2026, 3, 16)
MINE = "/han-xu-ly/lich-cua-toi/"
GONE = "Không có lịch ở địa chỉ này."


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-03-11 09:00 +0700", tick=False):
        yield


@pytest.fixture
def owed(world):
    """Something of the district, of its peer, of its superior, and of a unit in custody."""
    return {
        code: owe(world.units[code], start=WEDNESDAY, label=f"TN-{code}")
        for code in ("01.001", "01.002", "01", "00.PC")
    }


def address(secret):
    return reverse("calendar:feed", args=[secret])


def given(user):
    return address(feed.issue(by=user))


def asked(url, **headers):
    return Client().get(url, headers=headers)


def events(response):
    assert response.status_code == HTTPStatus.OK
    return {str(event["summary"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


def labels(response):
    return {re.search(r"TN-[\d.A-Z]+", summary)[0] for summary in events(response)}


def test_a_program_gets_all_day_events_with_law_link_and_alarm(world):
    made = draft(world, world.nghiepvu_badinh, ["L1"], handover_date=WEDNESDAY)
    response = asked(given(world.nghiepvu_badinh))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    ((summary, event),) = events(response).items()
    assert summary == f"Hạn: Cập nhật thiết bị tiếp nhận {made.number} (BHXH quận Ba Đình)"
    assert (event["dtstart"].dt, event["dtend"].dt) == (MONDAY, MONDAY + timedelta(days=1))
    assert str(event["url"]) == f"http://testserver/tiep-nhan/{made.number}/"
    assert str(event["url"]) in str(event["description"])
    assert "3 ngày làm việc kể từ ngày 11/03/2026, hạn 16/03/2026. Căn cứ: Điều 7 Quy chế" in str(event["description"])
    assert event["transp"] == "TRANSPARENT"
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(days=-3, hours=8)  # eight o'clock on Friday
    assert b"\r\n" in response.content
    assert max(map(len, response.content.split(b"\r\n"))) <= 75  # RFC 5545, 3.1


def test_the_address_leads_where_the_site_says_it_is(world, owed, settings):
    settings.PUBLIC_URL = "https://qltb.example.vn"
    draft(world, world.nghiepvu_badinh, ["L1"], handover_date=WEDNESDAY)
    found = events(asked(given(world.nghiepvu_badinh)))
    assert all(str(event["url"]).startswith("https://qltb.example.vn") for event in found.values())


def test_it_holds_what_is_open_for_the_units_for_which_the_account_records(world, owed):
    fulfil(kind=Kind.INTAKE, subject=owe(world.units["01.001"], start=WEDNESDAY).subject, on=WEDNESDAY, by=None)
    assert labels(asked(given(world.nghiepvu_badinh))) == {"TN-01.001"}
    assert labels(asked(given(world.nghiepvu_hanoi))) == {"TN-01"}
    assert labels(asked(given(world.vanphong))) == {"TN-00.PC"}


def test_who_watches_all_but_records_nothing_gets_an_empty_calendar(world, owed):
    for name in ("tracuu_badinh", "tracuu_hanoi", "admin2_hanoi", "admin1", "ttcntt"):
        assert events(asked(given(getattr(world, name)))) == {}


def test_what_is_late_says_so_and_rings_no_more(world):
    owe(world.units["01.001"], start=date(2026, 3, 2), label="TN-1")
    ((summary, event),) = events(asked(given(world.nghiepvu_badinh))).items()
    assert summary.startswith("Quá hạn: ")
    assert event.walk("VALARM") == []


def test_an_event_keeps_its_name_when_its_day_moves(world, owed):
    url = given(world.nghiepvu_badinh)
    (before,) = events(asked(url)).values()
    wanted = Wanted(FRIDAY, FRIDAY, working=False, reason="Nghỉ", source="CV 1")
    with time_machine.travel("2026-03-11 10:00 +0700", tick=False):
        change_calendar(wanted, seen=plan_of(wanted, by=world.admin1).fingerprint, by=world.admin1)
        (after,) = events(asked(url)).values()
    assert str(after["uid"]) == str(before["uid"]) == f"{owed['01.001'].public_id}@qltb"
    assert (before["dtstart"].dt, after["dtstart"].dt) == (MONDAY, date(2026, 3, 17))
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["last-modified"].dt > before["last-modified"].dt


def test_what_has_not_changed_is_not_sent_again(world, owed):
    url = given(world.nghiepvu_badinh)
    first = asked(url)
    assert first.content == asked(url).content
    again = asked(url, **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    owe(world.units["01.001"], start=WEDNESDAY)
    assert asked(url, **{"if-none-match": first.headers["ETag"]}).status_code == HTTPStatus.OK


@pytest.mark.parametrize("spoil", ["revoked", "renewed", "closed", "wrong", "peer's hash", "empty", "long"])
def test_every_bad_address_is_answered_alike(world, owed, client_of, spoil):
    user = world.nghiepvu_badinh
    secret = feed.issue(by=user)
    if spoil == "revoked":
        feed.revoke(by=user)
    elif spoil == "renewed":
        feed.issue(by=user)
    elif spoil == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif spoil == "peer's hash":
        secret = FeedToken.objects.get().sha256
    else:
        secret = {"wrong": f"{secret[:-1]}_", "empty": "-", "long": "a" * 4000}[spoil]
    for client in (Client(), client_of(user), client_of(world.nghiepvu_danang)):
        response = client.get(address(secret))
        assert (response.status_code, response.content.decode()) == (HTTPStatus.NOT_FOUND, GONE)
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "ETag" not in response.headers


def test_no_session_is_made_or_prolonged(world, owed, client_of):
    """A program without a login, a browser with one, one whose session is long over: the same file, no cookie."""
    url = given(world.nghiepvu_badinh)
    plain = asked(url)
    logged_in = client_of(world.nghiepvu_danang)
    logged_in.get("/")
    with time_machine.travel("2026-03-11 15:00 +0700", tick=False):
        late = logged_in.get(url)
    for response in (plain, late):
        assert response.content == plain.content
        assert not response.cookies
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert logged_in.get(url, {"q": "x"}).content == plain.content


def test_an_address_shows_what_its_owner_may_see_now(world, owed):
    """Moved to another unit, made a look-up account: by the rights of today, not of the day of issue."""
    url, user = given(world.nghiepvu_badinh), world.nghiepvu_badinh
    user = User.objects.get(pk=user.pk)
    user.unit = world.units["01.002"]
    user.save()
    sync_grants(user)
    assert labels(asked(url)) == {"TN-01.002"}
    user.kind = AccountKind.LOOKUP
    user.save()
    sync_grants(user)
    assert events(asked(url)) == {}


def test_the_owners_scope_ends_with_the_file(world, owed):
    asked(given(world.nghiepvu_badinh))
    assert Obligation.objects.count() == len(owed)  # the test's own connection is where it was


def test_secrets_are_long_and_only_their_hash_is_kept(world):
    secrets = {feed.issue(by=world.nghiepvu_badinh) for _ in range(20)}
    assert len(secrets) == 20
    assert all(len(secret) == 43 for secret in secrets)  # 256 bits in base64
    kept = FeedToken.objects.get()
    assert kept.sha256 in {hashed(secret) for secret in secrets}
    assert not any(secret in str(vars(kept)) for secret in secrets)


def test_giving_out_and_taking_back_are_audited(world):
    user = world.nghiepvu_badinh
    feed.issue(by=user)
    feed.revoke(by=user)
    with pytest.raises(DomainError):
        feed.revoke(by=user)
    told = SecurityEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["feed_issued", "feed_revoked"]


def test_it_says_when_it_was_used_last(world, owed):
    url = given(world.nghiepvu_badinh)
    assert FeedToken.objects.get().used_on is None
    asked(url)
    assert FeedToken.objects.get().used_on == WEDNESDAY


def test_the_file_costs_the_same_however_much_is_owed(world, django_assert_max_num_queries):
    url = given(world.nghiepvu_badinh)
    for n in range(30):
        owe(world.units["01.001"], start=WEDNESDAY - timedelta(days=n))
    asked(url)
    with django_assert_max_num_queries(12):
        assert len(Calendar.from_ical(asked(url).content).walk("VEVENT")) == 30


def test_texts_cannot_break_out_of_their_line(world):
    """A label is data: no line of the file is made by it."""
    owe(world.units["01.001"], start=WEDNESDAY, label="TN-1; X\\n,BEGIN:VEVENT")
    response = asked(given(world.nghiepvu_badinh))
    assert len(events(response)) == 1
    assert "TN-1; X\\n,BEGIN:VEVENT" in next(iter(events(response)))


def test_the_same_obligations_give_the_same_bytes(world, owed):
    rows = owed_by(world.nghiepvu_badinh)
    made = {ics.written(rows, name="x", site="https://a", today=WEDNESDAY, by_calendar=calendar()) for _ in range(3)}
    assert len(made) == 1


def test_the_page_shows_an_address_once(world, owed, client_of):
    client = client_of(world.nghiepvu_badinh)
    page = client.get(MINE).content.decode()
    assert "Bạn chưa có địa chỉ lịch" in page
    assert "<b>1</b> việc chưa xong của BHXH quận Ba Đình" in page
    shown = client.post(f"{MINE}dia-chi-moi/")
    (url,) = set(re.findall(r"http://testserver(/lich-han/[\w-]+\.ics)", shown.content.decode()))
    assert "no-store" in shown.headers["Cache-Control"]
    assert labels(asked(url)) == {"TN-01.001"}
    page = client.get(MINE).content.decode()
    assert "/lich-han/" not in page
    assert "Ứng dụng lịch hỏi gần nhất ngày 11/03/2026" in page
    assert "ngừng hoạt động ngay" in client.get(f"{MINE}dia-chi-moi/").content.decode()
    renewed = client.post(f"{MINE}dia-chi-moi/").content.decode()
    (new,) = set(re.findall(r"http://testserver(/lich-han/[\w-]+\.ics)", renewed))
    assert asked(url).status_code == HTTPStatus.NOT_FOUND
    assert labels(asked(new)) == {"TN-01.001"}
    assert client.post(f"{MINE}thu-hoi/").status_code == HTTPStatus.FOUND
    assert asked(new).status_code == HTTPStatus.NOT_FOUND
    again = client.post(f"{MINE}thu-hoi/")
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "có thể đã thu hồi ở một trang khác" in again.content.decode()


def test_who_records_nothing_is_given_no_address(world, client_of):
    client = client_of(world.tracuu_badinh)
    page = client.get(MINE).content.decode()
    assert "không cập nhật dữ liệu cho đơn vị nào" in page
    assert "dia-chi-moi" not in page
    assert client.post(f"{MINE}dia-chi-moi/").status_code == HTTPStatus.FORBIDDEN
    assert not FeedToken.objects.exists()


def test_nobody_takes_the_address_of_another_away(world, client_of):
    url = given(world.nghiepvu_badinh)
    client = client_of(world.nghiepvu_hoankiem)
    client.post(f"{MINE}thu-hoi/")
    client.post(f"{MINE}dia-chi-moi/")
    assert asked(url).status_code == HTTPStatus.OK
    assert FeedToken.objects.count() == 2


def test_no_log_tells_a_secret(world, owed, caplog):
    """Neither that of a good address nor one that works no more, or will again."""
    secret = feed.issue(by=world.nghiepvu_badinh)
    asked(address(secret))
    feed.issue(by=world.nghiepvu_badinh)
    asked(address(secret))
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any("/lich-han/" in line for line in lines)
    assert not any(secret in line for line in lines)
    assert without_secrets(address(secret)) == "/lich-han/…"
