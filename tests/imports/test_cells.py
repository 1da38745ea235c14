"""What a cell says, and what it refuses to guess."""

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets import CellError
from equipment.importing.cells import (
    SOFT_HYPHEN,
    bool_of,
    day_of,
    integer_of,
    is_blank,
    money_of,
    shown,
    text_of,
    unguarded,
)
from equipment.importing.faults import FaultKind, RefusedError
from ui import formats
from ui.exports import safe_text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("25/11/2020", date(2020, 11, 25)),
        ("5/1/20", date(2020, 1, 5)),
        ("5-1-2020", date(2020, 1, 5)),
        ("05.01.2020", date(2020, 1, 5)),
        ("2020-01-05", date(2020, 1, 5)),
        ("2020-01-05 00:00:00", date(2020, 1, 5)),
        ("05/01/2020 8:30", date(2020, 1, 5)),
        ("31/12/99", date(1999, 12, 31)),
        ("'25/11/2020", date(2020, 11, 25)),
        ("Ngày 5 tháng 1 năm 2020", date(2020, 1, 5)),
        (date(2020, 1, 5), date(2020, 1, 5)),
        (datetime.fromisoformat("2020-01-05T13:00"), date(2020, 1, 5)),
        (43835, date(2020, 1, 5)),
        (43835.5, date(2020, 1, 5)),
        (5012020, date(2020, 1, 5)),
        (25112020, date(2020, 11, 25)),
        (None, None),
        ("  ", None),
        ("-", None),
    ],
)
def test_days_are_read(cell, day):
    assert day_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("11/2020", "Thiếu ngày"),
        ("tháng 11/2020", "Thiếu ngày"),
        ("2020", "Mới có năm"),
        (2020, "Mới có năm"),
        ("11/25/2020", "Có lẽ tháng đứng trước ngày"),
        ("31/02/2020", "Không có ngày 31/02/2020"),
        ("hôm qua", "ngày/tháng/năm"),
        ("01/01/0020", "1900"),
        (3.7, "không phải ngày"),
        (True, "ngày"),
    ],
)
def test_a_day_that_is_not_plain_is_refused(cell, says):
    with pytest.raises(RefusedError, match=says) as refused:
        day_of(cell)
    assert refused.value.kind is FaultKind.DATE


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2079, 12, 31)))
def test_every_day_is_read_in_each_way_of_writing(day):
    serial = (day - date(1899, 12, 30)).days
    short = f"{day.day}/{day.month}/{day:%y}"
    for cell in (formats.vndate(day), f"{day.day}-{day.month}-{day.year}", short, day.isoformat(), day, serial):
        assert day_of(cell) == day


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (14_890_000, 14_890_000),
        (14_890_000.0, 14_890_000),
        ("14.890.000", 14_890_000),
        ("14,890,000", 14_890_000),
        ("14.890.000 đ", 14_890_000),
        ("14 890 000 VNĐ", 14_890_000),
        ("14.890.000,00", 14_890_000),
        ("14,890,000.00", 14_890_000),
        ("14890000.00", 14_890_000),
        ("1.500", 1500),
        ("0", 0),
        (0, 0),
        ("", None),
        (None, None),
    ],
)
def test_amounts_are_read(cell, amount):
    assert money_of(cell) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("15 triệu", "đủ số đồng"),
        ("15tr", "đủ số đồng"),
        ("1,2 tỷ", "đủ số đồng"),
        (14.89, "dấu thập phân"),
        ("14,5", "phần lẻ"),
        ("14.890.000,50", "phần lẻ"),
        (-5, "âm"),
        ("-5.000", "âm"),
        ("không rõ", "chữ số"),
        (date(2020, 1, 1), "Không phải số tiền"),
        (True, "Không phải số tiền"),
        (10**16, "15 chữ số"),
    ],
)
def test_an_amount_that_is_not_plain_is_refused(cell, says):
    with pytest.raises(RefusedError, match=says) as refused:
        money_of(cell)
    assert refused.value.kind is FaultKind.MONEY


@given(st.integers(min_value=0, max_value=10**13 - 1))
def test_every_amount_is_read_in_each_way_of_writing(amount):
    for cell in (amount, float(amount), formats.money(amount), formats.number(amount), f"{amount:,}", f"{amount:,}.00"):
        assert money_of(cell) == amount


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  SN  1 ", "SN 1"),
        (12345, "12345"),
        (12345.0, "12345"),
        (3.5, "3.5"),
        ("'0012", "0012"),
        ("'=1+1", "=1+1"),
        ("O'Brien", "O'Brien"),
        (True, "Có"),
        (None, ""),
        ("–", ""),
        ("Đo\u0302\u0301ng", "Đống"),
    ],
)
def test_text_is_read(cell, text):
    assert text_of(cell, limit=20) == text


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (1.2e15, FaultKind.SPOILT),
        (10**15, FaultKind.SPOILT),
        ("1.2E+15", FaultKind.SPOILT),
        ("1,23457E+12", FaultKind.SPOILT),
        (date(2020, 1, 2), FaultKind.SPOILT),
        (CellError("#REF!"), FaultKind.FORMULA),
        ("x" * 21, FaultKind.LENGTH),
        ("a\ufffdb", FaultKind.FONT),
        ("m¸y tÝnh", FaultKind.FONT),
        ("a\x07b", FaultKind.FONT),
    ],
)
def test_text_that_was_spoilt_is_refused(cell, kind):
    with pytest.raises(RefusedError) as refused:
        text_of(cell, limit=20)
    assert refused.value.kind is kind
    assert str(refused.value).endswith((".", ")"))


@given(st.text(alphabet="=+-@; \tab1\n", max_size=12))
def test_what_our_exports_guard_is_read_as_it_was(text):
    assert unguarded(safe_text(text)) == text


@pytest.mark.parametrize("text", ["O'Brien", "=;'", "a;'b", "'", "rock 'n' roll"])
def test_apostrophes_that_guard_nothing_stay(text):
    assert unguarded(text) == text


@pytest.mark.parametrize(("cell", "said"), [("x", True), ("Có", True), (False, False), ("không", False), ("kho", None)])
def test_yes_and_no(cell, said):
    assert bool_of(cell) is said


def test_whole_numbers_keep_within_their_bounds():
    assert integer_of("2020", range(1980, 2101), "2020") == 2020
    assert integer_of(2020.0, range(1980, 2101), "2020") == 2020
    for cell in (1979, "2101", "hai nghìn", 2020.5, "-1", "9" * 40):
        with pytest.raises(RefusedError, match="từ 1980 đến 2100"):
            integer_of(cell, range(1980, 2101), "2020")


@given(st.one_of(st.text(max_size=300), st.floats(), st.integers(), st.dates(), st.datetimes(), st.booleans()))
def test_whatever_a_cell_holds_it_can_be_shown_and_is_read_or_refused(cell):
    assert shown(cell).replace(SOFT_HYPHEN, "").isprintable()  # a letter of TCVN3 that no browser draws
    assert len(shown(cell)) <= 101
    for reader in (day_of, money_of, lambda c: text_of(c, limit=50)):
        with suppress(RefusedError):
            reader(cell)
    assert isinstance(is_blank(cell), bool)
