"""What people type: amounts, days, names."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ui import formats
from ui.fields import DateField, LongTextField, MoneyField, TextField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("14.890.000", 14_890_000),
        ("14890000", 14_890_000),
        ("14,890,000", 14_890_000),
        ("14 890 000", 14_890_000),
        ("14\xa0890\xa0000 đ", 14_890_000),
        ("  14.890.000 VND ", 14_890_000),
        ("14.890.000đồng", 14_890_000),
        ("0", 0),
        ("007", 7),
        ("999999999999999", 999_999_999_999_999),
        (Decimal(1500), 1500),
        (1500, 1500),
    ],
)
def test_money_is_read(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("-1", "không được âm"),
        ("−1", "không được âm"),
        ("14,5", "không có phần lẻ"),
        ("14.890.000,50", "không có phần lẻ"),
        ("14890000.00", "không có phần lẻ"),
        ("1e18", "bằng chữ số"),
        ("1000000000000000", "nhiều nhất 15 chữ số"),
        ("1.000.000.000.000.000", "nhiều nhất 15 chữ số"),
        ("một triệu", "bằng chữ số"),
        ("NaN", "bằng chữ số"),
        ("Infinity", "bằng chữ số"),
        ("14.890.00", "không có phần lẻ"),
        ("1\x000", "bằng chữ số"),
        ("٣٤٥", "bằng chữ số"),
    ],
)
def test_money_refuses_and_names_the_rule(typed, says):
    with pytest.raises(ValidationError, match=says):
        MoneyField().clean(typed)


def test_money_bounds_and_blank():
    assert MoneyField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        MoneyField(min_value=1).clean("0")
    with pytest.raises(ValidationError):
        MoneyField(max_value=1000).clean("1001")


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_money_reads_what_it_writes(amount):
    assert MoneyField().clean(formats.money(amount)) == amount
    assert MoneyField().clean(formats.number(amount)) == amount


def test_money_widget_shows_groups_and_keeps_what_was_typed():
    widget = MoneyField().widget
    assert widget.format_value(Decimal(14890000)) == "14.890.000"
    assert widget.format_value("14.5x") == "14.5x"
    assert 'inputmode="numeric"' in widget.render("price", None)


@pytest.mark.parametrize(
    "typed",
    [
        "25/11/2026",
        "25-11-2026",
        "25.11.2026",
        "25 11 2026",
        " 25/11/2026 ",
        "25112026",
        "2026-11-25",
        date(2026, 11, 25),
    ],
)
def test_date_is_read(typed):
    assert DateField().clean(typed) == date(2026, 11, 25)


def test_date_of_one_figure_and_of_an_instant():
    assert DateField().clean("5/1/2026") == date(2026, 1, 5)
    assert DateField().clean(datetime(2026, 11, 24, 18, tzinfo=UTC)) == date(2026, 11, 25)  # already tomorrow in Hanoi


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("31/02/2026", "Không có ngày 31/02/2026"),
        ("11/25/2026", "Không có ngày 11/25/2026"),
        ("29/02/2025", "Không có ngày"),
        ("25/11/26", "ngày/tháng/năm"),
        ("hôm nay", "ngày/tháng/năm"),
        ("01/01/1899", "1900 đến 2100"),
        ("01/01/9999", "1900 đến 2100"),
        ("25/11/2026\x00", "ngày/tháng/năm"),
        ("٢٥/١١/٢٠٢٦", "ngày/tháng/năm"),
    ],
)
def test_date_refuses_and_says_what_to_type(typed, says):
    with pytest.raises(ValidationError, match=says):
        DateField().clean(typed)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_date_reads_what_it_writes(day):
    assert DateField().clean(formats.vndate(day)) == day
    assert DateField().clean(day.isoformat()) == day


def test_date_widget_shows_the_vietnamese_order_and_keeps_what_was_typed():
    widget = DateField().widget
    assert widget.format_value(date(2026, 1, 5)) == "05/01/2026"
    assert widget.format_value("31/02/2026") == "31/02/2026"
    assert 'type="text"' in widget.render("day", None)


def test_text_is_composed_and_trimmed_before_it_is_counted():
    decomposed = unicodedata.normalize("NFD", "Đống Đa ở Hà Nội")
    assert TextField(max_length=16).clean(f"  {decomposed}  ") == "Đống Đa ở Hà Nội"
    assert TextField().clean("hai   dấu  cách") == "hai dấu cách"
    assert LongTextField().clean("dòng 1\r\ndòng 2\n") == "dòng 1\ndòng 2"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\u202eb", "a\ud800b"])
def test_text_refuses_control_characters(text):
    for field in (TextField(), LongTextField()):
        with pytest.raises(ValidationError, match="ký tự điều khiển"):
            field.clean(text)


def test_required_text_of_spaces_is_missing():
    with pytest.raises(ValidationError):
        TextField().clean("   ")
    assert TextField(required=False).clean("   ") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (0, "0 đ"), (Decimal(14890000), "14.890.000 đ"), (-5000, "-5.000 đ")],
)
def test_money_is_written(value, text):
    assert formats.money(value) == text


@pytest.mark.parametrize(("value", "text"), [(1234, "1.234"), (Decimal("1234.5"), "1.234,5"), (None, "")])
def test_numbers_are_written(value, text):
    assert formats.number(value) == text


def test_instants_are_written_in_vietnamese_time():
    instant = datetime(2026, 11, 24, 18, 5, tzinfo=UTC)
    assert formats.vndatetime(instant) == "25/11/2026 01:05"
    assert formats.vndate(instant) == "25/11/2026"
    assert formats.vndate(None) == formats.vndatetime(None) == ""
