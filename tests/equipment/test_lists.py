"""The list of devices: searched, filtered, sorted, paged, exported; the overview that leads to it."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from deadlines.models import Obligation
from equipment.actions import confirm, equipment, intake
from equipment.models import Brand, Equipment
from equipment.rules.lifecycle import Status
from tests import world as w
from tests.equipment.support import paper, ready, taken_in

pytestmark = pytest.mark.django_db
LIST = "/thiet-bi/"


@pytest.fixture
def stock(world):
    """Some devices of Ba Đình, Hoàn Kiếm and Đà Nẵng."""
    by = world.nghiepvu_badinh
    made = taken_in(world, by, ["ABC-100", "ABC-200", "XYZ-300"], handover_date=date(2026, 11, 18))
    one, two, three = w.devices(made)
    changes = [
        (one, {"holder_name": "Nguyễn Đình Đức", "room": world.units["01.001.T1"], "condition": "poor"}),
        (two, {"name": "Máy chấm công", "inventory_number": "TS-77"}),
        (three, {"holder_name": "Trần Thị Ánh", "condition": "fair", "note": "=HYPERLINK(1)"}),
    ]
    for device, values in changes:
        equipment.describe(device, values=values, reason="Thử", by=by, version=1)
    Equipment.objects.filter(pk=three.pk).update(status=Status.IN_USE)
    taken_in(world, world.nghiepvu_hoankiem, ["HK-1"])
    taken_in(world, world.nghiepvu_danang, ["DN-1", "DN-2"])
    software = intake.LineData(category=world.office, quantity=1, unit_price=900_000, name="Bộ văn phòng")
    office = intake.start_draft(unit=by.unit, header=w.header(), lines=[software], by=by)
    paper(office, by)
    confirm.confirm(office, by=by)
    return made


def codes(page):
    return sorted(cell for row in page.rows for cell in row if re.fullmatch(r"\d\d[.\d\w]*-\d{6}", cell))


def found(person, user, query):
    page = person(user).get(f"{LIST}?{query}")
    assert page.status == 200, page.main
    return codes(page)


SEARCHES = [
    ("q=01.001-000002", ["2"]),
    ("q=abc", ["1", "2"]),
    ("q=c-2", ["2"]),
    ("q=nguyen dinh", ["1"]),
    ("q=Nguyễn Đình", ["1"]),
    ("q=NGUYEN+duc", ["1"]),
    ("q=anh", ["3"]),
    ("q=may cham cong", ["2"]),
    ("q=ts-77", ["2"]),
    ("q=optiplex", ["1", "2", "3"]),
    ("q=dell 3070 abc", ["1", "2"]),
    ("q=khong co gi", []),
    ("q=%25", []),
    ("q=_", []),
    ("q=hk-1", []),
    ("status=in_use", ["3"]),
    ("status=in_use&status=in_stock", ["1", "2", "3", "4"]),
    ("condition=poor", ["1"]),
    ("category=MAY_TINH_BAN", ["1", "2", "3"]),
    ("category=MAY_TINH", ["1", "2", "3"]),
    ("category=UD_VAN_PHONG", ["4"]),
    ("received_tu=18/11/2026&received_den=18/11/2026", ["1", "2", "3"]),
    ("received_tu=19/11/2026", ["4"]),
    ("q=abc&condition=poor", ["1"]),
]


@pytest.mark.parametrize(("query", "numbers"), SEARCHES)
def test_search_and_filters(stock, world, person, query, numbers):
    assert found(person, world.nghiepvu_badinh, query) == [f"01.001-{int(n):06d}" for n in numbers]


def test_the_filter_of_brand_and_of_the_intake_and_of_a_unit_with_those_below(stock, world, person):
    brand = Brand.objects.get()
    assert len(found(person, world.nghiepvu_badinh, f"brand={brand.pk}")) == 3
    assert len(found(person, world.nghiepvu_badinh, f"intake={stock.number.lower()}")) == 3
    assert len(found(person, world.tracuu_hanoi, "unit=01")) == 5
    assert len(found(person, world.tracuu_hanoi, "unit=01.002")) == 1
    assert len(found(person, world.ttcntt, "")) == 7
    assert len(found(person, world.ttcntt, "unit=48")) == 2


def test_a_filter_that_is_not_understood_finds_nothing_and_says_so(stock, world, person):
    for query in ("status=gone", "brand=abc", "received_tu=mai", "unit=48", "category=NO"):
        page = person(world.nghiepvu_badinh).get(f"{LIST}?{query}")
        assert page.status == 400, query
        assert page.rows == [], query


def test_chips_say_what_filters_and_take_it_off(stock, world, person):
    one = person(world.nghiepvu_badinh)
    page = one.get(f"{LIST}?q=abc&condition=poor&status=in_stock&status=in_use")
    chips = page.tree.xpath('//*[contains(concat(" ", @class, " "), " chip ")]')
    words = " ".join("".join(chip.itertext()) for chip in chips)
    for label in ("Kém", "Trong kho", "Đang sử dụng"):
        assert label in words, words
    urls = [href for chip in chips for href in chip.xpath("descendant-or-self::a/@href")]
    without = next(url for url in urls if "condition" not in url)
    assert len(codes(one.get(f"{LIST}{without}"))) == 2


def test_sorting_both_ways_by_every_column_is_total(stock, world, person):
    one = person(world.ttcntt)
    heads = [a.get("href") for a in one.get(LIST).tree.xpath("//main//thead//a[@href]")]
    assert len(heads) >= 6
    for url in heads:
        key = re.search(r"sort=-?([a-z_]+)", url).group(1)
        up, down = (one.get(f"{LIST}?sort={sign}{key}").rows for sign in ("", "-"))
        assert len(up) == len(down) == 7
        assert sorted(map(str, up)) == sorted(map(str, down)), key
    assert codes(one.get(f"{LIST}?sort=code")) == sorted(Equipment.objects.values_list("code", flat=True))
    listed = one.get(f"{LIST}?sort=-original_price").rows
    assert "Bộ văn phòng" in " ".join(listed[-1])


def test_pages_of_fifty(world, person):
    taken_in(world, world.nghiepvu_badinh, [f"P{n:03d}" for n in range(120)])
    one = person(world.nghiepvu_badinh)
    seen = [code for n in (1, 2, 3) for code in codes(one.get(f"{LIST}?sort=code&page={n}"))]
    assert seen == sorted(Equipment.objects.values_list("code", flat=True))
    assert len(one.get(LIST).rows) == 50
    assert "120" in one.get(LIST).main
    assert codes(one.get(f"{LIST}?page=99")) == codes(one.get(f"{LIST}?page=3"))


# --- exports --------------------------------------------------------------------------------------------------------


def csv_of(person, user, query):
    response = person(user).client.get(f"{LIST}?{query}&export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def xlsx_of(person, user, query):
    response = person(user).client.get(f"{LIST}?{query}&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    "query", ["q=", "q=abc&sort=-code", "status=in_use", "category=MAY_TINH&sort=serial", "q=khong co"]
)
def test_exports_hold_what_the_list_shows_in_its_order(stock, world, person, query):
    user = world.nghiepvu_badinh
    page = person(user).get(f"{LIST}?{query}&cols=code,name,serial")
    shown = [next(cell for cell in row if re.fullmatch(r"01\.001-\d{6}", cell)) for row in page.rows]
    assert [row["Mã thiết bị"] for row in csv_of(person, user, query)] == shown
    assert [row["Mã thiết bị"] for row in xlsx_of(person, user, query)] == shown


def test_exports_are_typed_and_no_cell_is_a_formula(stock, world, person):
    (row,) = xlsx_of(person, world.nghiepvu_badinh, "q=xyz")
    assert row["Nguyên giá"] == 14_500_000
    assert row["Ngày tiếp nhận"].date() == date(2026, 11, 18)
    (row,) = csv_of(person, world.nghiepvu_badinh, "q=xyz")
    assert row["Ghi chú"] == "'=HYPERLINK(1)"
    assert row["Ngày tiếp nhận"] == "18/11/2026"
    assert row["Nguyên giá"] == "14500000"


# --- overview -------------------------------------------------------------------------------------------------------


@pytest.mark.dieu("6", "13.1", "14.6")
@pytest.mark.parametrize("name", [name for name, *_ in w.ACCOUNTS])
def test_every_number_of_the_overview_is_the_count_of_the_list_it_leads_to(stock, world, person, name):
    for user, day in ((world.nghiepvu_badinh, date(2026, 3, 2)), (world.nghiepvu_danang, date(2026, 11, 20))):
        ready(world, user, [f"draft-{user.pk}-{day}"], handover_date=day, contract_date=None)
    last_day = ready(world, world.nghiepvu_badinh, ["today"])
    Obligation.objects.about(last_day).update(due_date=timezone.localdate())
    late = ready(world, world.nghiepvu_hoankiem, ["gone"], handover_date=date(2026, 3, 2), contract_date=None)
    intake.cancel(late, reason="Thôi", by=world.nghiepvu_hoankiem)
    one = person(getattr(world, name))
    page = one.get("/")
    tiles = page.tree.xpath("//main//a[.//*[contains(@class,'tile-number')]]")
    assert len(tiles) >= 4
    numbers = []
    for tile in tiles:
        (number,) = tile.xpath(".//*[contains(@class,'tile-number')]/text()")
        shown = int(number.replace(".", ""))
        listed = one.get(tile.get("href"))
        assert listed.status == 200
        assert len(listed.rows) == shown, (tile.get("href"), shown)
        numbers.append(shown)
    assert sum(numbers) > 0 or name == "vanphong"
