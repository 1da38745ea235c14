"""Files: nothing in them calculates, and they hold what the screen filters."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.formulas import safe_text
from tests.ui.support import listing, make_types, types
from ui import exports
from ui.exports import csv_lines, write_workbook
from ui.tables import Column

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LEADS = ("", " ", "\t", "\r", "\n", "\r\n ", "\xa0", "\u3000", "\u200b", "\ufeff")
ATTACKS = [f"{lead}{sign}cmd|' /C calc'!A0" for lead in LEADS for sign in SIGNS] + ["\tchữ", "\rchữ", "\nchữ"]
KINDS = ("text", "code", "date", "datetime", "money", "number", "choice", "status", "bool", "deadline")
TEXT_KINDS = ("text", "code", "choice", "status")


def read_csv(pieces):
    text = "".join(pieces)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def read_xlsx(rows, columns):
    file = io.BytesIO()
    write_workbook(file, rows, columns)
    return openpyxl.load_workbook(file)


@pytest.mark.parametrize("kind", TEXT_KINDS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_of_a_csv_is_a_formula(kind, attack):
    columns = [Column("x", attack, kind=kind)]
    head, row = read_csv(csv_lines([{"x": attack}], columns))
    assert head[0].startswith("'")
    assert row[0].startswith("'")


def test_labels_and_rendered_values_of_a_csv_are_no_formulas():
    columns = [
        Column("a", "A", kind="choice", choices={"a": "=1+1"}),
        Column("b", "B", key="", export_value=lambda _: "@SUM(1)"),
    ]
    assert read_csv(csv_lines([{"a": "a"}], columns))[1] == ["'=1+1", "'@SUM(1)"]


@given(st.text(st.sampled_from("=+-@;,\t\r\n \"'a1＝")))
def test_no_program_that_parts_cells_elsewhere_meets_a_formula(text):
    for cell in safe_text(text).replace("\t", ";").replace("\r", ";").replace("\n", ";").split(";"):
        assert not cell.strip().startswith(SIGNS)


@pytest.mark.parametrize("text", ["Máy in 2-trong-1", "a=b", "TB.01.000123", "nguyen@vss.gov.vn", "1+1"])
def test_harmless_text_stays_as_it_is(text):
    assert safe_text(text) == text


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(kind):
    texts = [*ATTACKS, "=1+1", "{=1+1}", "http://evil.example", "mailto:a@b", "internal:Sheet1!A1", "0123"]
    rows = [{"x": text} for text in texts] if kind in TEXT_KINDS else []
    sheet = read_xlsx(rows, [Column("x", "=1+1", kind=kind)]).active
    for row in sheet.iter_rows():
        assert [cell.data_type for cell in row] == ["s"]
        assert [cell.hyperlink for cell in row] == [None]
    if rows:
        assert sheet.cell(len(texts), 1).value == "internal:Sheet1!A1"
        assert sheet.cell(len(texts) + 1, 1).value == "0123"


def test_a_workbook_keeps_types_and_shows_them_the_vietnamese_way():
    columns = [
        Column("d", "Ngày", kind="date"),
        Column("m", "Giá", kind="money"),
        Column("n", "Số", kind="number"),
        Column("t", "Chữ"),
    ]
    book = read_xlsx([{"d": date(2026, 11, 25), "m": Decimal(-14890000), "n": 1.5, "t": None}], columns)
    day, money, number, text = book.active[2]
    assert (day.value.date(), day.number_format) == (date(2026, 11, 25), "dd/mm/yyyy")
    assert (money.value, money.number_format) == (-14890000, "#,##0")
    assert number.value == 1.5
    assert text.value is None
    assert book.active.freeze_panes == "A2"
    assert book.active.auto_filter.ref == "A1:D2"


def test_numbers_and_dates_of_a_csv():
    columns = [Column("d", "D", kind="date"), Column("m", "M", kind="money"), Column("n", "N", kind="number")]
    rows = [{"d": date(2026, 1, 5), "m": Decimal(14890000), "n": -3}, {"d": None, "m": None, "n": None}]
    assert read_csv(csv_lines(rows, columns))[1:] == [["05/01/2026", "14890000", "-3"], ["", "", ""]]


def test_a_text_longer_than_a_cell_is_cut_visibly():
    value = read_xlsx([{"x": "á" * 40_000}], [Column("x", "X")]).active.cell(2, 1).value
    assert len(value) == exports.CELL_CHARACTERS
    assert value.endswith("…")


def test_a_full_sheet_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(exports, "SHEET_ROWS", 2)
    book = read_xlsx([{"x": str(n)} for n in range(5)], [Column("x", "X")])
    assert [sheet.max_row for sheet in book] == [3, 3, 2]
    assert [sheet.cell(1, 1).value for sheet in book] == ["X"] * 3


@pytest.mark.django_db
class TestOfAList:
    def test_a_csv_holds_what_is_filtered_in_the_order_of_the_screen(self):
        make_types(120)
        make_types(3, "kit_two")
        response = listing({"export": "csv", "app": "kit_one", "q": "kit00", "sort": "-model", "page": "2"})
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"].startswith('attachment; filename="loai-20')
        rows = read_csv(piece.decode() for piece in response.streaming_content)
        assert rows[0] == ["Mã loại", "Ứng dụng", "Số", "Nhãn", "Ẩn"]
        assert [row[0] for row in rows[1:]] == [f"kit{n:04}" for n in range(99, 0, -1)]
        assert rows[1][1] == "Ứng dụng một"

    def test_the_chosen_columns_only_in_their_order(self):
        make_types(1)
        response = listing({"export": "csv", "cols": "number,model,screen,password"})
        assert read_csv(p.decode() for p in response.streaming_content)[0] == ["Số", "Mã loại"]

    def test_an_export_does_not_change_the_columns_of_the_screen(self):
        session = {}
        listing({"export": "csv", "cols": "model"}, session=session)
        assert session == {}

    def test_a_csv_reads_nothing_until_it_is_sent(self):
        make_types(3)
        with CaptureQueriesContext(connection) as before:
            response = listing({"export": "csv"})
        assert len(before) == 1  # whether it is too long to wait for
        assert len(list(response.streaming_content)) == 1

    def test_an_xlsx_is_a_workbook_of_the_same(self):
        make_types(3)
        response = listing({"export": "xlsx", "sort": "-model"})
        assert response["Content-Type"] == exports.XLSX_TYPE
        assert response["Content-Disposition"].endswith('.xlsx"')
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
        assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Mã loại", "kit0003", "kit0002", "kit0001"]
        assert sheet.cell(2, 3).value == types().order_by("-model").values_list("id", flat=True)[0]
        response.close()

    def test_a_filter_that_is_not_understood_exports_nothing(self):
        make_types(3)
        response = listing({"export": "csv", "number": "abc"})
        assert response.status_code == 400
        assert "attachment" not in response.headers.get("Content-Disposition", "")

    def test_an_unknown_format_is_the_page(self):
        assert listing({"export": "exe"})["Content-Type"].startswith("text/html")
