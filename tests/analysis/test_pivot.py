"""Numbers of a pivot: those of independent SQL, within the walls, adding up; every one leads to its rows."""

import itertools
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.asking import SHARES
from analysis.topics import TOPICS
from analysis.topics.parts import UNKNOWN
from tests.analysis.support import ask, stock
from tests.isolation.spider import rows_of

pytestmark = pytest.mark.django_db
PIVOT = reverse("analysis:pivot")
SEEN = {
    "ttcntt": ("",),
    "nghiepvu_hanoi": ("01", "01.001", "01.002"),
    "nghiepvu_badinh": ("01.001",),
    "tracuu_badinh": ("01.001",),
    "nghiepvu_hoankiem": ("01.002",),
    "nghiepvu_danang": ("48",),
    "vanphong": ("00.VP", "00.PC"),
}
DEVICES = """
    SELECT {by}, count(*), COALESCE(sum(e.original_price), 0) FROM equipment_equipment e
    JOIN orgs_orgunit u ON u.id = e.unit_id JOIN equipment_category c ON c.id = e.category_id
    WHERE e.status NOT IN ('disposed', 'lost') AND (%(all)s OR u.code = ANY(%(codes)s)) GROUP BY 1, 2
"""


@pytest.fixture
def stocked(world):
    stock(world)
    return world


def by_hand(by, name):
    with connection.cursor() as cursor:
        cursor.execute(DEVICES.format(by=by), {"all": SEEN[name] == ("",), "codes": list(SEEN[name])})
        return {(a, b): (n, value) for a, b, n, value in cursor.fetchall()}


BYS = [
    ("unit", "condition", "u.code, e.condition"),
    ("category", "status", "c.code, e.status"),
    ("unit", "year", "u.code, extract(year from e.received_on)::int::text"),
    ("category", "quarter", "c.code, to_char(e.received_on, 'YYYY-\"Q\"Q')"),
]


@pytest.mark.dieu("6")
@pytest.mark.parametrize("name", SEEN)
def test_devices_are_those_that_the_person_sees(stocked, name):
    for rows, cols, by in BYS:
        check_devices(stocked, name, rows, cols, by)


def check_devices(stocked, name, rows, cols, by):
    expected = by_hand(by, name)
    for measure, at in (("n", 0), ("value", 1)):
        found = ask(stocked.users[name], rows=rows, cols=cols, measure=measure).table()
        cells = {(line[0], head): value for (line, head), value in found.items() if line and head and value}
        assert cells == {key: values[at] for key, values in expected.items() if values[at]}
        assert found[(), ""] == sum(values[at] for values in expected.values())


def test_a_mean_is_that_of_all_rows(stocked):
    found = ask(stocked.ttcntt, rows="condition", cols="", measure="mean", measure2="n").table()
    with connection.cursor() as cursor:
        cursor.execute("SELECT condition, sum(original_price), count(*) FROM equipment_equipment"
                       " WHERE status NOT IN ('disposed', 'lost') GROUP BY 1")  # fmt: skip
        rows = cursor.fetchall()
    for condition, value, many in rows:
        assert found[(condition,), ""] == value / many
    assert found[(), ""] == sum(row[1] for row in rows) / sum(row[2] for row in rows)


def test_provinces_hold_their_districts_and_the_headquarters_stand_alone(stocked):
    found = ask(stocked.ttcntt, rows="province", cols="").table()
    units = ask(stocked.ttcntt, rows="unit", cols="").table()
    assert found[("01",), ""] == sum(units[(code,), ""] for code in ("01", "01.001", "01.002"))
    assert found[("48",), ""] == units[("48",), ""]
    assert set(found) == {((code,), "") for code in ("00.VP", "00.CNTT", "01", "48")} | {((), "")}


def dimensions(topic):
    return [one.key for one in TOPICS[topic].dimensions]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_lines_and_columns_add_up_to_the_total(stocked, data):
    """Property: of whatever is asked, row totals, column totals and the grand total agree."""
    topic = data.draw(st.sampled_from(sorted(TOPICS)))
    rows, rows2, cols = data.draw(st.permutations(dimensions(topic)))[:3]
    measure = data.draw(st.sampled_from([one.key for one in TOPICS[topic].measures if one.additive]))
    two, top = data.draw(st.booleans()), data.draw(st.sampled_from(["", "5"]))
    name = data.draw(st.sampled_from(sorted(SEEN)))
    asked = {"rows": rows, "cols": cols, "measure": measure, "top": top, **({"rows2": rows2} if two else {})}
    grid = ask(stocked.users[name], topic=topic, sort=data.draw(st.sampled_from(["", "most", "least"])), **asked).grid
    tops = [line for line in grid.lines if line.level == 0]
    for at, total in enumerate(grid.total.cells):
        assert sum(line.cells[at].value for line in tops) == total.value
    for line in [*grid.lines, grid.total]:
        assert sum(cell.value for cell in line.cells[:-1]) == line.cells[-1].value
    for key, lines in itertools.groupby((line for line in grid.lines if line.level), key=lambda line: line.key[0]):
        head = next(line for line in tops if line.key == (key,))
        sums = [sum(numbers) for numbers in zip(*([c.value for c in line.cells] for line in lines), strict=True)]
        assert sums == [cell.value for cell in head.cells]
    if topic == "devices" and measure == "n" and not top:
        assert grid.total.cells[-1].value == ask(stocked.users[name], rows="unit", cols="").table()[(), ""]


