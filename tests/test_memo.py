"""Reference data is read once for a page, and never kept longer than that."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.memo import once_a_page, one_page
from deadlines.models import CalendarDay
from deadlines.queries import calendar
from equipment.queries.catalogue import category_codes, category_names, kinds


def test_nothing_is_kept_where_no_page_is_made():
    asked = []

    @once_a_page
    def answer(number):
        asked.append(number)
        return number

    assert [answer(1), answer(1)] == [1, 1]
    assert asked == [1, 1]


def test_each_answer_of_a_page_is_asked_for_once():
    asked = []

    @once_a_page
    def answer(number, *, more=0):
        asked.append((number, more))
        return number + more

    with one_page():
        assert [answer(1), answer(2), answer(1), answer(1, more=3), answer(1, more=3)] == [1, 2, 1, 4, 4]
        with one_page():
            assert answer(1) == 1
        assert answer(2) == 2
    assert asked == [(1, 0), (2, 0), (1, 3), (1, 0)]
    assert answer(2) == 2
    assert asked[-1] == (2, 0)


def test_nothing_known_outlives_a_page_that_fails():
    asked = []

    @once_a_page
    def answer():
        asked.append(1)

    def fail():
        with one_page():
            answer()
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    answer()
    assert asked == [1, 1]


@pytest.mark.django_db
def test_an_edited_day_counts_on_the_next_page(world):
    day = date(2026, 3, 3)
    with one_page():
        assert calendar().is_working(day)
        CalendarDay.objects.create(date=day, working=False, reason="Nghỉ bù")
        assert calendar().is_working(day)
    with one_page():
        assert not calendar().is_working(day)


@pytest.mark.django_db
def test_the_catalogue_is_read_once(world):
    with CaptureQueriesContext(connection) as asked, one_page():
        assert category_codes().keys() == kinds().keys()
        assert category_names()[world.desktop.code] == world.desktop.name
    assert len(asked) == 1


@pytest.mark.django_db
def test_steps_that_write_read_anew(world, client_of, monkeypatch):
    seen = []
    monkeypatch.setattr("core.middleware.one_page", lambda: seen.append(1) or one_page())
    client = client_of(world.admin1)
    client.get(reverse("overview"))
    assert seen == [1]
    client.post(reverse("calendar:add"), {})
    assert seen == [1]
