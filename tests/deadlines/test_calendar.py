from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.transitions import save_with_reason
from deadlines.actions import open_obligation
from deadlines.management.commands import load_calendar
from deadlines.models import CalendarDay, Obligation
from deadlines.queries import calendar, known_in_advance
from deadlines.rules import DAY, Kind

SWAPPED = {date(2026, 1, 2), date(2026, 1, 10)}


def run():
    out = StringIO()
    call_command("load_calendar", stdout=out)
    return out.getvalue()


def test_the_package_knows_all_days_but_the_swap_of_january_2026():
    package = known_in_advance(2027)
    assert {row["date"] for row in load_calendar.rows() if package.is_working(row["date"]) != row["working"]} == SWAPPED


def test_the_data_misses_no_weekday_off_that_the_package_knows():
    package, listed = known_in_advance(2027), {row["date"] for row in load_calendar.rows()}
    days = [date(2019, 1, 1) + n * DAY for n in range((date(2026, 12, 31) - date(2019, 1, 1)).days + 1)]
    surprising = {day for day in days if package.is_working(day) != (day.weekday() < 5)}
    assert surprising - listed == set()
    assert listed - surprising == SWAPPED


@pytest.mark.django_db
def test_an_edit_counts_at_once():
    day = date(2026, 1, 2)
    assert calendar().is_working(day)
    row = CalendarDay.objects.create(date=day, working=False, reason="Hoán đổi với 10/01")
    assert not calendar().is_working(day)
    row.delete()
    assert calendar().is_working(day)


@pytest.mark.django_db
def test_the_calendar_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        calendar()


@pytest.mark.django_db
def test_loading_stores_every_day_once():
    assert "98 created, 0 updated, 0 unchanged" in run()
    assert CalendarDay.objects.count() == 98
    assert not calendar().is_working(date(2026, 1, 2))
    assert calendar().is_working(date(2026, 1, 10))
    assert "0 created, 0 updated, 98 unchanged" in run()
    assert CalendarDay.history.count() == 98
    assert CalendarDay.objects.get(date="2026-01-10").source == "CV 12729/VPCP-KGVX 25/12/2025"
    assert str(CalendarDay.objects.get(date="2026-01-10")) == "10/01/2026: làm việc"


@pytest.mark.django_db
def test_loading_mends_what_no_person_wrote():
    run()
    row = CalendarDay.objects.get(date="2026-01-02")
    row.working = True
    save_with_reason(row, by=None, reason="Dữ liệu cũ")
    assert "1 updated, 97 unchanged" in run()
    assert not calendar().is_working(date(2026, 1, 2))


def test_loading_leaves_what_people_edited(account):
    by = account("01.001")
    run()
    edited, removed = CalendarDay.objects.filter(date__in=["2026-01-02", "2026-11-24"])
    edited.reason = "Nghỉ hoán đổi"
    save_with_reason(edited, by=by, reason="Sửa lý do")
    removed._history_user = by
    removed.delete()
    assert "96 unchanged, 2 left as edited" in run()
    assert not CalendarDay.objects.filter(date="2026-11-24").exists()
    assert CalendarDay.objects.get(date="2026-01-02").reason == "Nghỉ hoán đổi"


def test_loading_moves_what_is_due(account, dossier):
    subject = dossier()
    open_obligation(
        kind=Kind.INTAKE,
        subject=subject,
        unit=subject.unit,
        start_date=date(2025, 12, 31),
        label="TN",
        by=account("01.001"),
    )
    assert Obligation.objects.get().due_date == date(2026, 1, 6)
    assert "Due dates moved: 1" in run()
    assert Obligation.objects.get().due_date == date(2026, 1, 7)


@pytest.mark.django_db
def test_a_day_is_listed_once():
    CalendarDay.objects.create(date=date(2027, 2, 5), working=False, reason="Tết")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(date=date(2027, 2, 5), working=True, reason="Tết")
