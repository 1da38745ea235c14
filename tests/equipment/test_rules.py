"""What an intake must hold, what a category's attributes take, when a warranty ends: facts in, refusals out."""

import calendar
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from equipment.rules.attributes import ATTRIBUTES, AttributeKind, attributes_of, clean_attribute, display
from equipment.rules.device import default_name, warranty_end
from equipment.rules.intake import (
    MAX_DEVICES,
    IntakeFacts,
    LineFacts,
    check_intake,
    format_items,
    is_late,
    item_columns,
    missing_documents,
    parse_items,
    repeated,
)
from equipment.rules.numbers import asset_code, intake_number

TODAY = date(2026, 11, 20)
DESKTOP = attributes_of(["MAC", "IP", "CPU", "RAM"])


def line(**changes):
    facts = {
        "position": 1,
        "category_name": "Máy vi tính để bàn",
        "category_open": True,
        "serial_required": True,
        "quantity": 2,
        "unit_price": Decimal(14_500_000),
        "items": [{"serial": "A1"}, {"serial": "A2"}],
        "key": "lines-0",
    }
    return LineFacts(**facts | changes)


def facts(*lines, **changes):
    whole = {
        "handover_date": TODAY,
        "supplier": "Công ty Sao Mai",
        "fund_source": "operating",
        "lines": lines or (line(),),
        "documents": frozenset({"minutes"}),
        "due_date": TODAY + timedelta(days=5),
    }
    return IntakeFacts(**whole | changes)


def refused(*lines, **changes):
    return [(r.field, r.code) for r in check_intake(facts(*lines, **changes), today=TODAY)]


@pytest.mark.dieu("7.1")
def test_a_whole_dossier_is_not_refused():
    assert refused() == []
    assert refused(line(serial_required=False, items=[])) == []
    assert refused(line(unit_price=Decimal(0))) == []
    assert refused(due_date=TODAY) == [], "the due day itself is in time"


@pytest.mark.dieu("7.1")
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"handover_date": None}, ("handover_date", "required")),
        ({"handover_date": TODAY + timedelta(days=1)}, ("handover_date", "future")),
        ({"supplier": ""}, ("supplier", "required")),
        ({"fund_source": ""}, ("fund_source", "required")),
        ({"contract_date": TODAY + timedelta(days=1)}, ("contract_date", "future")),
        ({"due_date": TODAY - timedelta(days=1)}, ("late_reason", "late")),
        ({"documents": frozenset({"contract", "licence"})}, ("", "document")),
        ({"lines": ()}, ("", "no_lines")),
    ],
)
def test_what_the_head_lacks(changes, refusal):
    told = check_intake(IntakeFacts(**{**vars(facts()), **changes}), today=TODAY)
    assert [(r.field, r.code) for r in told] == [refusal]


def test_a_late_dossier_with_its_reason_passes():
    assert refused(due_date=TODAY - timedelta(days=9), late_reason="Chờ nghiệm thu lại") == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"quantity": 0, "items": []}, ("lines-0-quantity", "quantity")),
        ({"unit_price": None}, ("lines-0-unit_price", "required")),
        ({"unit_price": Decimal(-1)}, ("lines-0-unit_price", "price")),
        ({"unit_price": Decimal(10) ** 13}, ("lines-0-unit_price", "price")),
        ({"items": [{"serial": "A1"}]}, ("lines-0-items", "serial_count")),
        ({"items": [{"serial": "A1"}, {"serial": ""}]}, ("lines-0-items", "serial_count")),
        ({"items": [{"serial": "A1"}, {"serial": "A2"}, {"serial": "A3"}]}, ("lines-0-items", "serial_count")),
        ({"items": [{"serial": "A1"}, {"serial": "a1"}]}, ("", "repeated_serial")),
        ({"category_open": False}, ("lines-0-category", "")),
    ],
)
def test_what_a_line_lacks(changes, refusal):
    assert refused(line(**changes)) == [refusal]


def test_everything_wrong_is_told_at_once_and_the_same_serial_in_two_lines_is_found():
    found = refused(
        line(items=[{"serial": "X"}, {"serial": "Y"}]),
        line(position=2, key="lines-1", quantity=1, unit_price=None, items=[{"serial": "x"}]),
        supplier="",
        documents=frozenset(),
    )
    assert set(found) == {
        ("supplier", "required"),
        ("", "document"),
        ("lines-1-unit_price", "required"),
        ("", "repeated_serial"),
    }


def test_no_more_than_five_thousand_devices_in_all_lines_together():
    many = [line(position=n, quantity=2500, serial_required=False, items=[]) for n in (1, 2)]
    assert refused(*many) == []
    assert refused(*many, line(position=3, quantity=1, items=[{"serial": "Z"}])) == [("", "too_many")]
    assert MAX_DEVICES == 5000


# --- pasted lines ---------------------------------------------------------------------------------------------------


def test_a_column_of_serials():
    items, faults = parse_items("SN1\r\n  sn 2 \rSN3\n\n\n", DESKTOP)
    assert [item["serial"] for item in items] == ["SN1", "sn 2", "SN3"]
    assert faults == []
    assert parse_items("", DESKTOP) == ([], [])
    assert parse_items("\n\n", DESKTOP) == ([], [])


