"""Boards: exact, scoped, every number with the list behind it."""

import csv
import io
import itertools
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.rules import Kind as AccountKind
from deadlines.models import Obligation
from deadlines.rules import Kind
from deadlines.rules.standings import Stand
from tests.deadlines.owing import owe, today
from tests.isolation.spider import rows_of as lines_of
from tests.world import make_user
from ui.navigation import frame

pytestmark = pytest.mark.django_db
MINE, LIST, BELOW = reverse("deadlines:mine"), reverse("deadlines:list"), reverse("deadlines:below")
SEEN = {
    "ttcntt": None,
    "admin1": None,
    "nghiepvu_hanoi": {"01", "01.001", "01.002"},
    "admin2_hanoi": {"01", "01.001", "01.002"},
    "tracuu_hanoi": {"01", "01.001", "01.002"},
    "nghiepvu_badinh": {"01.001"},
    "tracuu_badinh": {"01.001"},
    "nghiepvu_hoankiem": {"01.002"},
    "nghiepvu_danang": {"48"},
    "admin2_danang": {"48"},
    "vanphong": {"00.VP", "00.PC"},
}


@pytest.fixture
def owed(world):
    """Of every agency something else, so that a wrong sum shows."""
    year = date(today().year, 1, 1)
    agencies = [unit for unit in world.units.values() if unit.is_agency]
    for n, unit in enumerate(agencies, start=1):
        owe(unit, Stand.OVERDUE, many=n)
        owe(unit, Stand.IN_TIME, many=2 * n + n % 3, due=max(year, today() - timedelta(days=40)))
        owe(unit, Stand.LATE, many=1 + n % 2, kind=Kind.TRANSFER_IN)
        owe(unit, Stand.WAIVED, many=n % 4)
        owe(unit, Stand.RUNNING, many=1, due=today())
        owe(unit, Stand.OVERDUE, many=1, due=year - timedelta(days=400))  # of a year that the board doesn't show
    return world


def rows_of(user_name):
    codes = SEEN[user_name]
    return Obligation.objects.all() if codes is None else Obligation.objects.filter(unit__code__in=codes)


@pytest.mark.dieu("6")
@pytest.mark.parametrize("name", SEEN)
def test_each_sees_its_own_and_what_is_below(owed, client_of, name):
    client = client_of(owed.users[name])
    assert client.get(LIST).context["count"] == rows_of(name).count()
    for kind in ("csv", "xlsx"):
        assert lines_of(client.get(LIST, {"export": kind})) == rows_of(name).count()


@pytest.mark.parametrize(
    "name", [n for n in SEEN if n not in {"ttcntt", "admin1", "nghiepvu_hanoi", "admin2_hanoi", "tracuu_hanoi"}]
)
def test_who_is_above_nobody_has_no_board(owed, client_of, name):
    """Neither of its superior nor of a peer: no rank, no count."""
    client = client_of(owed.users[name])
    assert client.get(BELOW).status_code == 404
    for code in ("00", "01", "01.001", "01.002", "48", "00.VP", "00.PC"):
        for extra in ({}, {"export": "csv"}):
            assert client.get(BELOW, {"unit": code, **extra}).status_code == 404
    assert reverse("deadlines:below") not in client.get(MINE).content.decode()


def test_a_province_sees_neither_its_peers_nor_its_own_rank(owed, client_of):
    client = client_of(owed.nghiepvu_hanoi)
    for code in ("00", "48", "00.VP", "01.001"):
        assert client.get(BELOW, {"unit": code}).status_code == 404
    page = client.get(BELOW).context["page"]
    lines = {line.place.code: line.rank for line in page.lines()}
    assert set(lines) == {"01", "01.001", "01.002"}
    assert lines["01"] is None
    assert sorted([lines["01.001"], lines["01.002"]]) in ([1, 2], [1, 1])
    assert "BHXH thành phố Đà Nẵng" not in client.get(BELOW).content.decode()


def test_the_centre_ranks_the_others_and_not_itself(owed, client_of):
    page = client_of(owed.ttcntt).get(BELOW).context["page"]
    lines = {line.place.code: line for line in page.lines()}
    assert set(lines) == {"00", "00.VP", "00.CNTT", "00.PC", "01", "48"}
    assert {code for code, line in lines.items() if line.rank is None} == {"00", "00.CNTT"}
    assert lines["01"].standing.total == sum(
        Obligation.objects.filter(unit__code=code, due_date__year=today().year).count()
        for code in ("01", "01.001", "01.002")
    )
    drilled = client_of(owed.ttcntt).get(BELOW, {"unit": "01"}).context["page"]
    assert {line.place.code for line in drilled.lines()} == {"01", "01.001", "01.002"}


