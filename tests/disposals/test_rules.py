"""The council as it is typed, and the checklist of the law: pure rules."""

from datetime import date
from types import SimpleNamespace

import pytest

from core.errors import DomainError
from disposals.rules.council import check_council, format_council, parse_council
from disposals.rules.procedure import Facts, Procedure, Standing, checklist, life_ended, wanted_at


def test_a_council_goes_there_and_back():
    text = "Trần Văn An; Phó Giám đốc; Lãnh đạo\nLê Thị Bình; Kế toán trưởng\nPhạm Văn Cường; Chuyên viên; Tổ CNTT"
    members = parse_council(text)
    assert [(m["name"], m["head"]) for m in members] == [
        ("Trần Văn An", True),
        ("Lê Thị Bình", False),
        ("Phạm Văn Cường", False),
    ]
    assert format_council(members) == text
    assert format_council(members[::-1]).splitlines()[0].startswith("Trần Văn An")
    assert check_council(members) == []
    assert parse_council("A\tB\tC")[0]["body"] == "C"
    assert parse_council("\n \n") == []


@pytest.mark.parametrize("text", ["; Giám đốc", "A; B; C; D", "x" * 101, "\n".join(["A; B"] * 31)])
def test_lines_that_are_no_members_are_named(text):
    with pytest.raises(DomainError) as refusal:
        parse_council(text)
    assert refusal.value.field == "council"


@pytest.mark.parametrize(
    "stored", [None, "x", [1], [{}], [{"name": "", "title": "", "body": "", "head": True}], [{"name": "A", "head": 1}]]
)
def test_what_is_no_council_is_refused(stored):
    assert [p.field for p in check_council(stored)] == ["council"]


def rule(**changes):
    usual = {
        "item": "X",
        "document_kind": "proposal",
        "when": "always",
        "stage": "submit",
        "required": True,
        "law": "L",
    }
    return SimpleNamespace(**{**usual, "required": True, **changes})


@pytest.mark.parametrize(
    ("changes", "facts", "kinds", "standing"),
    [
        ({}, Facts(), {"proposal"}, Standing.DONE),
        ({}, Facts(), set(), Standing.MISSING),
        ({"required": False}, Facts(), set(), Standing.OPTIONAL),
        ({"when": "stores_data"}, Facts(), set(), Standing.NOT_APPLICABLE),
        ({"when": "stores_data"}, Facts(stores_data=True), set(), Standing.MISSING),
        ({"when": "life_not_ended"}, Facts(life_not_ended=True), set(), Standing.MISSING),
        ({"when": "life_not_ended"}, Facts(), {"proposal"}, Standing.DONE),
        ({"document_kind": ""}, Facts(), set(), Standing.DONE),
        ({"document_kind": ""}, Facts(has_lines=False), set(), Standing.MISSING),
    ],
)
def test_how_an_item_stands(changes, facts, kinds, standing):
    (item,) = checklist([rule(**changes)], facts, kinds)
    assert item.standing == standing


def test_the_table_adds_to_what_the_decision_wants_and_takes_nothing_away():
    base = wanted_at("liquidation", "submit", Facts(life_not_ended=True), [])
    assert base == {"council_minutes": True, "proposal": True, "expert_opinion": True}
    further = [
        rule(document_kind="superior_opinion", required=False),
        rule(document_kind="invoice"),
        rule(document_kind="proposal", required=False),
        rule(document_kind="decision", stage="decide"),
        rule(document_kind="data_wipe", when="stores_data"),
    ]
    assert wanted_at("liquidation", "submit", Facts(), further) == {
        "council_minutes": True,
        "proposal": True,
        "superior_opinion": False,
        "invoice": True,
    }
    assert wanted_at("liquidation", "close", Facts(stores_data=True), []) == {"data_wipe": True}
    assert wanted_at("lost", "submit", Facts(), []) == {"loss_minutes": True}
    assert wanted_at("found", "submit", Facts(), []) == {"found_minutes": True}
    assert {p.value for p in Procedure} == {"liquidation", "destruction", "lost", "found"}


@pytest.mark.parametrize(
    ("received", "years", "ended"),
    [(date(2021, 12, 31), 5, True), (date(2022, 1, 1), 5, False), (date(2010, 1, 1), None, False)],
)
def test_whole_years_count(received, years, ended):
    assert life_ended(received, years, date(2026, 3, 1)) is ended