def test_further_columns_from_a_spreadsheet_or_with_semicolons():
    items, faults = parse_items("SN1\t001a2b3c4d5e\t10.1.2.30\tTS-01\nSN2;;10.1.2.31\nSN3", DESKTOP)
    assert faults == []
    assert items == [
        {"serial": "SN1", "MAC": "00:1A:2B:3C:4D:5E", "IP": "10.1.2.30", "inventory_number": "TS-01"},
        {"serial": "SN2", "IP": "10.1.2.31"},
        {"serial": "SN3"},
    ]


def test_an_empty_line_in_between_is_a_device_without_serial():
    items, _ = parse_items("SN1\n\nSN3", DESKTOP)
    assert [item["serial"] for item in items] == ["SN1", "", "SN3"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SN1\nSN2\tkhông phải MAC", "dòng 2: Địa chỉ MAC"),
        ("SN1\t\t999.1.1.1", "dòng 1: Địa chỉ IP"),
        ("S" * 101, "dòng 1: số máy dài quá 100"),
        ("SN1\t\t\t" + "T" * 61, "dòng 1: số thẻ tài sản dài quá 60"),
        ("SN1\t\t\tTS1\tthừa", "dòng 1: thừa cột"),
    ],
)
def test_faults_name_their_line(text, fault):
    _, faults = parse_items(text, DESKTOP)
    assert len(faults) == 1
    assert faults[0].startswith(fault)


SERIALS = st.text("ABCXYZ0123456789-/", min_size=1, max_size=12)
MACS = st.integers(0, 2**48 - 1).map(lambda n: f"{n:012X}")


@given(st.lists(st.tuples(SERIALS, st.none() | MACS, st.none() | SERIALS), max_size=20))
def test_what_was_parsed_is_shown_as_it_parses_again(rows):
    text = "\n".join("\t".join([serial, mac or "", "", card or ""]) for serial, mac, card in rows)
    items, faults = parse_items(text, DESKTOP)
    assert faults == []
    assert [item["serial"] for item in items] == [serial for serial, *_ in rows]
    assert parse_items(format_items(items, DESKTOP), DESKTOP) == (items, [])


def test_repeated_serials_whatever_their_case_each_once():
    assert repeated(["a", "B", "A", "b", "a", "", "", "c"]) == ["A", "b"]


# --- attributes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("MAC", "00-1a-2b-3c-4d-5e", "00:1A:2B:3C:4D:5E"),
        ("MAC", "001A.2B3C.4D5E", "00:1A:2B:3C:4D:5E"),
        ("IP", "2001:DB8::1", "2001:db8::1"),
        ("so_ban_quyen", "1.250", "1250"),
        ("han_BQ", "1/2/2027", "2027-02-01"),
        ("han_BQ", "2027-02-01", "2027-02-01"),
        ("loai_bq", "OEM", "OEM"),
        ("CPU", "  i5   10400 ", "i5 10400"),
        ("CPU", "", ""),
    ],
)
def test_attributes_are_stored_in_one_form(key, typed, stored):
    assert clean_attribute(ATTRIBUTES[key], typed) == stored


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("MAC", "00:1A:2B"), ("MAC", "không"), ("IP", "10.1.2"), ("IP", "10.1.2.256"), ("so_ban_quyen", "-1"),
        ("so_ban_quyen", "14,5"), ("so_ban_quyen", "²"), ("so_ban_quyen", "9" * 10), ("han_BQ", "31/02/2027"),
        ("han_BQ", "mai"), ("loai_bq", "lậu"), ("CPU", "x" * 201),
    ],
)  # fmt: skip
def test_attributes_refuse_what_is_none_with_their_label(key, typed):
    with pytest.raises(DomainError) as refusal:
        clean_attribute(ATTRIBUTES[key], typed)
    assert refusal.value.field == key
    assert refusal.value.message.startswith(ATTRIBUTES[key].label)


def test_a_stored_attribute_is_shown_as_people_write_it():
    assert display(ATTRIBUTES["han_BQ"], "2027-02-01") == "01/02/2027"
    assert display(ATTRIBUTES["loai_bq"], "OEM") == "OEM theo máy"
    assert display(ATTRIBUTES["CPU"], "i5") == "i5"


def test_every_kind_of_attribute_is_used_and_columns_are_those_of_single_devices():
    assert {a.kind for a in ATTRIBUTES.values()} == set(AttributeKind)
    assert [a.key for a in item_columns(DESKTOP)] == ["MAC", "IP"]


# --- dates and names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 5, 5), 0, None),
        (date(2026, 5, 5), None, None),
    ],
)
def test_the_end_of_a_warranty(start, months, end):
    assert warranty_end(start, months) == end


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_a_warranty_ends_on_the_same_day_or_the_last_one_of_its_month(start, months):
    end = warranty_end(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == min(start.day, calendar.monthrange(end.year, end.month)[1])


def test_late_is_after_the_due_day():
    assert not is_late(None, TODAY)
    assert not is_late(TODAY, TODAY)
    assert is_late(TODAY - timedelta(days=1), TODAY)


@pytest.mark.dieu("7.1")
def test_missing_documents():
    assert missing_documents([], software=True) == ["minutes", "contract", "licence"]
    assert missing_documents([], software=False) == ["minutes", "contract"]
    assert missing_documents(["contract", "minutes", "other"], software=True) == ["licence"]


def test_names_and_numbers():
    assert default_name("Máy in", None) == "Máy in"
    assert len(default_name("M" * 150, "x" * 150)) == 200
    assert asset_code("01.001", 42) == "01.001-000042"
    assert asset_code("01.001", 1_234_567) == "01.001-1234567"
    assert intake_number("01.001", 2026, 7) == "TN-01.001-2026-0007"
