from collections import Counter
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.actions import create_account
from accounts.rules import Kind
from orgs import loading
from orgs.loading import OrgDataError, UnitRow, load, room_rows, unit_rows
from orgs.models import OrgUnit
from orgs.rules import UnitKind

pytestmark = pytest.mark.django_db
SMALL = (
    UnitRow(code="00", name="BHXH Việt Nam", kind=UnitKind.HQ),
    UnitRow(code="00.KT", name="Vụ Kế toán", kind=UnitKind.HQ_UNIT, parent="00", custodian="00.VP"),
    UnitRow(code="00.VP", name="Văn phòng", kind=UnitKind.HQ_UNIT, parent="00"),
    UnitRow(code="01", name="BHXH tỉnh A", kind=UnitKind.PROVINCE, parent="00"),
    UnitRow(code="02", name="BHXH tỉnh B", kind=UnitKind.PROVINCE, parent="00"),
    UnitRow(code="01.001", name="BHXH huyện A1", kind=UnitKind.DISTRICT, parent="01"),
    UnitRow(code="01.001.P01", name="Tổ Thu", kind=UnitKind.DEPARTMENT, parent="01.001"),
    UnitRow(code="02.002", name="BHXH huyện B2", kind=UnitKind.DISTRICT, parent="02"),
)


def changed(code, **facts):
    return [replace(row, **facts) if row.code == code else row for row in SMALL]


def unit(code):
    return OrgUnit.objects.get(code=code)


def parent(code):
    return OrgUnit.objects.get_parent(unit(code)).code


def children(code):
    return OrgUnit.objects.get_children_count(unit(code))


def sound():
    """What treebeard's find_problems looks for, in one query instead of one for each unit."""
    units = list(OrgUnit.objects.all())
    paths = {unit.path for unit in units}
    children = Counter(unit.path[:-4] for unit in units)
    return all(
        unit.depth == len(unit.path) / 4
        and unit.numchild == children[unit.path]
        and (unit.depth == 1 or unit.path[:-4] in paths)
        for unit in units
    )


def run(*args):
    out = StringIO()
    call_command("load_units", *args, stdout=out)
    return out.getvalue()


def test_the_data_has_all_units():
    rows = unit_rows()
    assert len({row.code for row in rows}) == 796
    assert Counter(row.kind for row in rows) == {"hq": 1, "hq_unit": 25, "province": 63, "district": 707}
    assert all(row.source for row in rows)


@pytest.mark.dieu("13.7")
def test_vu_and_ban_are_in_the_custody_of_van_phong():
    hq_units = [row for row in unit_rows() if row.kind == UnitKind.HQ_UNIT]
    kept = {row.name.split()[0] for row in hq_units if row.custodian == "00.VP"}
    own = {row.name.split()[0] for row in hq_units if not row.custodian}
    assert kept == {"Vụ", "Ban"}
    assert own == {"Văn", "Viện", "Trung", "Trường", "Báo", "Tạp"}


@pytest.mark.dieu("14.6")
def test_only_the_it_center_watches_the_whole_sector():
    assert [row.code for row in unit_rows() if row.nationwide] == ["00.CNTT"]


@pytest.mark.dieu("4.4")
def test_the_whole_tree_is_loaded_and_loading_again_writes_nothing():
    assert run("--no-rooms").splitlines()[:2] == [
        "Units: 796 created, 0 updated (0 moved), 0 unchanged",
        "Rooms: 0 created, 0 updated (0 moved), 0 unchanged",
    ]
    assert run().splitlines() == [
        "Units: 0 created, 0 updated (0 moved), 796 unchanged",
        "Rooms: 4102 created, 0 updated (0 moved), 0 unchanged",
    ]
    assert sound()
    badinh = unit("01.001")
    assert (badinh.name, badinh.sector_code, badinh.kind) == ("BHXH quận Ba Đình", "00101", "district")
    assert [a.code for a in OrgUnit.objects.get_ancestors(badinh)] == ["00", "01"]
    assert children("00") == 25 + 63
    assert unit("00.TCKT").custodian == unit("00.VP")
    assert [room.name for room in OrgUnit.objects.departments_of(unit("01"))][:2] == [
        "Văn phòng",
        "Phòng Quản lý Thu - Sổ thẻ",
    ]
    assert OrgUnit.objects.departments_of(unit("01")).count() == 9
    assert OrgUnit.objects.departments_of(badinh).count() == 5
    assert not OrgUnit.objects.departments_of(unit("00.CNTT")).exists()
    assert OrgUnit.history.count() == OrgUnit.objects.count() == 796 + 4102
    assert run().splitlines() == [
        "Units: 0 created, 0 updated (0 moved), 796 unchanged",
        "Rooms: 0 created, 0 updated (0 moved), 4102 unchanged",
    ]
    assert OrgUnit.history.count() == 796 + 4102


def test_rooms_follow_the_list_of_the_day_and_keep_their_code():
    agencies = [row for row in unit_rows() if row.code in {"01", "01.001", "00.CNTT"}]
    in_2021, in_2024 = (
        {row.name: row for row in room_rows(agencies, as_of=day)} for day in (date(2021, 6, 1), date(2024, 12, 31))
    )
    assert len(in_2021) == 11 + 5
    assert len(in_2024) == 9 + 5
    for lasting in (in_2021["Văn phòng"], in_2024["Văn phòng"]):
        assert (lasting.code, lasting.valid_from, lasting.valid_to) == ("01.P01", date(2015, 1, 28), None)
    ended, begun = in_2021["Phòng Quản lý thu"], in_2024["Phòng Quản lý Thu - Sổ thẻ"]
    assert ended.valid_to == date(2022, 12, 31)
    assert begun.valid_from == date(2023, 1, 1)
    names = {row.code: row.name for row in (*in_2021.values(), *in_2024.values())}
    assert len(names) == len({*in_2021, *in_2024})
    assert {code.rpartition(".")[0] for code in names} == {"01", "01.001"}


