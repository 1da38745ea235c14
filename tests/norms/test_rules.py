"""Norms as the decisions word them, each rule at its boundary (art. 7)."""

from datetime import date
from decimal import Decimal

import pytest

from equipment.rules import norms
from equipment.rules.norms import Item, Limit, Scope

DESKTOP, LAPTOP, TABLET = "MAY_TINH_BAN", "MAY_XACH_TAY", "MAY_TINH_BANG"
PRINTER, SCANNER, COPIER = "MAY_IN", "MAY_QUET", "MAY_PHOTO"
COUNTS = {"MAY_IN_DN": {PRINTER, SCANNER, COPIER}}
ABOVE = {DESKTOP: "MAY_TINH", "MAY_TINH": "PC"}
ONE_OF_THREE = Limit(Scope.PERSON, frozenset({DESKTOP, LAPTOP, TABLET}), 1, "VIII", ceiling=Decimal(20_000_000))


def item(category, *, code="x", price=0, issued=date(2026, 6, 1)):
    return Item(code, norms.functions_of(category, ABOVE, COUNTS), Decimal(price), issued)


@pytest.mark.dieu("7.2")
@pytest.mark.parametrize(
    ("groups", "expected"),
    [(["VIII", "VII"], "VII"), (["IV", "VI", "V"], "IV"), (["", "VIII"], "VIII"), ([], ""), (["NV"], "")],
)
def test_several_titles_have_the_norm_of_the_highest_only(groups, expected):
    assert norms.highest(groups) == expected


@pytest.mark.parametrize(("people", "expected"), [(0, 0), (1, 1), (2, 1), (3, 1), (4, 2), (29, 10), (30, 10), (31, 11)])
def test_so_many_for_each_three_people_is_rounded_up(people, expected):
    assert norms.share(1, 3, people) == expected


@pytest.mark.parametrize(("people", "expected"), [(1, 1), (15, 1), (16, 2), (45, 3), (46, 4)])
def test_so_many_for_each_fifteen_people_is_rounded_up(people, expected):
    assert norms.share(1, 15, people) == expected


def test_a_multifunction_device_counts_against_each_function():
    limits = [
        Limit(Scope.STAFF, frozenset({kind}), 1, per=per, counted=counted)
        for kind, per, counted in (
            (PRINTER, 3, frozenset({"VIII"})),
            (SCANNER, 15, frozenset()),
            (COPIER, 15, frozenset()),
        )
    ]
    found = norms.of_unit(limits, {"VIII": 3}, [item("MAY_IN_DN")])
    assert [(now.allowed, now.has) for now in found] == [(1, 1), (1, 1), (1, 1)]
    found = norms.of_unit(limits, {"VIII": 3}, [item("MAY_IN_DN"), item(PRINTER)])
    assert [now.excess for now in found] == [1, 0, 0]


def test_only_the_named_groups_are_counted():
    limit = Limit(Scope.STAFF, frozenset({PRINTER}), 1, per=3, counted=frozenset({"VIII"}))
    (now,) = norms.of_unit([limit], {"VIII": 4, "VII": 9, "": 5}, [])
    assert (now.allowed, now.shortage) == (2, 2)
    (now,) = norms.of_unit([Limit(Scope.STAFF, frozenset({SCANNER}), 1, per=15)], {"VIII": 4, "VII": 9, "": 5}, [])
    assert now.allowed == 2


@pytest.mark.parametrize("kind", [DESKTOP, LAPTOP, TABLET])
def test_one_of_the_alternatives_fills_the_norm(kind):
    (now,) = norms.of_person([ONE_OF_THREE], "VIII", [item(kind)])
    assert (now.has, now.excess, now.shortage) == (1, 0, 0)
    (now,) = norms.of_person([ONE_OF_THREE], "VIII", [item(kind), item(DESKTOP)])
    assert now.excess == 1
    assert norms.of_person([ONE_OF_THREE], "VII", [item(kind)]) == []


def test_what_was_issued_before_stays_legal():
    limit = Limit(Scope.PERSON, frozenset({DESKTOP}), 1, "VIII", valid_from=date(2026, 3, 9))
    old, new = item(DESKTOP, issued=date(2026, 3, 8)), item(DESKTOP, issued=date(2026, 3, 9))
    (now,) = norms.of_person([limit], "VIII", [old, old])
    assert (now.has, now.kept, now.excess) == (2, 1, 0)
    (now,) = norms.of_person([limit], "VIII", [old, new])
    assert (now.kept, now.excess) == (1, 0)
    (now,) = norms.of_person([limit], "VIII", [new, new])
    assert (now.kept, now.excess) == (0, 1)
    (now,) = norms.of_person([limit], "VIII", [old, old, new, new])
    assert (now.kept, now.excess) == (2, 1)


@pytest.mark.parametrize(
    ("price", "software", "expected"),
    [
        (20_000_000, 0, None),
        (20_000_001, 0, 20_000_000),
        (24_000_000, 4_000_000, None),
        (24_000_001, 4_000_000, 20_000_000),
    ],
)
def test_the_ceiling_is_without_software(price, software, expected):
    found = norms.dear([ONE_OF_THREE], item(LAPTOP, price=price), software=Decimal(software))
    assert found == (Decimal(expected) if expected else None)


def test_of_several_ceilings_the_highest_counts():
    other = Limit(Scope.PERSON, frozenset({LAPTOP}), 1, "IV", ceiling=Decimal(25_000_000))
    assert norms.dear([ONE_OF_THREE, other], item(LAPTOP, price=25_000_000)) is None
    assert norms.dear([ONE_OF_THREE, other], item(LAPTOP, price=25_000_001)) == 25_000_000


def test_what_no_norm_is_about_has_no_ceiling():
    assert norms.dear([ONE_OF_THREE], item("NV_UPS", price=10**12)) is None


def test_a_personal_printer_without_a_norm_counts_for_the_unit():
    personal = Limit(Scope.PERSON, frozenset({PRINTER}), 1, "VII")
    printer, desktop = item(PRINTER, code="p"), item(DESKTOP, code="d")
    assert norms.beyond_person([personal, ONE_OF_THREE], "VIII", [printer, desktop]) == [printer]
    assert norms.beyond_person([personal, ONE_OF_THREE], "VII", [printer, desktop]) == [desktop]


def test_a_room_has_its_own_norm():
    (now,) = norms.of_room([Limit(Scope.ROOM, frozenset({PRINTER}), 1)], [item(PRINTER), item("MAY_IN_DN")])
    assert now.excess == 1


def test_a_figure_that_was_not_decided_limits_nothing():
    limits = [Limit(scope, frozenset({DESKTOP}), None, "VIII") for scope in Scope]
    devices = [item(DESKTOP)] * 9
    assert norms.of_person(limits, "VIII", devices) == []
    assert norms.of_room(limits, devices) == []
    assert norms.of_unit(limits, {"VIII": 9}, devices) == []


def test_a_category_counts_for_those_above_it():
    assert norms.functions_of(DESKTOP, ABOVE, {}) == {DESKTOP, "MAY_TINH", "PC"}
