"""Every agency's report is made on 1 January, with its figures and its term: once, whatever is killed or fails."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from core.scope import entered
from deadlines.actions.obligations import hold_calendar
from deadlines.models import CalendarDay, Obligation
from deadlines.rules import Kind, WorkingCalendar
from jobs.models import Job
from jobs.running import run
from notices.models import Notice
from orgs.models import OrgUnit
from tests.equipment.support import taken_in
from tests.yearend.support import drafted, frozen, in_year, last_year
from yearend.actions.drafting import draft_year, follow_calendar, start_report
from yearend.models import AnnualReport
from yearend.queries import reports
from yearend.rules import State
from yearend.rules.figures import lines_of
from yearend.rules.terms import due_day
from yearend.tasks import draft_reports

pytestmark = [pytest.mark.django_db, pytest.mark.dieu("13.8")]
AGENCIES = {"00", "00.VP", "00.CNTT", "00.PC", "01", "01.001", "01.002", "48"}


def test_every_agency_gets_a_draft_with_its_term(world):
    made = drafted()
    assert set(made) == AGENCIES
    assert {report.state for report in made.values()} == {State.DRAFT}
    assert made["01.001"].number == f"BC-01.001-{last_year()}-0001"
    owed = Obligation.objects.filter(kind=Kind.ANNUAL_REPORT)
    assert set(owed.values_list("unit__code", flat=True)) == AGENCIES - {"00.CNTT"}  # it reports to nobody
    assert {one.due_date for one in owed} == {one.start_date for one in owed}
    assert all(date(last_year() + 1, 1, 1) < one.due_date < date(last_year() + 1, 1, 15) for one in owed)


def test_the_figures_are_those_of_the_books_and_empty_where_there_are_none(world):
    with time_machine.travel(in_year(4, 8), tick=False):
        taken_in(world, world.nghiepvu_badinh, ["A1"], line={"unit_price": 10_000_000})
    made = drafted()
    assert lines_of(made["01.001"].draft, "own")["MAY_TINH_BAN"].closing_value == 10_000_000
    assert lines_of(made["48"].draft, "own") == {}
    assert made["48"].drafted_at is not None


def test_a_second_run_makes_nothing_twice(world):
    with time_machine.travel(f"{last_year() + 1}-01-01 00:20:00+07:00", tick=False):
        assert draft_reports() == len(AGENCIES)
        before = [model.objects.count() for model in (AnnualReport, Obligation, Notice)]
        assert draft_reports() == 0
    assert [model.objects.count() for model in (AnnualReport, Obligation, Notice)] == before
    told = Notice.objects.filter(title__startswith=f"Đã lập báo cáo năm {last_year()}")
    # Văn phòng is told of its own and of the Vụ in its custody.
    assert told.filter(owner=world.vanphong).count() == 2
    assert told.filter(owner=world.nghiepvu_badinh).get().due_date == due_day(last_year(), WorkingCalendar())


def test_what_fails_is_left_to_the_next_run_and_stops_nobody(world):
    other = drafted()["48"]
    AnnualReport.objects.filter(pk=other.pk).update(number=f"BC-01.001-{last_year() - 1}-0001")
    run_of_before = draft_year(last_year() - 1)
    assert (run_of_before.made, run_of_before.failed) == (len(AGENCIES) - 1, 1)
    assert not AnnualReport.objects.filter(unit__code="01.001", year=last_year() - 1).exists()
    AnnualReport.objects.filter(pk=other.pk).update(number=f"BC-48-{last_year()}-0001")
    mended = draft_year(last_year() - 1)
    assert (mended.made, mended.failed, mended.there) == (1, 0, len(AGENCIES) - 1)


def test_no_report_of_a_year_that_is_not_over(world):
    with pytest.raises(DomainError, match="chưa kết thúc"):
        draft_year(timezone.localdate().year)
    year = last_year()
    with time_machine.travel(f"{year}-12-31 23:59:00+07:00", tick=False), pytest.raises(DomainError):
        draft_year(year)


def test_units_that_kept_no_books_at_the_end_of_the_year_report_nothing(world):
    gone = OrgUnit.objects.get(code="48")
    gone.valid_to = in_year(6, 30)
    gone.save()
    assert "48" not in drafted()
    with pytest.raises(DomainError, match="không có sổ thiết bị"):
        start_report(gone, last_year(), by=world.nghiepvu_danang)


def test_a_changed_calendar_leaves_the_term_before_the_fifteenth(world):
    drafted()
    owed = Obligation.objects.filter(kind=Kind.ANNUAL_REPORT)
    day = owed.first().due_date
    assert follow_calendar(last_year()) == 0
    hold_calendar()
    CalendarDay.objects.create(date=day, working=False, reason="Nghỉ bù")
    assert follow_calendar(last_year()) == len(AGENCIES) - 1
    assert {one.due_date < day for one in owed.all()} == {True}
    assert follow_calendar(last_year()) == 0


@pytest.mark.parametrize(
    ("off", "due"), [([], date(2026, 1, 14)), ([14], date(2026, 1, 13)), ([12, 13, 14], date(2026, 1, 9))]
)
def test_the_last_working_day_before_the_fifteenth(off, due):
    assert due_day(2025, WorkingCalendar(days_off=frozenset(date(2026, 1, day) for day in off))) == due


def test_a_unit_makes_its_own_report_where_the_system_has_made_none(world, client_of):
    client, year = client_of(world.vanphong), last_year()
    assert f"Lập báo cáo năm {year}" in client.get(reverse("yearend:list")).content.decode()
    page = client.get(reverse("yearend:start")).content.decode()
    assert "Vụ Pháp chế" in page
    assert "Đà Nẵng" not in page.split("<form", 1)[1]
    assert client.post(reverse("yearend:start"), {"unit": "48"}).status_code == 422
    answer = client.post(reverse("yearend:start"), {"unit": "00.PC"})
    made = AnnualReport.objects.get()
    assert (made.unit.code, answer.url) == ("00.PC", reverse("yearend:detail", args=[made.number]))
    with entered(world.vanphong.scope):
        assert start_report(made.unit, year, by=world.vanphong) == made
    draft_year(year)
    assert client.get(reverse("yearend:start")).url == reverse("yearend:list")


def test_large_books_are_counted_by_a_worker(world, client_of, monkeypatch):
    with time_machine.travel(in_year(4, 8), tick=False):
        taken_in(world, world.nghiepvu_badinh, ["A1"], line={"unit_price": 10_000_000})
    report = drafted()["01.001"]
    AnnualReport.objects.filter(pk=report.pk).update(draft={})
    monkeypatch.setattr(reports, "LARGE", 0)
    client = client_of(world.nghiepvu_badinh)
    answer = client.post(reverse("yearend:recount", args=[report.number]))
    job = Job.objects.get(kind="yearend.recount")
    assert answer.url == reverse("yearend:detail", args=[report.number])
    assert run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result["url"]) == ("done", reverse("yearend:detail", args=[report.number]))
    report.refresh_from_db()
    assert lines_of(report.draft, "own")["MAY_TINH_BAN"].closing_quantity == 1
    frozen(world.units["01.001"], by=world.nghiepvu_badinh)
    late = client.post(reverse("yearend:recount", args=[report.number]), follow=True)
    assert "không tính lại được nữa" in late.content.decode()
