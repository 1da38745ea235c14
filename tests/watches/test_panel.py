"""Every number of the panel leads to a list with exactly that many rows, for every kind of account."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.scope import entered
from deadlines.blocks.watches import watch_panel
from deadlines.queries.watches import watched, watched_by_unit
from deadlines.watches import watches
from equipment.actions.tally import rebuild
from equipment.models import Tally
from tests.world import ACCOUNTS

pytestmark = pytest.mark.django_db
OF_DEVICES = {"warranty", "licence", "support", "upkeep", "repair"}


def standings(user, today):
    with entered(user.scope):
        return {one.watch.key: one for one in watched(user, today)}


def counts(user, today):
    return {key: one.many for key, one in standings(user, today).items()}


def rows_of(client, address):
    """How many rows the list at this address says that it has, by its file."""
    answer = client.get(f"{address}&export=csv")
    assert answer.status_code == 200, address
    return len(answer.getvalue().decode("utf-8-sig").strip().splitlines()) - 1


@pytest.fixture
def idle(world):
    """Accounts without a login for ninety days and more, one never used, one closed, one used a day later."""
    at = timezone.now()
    User.objects.update(last_login=at)
    for name, days in (("tracuu_badinh", 90), ("nghiepvu_hoankiem", 400), ("nghiepvu_danang", 89)):
        User.objects.filter(pk=world.users[name].pk).update(last_login=at - timedelta(days=days))
    User.objects.filter(pk=world.tracuu_hanoi.pk).update(last_login=None, date_joined=at - timedelta(days=91))
    User.objects.filter(pk=world.nghiepvu_hanoi.pk).update(last_login=None, date_joined=at - timedelta(days=10))
    User.objects.filter(pk=world.vanphong.pk).update(last_login=at - timedelta(days=900), is_active=False)


def test_what_is_watched_is_what_apps_offer():
    assert {watch.key for watch in watches()} == OF_DEVICES | {"account"}


@pytest.mark.dieu("8")
def test_each_number_is_the_length_of_its_list_for_every_account(furnished, idle, today, client_of):
    told = set()
    for name, _, _ in ACCOUNTS:
        user = User.objects.select_related("unit").get(pk=furnished.users[name].pk)
        if not user.is_active:
            continue
        found = standings(user, today)
        client = client_of(user)
        User.objects.filter(pk=user.pk).update(last_login=user.last_login)
        for watch in watches():
            if not watch.shown_to(user):
                assert client.get(watch.address).status_code == 403
                continue
            one = found.get(watch.key)
            assert rows_of(client, watch.address) == (one.many if one else 0), (name, watch.key)
            own = rows_of(client, f"{watch.address}&own={user.unit.code}")
            assert own == (one.own if one else 0), (name, watch.key)
            told.add((watch.key, bool(one)))
    assert told == {(watch.key, there) for watch in watches() for there in (True, False)}


def test_the_numbers_are_these(furnished, idle, today):
    own = {"warranty": 3, "licence": 2, "support": 2, "upkeep": 5, "repair": 2}
    assert counts(furnished.nghiepvu_badinh, today) == own
    assert counts(furnished.tracuu_badinh, today) == own
    assert counts(furnished.nghiepvu_hoankiem, today) == {}
    hanoi = {"warranty": 7, "licence": 5, "support": 5, "upkeep": 12, "repair": 5}
    assert counts(furnished.tracuu_hanoi, today) == hanoi
    assert counts(furnished.admin2_hanoi, today) == {**hanoi, "account": 3}
    country = {"warranty": 9, "licence": 6, "support": 6, "upkeep": 15, "repair": 6}
    assert counts(furnished.ttcntt, today) == country
    assert counts(furnished.admin1, today) == {**country, "account": 3}
    assert counts(furnished.nghiepvu_danang, today) == {
        "warranty": 2, "licence": 1, "support": 1, "upkeep": 3, "repair": 1,
    }  # fmt: skip


def test_the_earliest_day_is_told(furnished, today):
    days = {key: one.first for key, one in standings(furnished.nghiepvu_hanoi, today).items()}
    assert days == {
        "warranty": today,
        "licence": today + timedelta(days=60),
        "support": today + timedelta(days=90),
        "upkeep": None,
        "repair": today - timedelta(days=90),
    }


def test_by_unit_they_are_what_each_unit_sees_of_itself(furnished, idle, today):
    by_unit = watched_by_unit(today)
    for name in ("nghiepvu_badinh", "nghiepvu_hanoi", "nghiepvu_danang"):
        user = furnished.users[name]
        mine = {one.watch.key: one.many for one in by_unit[user.unit_id]}
        mine.pop("account", None)
        assert mine == {key: one.own for key, one in standings(user, today).items()}
    assert {unit for unit, of in by_unit.items() if any(one.watch.key == "account" for one in of)} == {
        furnished.units[code].pk for code in ("01", "01.001", "01.002")
    }


def test_all_numbers_come_in_one_query(furnished, today):
    for name in ("admin1", "nghiepvu_badinh"):
        user = furnished.users[name]
        user.scope  # noqa: B018 - read beforehand
        with entered(user.scope), CaptureQueriesContext(connection) as asked:
            watched(user, today)
        assert len(asked) == 2, "the intervals of upkeep, and the numbers"


def test_whatever_the_tally_has_been_folded_to(furnished, today):
    before = counts(furnished.admin1, today)
    assert Tally.objects.exists()
    rebuild()
    assert counts(furnished.admin1, today) == before


def test_the_panel_says_them_with_their_lists(furnished, today):
    user = furnished.nghiepvu_hanoi
    with entered(user.scope):
        html = str(watch_panel(user, today))
    for part in (
        "Sắp đến hạn, cần theo dõi",
        "Đơn vị tôi",
        "/thiet-bi/?ending=warranty&amp;sort=warranty_until",
        "&amp;own=01",
        f"gần nhất {today:%d/%m/%Y}",
        "lâu nhất từ",
        "Lập hồ sơ bảo trì.",
    ):
        assert part in html, part
    assert "Tài khoản không dùng" not in html
    with entered(furnished.nghiepvu_badinh.scope):
        assert "Đơn vị tôi" not in str(watch_panel(furnished.nghiepvu_badinh, today))
    with entered(furnished.nghiepvu_hoankiem.scope):
        assert "Không có việc nào sắp đến hạn" in str(watch_panel(furnished.nghiepvu_hoankiem, today))


def test_filters_narrow_the_count_of_upkeep_as_its_rows(furnished, today, person):
    me = person(furnished.tracuu_hanoi)
    for query, many in (
        ("unit=01", 12),
        ("own=01", 7),
        ("own=01.001", 5),
        ("category=MAY_TINH", 12),
        ("category=UD_VAN_PHONG", 0),
        (f"by={today.replace(year=today.year - 1):%d/%m/%Y}", 5),
        ("q=BD0-BT", 1),
        ("own=01.001&q=BD", 5),
    ):
        page = me.get(f"/sua-chua/den-ky/?{query}")
        assert len(page.rows) == many, query
        assert f"{many} thiết bị" in page.main or many == 0, query
