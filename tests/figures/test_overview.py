"""The figures of the overview: each number is that of its list, for whoever looks, and nobody sees more."""

import csv
import io
from random import Random

import openpyxl
import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from equipment.charts.parts import short_money
from equipment.models import Equipment
from equipment.rules.lifecycle import Condition, Status
from orgs.rules import UnitKind
from tests.figures.stock import CATEGORIES, UNITS, furnish, look, stocked

pytestmark = pytest.mark.django_db
QUERIES = 12
LOOKS = [
    ("ttcntt", ""),
    ("ttcntt", "01"),
    ("admin1", "01.002"),
    ("tracuu_hanoi", ""),
    ("tracuu_hanoi", "01.001"),
    ("nghiepvu_badinh", ""),
    ("vanphong", ""),
    ("vanphong", "00.PC"),
]


@pytest.fixture
def stock(world):
    """Devices of all kinds, 2010 to this year."""
    furnish(world)
    chance = Random(7)
    stocked(
        [
            {
                "unit": chance.choice((*UNITS, "00.PC")),
                "category": chance.choice(CATEGORIES),
                "status": chance.choice(Status.values),
                "condition": chance.choice(Condition.values),
                "received_on": f"{chance.randint(2010, 2026)}-0{chance.randint(1, 9)}-17",
                "original_price": chance.randint(0, 90_000_000),
            }
            for _ in range(160)
        ]
    )
    return world


def numbers(tree) -> list[tuple[str, str]]:
    """Address and text of every number that is a link."""
    links = tree.xpath("//a[@class='bars-number']|//td/a|//a[.//*[@class='tile-number']]")
    return [(a.get("href"), "".join(a.xpath(".//*[@class='tile-number']/text()") or [a.text])) for a in links]


@pytest.mark.dieu("6", "13.1", "14.6")
@pytest.mark.parametrize(("who", "unit"), LOOKS)
def test_every_number_is_the_count_of_its_list(stock, client_of, who, unit):
    client = client_of(stock.users[who])
    _, tree = look(client, f"?unit={unit}" if unit else "")
    asked = {}
    for url, text in numbers(tree):
        shown = int(text.replace(".", ""))
        if url not in asked:
            listed = client.get(url)
            assert listed.status_code == 200, url
            asked[url] = listed.context["count"]
            if "/thiet-bi/?" in url:
                assert asked[url] == len(listed.context["rows"]) or asked[url] > 50, url
        assert asked[url] == shown, url
    assert len(asked) > 25
    assert sum(asked.values()) > 0


@pytest.mark.parametrize(("who", "unit"), LOOKS)
def test_every_value_is_that_of_its_list(stock, client_of, who, unit):
    client = client_of(stock.users[who])
    page, _ = look(client, f"?measure=value&unit={unit}")
    for chart in [*page.context["places"], *page.context["charts"]]:
        for shown in chart.shown:
            rows = client.get(f"{shown.bar.url}&export=csv&cols=original_price")
            lines = list(csv.reader(io.StringIO(b"".join(rows.streaming_content).decode("utf-8-sig"))))[1:]
            value = sum(int(line[0]) for line in lines)
            assert (len(lines), value) == (shown.bar.sum.quantity, shown.bar.sum.value)
            assert shown.text == short_money(value)
    own = Equipment.objects.filter(unit__path__startswith=_path(stock, who, unit))
    if who != "vanphong" or unit:
        held = own.exclude(status__in=(Status.DISPOSED, Status.LOST))
        assert page.context["total"] == (held.count(), held.aggregate(v=Sum("original_price"))["v"])


def _path(stock, who, unit):
    tops = {"ttcntt": "00", "admin1": "00", "vanphong": "00.VP"}
    return stock.units[unit or tops.get(who, stock.users[who].unit.code)].path


@pytest.mark.parametrize(("who", "unit"), LOOKS)
def test_the_parts_of_a_chart_add_up(stock, client_of, who, unit):
    page, _ = look(client_of(stock.users[who]), f"?unit={unit}" if unit else "")
    total, found = page.context["total"], set()
    for chart in [*page.context["places"], *page.context["charts"]]:
        found.add(chart.key)
        whole = sum(bar.sum.quantity for bar in chart.bars)
        if chart.key == "trang-thai":
            assert whole == chart.whole.quantity >= total.quantity
        elif chart.key not in {*UnitKind.values, "loai"}:
            assert whole == total.quantity, chart.key
        for shown in chart.shown:
            assert sum(part.width for part in shown.parts) <= 100.1
            parts = [one.quantity for one in shown.bar.split.values()]
            assert sum(parts) == shown.bar.sum.quantity or not parts
    assert found >= {"nhom", "loai", "tuoi", "thoi-gian", "tinh-trang", "trang-thai"}
    one_level = who in {"nghiepvu_badinh", "vanphong"} or unit in {"01.001", "01.002"}
    assert ("cap" in found) == (not one_level)


def test_the_units_of_a_province_and_its_own_add_up(stock, client_of):
    page, _ = look(client_of(stock.tracuu_hanoi))
    (chart,) = page.context["charts"][:1]
    assert chart.key == UnitKind.DISTRICT
    assert chart.bars[0].label == "Riêng BHXH thành phố Hà Nội"
    assert sum(bar.sum.quantity for bar in chart.bars) == page.context["total"].quantity


