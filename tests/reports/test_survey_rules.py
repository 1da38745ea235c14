"""Forms BC01 and BC02 as rules: what is asked, what is wrong, how units add up."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.loading import load
from equipment.models import Category
from reports.bc_forms import bc01, bc02, bc02_by_code, part_of
from reports.models import SurveySoftware
from reports.rules.annual import canonical
from reports.rules.merging import merged, nothing
from reports.rules.surveys import (
    Form,
    Item,
    RowKind,
    SoftwareRow,
    explained,
    inconsistent_software,
    reported_year,
    unfinished,
    unfinished_software,
)

pytestmark = pytest.mark.dieu("13.8")
NO_PAPERS = frozenset()


def test_the_rows_are_those_of_the_printed_form():
    codes = [rule.code for rule in bc02()]
    assert len(codes) == len(set(codes))
    assert [code for code in codes if "." not in code] == ["1", "2", "3"]
    for wanted in ("1.1.1", "1.1.2", "1.2.1", "1.2.2", "1.2.3", "1.3", "1.4", "2.1", "2.2.1", "2.2.5", "2.3.1", "2.3.2",
                   "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8"):  # fmt: skip
        assert wanted in codes
    for rule in bc02():
        assert not rule.parent or rule.parent in codes[: codes.index(rule.code)]


@pytest.mark.django_db
def test_rows_count_categories_that_the_catalogue_has():
    load()
    known = set(Category.objects.values_list("code", flat=True))
    assert {code for rule in bc02() for code in rule.categories} <= known


def test_columns_are_fields():
    for form in (Form.ISSUED, Form.OWN):
        names = [rule.name for rule in bc01(form)]
        assert names[0] == "name"
        assert len(names) == len(set(names))
        for name in names:
            SurveySoftware._meta.get_field(name)


@pytest.mark.parametrize(
    ("category", "origin", "form"),
    [
        ("UD_NGANH", "", Form.ISSUED),
        ("UD_VAN_PHONG", "issued", Form.ISSUED),
        ("UD_NGANH", "built", Form.OWN),
        ("UD_TU_XD", "bought", Form.OWN),
        ("UD_VAN_PHONG", "bought", None),
        ("HT_OS_PC", "", None),
    ],
)
def test_what_is_stated_of_the_software_goes_before_its_category(category, origin, form):
    assert part_of(category, origin) == form


def test_poor_needs_an_explanation_that_names_the_row():
    wrong = explained(
        bc02_by_code(),
        [Item("1.2.3", poor=1), Item("2.3.3", "Phần mềm sao lưu", poor=2), Item("2.1", poor=1, note="Thay")],
    )
    assert len(wrong) == 2
    assert "1.2.3 Lưu điện" in wrong[0].message
    assert wrong[0].field == "r1_2_3_note"
    assert "Phần mềm sao lưu" in wrong[1].message


def _whole(level: str) -> list[Item]:
    items = []
    for rule in bc02():
        if rule.asked_of(level) and rule.kind == RowKind.COUNT:
            items.append(Item(rule.code, good=0))
        if rule.asked_of(level) and rule.kind == RowKind.ANSWER:
            items.append(Item(rule.code, answer=False, note="Chưa xây dựng"))
    return items


def test_a_finished_form_lacks_nothing():
    assert unfinished(bc02(), _whole("district"), level="district", papers=NO_PAPERS) == []
    of_province = unfinished(bc02(), _whole("district"), level="province", papers=NO_PAPERS)
    assert [problem.field for problem in of_province] == ["r3_7_good", "r3_8_good"]


def test_each_row_that_lacks_something_is_named():
    items = [item for item in _whole("district") if item.code not in {"1.1.1", "3.5"}]
    items = [
        Item(i.code, answer=True) if i.code == "1.4" else Item(i.code, answer=False) if i.code == "3.2" else i
        for i in items
    ]
    found = [(p.field, p.message) for p in unfinished(bc02(), items, level="district", papers=NO_PAPERS)]
    assert [field for field, _ in found] == ["r1_1_1_good", "", "r3_2_note", "r3_5_answer"]
    assert "bản chụp" in found[1][1]
    assert unfinished(bc02(), _whole("district"), level="district", papers=frozenset({"server_log"})) == []


def test_software_rows_contradict():
    row = SoftwareRow("TST", {"current_version": "4"})
    assert inconsistent_software([row], none=True)[0].field == "none"
    assert "Dòng 2" in inconsistent_software([row, SoftwareRow("tst", {"current_version": "4"})], none=False)[0].message
    assert inconsistent_software([row, SoftwareRow("TST", {"current_version": "5"})], none=False) == []
    assert unfinished_software([], none=False)[0].field == "none"
    assert unfinished_software([], none=True) == []
    assert len(unfinished_software([SoftwareRow("TST")], none=False)) == 2


def test_until_june_units_work_on_the_year_that_has_ended():
    assert reported_year(date(2026, 1, 2)) == 2025
    assert reported_year(date(2026, 6, 30)) == 2025
    assert reported_year(date(2026, 7, 1)) == 2026


def _unit(code: str, rows: list[str], good: int, *, answer: bool) -> dict:
    one = nothing()
    one["units"] = [{"unit": code, "name": code, "forms": dict.fromkeys(Form.values, "done")}]
    one["BC01-1"] = [{"name": name, "code": "", "by_unit": [{"unit": code, "current_version": "1"}]} for name in rows]
    counts = {"good": good, "fair": 1, "poor": 0, "has": 0, "lacks": 0, "said": [{"unit": code, "note": "x"}]}
    answers = {**dict.fromkeys(("good", "fair", "poor"), 0), "has": int(answer), "lacks": int(not answer), "said": []}
    one["BC02"] = {"2.1": counts, "3.5": answers}
    one["proposals"] = [{"unit": code, "form": "BC02", "text": f"Kiến nghị {code}"}]
    return merged(one, [])


def test_numbers_add_up_and_texts_are_listed_by_unit():
    whole = merged(_unit("01", ["TST"], 2, answer=True), [_unit("01.001", ["tst", "Web"], 3, answer=False)])
    assert whole["BC02"]["2.1"] == {
        "good": 5, "fair": 2, "poor": 0, "has": 0, "lacks": 0,
        "said": [{"unit": "01", "note": "x"}, {"unit": "01.001", "note": "x"}],
    }  # fmt: skip
    assert (whole["BC02"]["3.5"]["has"], whole["BC02"]["3.5"]["lacks"]) == (1, 1)
    assert [(row["name"], len(row["by_unit"])) for row in whole["BC01-1"]] == [("TST", 2), ("Web", 1)]
    assert [one["unit"] for one in whole["units"]] == ["01", "01.001"]


units = st.builds(
    _unit,
    st.sampled_from(["01", "01.001", "01.002", "48"]),
    st.lists(st.sampled_from(["TST", "tst", "Web", "Kế toán"]), max_size=3),
    st.integers(0, 9),
    answer=st.booleans(),
)


@given(st.lists(units, max_size=4))
def test_whatever_the_order_and_the_brackets_it_is_the_same(parts):
    whole = canonical(merged(nothing(), parts))
    for order in list(permutations(parts))[:6]:
        assert canonical(merged(nothing(), order)) == whole
    for at in range(len(parts)):
        inner = merged(nothing(), parts[at:])
        assert canonical(merged(nothing(), [*parts[:at], inner])) == whole
    total = sum(part["BC02"]["2.1"]["good"] for part in parts)
    assert merged(nothing(), parts)["BC02"].get("2.1", {"good": 0})["good"] == total
