"""CSV as programs in Vietnam write it, and as our own exports do."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.encodings import Encoding, convert
from core.sheets import CellError, SheetError, read
from core.sheets.delimited import decode
from core.sheets.formulas import plain_text, safe_text

ROWS = [["Tên thiết bị", "Số máy", "Nguyên giá"], ["Máy in, đa năng; màu", "SN1", "1.500.000"], ["Đầu\nđọc", "", "0"]]


def rows_of(content):
    return list(read(io.BytesIO(content), "danh-sach.csv").rows(0))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_encodings(separator, encoding, ending):
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    expected = [[cell or None for cell in row] for row in ROWS]
    assert rows_of(f"{ending.join(lines)}{ending}".encode(encoding)) == expected


def test_signs_of_old_encodings_survive():
    rows = rows_of("M¸y tÝnh n\u00adíc;Maùy tính\r\nPhßng KÕ to¸n;x\r\n".encode("cp1252"))
    assert rows == [["M¸y tÝnh n\u00adíc", "Maùy tính"], ["Phßng KÕ to¸n", "x"]]
    assert convert(rows[0][0], Encoding.TCVN3) == "Máy tính nước"


def test_a_few_broken_signs_leave_the_rest_readable():
    content = "Máy tính để bàn của phòng Kế toán, đã bàn giao đủ phụ kiện cho người sử dụng\n".encode()
    assert decode(content * 3 + b"M\xc3y") == (content * 3).decode() + "M\ufffdy"


def test_lines_keep_their_numbers_and_spreadsheets_their_hint():
    assert rows_of(b"sep=|\r\nTen|So\r\n\r\na,b|1\r\n\r\n") == [["Ten", "So"], [None, None], ["a,b", "1"]]


def test_one_column_and_codes_that_look_like_numbers():
    assert rows_of("Số máy\n0012\n1e5\n".encode()) == [["Số máy"], ["0012"], ["1e5"]]
    assert rows_of(b"a,b\n#N/A,2\n")[1] == [CellError("#N/A"), "2"]


def test_short_rows_are_filled_and_signs_that_are_no_text_marked():
    assert rows_of("a,b,c\n1\nM\u0085y\x1a".encode()) == [["a", "b", "c"], ["1", None, None], ["M\u0085y", None, None]]
    assert rows_of("a,b\nx\ufffe,1\n".encode())[1] == ["x\ufffd", "1"]


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="'"), max_size=20))
def test_what_exports_make_safe_comes_back(text):
    assert plain_text(safe_text(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@a", "＝x", "a;=b", "a\n-b", "\t=x"])
def test_apostrophes_of_exports_go_again(text):
    assert safe_text(text) != text
    assert rows_of(f'x,"{safe_text(text)}"\n'.encode()) == [["x", text]]


@pytest.mark.parametrize("text", ["'n", "d'Azur", "rock 'n' roll", "5'"])
def test_apostrophes_of_people_stay(text):
    assert rows_of(f"x,{text}\n".encode()) == [["x", text]]


def test_an_open_quote_is_said_with_its_line():
    with pytest.raises(SheetError) as refusal:
        read(io.BytesIO(b'a,b\n1,"x\n' + b"1,2\n" * 40_000), "x.csv")
    assert refusal.value.code == "quotes"
    assert "dấu nháy kép" in refusal.value.message