def test_one_goes_down_from_the_country_to_a_list(stock, client_of):
    client = client_of(stock.ttcntt)
    _, tree = look(client)
    (province,) = tree.xpath("//a[@class='bars-label'][text()='BHXH thành phố Hà Nội']/@href")
    page, tree = look(client, province.removeprefix("/"))
    assert tree.xpath("//h1/text()") == ["BHXH thành phố Hà Nội"]
    assert UnitKind.PROVINCE.label in page.text
    (district,) = tree.xpath("//a[@class='bars-label'][text()='BHXH quận Ba Đình']/@href")
    page, tree = look(client, district.removeprefix("/"))
    assert tree.xpath("//nav[@aria-label='Đường dẫn trang']//a/text()") == ["BHXH Việt Nam", "BHXH thành phố Hà Nội"]
    assert not page.context["places"]
    assert page.context["waiting"] is None
    listed = client.get(page.context["total_url"])
    assert listed.context["count"] == page.context["total"].quantity
    assert set(Equipment.objects.filter(code__in=[r.id for r in listed.context["rows"]]).values_list("unit__code")) == {
        ("01.001",)
    }


@pytest.mark.dieu("6")
@pytest.mark.parametrize(
    ("who", "unit"),
    [
        ("tracuu_hanoi", "48"),
        ("tracuu_hanoi", "00"),
        ("nghiepvu_badinh", "01"),
        ("nghiepvu_badinh", "01.002"),
        ("ttcntt", "01.001.T1"),
        ("ttcntt", "khong-co"),
    ],
)
def test_units_that_one_does_not_see_are_not_found(stock, client_of, who, unit):
    for query in ("", "&measure=value", "&export=csv", "&export=xlsx"):
        assert client_of(stock.users[who]).get(f"/?unit={unit}{query}").status_code == 404


def test_an_unknown_measure_is_not_found(stock, client_of):
    assert client_of(stock.ttcntt).get("/?measure=weight").status_code == 404


def test_a_district_sees_its_own_figures_only(stock, client_of):
    page, tree = look(client_of(stock.nghiepvu_badinh))
    assert page.context["total"].quantity == _held("01.001")
    assert not page.context["map"]
    assert {chart.key for chart in page.context["charts"]}.isdisjoint({*UnitKind.values, "cap"})
    words = tree.text_content()
    assert "Hoàn Kiếm" not in words
    assert "Đà Nẵng" not in words


def _held(code):
    rows = Equipment.objects.filter(unit__code=code)
    return rows.exclude(status__in=(Status.DISPOSED, Status.LOST)).count()


def test_whoever_has_no_devices_is_told_so(world, client_of):
    page, tree = look(client_of(world.nghiepvu_danang))
    assert "Chưa có thiết bị nào" in tree.text_content()
    assert not tree.xpath("//*[@class='bars']")
    assert page.context["total"] == (0, 0)


def test_every_chart_can_be_read_as_a_table_and_asks_no_script(stock, client_of):
    _, tree = look(client_of(stock.ttcntt))
    figures = tree.xpath("//section[contains(@class,'figure')]")
    assert len(figures) > 6
    for figure in figures:
        (table,) = figure.xpath(".//details//table")
        assert len(table.xpath(".//tbody/tr")) == len(figure.xpath(".//ul[@class='bars']/li")) > 0
        assert table.xpath(".//caption/text()")
    main = tree.xpath("//main")[0]
    assert not main.xpath(".//script|.//*[@style]|.//*[@onclick]")


@pytest.mark.parametrize("measure", ["count", "value"])
def test_the_figures_are_files_too(stock, client_of, measure):
    client = client_of(stock.tracuu_hanoi)
    page, _ = look(client, f"?unit=01.001&measure={measure}")
    expected = [
        [chart.title, bar.label, bar.sum.quantity, bar.sum.value]
        for chart in page.context["charts"]
        for bar in chart.bars
    ]
    answer = client.get(f"/{page.context['exports']['csv']}")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert lines[0] == ["Chỉ tiêu", "Mục", "Số lượng", "Nguyên giá"]
    assert [[a, b, int(c), int(d)] for a, b, c, d in lines[1:]] == expected
    answer = client.get(f"/{page.context['exports']['xlsx']}")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] == expected


@pytest.mark.parametrize("who", ["ttcntt", "tracuu_hanoi", "nghiepvu_badinh", "vanphong"])
def test_it_asks_few_questions_whatever_the_rows(stock, client_of, who):
    client = client_of(stock.users[who])
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    # Within the transaction of a test the wall puts the former scope back, which a request has no need of.
    nested = ("SAVEPOINT", "RELEASE", "SELECT current_setting")
    asked = [q["sql"] for q in asked if not q["sql"].startswith(nested)]
    asked.remove([sql for sql in asked if "set_config" in sql][-1])
    assert len(asked) <= QUERIES, asked
    assert not [sql for sql in asked if 'FROM "equipment_equipment"' in sql]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 đ"),
        (900_000, "900.000 đ"),
        (14_890_000, "14,9 triệu đ"),
        (1_000_000, "1 triệu đ"),
        (15_156_253_280_000, "15.156,3 tỷ đ"),
    ],
)
def test_money_is_written_short(value, text):
    assert short_money(value) == text


def test_a_custodian_sees_its_wards_side_by_side(stock, client_of):
    page, _ = look(client_of(stock.vanphong))
    (chart,) = page.context["charts"][:1]
    assert {bar.label for bar in chart.bars} == {"Văn phòng BHXH Việt Nam", "Vụ Pháp chế"}
    assert sum(bar.sum.quantity for bar in chart.bars) == page.context["total"].quantity
