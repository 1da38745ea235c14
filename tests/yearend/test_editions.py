"""Frozen figures: counted from the books, never changed, and what becomes of those above when they do."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core.errors import DomainError, StaleError
from core.models import Event
from core.scope import entered
from core.transitions import lock, transition
from equipment.models import LedgerEntry
from equipment.rules.lifecycle import EntryKind
from notices.models import Notice
from reports.rules.annual import AnnualLine, digest
from tests.equipment.support import taken_in
from tests.yearend.support import deliver, drafted, frozen, in_year, last_year
from yearend.actions.editions import freeze, outdate_above
from yearend.actions.reports import consolidate, describe, recount
from yearend.models import AnnualEdition, AnnualReport, EditionPart
from yearend.rules import FLOW, State
from yearend.rules.figures import lines_of

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]


@pytest.fixture
def year(world):
    """Two desktops of Ba Đình and one of Hoàn Kiếm, taken in last May; everybody has a draft."""
    with time_machine.travel(in_year(5, 12), tick=False):
        taken_in(world, world.nghiepvu_badinh, ["A1", "A2"], line={"unit_price": 10_000_000})
        taken_in(world, world.nghiepvu_hoankiem, ["B1"], line={"unit_price": 12_000_000})
    return drafted()


def standing(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.select_related("unit", "edition").get(pk=report.pk)


def test_an_edition_holds_the_books_of_the_year_and_whose_it_is(world, year):
    report = frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    figures = report.edition.figures
    assert figures["unit"] == {"code": "01.001", "name": "BHXH quận Ba Đình"}
    assert (figures["year"], figures["as_of"]) == (last_year(), f"{last_year()}-12-31")
    line = lines_of(figures)["MAY_TINH_BAN"]
    assert (line.bought_quantity, line.closing_quantity, line.closing_value) == (2, 2, 20_000_000)
    assert figures["own"] == figures["total"]
    assert report.edition.sha256 == digest(AnnualEdition.objects.get(pk=report.edition.pk).figures)


def test_what_the_unit_says_is_frozen_with_its_figures(world, year):
    draft = year["01.001"]
    said = {"notes": {"MAY_TINH_BAN": "Mua theo đề án"}, "assessment": "Quản lý tốt", "proposal": "Trang bị thêm"}
    describe(draft, **said, by=world.nghiepvu_badinh, version=draft.version)
    report = frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    assert {name: report.edition.figures[name] for name in said} == said
    assert [row.assessment for row in report.history.order_by("history_id")][:2] == ["", "Quản lý tốt"]
    with pytest.raises(DomainError, match="đã khóa"):
        describe(report, **said, by=world.nghiepvu_badinh, version=report.version)
    with pytest.raises(StaleError):
        describe(report, **said, by=world.nghiepvu_badinh, version=draft.version)


@pytest.mark.parametrize("model", [AnnualEdition, EditionPart])
@pytest.mark.parametrize("sql", ["UPDATE {} SET unit_id = unit_id", "DELETE FROM {}"])
def test_nobody_changes_what_is_frozen(world, year, model, sql):
    frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    frozen(world.units["01"], by=world.nghiepvu_hanoi)
    with pytest.raises(DatabaseError, match="frozen figures"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(model._meta.db_table))


def test_books_that_do_not_balance_are_not_frozen(world, year, monkeypatch):
    def faulty(units, year, **_):
        return {units[0].pk: {"MAY_TINH_BAN": AnnualLine(opening_quantity=3, closing_quantity=2, good=2)}}

    monkeypatch.setattr("yearend.actions.editions.lines_by_unit", faulty)
    with pytest.raises(DomainError, match="không cân đối ở loại thiết bị: Máy vi tính để bàn"):
        freeze(year["01.001"], by=world.nghiepvu_badinh)
    assert not AnnualEdition.objects.exists()


def test_a_superior_adds_frozen_figures_and_counts_none_again(world, year):
    frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    # Ba Đình's books change after it froze its figures: the province has what was frozen.
    first = LedgerEntry.objects.filter(unit=world.units["01.001"]).order_by("pk")[0]
    LedgerEntry.objects.create(
        equipment=first.equipment, unit=first.unit, category=first.category, kind=EntryKind.VALUE_CHANGE, quantity=0,
        effective_date=in_year(6, 1), value=5_000_000, recorded_at=timezone.now(), recorded_by=world.nghiepvu_badinh,
    )  # fmt: skip
    with time_machine.travel(in_year(7, 1), tick=False):
        taken_in(world, world.nghiepvu_badinh, ["A3"], line={"unit_price": 7_000_000})
    report = frozen(world.units["01"], by=world.nghiepvu_hanoi)
    assert lines_of(report.edition.figures)["MAY_TINH_BAN"].closing_value == 20_000_000
    assert report.edition.missing == ["01.002"]
    (part,) = report.edition.figures["parts"]
    held = standing(year["01.001"]).edition
    assert (part["unit"], part["edition"], part["sha256"]) == ("01.001", str(held.public_id), held.sha256)
    assert [one.part for one in report.edition.parts.all()] == [held]


def test_a_report_opened_again_is_missing_above(world, year):
    district = frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    transition(district, State.DRAFT, flow=FLOW, by=None, reason="Mở khóa", event="annual.unlocked")
    report = frozen(world.units["01"], by=world.nghiepvu_hanoi)
    assert report.edition.missing == ["01.001", "01.002"]
    assert report.edition.figures["parts"] == []


def test_a_replaced_edition_outdates_everything_above(world, year):
    for code, by in (("01.001", "nghiepvu_badinh"), ("01", "nghiepvu_hanoi"), ("00.CNTT", "admin1")):
        frozen(world.units[code], by=world.users[by])
    frozen(world.units["48"], by=world.nghiepvu_danang)
    before = standing(year["01"]).outdated_at
    district = standing(year["01.001"])
    consolidate(district, reason="Sửa ghi chú", by=world.nghiepvu_badinh, version=district.version)
    for code in ("01", "00.CNTT"):
        report = standing(year[code])
        assert report.outdated_at is not None, code
        assert report.outdated_why == f"BHXH quận Ba Đình đã khóa số liệu năm {last_year()} lần 2."
        assert Event.objects.filter(kind="annual.outdated", subject_id=report.pk).exists()
    assert before is None
    assert standing(year["48"]).outdated_at is None
    deliver("annual.outdated")
    told = Notice.objects.filter(title__contains="cần tổng hợp lại")
    assert {notice.owner for notice in told} == {world.nghiepvu_hanoi}


def test_consolidating_anew_makes_a_further_edition_that_is_up_to_date(world, year):
    frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    report = frozen(world.units["01"], by=world.nghiepvu_hanoi)
    frozen(world.units["01.002"], by=world.nghiepvu_hoankiem)
    report = standing(report)
    assert report.outdated_at is not None  # Hoàn Kiếm was missing, and is there now
    with entered(world.nghiepvu_hanoi.scope):
        report = consolidate(report, reason="Hoàn Kiếm đã khóa", by=world.nghiepvu_hanoi, version=report.version)
    report = standing(report)
    assert (report.edition.edition, report.edition.missing, report.outdated_at) == (2, [], None)
    assert lines_of(report.edition.figures)["MAY_TINH_BAN"].closing_value == 32_000_000
    assert report.editions.count() == 2
    assert (report.state, report.edition.reason) == (State.LOCKED, "Hoàn Kiếm đã khóa")


def test_what_was_returned_is_locked_again_by_consolidating(world, year):
    report = frozen(world.units["48"], by=world.nghiepvu_danang)
    for state in (State.ISSUED, State.SIGNED, State.SENT, State.RETURNED):
        report = transition(report, state, flow=FLOW, by=None, reason=state.label, event=f"annual.{state}")
    report = consolidate(report, reason="Bổ sung", by=world.nghiepvu_danang, version=report.version)
    assert (report.state, report.edition.edition) == (State.LOCKED, 2)


@pytest.mark.parametrize("until", [State.DRAFT, State.ISSUED, State.SIGNED, State.SENT, State.ACCEPTED])
def test_only_what_is_locked_or_returned_is_consolidated(world, year, until):
    report = year["48"]
    if until != State.DRAFT:
        report = frozen(world.units["48"], by=world.nghiepvu_danang)
        for state in (State.ISSUED, State.SIGNED, State.SENT, State.ACCEPTED):
            report = transition(report, state, flow=FLOW, by=None, reason=state.label, event=f"annual.{state}")
            if state == until:
                break
    with pytest.raises(DomainError, match="chưa tổng hợp lại được"):
        consolidate(report, reason="x", by=world.nghiepvu_danang, version=report.version)


def test_nothing_above_is_touched_that_did_not_take_it_in(world, year):
    report = frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    assert outdate_above(report, why="Mở khóa.") == []
    assert standing(year["01"]).outdated_at is None


def test_being_told_the_same_twice_is_told_once(world, year):
    district = frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    frozen(world.units["01"], by=world.nghiepvu_hanoi)
    assert len(outdate_above(district, why="Mở khóa.")) == 1
    first = standing(year["01"]).outdated_at
    assert outdate_above(district, why="Mở khóa.") == []
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        outdate_above(district, why="Khóa lại.")
    later = standing(year["01"])
    assert (later.outdated_at, later.outdated_why) == (first, "Khóa lại.")
    assert Event.objects.filter(kind="annual.outdated").count() == 2


def test_the_draft_is_counted_anew_and_not_once_it_is_closed(world, year):
    with time_machine.travel(in_year(9, 1), tick=False):
        taken_in(world, world.nghiepvu_danang, ["C1"], line={"unit_price": 9_000_000})
    draft = year["48"]
    assert lines_of(draft.draft, "own") == {}
    with entered(world.nghiepvu_danang.scope):
        recount(draft, by=world.nghiepvu_danang)
    assert lines_of(standing(draft).draft, "own")["MAY_TINH_BAN"].closing_value == 9_000_000
    assert standing(draft).version == draft.version
    with pytest.raises(DomainError, match="không tính lại được"):
        recount(lock(frozen(world.units["48"], by=world.nghiepvu_danang)), by=world.nghiepvu_danang)