def test_an_ended_agency_gets_no_rooms():
    closed = UnitRow(code="09", name="BHXH", kind=UnitKind.PROVINCE, parent="00", valid_to=date(2020, 1, 1))
    assert room_rows([closed], as_of=date(2024, 12, 31)) == []


def test_a_day_without_a_list_is_refused():
    with pytest.raises(CommandError, match="no list of rooms of a province in force on 2026-01-01"):
        run("--as-of", "2026-01-01")
    assert not OrgUnit.objects.exists()


def test_a_rename_is_kept_in_the_history():
    load(SMALL)
    report = load(changed("01.001", name="BHXH quận A1", valid_to=date(2025, 6, 30)))
    assert (report.created, report.updated, report.unchanged) == ([], ["01.001"], len(SMALL) - 1)
    renamed = unit("01.001")
    assert (renamed.name, renamed.valid_to) == ("BHXH quận A1", date(2025, 6, 30))
    assert [h.name for h in renamed.history.all()] == ["BHXH quận A1", "BHXH huyện A1"]
    assert renamed.history.first().history_change_reason == loading.REASON


def test_a_unit_that_the_data_no_longer_lists_stays():
    load(SMALL)
    report = load([row for row in SMALL if row.code != "02.002"])
    assert report.unlisted == ["02.002"]
    assert unit("02.002").history.count() == 1


def test_new_units_are_added_beside_those_that_stand():
    load(SMALL)
    new = [
        UnitRow(code="01.009", name="BHXH huyện A9", kind=UnitKind.DISTRICT, parent="01"),
        UnitRow(code="01.009.P01", name="Tổ Thu", kind=UnitKind.DEPARTMENT, parent="01.009"),
        UnitRow(code="03", name="BHXH tỉnh C", kind=UnitKind.PROVINCE, parent="00"),
    ]
    report = load([*SMALL, *new])
    assert report.created == ["01.009", "01.009.P01", "03"]
    assert report.updated == []
    assert sound()
    assert parent("01.009.P01") == "01.009"
    assert children("01") == 2
    assert load([*SMALL, *new]).created == []


def test_a_unit_moves_with_everything_below_it():
    load(SMALL)
    pk = unit("01.001").pk
    report = load(changed("01.001", parent="02", name="BHXH huyện B1"))
    assert (report.moved, report.updated) == (["01.001"], ["01.001"])
    moved = unit("01.001")
    assert (moved.pk, parent("01.001"), moved.name) == (pk, "02", "BHXH huyện B1")
    assert unit("01.001.P01").is_descendant_of(unit("02"))
    assert [h.path for h in moved.history.all()] != [moved.path] * 2
    assert moved.history.first().path == moved.path
    assert sound()
    assert load(changed("01.001", parent="02", name="BHXH huyện B1")).unchanged == len(SMALL)


def test_a_unit_can_move_under_a_new_one():
    load(SMALL)
    new = UnitRow(code="03", name="BHXH tỉnh C", kind=UnitKind.PROVINCE, parent="00")
    load([*changed("02.002", parent="03"), new])
    assert parent("02.002") == "03"
    assert sound()
    assert not any(OrgUnit.objects.find_problems())


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (changed("01.001", kind=UnitKind.DEPARTMENT), "01.001: it is a district and can't become a department"),
        (changed("01.001", parent="00.VP"), "01.001: a district can't be under 00.VP"),
        (changed("01.001", parent="99"), "01.001: its parent 99 is not listed"),
        (changed("01.001", parent=""), "01.001: a district can't be under nothing"),
        (changed("01.001", kind="region"), "01.001: region is no kind of unit"),
        (changed("00.KT", custodian="99"), "00.KT: 99 can't be its custodian"),
        (changed("00.VP", custodian="00.KT"), "00.VP: 00.KT can't be its custodian"),
        (changed("01", valid_from=date(2025, 1, 1), valid_to=date(2024, 1, 1)), "01: it ends before it begins"),
        ([*SMALL, SMALL[3]], "01: listed 2 times"),
        ([*SMALL, UnitRow(code="10", name="Khác", kind=UnitKind.HQ)], "2 units without a parent"),
        ([UnitRow(code="10", name="Khác", kind=UnitKind.HQ)], "can't get another root"),
    ],
)
def test_what_cannot_be_done_safely_is_refused_whole(rows, message):
    load(SMALL)
    before = list(OrgUnit.objects.values_list())
    with pytest.raises(OrgDataError) as refused:
        load([replace(rows[0], name="Đổi tên"), *rows[1:]])
    assert message in str(refused.value)
    assert list(OrgUnit.objects.values_list()) == before


def test_every_problem_is_told_at_once():
    with pytest.raises(OrgDataError) as refused:
        load(changed("01.001", parent="99", kind="region") + changed("02.002", parent="99"))
    assert len(refused.value.problems) > 2


def test_grants_follow_a_new_custodian(monkeypatch):
    rows = changed("00.KT", custodian="")
    monkeypatch.setattr(loading, "unit_rows", lambda: rows)
    run("--no-rooms")
    clerk = create_account(
        username="vanphong",
        full_name="Người dùng thử",
        unit=unit("00.VP"),
        kind=Kind.BUSINESS,
        password="vVan-phong-2026-thu",
    )
    assert unit("00.KT").pk not in clerk.scope.write_units
    rows[:] = SMALL
    assert "Grants of the accounts" in run("--no-rooms")
    del clerk.scope
    assert unit("00.KT").pk in clerk.scope.write_units
