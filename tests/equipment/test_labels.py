"""Labels of the devices that were chosen, and of no other."""

import io

import pytest
from pypdf import PdfReader

from equipment.views import equipment as views
from tests import world as w
from tests.equipment.support import taken_in

pytestmark = pytest.mark.django_db
URL = "/thiet-bi/nhan/"


@pytest.fixture
def stock(world):
    mine = w.devices(taken_in(world, world.nghiepvu_badinh, ["A1", "A2", "B1"]))
    theirs = w.devices(taken_in(world, world.nghiepvu_danang, ["A3"]))
    return mine, theirs


def codes_on(person, user, query):
    response = person(user).client.get(f"{URL}?{query}")
    assert response["Content-Type"] == "application/pdf", response.headers
    content = b"".join(response.streaming_content) if response.streaming else response.content
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split()
    return sorted({word for word in words if word.count("-") == 1 and word[:2].isdigit()})


def test_the_chosen_ones(stock, world, person):
    (one, two, _), (foreign,) = stock
    assert codes_on(person, world.nghiepvu_badinh, f"id={one.code}&id={two.code}&id={foreign.code}") == [
        one.code,
        two.code,
    ]


def test_all_that_is_filtered(stock, world, person):
    (one, two, three), _ = stock
    assert codes_on(person, world.tracuu_hanoi, "all=1&filter=q%3Da2") == [two.code]
    assert codes_on(person, world.tracuu_hanoi, f"all=1&filter=intake%3D{one.intake.number}") == [
        one.code,
        two.code,
        three.code,
    ]


@pytest.mark.parametrize(
    "query", ["", "id=", "id=48-000001", "all=1&filter=q%3Dkhong-co", "all=1&filter=status%3Dgone"]
)
def test_nothing_chosen_is_said(stock, world, person, query):
    page = person(world.nghiepvu_badinh).get(f"{URL}?{query}")
    assert page.url == f"{URL}?{query}"
    assert page.response.redirect_chain[-1][0] == "/thiet-bi/"
    assert "Chưa chọn" in page.text or "lựa chọn" in page.text


def test_more_than_one_print_holds_is_refused(stock, world, person, monkeypatch):
    monkeypatch.setattr(views, "MAX_LABELS", 2)
    page = person(world.nghiepvu_badinh).get(f"{URL}?all=1&filter=")
    assert "nhiều nhất 2 nhãn" in page.text
