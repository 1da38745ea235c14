"""The list, the bell's count, the way to what a notice is about, how mail is wanted."""

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from notices.models import Notice, Preference
from notices.rules import MailChoice, Tone, Topic
from tests.notices.support import mailed, tell
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db

LIST = "/thong-bao/"
COUNT = "/thong-bao/dem/"


def shown(response):
    return response.content.decode()


def bell(html):
    """What the bell says, as it is read out."""
    (inside,) = re.findall(r'<a class="topbar-item".*?</a>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", inside).split())


def of(user, **fields):
    return Notice.objects.filter(owner=user, **fields)


@pytest.fixture
def reader(world):
    reader = world.nghiepvu_badinh
    tell(reader, "a", title="Ngày mai hết hạn TN-000001", address="/tiep-nhan/?view=all")
    tell(reader, "b", title="Đã quá hạn TN-000002", tone=Tone.DANGER)
    tell(reader, "c", title="Đơn vị cấp trên đôn đốc", topic=Topic.URGING, tone=Tone.INFO)
    tell(world.nghiepvu_hoankiem, "a", title="Việc của Hoàn Kiếm")
    return reader


def test_everybody_sees_their_own(client_of, world, reader):
    html = shown(client_of(reader).get(LIST))
    assert "3 thông báo" in html
    assert "3 chưa đọc" in html
    assert html.index("đôn đốc") < html.index("TN-000001"), "the newest first"
    assert "Hoàn Kiếm" not in html.split("<main")[1]
    empty = shown(client_of(world.tracuu_hanoi).get(LIST))
    assert "Chưa có thông báo nào" in empty
    assert "Đánh dấu đã đọc tất cả" not in empty


def test_who_opens_one_has_read_it(client_of, reader):
    client, notice = client_of(reader), of(reader, key="a").get()
    response = client.get(f"{LIST}{notice.public_id}/")
    assert (response.status_code, response["Location"]) == (302, "/tiep-nhan/?view=all")
    notice.refresh_from_db()
    assert notice.read_at is not None
    first = notice.read_at
    client.get(f"{LIST}{notice.public_id}/")
    notice.refresh_from_db()
    assert notice.read_at == first, "the first time counts"
    assert bell(shown(client.get(LIST))) == "Thông báo chưa đọc: 2"


@pytest.mark.parametrize("header", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_page_fetched_ahead_is_not_read(client_of, reader, header):
    notice = of(reader, key="a").get()
    client = client_of(reader)
    assert client.get(f"{LIST}{notice.public_id}/", headers=header).status_code == 302
    assert client.head(f"{LIST}{notice.public_id}/").status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_leads_nowhere_else(client_of, reader):
    notice = of(reader, key="a").get()
    Notice.objects.filter(pk=notice.pk).update(address="//example.com/")
    assert client_of(reader).get(f"{LIST}{notice.public_id}/")["Location"] == LIST


def test_nobody_opens_or_marks_those_of_others(client_of, world, reader):
    theirs = of(world.nghiepvu_hoankiem).get()
    client = client_of(reader)
    assert client.get(f"{LIST}{theirs.public_id}/").status_code == 404
    assert client.get(f"{LIST}{uuid4()}/").status_code == 404
    client.post(f"{LIST}da-doc/", {"id": [theirs.public_id]})
    client.post(f"{LIST}da-doc/", {"all": "1", "filter": "", "expected": "3"})
    client.post(f"{LIST}doc-het/")
    theirs.refresh_from_db()
    assert theirs.read_at is None
    assert not of(reader, read_at=None).exists()


def test_a_second_press_finds_nothing_unread(client_of, reader):
    client = client_of(reader)
    assert "Đã đánh dấu đã đọc 3 thông báo." in shown(client.post(f"{LIST}doc-het/", follow=True))
    page = shown(client.post(f"{LIST}doc-het/", follow=True))
    assert "Không còn thông báo chưa đọc." in page
    assert "0 thông báo" not in page


def test_a_notice_names_its_law_and_its_day_alone(client_of, reader):
    tell(reader, "d", due=timezone.localdate() - timedelta(days=4), law="Điều 10 Quy chế")
    html = shown(client_of(reader).get(LIST)).split("<main")[1]
    assert "Điều 10 Quy chế" in html
    assert f"{timezone.localdate() - timedelta(days=4):%d/%m/%Y}" in html
    assert "quá hạn 4 ngày" not in html


def test_marking_and_putting_back(client_of, reader):
    client = client_of(reader)
    ids = [notice.public_id for notice in of(reader, key__in=["a", "b"])]
    page = client.post(f"{LIST}da-doc/", {"id": ids, "filter": "?state=chua-doc"}, follow=True)
    assert page.redirect_chain == [(f"{LIST}?state=chua-doc", 302)]
    assert "Đã đánh dấu đã đọc 2 thông báo." in shown(page)
    page = client.post(f"{LIST}da-doc/", {"id": ids}, follow=True)
    assert "Đã đánh dấu đã đọc 0 thông báo." in shown(page)
    page = client.post(f"{LIST}chua-doc/", {"id": ids[:1]}, follow=True)
    assert "Đã đánh dấu chưa đọc 1 thông báo." in shown(page)
    assert sorted(of(reader, read_at=None).values_list("public_id", flat=True)) == sorted(
        [ids[0], of(reader, key="c").get().public_id]
    )
    page = client.post(f"{LIST}da-doc/", {}, follow=True)
    assert "Chưa chọn dòng nào." in shown(page)
    page = client.post(f"{LIST}da-doc/", {"id": ["khong-phai-uuid"]}, follow=True)
    assert page.status_code == 200


@pytest.mark.parametrize("name", ["da-doc", "chua-doc", "doc-het"])
def test_marking_is_no_matter_of_a_link(client_of, reader, name):
    assert client_of(reader).get(f"{LIST}{name}/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(f"{LIST}{name}/", {"all": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("state=chua-doc", {"b", "c"}),
        ("state=da-doc", {"a"}),
        ("topic=urging", {"c"}),
        ("topic=urging&topic=deadline&tone=danger", {"b"}),
        ("q=TN-00000", {"a", "b"}),
        ("q=don doc", set()),
        ("q=đôn đốc", {"c"}),
    ],
)
def test_filters(client_of, reader, query, titles):
    client = client_of(reader)
    client.get(f"{LIST}{of(reader, key='a').get().public_id}/")
    html = shown(client.get(f"{LIST}?{query}"))
    found = {notice.key for notice in of(reader) if str(notice.public_id) in html}
    assert found == titles


def test_the_bell_counts_what_is_unread(client_of, world, reader):
    client = client_of(reader)
    assert bell(shown(client.get("/"))) == "Thông báo chưa đọc: 3"
    assert bell(shown(client_of(world.tracuu_hanoi).get("/"))) == "Thông báo"
    for n in range(100):
        tell(reader, f"more-{n}")
    page = shown(client.get(LIST))
    assert bell(page) == "Thông báo chưa đọc: 99+"
    assert f'data-live="{COUNT}"' in page
    badge = shown(client.get(COUNT))
    assert 'data-count="103"' in badge
    assert badge.strip() in page, "the answer replaces what the page showed"
    client.post(f"{LIST}doc-het/")
    assert shown(client.get(COUNT)).strip() == ""


def test_the_count_costs_one_query(client_of, reader, django_assert_max_num_queries):
    client = client_of(reader)
    client.get(COUNT)
    with django_assert_max_num_queries(9) as seen:
        client.get(COUNT)
    assert sum("notices_notice" in query["sql"] for query in seen.captured_queries) == 1


def logged_in(world):
    client = Client()
    client.login(username=world.nghiepvu_badinh.username, password=PASSWORD)
    client.force_login(world.nghiepvu_badinh)
    return client


def test_the_count_is_no_use_of_the_session(world, reader):
    """Asked every minute it keeps nothing alive: after the idle time the next click asks to log in."""
    client, start, idle = logged_in(world), timezone.now(), settings.SESSION_IDLE_MINUTES
    with time_machine.travel(start, tick=False):
        assert client.get("/").status_code == 200
    for minute in range(1, idle + 1):
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            assert client.get(COUNT).status_code == 200
    with time_machine.travel(start + timedelta(minutes=idle, seconds=30), tick=False):
        over = client.get(COUNT, headers={"HX-Request": "true"})
        assert (over.status_code, over.content) == (204, b"")
        assert not {"Location", "HX-Redirect"} & set(over.headers)
        answer = client.get("/tiep-nhan/")
        assert answer.status_code == 302
        assert "next=%2Ftiep-nhan%2F&het_phien=1" in answer["Location"], "the count left the end to the person"
        assert client.get(COUNT).status_code == 204, "nobody is logged in: it still sends the page nowhere"


def test_a_click_still_keeps_the_session(world, reader):
    client, start, idle = logged_in(world), timezone.now(), settings.SESSION_IDLE_MINUTES
    for step in range(4):
        with time_machine.travel(start + timedelta(minutes=step * (idle - 1)), tick=False):
            assert client.get(LIST).status_code == 200
            assert client.get(COUNT).status_code == 200


def test_the_choice_of_mail(client_of, world, reader):
    client, path = client_of(mailed(reader)), f"{LIST}tuy-chon/"
    html = shown(client.get(path))
    assert "nghiepvu.badinh@example.vn" in html
    assert html.count('<option value="soon" selected>') == len(Topic) - 1, "there is nobody below"
    wanted = {**dict.fromkeys(Topic, "soon"), Topic.URGING: "daily", Topic.WATCH: "never"}
    page = client.post(path, wanted, follow=True)
    assert "Đã lưu cách nhận thư." in shown(page)
    kept = {p.topic: p.mail for p in Preference.objects.filter(owner=reader)}
    assert kept == {Topic.URGING: MailChoice.DAILY, Topic.WATCH: MailChoice.NEVER}
    assert '<option value="never" selected>' in shown(page)
    client.post(path, {**wanted, Topic.WATCH: "soon"})
    assert Preference.objects.get(owner=reader, topic=Topic.WATCH).mail == MailChoice.SOON
    refused = client.post(path, {**wanted, Topic.SUPPORT: "hourly"})
    assert refused.status_code == 422
    assert not Preference.objects.exclude(owner=reader).exists()


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("nghiepvu_hanoi", set()),
        ("nghiepvu_badinh", {Topic.ESCALATION}),
        ("tracuu_hanoi", {Topic.DEADLINE, Topic.ESCALATION, Topic.REPORT, Topic.URGING, Topic.WATCH}),
    ],
)
def test_nobody_is_asked_about_what_they_never_hear(client_of, world, name, missing):
    html = shown(client_of(world.users[name]).get(f"{LIST}tuy-chon/"))
    assert {topic for topic in Topic if f'name="{topic}"' not in html} == missing
    assert "bắt buộc" not in html.split("<main")[1]


