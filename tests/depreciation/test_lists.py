"""Wear in the list of devices and its files."""

import csv
import io
from datetime import date

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equipment.models import DepreciationRate
from tests.depreciation import support as s
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db
LIST = "/thiet-bi/?cols=code,original_price,accumulated,residual,wear_on"


@pytest.fixture
def stock(world):
    """Two of 2023 for 14,500,000 đồng, one below the line, one of another unit."""
    s.both(world.desktop)
    by = world.nghiepvu_badinh
    taken_in(world, by, ["A1", "A2"], handover_date=date(2023, 3, 20), late_reason="Chậm")
    taken_in(world, by, ["B1"], line={"unit_price": 9_000_000}, handover_date=date(2024, 3, 20), late_reason="Chậm")
    taken_in(world, world.nghiepvu_hoankiem, ["C1"])
    return by


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 21), tick=False):
        yield


def test_the_columns_show_the_last_closed_year(stock, person):
    rows = person(stock).get(LIST).rows
    below, worn, _ = (row[-4:] for row in rows)
    assert worn == ["14.500.000 đ", "8.700.000 đ", "5.800.000 đ", "31/12/2025"]
    assert below == ["9.000.000 đ", "—", "—", "—"]


@pytest.mark.parametrize(
    ("year", "residual"), [("2022", "—"), ("2023", "11.600.000 đ"), ("2026", "2.900.000 đ"), ("2030", "0 đ")]
)
def test_another_year_may_be_asked(stock, person, year, residual):
    rows = person(stock).get(f"{LIST}&wear={year}").rows
    assert len(rows) == 3
    assert rows[1][-2] == residual


def test_a_year_out_of_range_is_refused(stock, person):
    assert person(stock).get(f"{LIST}&wear=1066").status == 400


def test_files_have_figures_as_numbers(stock, client_of):
    client = client_of(stock)
    text = b"".join(client.get(f"{LIST}&export=csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Hao mòn lũy kế"] for row in rows] == ["", "8700000", "8700000"]
    assert rows[1]["Hao mòn đến"] == "31/12/2025"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/thiet-bi/?export=xlsx&wear=2024"))))
    head, *lines = book.active.iter_rows(values_only=True)
    assert [dict(zip(head, line, strict=True))["Giá trị còn lại"] for line in lines] == [None, 8_700_000, 8_700_000]


def test_the_queries_do_not_grow_with_the_rows(stock, world, client_of):
    client = client_of(stock)
    counts = []
    for name in ("X", "Y"):
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
        taken_in(world, stock, [f"{name}{n}" for n in range(20)], handover_date=date(2025, 3, 20), late_reason="Chậm")
    assert counts[0] == counts[1]


def test_without_the_columns_nothing_is_counted(stock, client_of):
    client = client_of(stock)
    client.get("/thiet-bi/?cols=code,name")
    with CaptureQueriesContext(connection) as asked:
        client.get("/thiet-bi/?cols=code,name")
    assert not [query for query in asked if DepreciationRate._meta.db_table in query["sql"]]