@pytest.mark.parametrize("share", [key for key, _ in SHARES if key])
def test_shares_make_a_hundred(stocked, share):
    grid = ask(stocked.ttcntt, rows="unit", cols="condition", share=share).grid
    if share == "row":
        for line in [*grid.lines, grid.total]:
            assert sum(cell.value for cell in line.cells[:-1]) == pytest.approx(100)
    else:
        for at, total in enumerate(grid.total.cells):
            expected = 100 if share == "column" or at == len(grid.heads) - 1 else total.value
            assert sum(line.cells[at].value for line in grid.lines) == pytest.approx(expected)
    assert isinstance(grid.total.cells[-1].value, Decimal)


LEADING = [
    ("devices", {"rows": "unit", "cols": "condition"}),
    ("devices", {"rows": "province", "cols": "life"}),
    ("devices", {"rows": "level", "cols": "group"}),
    ("devices", {"rows": "branch", "rows2": "category", "cols": "year"}),
    ("devices", {"rows": "brand", "cols": "quarter"}),
    ("devices", {"rows": "status", "cols": "", "books": "", "unit": "01"}),
    ("devices", {"rows": "unit", "cols": "status", "category": "MAY_TINH", "received_tu": "15/03/2018"}),
    ("ledger", {"rows": "kind", "cols": "quarter"}),
    ("ledger", {"rows": "level", "rows2": "unit", "cols": "month", "recent": ""}),
    ("duties", {"rows": "kind", "cols": "state"}),
    ("duties", {"rows": "province", "cols": "quarter", "measure": "overdue", "recent": ""}),
    ("duties", {"rows": "level", "cols": "state", "measure": "fulfilled"}),
]


@pytest.mark.parametrize("name", ["ttcntt", "nghiepvu_hanoi"])
def test_every_number_leads_to_exactly_its_rows(stocked, client_of, name):
    user, client = stocked.users[name], client_of(stocked.users[name])
    for topic, asked in LEADING:
        grid = ask(user, topic=topic, **asked).grid
        known = [line for line in [*grid.lines, grid.total] if UNKNOWN not in line.key]  # lists can't ask for "none"
        cells = [cell for line in known for cell in line.cells if cell.value]
        assert cells, asked
        assert all(cell.url for cell in cells), asked
        for cell in [*cells[:: max(1, len(cells) // 6)], cells[-1]]:
            answered = client.get(cell.url)
            assert answered.status_code == 200, cell.url
            assert answered.context["count"] == cell.value, cell.url


def test_the_page_shows_what_was_asked_and_the_file_too(stocked, client_of):
    client = client_of(stocked.nghiepvu_hanoi)
    asked = {"rows": "unit", "cols": "condition", "measure": "n", "measure2": "value"}
    page = client.get(PIVOT, asked)
    assert page.status_code == 200
    assert "BHXH quận Ba Đình" in page.content.decode()
    assert "Đà Nẵng" not in page.content.decode()
    for kind in ("csv", "xlsx"):
        assert rows_of(client.get(PIVOT, {**asked, "export": kind})) == 4  # three units and the total


WRONG = [
    ({"topic": "khac"}, "Không có chủ đề “khac”"),
    ({"rows": "khong-co"}, "Hàng: không có lựa chọn “khong-co”"),
    ({"rows": "unit", "cols": "unit"}, "đã chọn ở chỗ khác"),
    ({"measure": "mean", "share": "all"}, "không cộng được"),
    ({"rows": "unit", "cols": "", "show": "stacked"}, "cần một chiều ở cột"),
    ({"rows": "unit", "loc": "1"}, "Không hiểu tham số “loc”"),
    ({"rows": "unit", "status": "hong"}, "Trạng thái"),
    ({"rows": "unit", "unit": "48"}, "Đơn vị (gồm cấp dưới)"),
    ({"rows": "unit", "received_tu": "32/13/2020"}, "Ngày tiếp nhận"),
    ({"topic": "duties", "rows": "brand"}, "trong chủ đề Hạn xử lý"),
]


def test_what_is_asked_wrongly_is_told(world, client_of):
    client = client_of(world.nghiepvu_hanoi)
    for asked, said in WRONG:
        page = client.get(PIVOT, asked)
        assert page.status_code == 400, asked
        assert said in page.content.decode(), asked
        assert page.context["grid"] is None


def test_every_topic_is_drawn_in_few_queries(stocked, client_of):
    client = client_of(stocked.ttcntt)
    for topic, show in itertools.product(TOPICS, ["table", "bar", "stacked", "line"]):
        asked = {"topic": topic, "rows": "year", "cols": "province", "show": show}
        client.get(PIVOT, asked)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PIVOT, asked).status_code == 200
        own = [one["sql"] for one in queries if "set_config" not in one["sql"] and one["sql"][:6] == "SELECT"]
        assert len(own) <= 12, (topic, show, own)
