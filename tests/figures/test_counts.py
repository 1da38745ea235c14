"""The count over a list of devices is the number of its rows, whatever filters and whoever asks."""

from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from core.scope import entered
from equipment.filters import TALLIED, EquipmentFilter, tallied
from equipment.models import Equipment
from equipment.rules.figures import Books, Life
from equipment.rules.lifecycle import Condition, Status
from equipment.tables import EquipmentTable
from tests import world as w
from tests.figures.stock import CATEGORIES, UNITS, furnish, kinds, stocked
from ui.listing import Listing

WHO = ["ttcntt", "admin1", "vanphong", "tracuu_hanoi", "nghiepvu_badinh", "admin2_danang"]
FIELDS = {
    "unit": st.sampled_from(["00", *UNITS]),
    "own": st.sampled_from(["00", *UNITS]),
    "level": st.sampled_from(["hq", "hq_unit", "province", "district"]),
    "category": st.sampled_from(["MAY_TINH", *CATEGORIES]),
    "status": st.lists(st.sampled_from(Status.values), max_size=3),
    "condition": st.lists(st.sampled_from(Condition.values), max_size=2),
    "books": st.sampled_from(Books.values),
    "life": st.sampled_from(Life.values),
    "received_tu": st.sampled_from(["01/01/2019", "01/01/2023", "15/06/2020"]),
    "received_den": st.sampled_from(["31/12/2021", "31/12/2026", "30/06/2024"]),
    "wear": st.sampled_from(["2024", "2027"]),
}
questions = st.fixed_dictionaries({}, optional=FIELDS)


def listing(user, asked: dict) -> Listing:
    data = QueryDict(urlencode(asked, doseq=True))
    request = RequestFactory().get("/thiet-bi/", data)
    request.user = user
    return Listing(
        request,
        data,
        queryset=Equipment.objects.visible_to(user),
        table=EquipmentTable,
        filterset=EquipmentFilter,
        count=tallied,
    )


@pytest.mark.dieu("6")
@pytest.mark.django_db
@given(rows=st.lists(kinds, max_size=12), asked=st.lists(questions, min_size=1, max_size=6))
@settings(max_examples=25)
def test_a_tallied_count_is_the_number_of_rows(rows, asked):
    with transaction.atomic():
        world = w.make_world()
        furnish(world)
        stocked(rows)
        for who in WHO:
            user = world.users[who]
            with entered(user.scope):
                for question in asked:
                    one = listing(user, question)
                    assert one.count == one.queryset.count(), (who, question)
        transaction.set_rollback(True)


@pytest.fixture
def stock(world):
    furnish(world)
    kind = {"category": "MAY_CHU", "status": "in_use", "condition": "good", "original_price": 7}
    stocked([{**kind, "unit": unit, "received_on": f"20{year}-06-01"} for unit in UNITS for year in (15, 19, 22, 26)])
    return world


ANSWERED = {name.removesuffix("_tu").removesuffix("_den") for name in FIELDS}


@pytest.mark.django_db
class TestWhoAnswers:
    def test_every_tallied_filter_is_tried_above(self):
        assert ANSWERED == TALLIED

    @pytest.mark.parametrize(
        ("asked", "known"),
        [
            ({}, True),
            ({"unit": "01", "category": "MAY_TINH", "status": ["in_use"], "condition": ["good"]}, True),
            ({"received_tu": "01/01/2019", "received_den": "31/12/2022", "life": "past"}, True),
            ({"received_tu": "02/01/2019"}, False),
            ({"received_den": "30/12/2019"}, False),
            ({"intake": "TN-01-2026-0001"}, False),
        ],
    )
    def test_the_tally_answers_what_it_can(self, stock, asked, known):
        user = stock.tracuu_hanoi
        with entered(user.scope), CaptureQueriesContext(connection) as queries:
            listing(user, asked).count  # noqa: B018 - asked for its queries
        counting = [q["sql"] for q in queries if "COUNT(" in q["sql"] or "SUM(" in q["sql"]]
        assert len(counting) == 1
        assert ("equipment_tally" in counting[0]) == known

    def test_the_search_is_counted(self, stock, client_of):
        page = client_of(stock.tracuu_hanoi).get("/thiet-bi/?q=may")
        assert page.context["count"] == 12

    @pytest.mark.parametrize(
        ("who", "count"), [("ttcntt", 24), ("tracuu_hanoi", 12), ("nghiepvu_badinh", 4), ("vanphong", 4)]
    )
    def test_the_page_says_it(self, stock, client_of, who, count):
        page = client_of(stock.users[who]).get("/thiet-bi/")
        assert page.context["count"] == count == len(page.context["rows"])

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ("life=past", 3),
            ("life=within", 9),
            ("life=unstated", 0),
            ("own=01", 4),
            ("level=district", 8),
            ("level=hq_unit", 0),
            ("books=off", 0),
            ("books=on&received_tu=01/01/2019&received_den=31/12/2019", 3),
        ],
    )
    def test_the_filters_that_figures_lead_to(self, stock, client_of, time_machine, asked, count):
        """Servers are used for 8 years: of 2015, 2019, 2022 and 2026 one is past them in 2026."""
        time_machine.move_to("2026-11-20T09:00:00+07:00")
        page = client_of(stock.tracuu_hanoi).get(f"/thiet-bi/?{asked}")
        assert page.context["count"] == count == len(page.context["rows"])

    @pytest.mark.parametrize("name", ["unit", "own"])
    def test_units_that_one_does_not_see_are_no_choice(self, stock, client_of, name):
        page = client_of(stock.tracuu_hanoi).get(f"/thiet-bi/?{name}=48")
        assert page.status_code == 400
