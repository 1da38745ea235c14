"""Rules without a database: the workflow, parts, months."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from equipment.rules.lifecycle import LIFECYCLE, Status
from repairs.queries import _latest_start
from repairs.rules.flow import REPAIR_FLOW, RESULTS, RepairKind, RepairState, Result, months_after, months_before
from repairs.rules.parts import cost_of_parts, format_parts, parse_parts

MOVES = {("draft", "sent"), ("draft", "cancelled"), ("sent", "done"), ("sent", "cancelled"), ("cancelled", "draft")}


@pytest.mark.parametrize(("old", "new"), list(product(RepairState, repeat=2)))
def test_every_pair_of_states(old, new):
    if (old, new) in MOVES:
        REPAIR_FLOW.check(old, new)
    else:
        with pytest.raises(DomainError, match="không chuyển sang"):
            REPAIR_FLOW.check(old, new)


def test_the_life_of_a_device_has_each_way_out():
    for back in (Status.IN_STOCK, Status.IN_USE, Status.PENDING_DISPOSAL):
        assert LIFECYCLE.allows(Status.IN_REPAIR, back)


def test_each_kind_knows_how_it_may_end():
    assert set(RESULTS) == set(RepairKind)
    assert {kind for kind in RepairKind if Result.UPGRADED in RESULTS[kind]} == {RepairKind.UPGRADE}
    assert {kind for kind in RepairKind if Result.REPLACED in RESULTS[kind]} == {"repair", "warranty"}
    assert all({Result.BEYOND_REPAIR, Result.NOT_DONE} <= set(ends) for ends in RESULTS.values())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("RAM DDR4 8 GB; 2; 650.000", [("RAM DDR4 8 GB", 2, 650_000)]),
        ("Pin CMOS", [("Pin CMOS", 1, 0)]),
        ("Quạt\t1\t120000\n\n Keo tản nhiệt ; 1 ", [("Quạt", 1, 120_000), ("Keo tản nhiệt", 1, 0)]),
        ("Ổ cứng; 1; 1.250.000 đồng", [("Ổ cứng", 1, 1_250_000)]),
    ],
)
def test_parts_as_people_type_them(text, parts):
    found = parse_parts(text)
    assert [(part["name"], part["quantity"], part["price"]) for part in found] == parts
    assert parse_parts(format_parts(found)) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quạt; một; 5", "Dòng 1: số lượng “một” không hợp lệ"),
        ("Quạt; 1; -5", "Dòng 1: đơn giá “-5” không hợp lệ"),
        ("Quạt; 1; 5,5", "đơn giá “5,5” không hợp lệ"),
        ("Pin\nQuạt; 1; 5; 6", "Dòng 2: nhập tên linh kiện; số lượng; đơn giá"),
        ("; 1; 5", "Dòng 1: nhập tên linh kiện"),
        ("Quạt; 10000; 5", "từ 0 đến 9.999"),
        ("x; 9999; 1000000000000", "cộng lại là 9.999.000.000.000.000 đồng, nhiều nhất ghi được 15 chữ số"),
        ("\n".join(["Quạt"] * 31), "nhiều nhất 30 linh kiện, ở đây có 31"),
    ],
)
def test_parts_that_are_none(text, said):
    with pytest.raises(DomainError) as refusal:
        parse_parts(text)
    assert said in refusal.value.message


def test_what_parts_cost():
    assert cost_of_parts(parse_parts("A; 2; 1.000\nB; 3; 500")) == Decimal(3500)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_before(day, months, before):
    assert months_before(day, months) == before


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_what_is_due_is_what_lies_far_enough_back(day, last, months):
    assert (months_after(last, months) <= day) == (last <= _latest_start(day, months))