@pytest.mark.parametrize(("name", "code"), [("ttcntt", ""), ("ttcntt", "01"), ("nghiepvu_hanoi", "")])
@pytest.mark.parametrize("length", ["year", "quarter", "month"])
def test_every_number_leads_to_exactly_that_many_rows(owed, client_of, name, code, length):
    day = today()
    key = {"year": f"{day.year}", "quarter": f"{day.year}-Q{(day.month + 2) // 3}", "month": f"{day:%Y-%m}"}[length]
    client = client_of(owed.users[name])
    page = client.get(BELOW, {"ky": key, **({"unit": code} if code else {})}).context["page"]
    figures = [page.overdue]
    for line in [page.whole, *page.lines()]:
        figures += line.figures
        assert client.get(line.rate_url).context["count"] == line.standing.counted
    for month in page.trend:
        figures += month.figures
    asked = {figure.url: figure.number for figure in figures}
    assert {url: client.get(url).context["count"] for url in asked} == asked
    assert page.whole.standing.total == sum(line.standing.total for line in page.lines())
    assert page.whole.standing.total > 0


@pytest.mark.parametrize("name", ["nghiepvu_badinh", "nghiepvu_hanoi", "tracuu_hanoi", "vanphong", "ttcntt"])
def test_the_day_counts_what_its_lists_hold(owed, client_of, name):
    user = owed.users[name]
    owe(user.unit, Stand.RUNNING, many=3, due=today() + timedelta(days=1))
    owe(user.unit, Stand.RUNNING, many=2, due=today() + timedelta(days=60))
    client = client_of(user)
    page = client.get(MINE).context["page"]
    shown = {section.key: section for section in page.sections}
    assert set(shown) == {"qua-han", "hom-nay", "sap-toi"}
    for figure in [*((s.many, s.url) for s in page.sections), *((t.number, t.url) for t in page.tiles)]:
        assert client.get(figure[1]).context["count"] == figure[0]
    own = {"vanphong": {"00.VP", "00.PC"}}.get(name, {user.unit.code})
    late = Obligation.objects.filter(unit__code__in=own, due_date__lt=today(), state="open").count()
    assert shown["qua-han"].many == late
    shown_items = [item for part in frame(user, "/").sections for item in part.items]
    badge = next(item.badge for item in shown_items if item.label == "Hạn xử lý")
    assert badge == (late if user.scope.write_units else 0)


def test_nothing_due_is_said(world, client_of):
    answer = client_of(world.nghiepvu_badinh).get(MINE)
    assert "Không có việc nào đến hạn" in answer.content.decode()


def test_each_row_of_the_day_says_what_why_and_what_next(world, client_of):
    (one,) = owe(world.units["01.001"], label="TN-01.001-0001")
    text = client_of(world.nghiepvu_badinh).get(MINE).content.decode()
    for part in (
        "TN-01.001-0001",
        "Cập nhật thiết bị tiếp nhận",
        "Điều 7",
        "quá hạn",
        "Tiếp nhận”",
        str(one.public_id),
    ):
        assert part in text


@pytest.mark.parametrize("code", ["", "01"])
def test_the_ranking_as_a_file(owed, client_of, code):
    client = client_of(owed.ttcntt)
    answer = client.get(BELOW, {"export": "csv", "unit": code})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    page = client.get(BELOW, {"unit": code}).context["page"]
    assert [row["Mã đơn vị"] for row in rows] == [line.place.code for line in page.lines()]
    assert [row["Hạng"] for row in rows] == ["" if line.rank is None else str(line.rank) for line in page.lines()]
    assert sum(int(row["Quá hạn"]) for row in rows) == page.whole.standing.overdue
    assert lines_of(client.get(BELOW, {"export": "xlsx", "unit": code})) == len(rows)


@pytest.mark.parametrize("key", ["2026-13", "x", "1999", "2026-Q9", "%00"])
def test_other_periods_are_not_there(owed, client_of, key):
    assert client_of(owed.ttcntt).get(BELOW, {"ky": key}).status_code == 404


