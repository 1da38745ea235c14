"""What stands in the cells of XLSX, XLS and ODS, read alike."""

import datetime as dt
import io
import time

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from core.sheets import Book, CellError, SheetError, read
from tests.sheets.office import convert


def book_of(path):
    with path.open("rb") as file:
        return read(file, path.name)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_kind_of_cell(kinds, kind):
    book = book_of(kinds[kind])
    rows = list(book.rows(0))
    assert rows[:2] == [[None] * 9] * 2
    assert rows[2] == ["DANH SÁCH THIẾT BỊ", *[None] * 8]
    assert rows[4] == ["Tên", "Số", "Lẻ", "Ngày", "Lúc", "Giờ", "Dài", "Lỗi", "Có"]
    *cells, yes = rows[5]
    assert cells == [
        "  M¸y tÝnh  n\u00adíc ",
        12,
        12.5,
        dt.date(2024, 2, 29),
        dt.datetime(2024, 2, 29, 9, 30, 20),  # noqa: DTZ001 - cells have no time zone
        "07:30:00",
        "36:00:00",
        CellError("#DIV/0!"),
    ]
    assert yes == 1  # a boolean but for ODS, into which LibreOffice writes the formula TRUE() shown as a number
    assert (type(cells[1]), type(cells[2]), type(cells[3])) == (int, float, dt.date)
    assert rows[7][:4] == ["dòng một\ndòng hai", "0012", 14_890_000, 24]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_only_what_is_seen_and_holds_something(kinds, kind):
    book = book_of(kinds[kind])
    assert [(sheet.name, sheet.rows, sheet.columns) for sheet in book.sheets] == [("Thiết bị", 9, 9), ("Hai", 1, 1)]
    assert set(book.sheets[0].merged) == {(2, 0, 2, 3), (8, 1, 9, 2)}
    assert list(book.rows(1)) == [["x"]]


def test_a_boolean_is_one(kinds):
    assert [list(book_of(kinds[kind]).rows(0))[5][8] for kind in ("xlsx", "xls")] == [True, True]
    assert list(book_of(kinds["xlsx"]).rows(0))[5][8] is True


def test_years_that_count_from_1904(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.date(2024, 2, 29)
    book.save(tmp_path / "mac.xlsx")
    for path in (tmp_path / "mac.xlsx", convert(tmp_path / "mac.xlsx", "xls"), convert(tmp_path / "mac.xlsx", "ods")):
        assert list(book_of(path).rows(0)) == [[dt.date(2024, 2, 29)]], path.suffix


@pytest.mark.parametrize("error", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
def test_failed_formulas_keep_their_names(tmp_path, error):
    with xlsxwriter.Workbook(tmp_path / "error.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b", "c"])
        sheet.write_formula(1, 1, "=Z99", None, error)
        sheet.write_formula(2, 29, "=Z99", None, error)
        sheet.write_string(3, 0, error)
    rows = list(book_of(tmp_path / "error.xlsx").rows(0))
    assert rows[1][1] == rows[2][29] == rows[3][0] == CellError(error)


def test_a_formula_never_calculated_is_nothing(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "=1+1", "x"
    book.save(tmp_path / "formula.xlsx")
    assert list(book_of(tmp_path / "formula.xlsx").rows(0)) == [[None, "x"]]


def test_a_list_that_begins_in_the_middle_keeps_its_place(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "middle.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(2, 3, "x")
        sheet.write_formula(4, 5, "=1/0", None, "#DIV/0!")
    path = tmp_path / "middle.xlsx"
    for each in (path, convert(path, "xls"), convert(path, "ods")):
        rows = list(book_of(each).rows(0))
        assert rows[2] == [None, None, None, "x", None, None], each.suffix
        assert rows[4] == [*[None] * 5, CellError("#DIV/0!")], each.suffix
        assert len(rows) == 5


def test_signs_that_are_no_text_are_marked(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "signs.xlsx") as book:
        book.add_worksheet().write_row(0, 0, ["a\x01b", "_x000D_", "e\u0301 \u00a0 \u00ad", "  hai  "])
    assert list(book_of(tmp_path / "signs.xlsx").rows(0)) == [
        ["a\ufffdb", "_x000D_", "e\u0301 \u00a0 \u00ad", "  hai  "]
    ]


def font(book, name):
    return book.add_format({"font_name": name})


def test_fonts_tell_which_columns_are_old(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "fonts.xlsx") as book:
        sheet = book.add_worksheet()
        names = [".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman", ".VnArialH", "Arial"]
        for column, name in enumerate(names):
            sheet.write_string(
                0, column, "Cét", font(book, ".VnTimeH")
            )  # a header in capitals says nothing of what follows
            for line in range(1, 5):
                sheet.write_string(line, column, "M¸y", font(book, name))
        sheet.write_number(1, 6, 5, font(book, ".VnTime"))
        sheet.write_string(2, 6, "x", font(book, "Arial"))
    (sheet,) = book_of(tmp_path / "fonts.xlsx").sheets
    assert (sheet.tcvn3_columns, sheet.capital_columns, sheet.vni_columns) == ({0, 1, 4}, {1, 4}, {2})


def test_the_font_that_cells_have_by_default_counts(tmp_path):
    book = openpyxl.Workbook()
    book._fonts[0].name = ".VnTime"
    for line in range(3):
        book.active.cell(line + 1, 28, "M¸y")
    book.save(tmp_path / "default.xlsx")
    assert book_of(tmp_path / "default.xlsx").sheets[0].tcvn3_columns == {27}


def test_the_copy_is_the_book(kinds, tmp_path):
    book = book_of(kinds["xlsx"])
    book.save(tmp_path / "copy.gz")
    packed = io.BytesIO()
    book.save(packed)
    packed.seek(0)
    for again in (Book.load(tmp_path / "copy.gz"), Book.load(packed)):
        assert again.sheets == book.sheets
        for at in range(2):
            assert list(again.rows(at)) == list(book.rows(at))


def test_two_may_read_a_book_at_once(kinds):
    book = book_of(kinds["xlsx"])
    first, second = book.rows(0), book.rows(0)
    next(first)
    assert [next(second) for _ in range(5)][1:] == [next(first) for _ in range(4)]


def test_ten_thousand_rows_are_read_while_one_waits(tmp_path):
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line in range(10_000):
            sheet.write_row(line, 0, [f"Máy tính số {line}", line, "Phòng Kế toán", line * 1.5] * 5)
    begun = time.monotonic()
    book = book_of(path)
    assert sum(row[1] for row in book.rows(0)) == sum(range(10_000))
    assert time.monotonic() - begun < 15


def test_the_name_is_shown_as_it_may_be():
    with pytest.raises(SheetError) as refusal:
        read(io.BytesIO(b""), "a\nb\u202e.xlsx")
    assert "“a b .xlsx”" in refusal.value.message