def test_who_has_no_address_is_told_where_to_get_one(client_of, world):
    html = shown(client_of(world.nghiepvu_badinh).get(f"{LIST}tuy-chon/"))
    assert "chưa có địa chỉ thư điện tử" in html
    assert "quản trị viên của đơn vị" in html


def test_it_is_said_when_there_is_no_mail_server(client_of, world, settings):
    path = f"{LIST}tuy-chon/"
    client = client_of(mailed(world.nghiepvu_badinh))
    assert "chưa nối với máy chủ thư" not in shown(client.get(path))
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "chưa nối với máy chủ thư" in shown(client.get(path))


def test_the_way_to_the_choice_is_in_the_menu_and_on_the_list(client_of, reader):
    assert shown(client_of(reader).get(LIST)).count(f'href="{LIST}tuy-chon/"') == 2


def test_a_long_list_is_quick(client_of, world):
    reader = world.nghiepvu_badinh
    Notice.objects.bulk_create(
        Notice(owner=reader, unit=reader.unit, topic="deadline", key=str(n), title=f"Việc {n}", text="x", address="/")
        for n in range(5000)
    )
    client = client_of(reader)
    client.get(LIST)
    start = time.perf_counter()
    assert "5.000 thông báo" in shown(client.get(LIST))
    assert time.perf_counter() - start < 1.5