def test_filters_search_and_order(owed, client_of):
    client = client_of(owed.ttcntt)
    for stands in itertools.chain([[stand] for stand in Stand], [[Stand.OVERDUE, Stand.LATE], list(Stand)]):
        count = client.get(LIST, {"state": [str(stand) for stand in stands]}).context["count"]
        assert count == sum(_standing(Obligation.objects.all(), stand) for stand in stands)
    assert (
        client.get(LIST, {"kind": "transfer_in"}).context["count"]
        == Obligation.objects.filter(kind="transfer_in").count()
    )
    (_one,) = owe(owed.units["48"], label="TN-48-777001")
    assert client.get(LIST, {"q": "777001"}).context["count"] == 1
    assert client_of(owed.nghiepvu_hanoi).get(LIST, {"q": "777001"}).context["count"] == 0
    for sort in ("due_date", "-due_date", "subject", "unit"):
        assert client.get(LIST, {"sort": sort}).status_code == 200
    assert client.get(LIST, {"state": "khong-co"}).status_code == 400


def _standing(rows, stand):
    return rows.standing(stand, today()).count()


def test_the_sides_of_the_list_part_it(owed, client_of):
    for name in SEEN:
        client = client_of(owed.users[name])
        mine, below = (client.get(LIST, {"side": side}).context["count"] for side in ("toi", "duoi"))
        assert mine + below == rows_of(name).count()


@pytest.mark.django_db(transaction=True)  # a request is the outermost transaction, as in production
@pytest.mark.parametrize(
    ("url", "name"), [(MINE, "nghiepvu_hanoi"), (LIST, "ttcntt"), (BELOW, "ttcntt"), (BELOW, "nghiepvu_hanoi")]
)
def test_pages_cost_few_queries(owed, client_of, url, name):
    client = client_of(owed.users[name])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    assert len([one for one in asked if one["sql"] not in {"BEGIN", "COMMIT"}]) <= 12


def test_the_count_of_queries_does_not_grow_with_units(owed, client_of, django_assert_num_queries):
    client = client_of(owed.ttcntt)
    client.get(BELOW)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(BELOW)
    for unit in [u for u in owed.units.values() if u.is_agency]:
        owe(unit, Stand.OVERDUE, many=20)
    with django_assert_num_queries(len(before)):
        client.get(BELOW)


def test_the_page_of_an_obligation(owed, client_of):
    one = Obligation.objects.filter(unit__code="01.001").overdue(today()).first()
    url = reverse("deadlines:detail", args=[one.public_id])
    for name, codes in SEEN.items():
        status = client_of(owed.users[name]).get(url).status_code
        assert status == (200 if codes is None or "01.001" in codes else 404), name
    client = client_of(owed.nghiepvu_badinh)
    for query in ({}, {"tab": "don-doc"}, {"in": "pdf"}):
        assert client.get(url, query).status_code == 200
    text = client.get(url).content.decode()
    assert "quá hạn" in text
    assert "Miễn thực hiện" not in text


def test_a_levels_admin_of_another_province_is_nobody_here(owed, client_of):
    other = make_user("admin2.48b", owed.units["48"], AccountKind.LEVEL2_ADMIN)
    one = Obligation.objects.filter(unit__code="01.001").first()
    for name in ("detail", "waive", "ask_again"):
        assert client_of(other).get(reverse(f"deadlines:{name}", args=[one.public_id])).status_code == 404


def test_units_without_anything_due_are_told_in_one_line_and_are_all_in_the_file(world, client_of):
    for code in ("01", "48"):
        owe(world.units[code], Stand.OVERDUE, due=date(today().year, 1, 1) - timedelta(days=9))
    owe(world.units["01"], Stand.IN_TIME, due=date(today().year, 1, 2))
    client = client_of(world.ttcntt)
    answer = client.get(BELOW)
    page = answer.context["page"]
    assert [line.place.code for line in page.shown] == ["01", "00"]
    assert [line.place.code for line in page.idle] == ["00.VP", "00.CNTT", "00.PC", "48"]
    text = answer.content.decode()
    assert "4 đơn vị không có việc đến hạn trong kỳ" in text
    assert "BHXH thành phố Đà Nẵng" in text
    assert lines_of(client.get(BELOW, {"export": "csv"})) == 5
